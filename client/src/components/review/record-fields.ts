import type { FieldValue } from '../../../../src/contract/catalogue.ts';
import { WEEKDAYS, type ShowFacts, type Weekday } from '../../../../src/contract/show.ts';

/** The fields of a record in the order a person reads them, by path; each has a name in `common:field`. */
export const FIELD_GROUPS = {
  show: ['name', 'status', 'notes'],
  venue: [
    'venue.name',
    'venue.address',
    'venue.city',
    'venue.state',
    'venue.postcode',
    'venue.country',
    'venue.phone',
    'venue.website',
  ],
  host: ['host.name', 'host.company'],
  schedule: [
    'schedule.text',
    'schedule.days',
    'schedule.startTime',
    'schedule.endTime',
    'schedule.startDate',
    'schedule.endDate',
    'schedule.exceptDates',
    'schedule.timezone',
    'schedule.rrule',
  ],
} as const;

export type FieldGroup = keyof typeof FIELD_GROUPS;
export type FieldPath = (typeof FIELD_GROUPS)[FieldGroup][number];

export const FIELDS: readonly FieldPath[] = Object.values(FIELD_GROUPS).flat();

/** What a show is of no use without: shown also where nothing is known. */
export const NEEDED_FIELDS: readonly FieldPath[] = ['venue.name', 'venue.city', 'schedule.days', 'schedule.startTime'];

export function asFieldPath(path: string): FieldPath | null {
  return FIELDS.find((field) => field === path) ?? null;
}

export function valueAt(facts: ShowFacts, path: FieldPath): FieldValue {
  const [first = '', second] = path.split('.');
  const value: unknown = entryOf(facts, first);
  return (second === undefined ? value : entryOf(value, second)) as FieldValue;
}

/** The record with another value; what is not touched stays the same object. */
export function withValue(facts: ShowFacts, path: FieldPath, value: FieldValue): ShowFacts {
  const [first = '', second] = path.split('.');
  const next = second === undefined ? value : { ...(entryOf(facts, first) as object), [second]: value };
  const changed = { ...facts, [first]: next };
  return path === 'schedule.days' ? withRuleOfDays(changed) : changed;
}

/** Nights and rule say one thing: where one is edited the other follows, or the words shown meanwhile would lie. */
function withRuleOfDays(facts: ShowFacts): ShowFacts {
  const { days, startDate } = facts.schedule;
  // Nights without a date are meant for every week.
  const rrule = facts.schedule.rrule ?? (startDate === null ? 'FREQ=WEEKLY' : null);
  if (rrule === null || !rrule.startsWith('FREQ=WEEKLY')) return facts;
  const rest = rrule.split(';').filter((part) => !part.startsWith('BYDAY='));
  const next = days.length === 0 ? null : [...rest, `BYDAY=${days.join(',')}`].join(';');
  return { ...facts, schedule: { ...facts.schedule, rrule: next } };
}

export function isSameValue(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Paths of the fields that differ, in reading order. */
export function changedFields(base: ShowFacts, draft: ShowFacts): FieldPath[] {
  return FIELDS.filter((path) => !isSameValue(valueAt(base, path), valueAt(draft, path)));
}

/** What is sent of an edited record: the fields that differ from what is proposed, and nothing else. */
export function patchOf(base: ShowFacts, draft: ShowFacts): object {
  const patch: Record<string, unknown> = {};
  for (const path of changedFields(base, draft)) {
    const [first = '', second] = path.split('.');
    const value = valueAt(draft, path);
    if (second === undefined) patch[first] = value;
    else patch[first] = { ...(patch[first] as object | undefined), [second]: value };
  }
  return patch;
}

/** Days in calendar order, each once. */
export function sortedDays(days: readonly string[]): Weekday[] {
  return WEEKDAYS.filter((day) => days.includes(day));
}

/** Typed words to a value: nothing but blanks is no value. */
export function typedValue(words: string): string | null {
  return words.trim() === '' ? null : words;
}

function entryOf(value: unknown, name: string): unknown {
  return new Map(Object.entries(value as object)).get(name);
}
