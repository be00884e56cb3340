import { sql, type Kysely, type RawBuilder } from 'kysely';
import { WEEKDAYS } from '../contract/show.ts';
import {
  NEAR_MINUTES,
  UNKNOWN_START,
  type CatalogueStore,
  type JoinedShow,
  type ShowQuery,
  type VenueQuery,
} from '../catalogue/catalogue-store.ts';
import { toShowRow, type CatalogueSchema } from './catalogue-schema.ts';
import { toText } from './json.ts';

const MINUTES_IN_DAY = 1_440;

/** The order of the list of shows: by city, venue, weekday and start, in the end by id, so that it is always the same. */
const SHOW_ORDER = sql`(venue.city_key, venue.name_key, show.first_day, show.start_minutes, show.id)`;
const VENUE_ORDER = sql`(venue.city_key, venue.name_key, venue.id)`;
const SHOW_SOURCE = sql`shows as show join venues as venue on venue.id = show.venue_id
  left join hosts as host on host.id = show.host_id`;
const SHOW_TEXT = sql`concat_ws(' ', venue.search_text, host.search_text, show.search_text)`;

/** Folded words hold letters, digits and spaces only: nothing in them means anything to `like`. */
function allWords(text: RawBuilder<unknown>, words: readonly string[] = []): RawBuilder<unknown>[] {
  return words.map((word) => sql`${text} like ${`%${toText(word)}%`}`);
}

function isNear(timeMinutes: number): RawBuilder<unknown> {
  const apart = sql`abs(show.start_minutes - ${timeMinutes}::integer)`;
  const nextDay = timeMinutes + MINUTES_IN_DAY;
  // A night belongs to the day it starts on: at half past midnight a show that began at nine is under way.
  return sql`show.start_minutes <> ${UNKNOWN_START} and (
    least(${apart}, ${MINUTES_IN_DAY} - ${apart}) <= ${NEAR_MINUTES}
    or (show.start_minutes <= ${timeMinutes} and show.end_minutes > ${timeMinutes})
    or (show.start_minutes <= ${nextDay} and show.end_minutes > ${nextDay})
  )`;
}

function placeConditions({ cityKey, state }: { cityKey?: string; state?: string }): RawBuilder<unknown>[] {
  return [
    ...(cityKey === undefined ? [] : [sql`venue.city_key = ${toText(cityKey)}`]),
    ...(state === undefined ? [] : [sql`lower(venue.state) = lower(${toText(state)})`]),
  ];
}

function showConditions(query: ShowQuery): RawBuilder<unknown>[] {
  const { days, timeMinutes, words, venueId, venueWords, hostId, hostWords } = query;
  const dayBits = (days ?? []).reduce((bits, day) => bits | (1 << WEEKDAYS.indexOf(day)), 0);
  return [
    ...placeConditions(query),
    ...(days === undefined ? [] : [sql`(show.day_bits & ${dayBits}::integer) <> 0`]),
    ...(timeMinutes === undefined ? [] : [isNear(timeMinutes)]),
    ...(venueId === undefined ? [] : [sql`venue.id = ${toText(venueId)}`]),
    ...(hostId === undefined ? [] : [sql`host.id = ${toText(hostId)}`]),
    ...allWords(SHOW_TEXT, words),
    ...allWords(sql`venue.name_key`, venueWords),
    ...allWords(sql`host.search_text`, hostWords),
  ];
}

function where(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}

async function countOf(
  db: Kysely<CatalogueSchema>,
  source: RawBuilder<unknown>,
  conditions: readonly RawBuilder<unknown>[],
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from ${source} ${where(conditions)}`.execute(db);
  return rows[0]?.total ?? 0;
}

/** The shows of these ids with what they refer to, in the order of the ids. */
async function joinedByIds(db: Kysely<CatalogueSchema>, ids: readonly string[]): Promise<JoinedShow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('shows')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  const shows = new Map(rows.map((row) => [row.id, toShowRow(row)]));
  const venueIds = [...new Set(rows.map(({ venueId }) => venueId))];
  const hostIds = [...new Set(rows.flatMap(({ hostId }) => hostId ?? []))];
  const venues = await db
    .selectFrom('venues')
    .selectAll()
    .where(sql<boolean>`id = any(${venueIds}::text[])`)
    .execute();
  const hosts = await db
    .selectFrom('hosts')
    .selectAll()
    .where(sql<boolean>`id = any(${hostIds}::text[])`)
    .execute();
  const venueOf = new Map(venues.map((venue) => [venue.id, venue]));
  const hostOf = new Map(hosts.map((host) => [host.id, host]));
  return ids.flatMap((id) => {
    const show = shows.get(id);
    const venue = show && venueOf.get(show.venueId);
    return show && venue ? [{ show, venue, host: (show.hostId && hostOf.get(show.hostId)) || null }] : [];
  });
}

export async function joinedShows(
  db: Kysely<CatalogueSchema>,
  query: ShowQuery,
): Promise<{ shows: JoinedShow[]; total: number }> {
  const conditions = showConditions(query);
  const total = await countOf(db, SHOW_SOURCE, conditions);
  const [city, venue, day, start, id] = query.after ?? [];
  const after =
    query.after === undefined
      ? []
      : [
          sql`${SHOW_ORDER} > (${city}::text collate "C", ${venue}::text collate "C", ${day}::integer, ${start}::integer, ${id}::text)`,
        ];
  const { rows } = await sql<{ id: string }>`
    select show.id from ${SHOW_SOURCE} ${where([...conditions, ...after])}
    order by venue.city_key, venue.name_key, show.first_day, show.start_minutes, show.id
    limit ${query.limit}`.execute(db);
  const ids = rows.map((row) => row.id);
  return { shows: await joinedByIds(db, ids), total };
}

export async function joinedShow(db: Kysely<CatalogueSchema>, id: string): Promise<JoinedShow | null> {
  return (await joinedByIds(db, [toText(id)]))[0] ?? null;
}

/** Venues with the phones and sites of their shows, and the names they are known by besides. */
export async function venuePage(db: Kysely<CatalogueSchema>, query: VenueQuery): ReturnType<CatalogueStore['venues']> {
  const source = sql`venues as venue`;
  const conditions = [...placeConditions(query), ...allWords(sql`venue.search_text`, query.words)];
  const total = await countOf(db, source, conditions);
  const [city, name, id] = query.after ?? [];
  const after =
    query.after === undefined
      ? []
      : [sql`${VENUE_ORDER} > (${city}::text collate "C", ${name}::text collate "C", ${id}::text)`];
  const { rows } = await sql<{ id: string }>`
    select venue.id from ${source} ${where([...conditions, ...after])}
    order by venue.city_key, venue.name_key, venue.id limit ${query.limit}`.execute(db);
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return { venues: [], total };
  const isOf = (column: string) => sql<boolean>`${sql.ref(column)} = any(${ids}::text[])`;
  const venues = await db.selectFrom('venues').selectAll().where(isOf('id')).execute();
  const shows = await db.selectFrom('shows').select(['venueId', 'phone', 'website']).where(isOf('venueId')).execute();
  const aliases = await db
    .selectFrom('aliases')
    .select(['targetId', 'printed'])
    .where(isOf('targetId'))
    .where('kind', '=', 'venue')
    .orderBy('printed')
    .execute();
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  return {
    total,
    venues: ids.flatMap((venueId) => {
      const venue = byId.get(venueId);
      if (venue === undefined) return [];
      const own = shows.filter((show) => show.venueId === venueId);
      const names = aliases.filter(({ targetId }) => targetId === venueId).map(({ printed }) => printed);
      return [{ venue, shows: own.map(({ phone, website }) => ({ phone, website })), aliases: [...new Set(names)] }];
    }),
  };
}
