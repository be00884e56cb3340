import { sql, type Kysely } from 'kysely';
import { ITEM_KINDS, type AuditEntry, type ItemKind } from '../contract/catalogue.ts';
import type {
  CatalogueStore,
  ListedChangeset,
  Revision,
  ShowRow,
  StoredChangeset,
} from '../catalogue/catalogue-store.ts';
import { joinedShow, joinedShows, venuePage } from './catalogue-lists.ts';
import { toChangeset, toEvidenceRow, type CatalogueSchema } from './catalogue-schema.ts';
import { changesetById, itemsOf, newestOfRun, versionOf } from './changeset-rows.ts';
import { toText } from './json.ts';
import { suggestionsOf } from './suggestion-rows.ts';

/** What is only read. */
export function catalogueQueries(db: Kysely<CatalogueSchema>): Omit<CatalogueStore, 'transact'> {
  return {
    async changeset(id) {
      const changeset = await changesetById(db, id);
      return changeset ? ((await withCounts(db, [changeset]))[0] ?? null) : null;
    },

    async changesets({ limit, before, state }) {
      let query = db.selectFrom('changesets').selectAll();
      if (state !== undefined) query = query.where('state', '=', state);
      if (before !== undefined) {
        query = query.where('ordinal', '<', (where) =>
          where.selectFrom('changesets as last').select('last.ordinal').where('last.id', '=', toText(before)),
        );
      }
      const rows = await query.orderBy('ordinal', 'desc').limit(limit).execute();
      return withCounts(db, rows.map(toChangeset));
    },

    items: (changesetId) => itemsOf(db, changesetId),
    suggestions: (runId) => suggestionsOf(db, runId),

    async listedRecords(runId) {
      const changeset = await newestOfRun(db, runId);
      if (changeset === undefined) return [];
      const rows = await db
        .selectFrom('changesetItems')
        .select(['id', 'showId'])
        .where('changesetId', '=', changeset.id)
        .where('kind', '<>', 'notSeen')
        .where('showId', 'is not', null)
        .orderBy('id')
        .execute();
      return rows.map(({ id, showId }) => ({ recordId: id, showId: showId ?? '' }));
    },

    async runsWithoutChangeset(since) {
      const { rows } = await sql<{ id: string }>`
        select id from runs
        where analysis = 'shows' and state = 'completed' and ended_at >= ${since}
          and not exists (select 1 from changesets where changesets.run_id = runs.id)
        order by ended_at`.execute(db);
      return rows.map(({ id }) => id);
    },

    catalogueVersion: () => versionOf(db),
    shows: (query) => joinedShows(db, query),
    show: (id) => joinedShow(db, id),
    venues: (query) => venuePage(db, query),

    async evidence(showId) {
      const rows = await db
        .selectFrom('showEvidence')
        .selectAll()
        .where('showId', '=', toText(showId))
        .orderBy('seenAt', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(toEvidenceRow);
    },

    revisions: (shows) => revisionsOf(db, shows),

    async audit({ limit, before, changesetId }) {
      let query = db.selectFrom('auditLog').selectAll();
      if (before !== undefined) query = query.where('id', '<', before);
      if (changesetId !== undefined) query = query.where('changesetId', '=', toText(changesetId));
      const rows = await query.orderBy('id', 'desc').limit(limit).execute();
      return rows.map((row): AuditEntry => ({
        ...row,
        id: Number(row.id),
        at: row.at.toISOString(),
        detail: row.detail as AuditEntry['detail'],
      }));
    },
  };
}

async function withCounts(
  db: Kysely<CatalogueSchema>,
  changesets: readonly StoredChangeset[],
): Promise<ListedChangeset[]> {
  const ids = changesets.map(({ id }) => id);
  const { rows } = await sql<{ changesetId: string; kind: ItemKind; items: number; undecided: number }>`
    select changeset_id, kind, count(*)::integer as items,
      (count(*) filter (where decision is null and kind <> 'notSeen'))::integer as undecided
    from changeset_items where changeset_id = any(${ids}::text[]) group by changeset_id, kind`.execute(db);
  return changesets.map((changeset) => {
    const own = rows.filter(({ changesetId }) => changesetId === changeset.id);
    const itemsOfKind = (kind: ItemKind): number => own.find((row) => row.kind === kind)?.items ?? 0;
    return {
      ...changeset,
      counts: Object.fromEntries(ITEM_KINDS.map((kind) => [kind, itemsOfKind(kind)])) as Record<ItemKind, number>,
      undecided: own.reduce((sum, { undecided }) => sum + undecided, 0),
    };
  });
}

/** By the journal, which knows of undone changes too: what it says only ever rises, as calendars want it. */
async function revisionsOf(db: Kysely<CatalogueSchema>, shows: readonly ShowRow[]): Promise<Map<string, Revision>> {
  const rowIdsOf = ({ id, venueId, hostId }: ShowRow): string[] => [id, venueId, ...(hostId === null ? [] : [hostId])];
  const ids = [...new Set(shows.flatMap(rowIdsOf))];
  const { rows } = await sql<{ rowId: string; revisions: number; at: Date }>`
    select row_id, (count(*) + count(undone_at))::integer as revisions, max(greatest(applied_at, undone_at)) as at
    from changeset_writes where is_revision and row_id = any(${ids}::text[]) group by row_id`.execute(db);
  const byRow = new Map(rows.map((row) => [row.rowId, row]));
  return new Map(
    shows.map((show) => {
      const own = rowIdsOf(show).flatMap((id) => byRow.get(id) ?? []);
      const last = Math.max(Date.parse(show.firstListedAt), ...own.map(({ at }) => at.getTime()));
      const count = own.reduce((sum, { revisions }) => sum + revisions, 0);
      return [show.id, { count, at: new Date(last).toISOString() }];
    }),
  );
}
