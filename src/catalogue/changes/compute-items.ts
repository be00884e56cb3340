import type { FieldChange, ItemKind } from '../../contract/catalogue.ts';
import type { Show, ShowFacts } from '../../contract/show.ts';
import type { Catalogue, SharedVenue, ShowRow, StoredItem, VenueRow } from '../catalogue-store.ts';
import { canonicalised, knownRecords } from './aliases.ts';
import { changesBetween, factsOf, sharedOf } from './listed-facts.ts';
import { matchShows, overlaps, type ShowAt } from './match-shows.ts';
import { matchVenues } from './match-venues.ts';
import { propose } from './propose.ts';
import { decideVenue } from './venue-facts.ts';
import { warningsOf } from './warnings.ts';

/** An item before anybody has decided on it, with the venue it is at. */
export interface ComputedItem extends Omit<StoredItem, 'decision'> {
  venueId: string | null;
  /** Items of one venue that is not listed have one name for it. */
  venueGroup: string | null;
}

const KIND_ORDER: Readonly<Record<ItemKind, number>> = { new: 0, changed: 1, cancelled: 2, confirmed: 3, notSeen: 4 };

/** Everything of one venue, listed or not. */
interface AtVenue {
  venue: VenueRow | null;
  group: string | null;
  records: Show[];
  listed: { row: ShowRow; facts: ShowFacts }[];
}

/**
 * What a run's records say against the catalogue. Pure: the order of records does not matter, every record is in one
 * item whole, and a run of what is published gives only `confirmed`.
 *
 * @param seenOn `YYYY-MM-DD`, when the images were sent
 * @returns items by kind, each kind by the id of the record or show
 */
export function computeItems(catalogue: Catalogue, records: readonly Show[], seenOn: string): ComputedItem[] {
  const inOrder = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  const items = byVenue(catalogue, inOrder).flatMap((place) => itemsAt(catalogue, place, seenOn));
  return items.sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || (a.id < b.id ? -1 : 1));
}

function byVenue(catalogue: Catalogue, records: readonly Show[]): AtVenue[] {
  const matches = matchVenues(catalogue, records);
  const venueOf = new Map(catalogue.venues.map((venue) => [venue.id, venue]));
  const hostOf = new Map(catalogue.hosts.map((host) => [host.id, host]));
  const places = new Map<string, AtVenue>();
  for (const record of records) {
    const match = matches.get(record.id);
    if (match === undefined) continue;
    const key = match.kind === 'listed' ? `listed ${match.venueId}` : `unlisted ${match.group}`;
    const venue = match.kind === 'listed' ? (venueOf.get(match.venueId) ?? null) : null;
    const place = places.get(key) ?? {
      venue,
      group: match.kind === 'unlisted' ? match.group : null,
      records: [],
      listed: [],
    };
    place.records.push(record);
    places.set(key, place);
  }
  for (const row of catalogue.shows) {
    const place = places.get(`listed ${row.venueId}`);
    if (!place?.venue) continue;
    const host = row.hostId === null ? null : (hostOf.get(row.hostId) ?? null);
    place.listed.push({ row, facts: factsOf(row, place.venue, host) });
  }
  return [...places.values()];
}

function itemsAt(catalogue: Catalogue, { venue, group, records, listed }: AtVenue, seenOn: string): ComputedItem[] {
  const canonical = records.map((record) => canonicalised(record, venue, catalogue));
  const decided = decideVenue(venue === null ? null : sharedOf(venue), canonical);
  const shows: ShowAt[] = listed.map(({ row, facts }) => ({ id: row.id, facts }));
  const place = { venueId: venue?.id ?? null, venueGroup: group };
  const proposalOf = (record: ShowFacts, facts: ShowFacts): ShowFacts => propose(facts, record, decided.venue, seenOn);
  const pairs = matchShows(
    canonical.map((facts) => ({ id: facts.id, facts })),
    shows,
    (record, facts) => changesBetween(facts, proposalOf(record, facts)).length === 0,
    knownRecords(records, catalogue),
  );
  const ofRecords = records.map((record, at): ComputedItem => {
    const facts = canonical[at] ?? record;
    const showId = pairs.get(record.id) ?? null;
    const match = shows.find(({ id }) => id === showId)?.facts ?? null;
    const proposed = match === null ? newFacts(facts, decided.venue) : proposalOf(facts, match);
    const changes = match === null ? [] : changesBetween(match, proposed);
    const others = shows.filter(({ id, facts: other }) => id !== showId && overlaps(facts, other));
    const draft = {
      id: record.id,
      kind: kindOf(match, proposed, changes),
      record,
      showId,
      listed: match,
      proposed,
      changes,
      overlaps: others.map(({ id }) => id).sort(),
      ...place,
    };
    const warnings = warningsOf(draft, decided.others);
    return { ...draft, warnings, isClean: warnings.length === 0 };
  });
  const seen = new Set([...pairs.values(), ...ofRecords.flatMap((item) => item.overlaps)]);
  const unseen = listed.filter(({ row, facts }) => !seen.has(row.id) && facts.status === 'scheduled');
  return [...ofRecords, ...unseen.map(({ row, facts }) => ({ ...notSeen(row.id, facts), ...place }))];
}

function newFacts(record: Show, venue: SharedVenue): ShowFacts {
  const { name, status, host, schedule, notes, confidence } = record;
  const { phone, website } = record.venue;
  return { name, status, venue: { ...venue, phone, website }, host, schedule, notes, confidence };
}

function kindOf(listed: ShowFacts | null, proposed: ShowFacts, changes: readonly FieldChange[]): ItemKind {
  if (listed === null) return 'new';
  if (changes.length === 0) return 'confirmed';
  return proposed.status === 'cancelled' && listed.status !== 'cancelled' ? 'cancelled' : 'changed';
}

function notSeen(showId: string, listed: ShowFacts): Omit<ComputedItem, 'venueId' | 'venueGroup'> {
  return {
    id: `notSeen_${showId}`,
    kind: 'notSeen',
    record: null,
    showId,
    listed,
    proposed: null,
    changes: [],
    overlaps: [],
    warnings: [],
    isClean: false,
  };
}
