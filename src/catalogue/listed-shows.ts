import type { ListedShow, ListedShowDetail, ListedVenue, ShowPage, VenuePage } from '../contract/catalogue.ts';
import { CodedError } from '../contract/coded-error.ts';
import { refreshed } from '../analyses/shows/outlook.ts';
import type { Show, ShowFacts } from '../contract/show.ts';
import type {
  CatalogueStore,
  Cursor,
  JoinedShow,
  Revision,
  ShowQuery,
  VenueQuery,
  VenueWithShows,
} from './catalogue-store.ts';
import { factsOf } from './changes/listed-facts.ts';

/** Shows read at a time where a whole list is wanted. */
const CHUNK = 1_000;

/** A listed show with what a calendar needs to know of its history. */
export interface RevisedShow {
  listed: ListedShow;
  revision: Revision;
}

/** What the public may read of the catalogue. */
export class ListedShows {
  readonly #store: CatalogueStore;

  constructor(store: CatalogueStore) {
    this.#store = store;
  }

  async page(query: ShowQuery): Promise<ShowPage> {
    const { shows, total } = await this.#store.shows({ ...query, limit: query.limit + 1 });
    const page = shows.slice(0, query.limit);
    const last = shows.length > page.length ? page.at(-1) : undefined;
    return { shows: page.map(listedShow), total, nextCursor: last ? cursorText(afterShow(last)) : null };
  }

  /** All shows that a query finds, at most `max`. */
  async all(query: Omit<ShowQuery, 'limit'>, max: number): Promise<RevisedShow[]> {
    const found: RevisedShow[] = [];
    let after = query.after;
    while (found.length < max) {
      const limit = Math.min(CHUNK, max - found.length);
      const { shows } = await this.#store.shows({ ...query, limit, ...(after && { after }) });
      found.push(...(await this.#revised(shows)));
      const last = shows.at(-1);
      if (last === undefined || shows.length < limit) break;
      after = afterShow(last);
    }
    return found;
  }

  /** @throws CodedError `show.notFound` */
  async show(id: string): Promise<ListedShowDetail> {
    const joined = await this.#joined(id);
    const evidence = await this.#store.evidence(joined.show.id);
    return {
      ...listedShow(joined),
      evidence: evidence.map(({ runId, changesetId, kind, seenAt, imageIds }) => ({
        runId,
        changesetId,
        kind,
        at: seenAt,
        imageIds,
      })),
    };
  }

  /** @throws CodedError `show.notFound` */
  async revisedShow(id: string): Promise<RevisedShow> {
    const [revised] = await this.#revised([await this.#joined(id)]);
    if (revised === undefined) throw showNotFound();
    return revised;
  }

  async venues(query: VenueQuery): Promise<VenuePage> {
    const { venues, total } = await this.#store.venues({ ...query, limit: query.limit + 1 });
    const page = venues.slice(0, query.limit);
    const last = venues.length > page.length ? page.at(-1)?.venue : undefined;
    const nextCursor = last ? cursorText([last.cityKey, last.nameKey, last.id]) : null;
    return { venues: page.map(listedVenue), total, nextCursor };
  }

  async #joined(id: string): Promise<JoinedShow> {
    const joined = await this.#store.show(id);
    if (joined === null) throw showNotFound();
    return joined;
  }

  async #revised(shows: readonly JoinedShow[]): Promise<RevisedShow[]> {
    const revisions = await this.#store.revisions(shows.map(({ show }) => show));
    return shows.map((joined) => {
      const revision = revisions.get(joined.show.id) ?? { count: 0, at: joined.show.changedAt };
      return { listed: listedShow(joined), revision };
    });
  }
}

function showNotFound(): CodedError {
  return new CodedError('show.notFound', 'There is no such show in the catalogue.');
}

function listedShow({ show, venue, host }: JoinedShow): ListedShow {
  const facts = withNextNights(show.id, factsOf(show, venue, host));
  const { firstListedAt, lastConfirmedAt, changedAt } = show;
  return {
    id: show.id,
    ...facts,
    venue: {
      id: venue.id,
      ...facts.venue,
    },
    host: {
      id: host?.id ?? null,
      ...facts.host,
    },
    firstListedAt,
    lastConfirmedAt,
    changedAt,
  };
}

/** What is listed, with its next nights as of now. */
function withNextNights(id: string, facts: ShowFacts): ShowFacts {
  const { schedule } = refreshed({ ...facts, id, evidence: [], conflicts: [] }, new Date().toISOString());
  return { ...facts, schedule };
}

/** The one value that all shows which have one agree on. */
function agreed(values: readonly (string | null)[]): string | null {
  const different = new Set(values.filter((value) => value !== null));
  return different.size === 1 ? ([...different][0] ?? null) : null;
}

function listedVenue({ venue, shows, aliases }: VenueWithShows): ListedVenue {
  const { id, name, address, city, state, postcode, country } = venue;
  const phone = agreed(shows.map((show) => show.phone));
  const website = agreed(shows.map((show) => show.website));
  return { id, name, address, city, state, postcode, country, phone, website, shows: shows.length, aliases };
}

function afterShow({ show, venue }: JoinedShow): Cursor {
  return [venue.cityKey, venue.nameKey, show.firstDay, show.startMinutes, show.id];
}

function cursorText(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * @param types of what the cursor holds, in order
 * @throws CodedError `request.invalid`
 */
export function readCursor(text: string, types: readonly ('string' | 'number')[]): Cursor {
  let cursor: unknown;
  try {
    cursor = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    cursor = null;
  }
  const isCursor =
    Array.isArray(cursor) &&
    cursor.length === types.length &&
    cursor.every(
      (part: unknown, at) => typeof part === types[at] && (typeof part === 'string' || Number.isInteger(part)),
    );
  if (!isCursor) throw new CodedError('request.invalid', 'cursor must be the nextCursor of an earlier page.');
  return (cursor as (string | number)[]).map((part) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : Math.max(-1, Math.min(part, 1_000_000)),
  );
}

/** A listed show as the exports take shows. Its evidence is of images that are not public. */
export function asShow({
  firstListedAt: _first,
  lastConfirmedAt: _last,
  changedAt: _changed,
  ...show
}: ListedShow): Show {
  const { id: _venueId, ...venue } = show.venue;
  const { id: _hostId, ...host } = show.host;
  return { ...show, venue, host, evidence: [], conflicts: [] };
}
