import type { Observation } from '../contract/analysis.ts';
import type { EvidenceFields, ShowFacts, ShowReading } from '../contract/show.ts';
import { cleanFacts } from './clean/clean-reading.ts';
import type { Statement } from './field-values.ts';

/** A cleaned reading with where it comes from. */
export interface Stated {
  imageId: string;
  image: string;
  facts: ShowFacts;
  /** What was printed, for every field that is not null. */
  fields: EvidenceFields;
  /** Place among all readings in an order that does not depend on their arrival. */
  rank: number;
}

const SCALARS: readonly (readonly [field: string, read: (facts: ShowFacts) => string | null])[] = [
  ['name', (facts) => facts.name],
  ['venue.name', (facts) => facts.venue.name],
  ['venue.address', (facts) => facts.venue.address],
  ['venue.city', (facts) => facts.venue.city],
  ['venue.state', (facts) => facts.venue.state],
  ['venue.postcode', (facts) => facts.venue.postcode],
  ['venue.country', (facts) => facts.venue.country],
  ['venue.phone', (facts) => facts.venue.phone],
  ['venue.website', (facts) => facts.venue.website],
  ['host.name', (facts) => facts.host.name],
  ['host.company', (facts) => facts.host.company],
  ['schedule.text', (facts) => facts.schedule.text],
  ['schedule.days', (facts) => facts.schedule.days.join(', ') || null],
  ['schedule.rrule', (facts) => facts.schedule.rrule],
  ['schedule.startTime', (facts) => facts.schedule.startTime],
  ['schedule.endTime', (facts) => facts.schedule.endTime],
  ['schedule.timezone', (facts) => facts.schedule.timezone],
  ['schedule.startDate', (facts) => facts.schedule.startDate],
  ['schedule.endDate', (facts) => facts.schedule.endDate],
  ['schedule.exceptDates', (facts) => facts.schedule.exceptDates.join(', ') || null],
  ['notes', (facts) => facts.notes],
];

/** The value of a field by its path; null where it is null or there is no such field. */
export function fieldOf(facts: ShowFacts, field: string): string | null {
  return SCALARS.find(([name]) => name === field)?.[1](facts) ?? null;
}

/** What the readings say of one field. */
export function statementsOf(readings: readonly Stated[], field: string): Statement[] {
  return readings.flatMap(({ imageId, facts, fields }) => {
    const value = fieldOf(facts, field);
    if (value === null) return [];
    const { grounded } = fields[field] ?? {};
    return [{ value, imageId, confidence: facts.confidence, ...(grounded === undefined ? {} : { grounded }) }];
  });
}

/** Concluded from other fields or given with the run: evidence of these is only what a reading itself says is printed. */
const DERIVED_FIELDS: ReadonlySet<string> = new Set(['schedule.rrule', 'schedule.timezone', 'venue.country']);

/** A printed value whose place in the image is not known is still shown as evidence, so that none is lost in merging. */
function completeFields(facts: ShowFacts, printed: EvidenceFields): EvidenceFields {
  const fields = { ...printed };
  for (const [field, read] of SCALARS) {
    const value = read(facts);
    if (value === null || fields[field] !== undefined || DERIVED_FIELDS.has(field)) continue;
    fields[field] = { text: value, box: null };
  }
  if (facts.status === 'cancelled' && fields['status'] === undefined)
    fields['status'] = { text: 'cancelled', box: null };
  return fields;
}

/** JSON with sorted keys: equal for equal data, however it was put together. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * Cleans readings, drops repetitions of the same one and those that say nothing, and puts them into an order that does
 * not depend on their arrival.
 */
export function stateAll(observations: readonly Observation<ShowReading>[]): Stated[] {
  const byText = new Map<string, Omit<Stated, 'rank'>>();
  for (const { imageId, image, index, reading } of observations) {
    const facts = cleanFacts(reading);
    const saysNothing = SCALARS.every(([, read]) => read(facts) === null);
    if (saysNothing) continue;
    const key = canonicalJson([imageId, index, facts, reading.fields, image]);
    byText.set(key, { imageId, image, facts, fields: completeFields(facts, reading.fields) });
  }
  return [...byText.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stated], rank) => ({ ...stated, rank }));
}
