import type { Show } from '../../contract/show.ts';
import { canonicalJson } from '../../merger/stated.ts';
import { compareVenues, identifyVenues, venueForm, type VenueForm } from '../../merger/venue-identity.ts';
import type { Catalogue } from '../catalogue-store.ts';
import { sharedOf } from './listed-facts.ts';

/** Which venue a record is at: a listed one, or the one of this name among those that are not listed. */
export type VenueMatch = { kind: 'listed'; venueId: string } | { kind: 'unlisted'; group: string };

interface KnownForm {
  venueId: string;
  form: VenueForm;
}

export type Place = Pick<Show, 'id' | 'name' | 'venue' | 'host' | 'schedule'>;

/**
 * As the merger does: the same host in the same city is taken to be at the same place where no place is printed. Where
 * not even a host is, what else is printed must do, so that the same page is known again.
 */
function formOf({ name: title, venue, host, schedule }: Place): VenueForm {
  const { name, company } = host;
  const { days, rrule, startDate, startTime } = schedule;
  const isHosted = name !== null || company !== null;
  const stand = isHosted ? [name, company, venue.city] : [title, days, rrule, startDate, startTime];
  return venueForm(venue, canonicalJson(stand));
}

/** What is the same when all that was printed of a place is printed again. */
export function placeKey(place: Place): string {
  return formOf(place).key;
}

/** Every way in which the listed venues are known: as listed, with each of their shows' phones and sites, by aliases. */
function knownForms({ venues, hosts, shows, aliases }: Catalogue): KnownForm[] {
  const venueOf = new Map(venues.map((venue) => [venue.id, venue]));
  const hostOf = new Map(hosts.map((host) => [host.id, host]));
  const forms: KnownForm[] = [];
  const add = (venueId: string, form: VenueForm): void => void forms.push({ venueId, form });
  for (const { id, name, venueId, phone, website, hostId, schedule } of shows) {
    const venue = venueOf.get(venueId);
    if (venue === undefined) continue;
    const host = hostId === null ? undefined : hostOf.get(hostId);
    const printed = { ...sharedOf(venue), phone, website };
    const named = { name: host?.name ?? null, company: host?.company ?? null };
    add(venueId, formOf({ id, name, venue: printed, host: named, schedule }));
  }
  for (const venue of venues) add(venue.id, venueForm({ ...sharedOf(venue), phone: null, website: null }, venue.id));
  for (const { targetId, printed, venue } of aliases) {
    const target = venueOf.get(targetId);
    if (target === undefined || venue === null) continue;
    add(targetId, venueForm(venue, targetId));
    add(targetId, venueForm({ ...sharedOf(target), phone: null, website: null, name: printed }, targetId));
  }
  return forms;
}

/**
 * Finds the venue of each record by the merger's own identity of venues, aliases counting as names. What is printed
 * exactly as it is listed is found without asking further, so that a run of what is published always finds it again.
 *
 * Pure; the order of records does not matter.
 *
 * @returns by the records' ids
 */
export function matchVenues(catalogue: Catalogue, records: readonly Place[]): Map<string, VenueMatch> {
  const known = knownForms(catalogue);
  const byKey = new Map<string, string>();
  for (const { kind, key, targetId } of catalogue.aliases) if (kind === 'place') byKey.set(key, targetId);
  for (const { form, venueId } of known) if (!byKey.has(form.key)) byKey.set(form.key, venueId);
  const matches = new Map<string, VenueMatch>();
  const open: { id: string; form: VenueForm }[] = [];
  for (const record of records) {
    const form = formOf(record);
    const venueId = byKey.get(form.key);
    if (venueId === undefined) open.push({ id: record.id, form });
    else matches.set(record.id, { kind: 'listed', venueId });
  }
  if (open.length === 0) return matches;
  const clusters = identifyVenues([...open, ...known].map(({ form }) => form));
  const listedIn = new Map<number, KnownForm[]>();
  known.forEach((each, place) => {
    const cluster = clusters[open.length + place] ?? -1;
    listedIn.set(cluster, [...(listedIn.get(cluster) ?? []), each]);
  });
  const groups = new Map<number, string>();
  open.forEach(({ form }, place) => {
    const cluster = clusters[place] ?? -1;
    const first = groups.get(cluster);
    if (first === undefined || form.key < first) groups.set(cluster, form.key);
  });
  open.forEach(({ id, form }, place) => {
    const cluster = clusters[place] ?? -1;
    const venueId = bestOf(form, listedIn.get(cluster) ?? []);
    if (venueId === null) matches.set(id, { kind: 'unlisted', group: groups.get(cluster) ?? form.key });
    else matches.set(id, { kind: 'listed', venueId });
  });
  return matches;
}

/** Two listed venues may be near enough to be found together; the nearer one is meant. */
function bestOf(form: VenueForm, known: readonly KnownForm[]): string | null {
  const ranked = known.map(({ venueId, form: listed }) => {
    const verdict = compareVenues(form, listed);
    return { venueId, score: verdict.kind === 'same' ? verdict.score : verdict.kind === 'open' ? 0 : -1 };
  });
  ranked.sort((a, b) => b.score - a.score || (a.venueId < b.venueId ? -1 : 1));
  return ranked[0]?.venueId ?? null;
}
