import type { Show } from '../../contract/show.ts';
import { isFormOf } from '../../merger/field-values.ts';
import type { SharedVenue } from '../catalogue-store.ts';
import { SHARED_FIELDS } from './listed-facts.ts';
import { pick } from './propose.ts';

/** What is decided of a venue over all records at it, and what else they print. */
export interface VenueDecision {
  venue: SharedVenue;
  /** By field: printed values that were not taken and do not say the same as the one that was. */
  others: Map<string, Set<string>>;
}

const NOTHING: SharedVenue = { name: null, address: null, city: null, state: null, postcode: null, country: null };

/**
 * Decides the fields that a venue's shows share, once for all records at it: what is listed stays while a record still
 * prints it; else the value of most images, then the longer one. Deciding again after publishing changes nothing.
 */
export function decideVenue(listed: SharedVenue | null, records: readonly Show[]): VenueDecision {
  const venue = { ...NOTHING };
  const others = new Map<string, Set<string>>();
  for (const field of SHARED_FIELDS) {
    const path = `venue.${field}`;
    const before = listed?.[field] ?? null;
    const said = valuesOf(field, records);
    const isStillPrinted = before !== null && said.some((value) => isFormOf(path, value, before));
    const chosen = isStillPrinted ? before : pick(path, before, said[0] ?? null);
    venue[field] = chosen;
    const different = said.filter((value) => chosen !== null && !isFormOf(path, value, chosen));
    if (different.length > 0) others.set(path, new Set(different));
  }
  return { venue, others };
}

/** Different values, the one of most images first. */
function valuesOf(field: (typeof SHARED_FIELDS)[number], records: readonly Show[]): string[] {
  const images = new Map<string, Set<string>>();
  for (const { venue, evidence } of records) {
    const value = venue[field];
    if (value === null) continue;
    const known = images.get(value) ?? new Set<string>();
    for (const { imageId } of evidence) known.add(imageId);
    images.set(value, known);
  }
  return [...images]
    .sort(([a, own], [b, its]) => its.size - own.size || b.length - a.length || (a < b ? -1 : 1))
    .map(([value]) => value);
}
