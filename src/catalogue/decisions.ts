import { z } from 'zod';
import { DECISION_ACTIONS, type Decision } from '../contract/catalogue.ts';
import { CodedError } from '../contract/coded-error.ts';
import { showSchema } from '../contract/schemas.ts';
import type { ShowFacts } from '../contract/show.ts';
import { cleanSchedule } from '../merger/clean/schedule.ts';
import { cleanText } from '../merger/clean/text.ts';
import type { StoredItem } from './catalogue-store.ts';

/** Longer than any name or note on a flyer. */
const MAX_TEXT = 2_000;

const { venue, host, schedule } = showSchema.shape;
/** An edited record: what is left out stays as it is proposed; what only a run knows may be sent back and is ignored. */
export const editSchema = showSchema
  .partial()
  .extend({
    venue: venue.partial().strict().optional(),
    host: host.partial().strict().optional(),
    // Another part of the program may know more of a schedule than can be edited.
    schedule: schedule.partial().optional(),
  })
  .strict();

export const decisionSchema = z.strictObject({
  itemId: z.string().min(1).max(200),
  action: z.enum([...DECISION_ACTIONS, 'reset']),
  record: editSchema.nullable().optional(),
});
export type DecisionRequest = z.infer<typeof decisionSchema>;

/** @throws CodedError `request.invalid`, naming the item, where a decision cannot be taken */
export function decisionsOf(
  items: readonly StoredItem[],
  requests: readonly DecisionRequest[],
): { itemId: string; decision: Decision | null }[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const last = new Map(requests.map((request) => [request.itemId, request]));
  return [...last.values()].map((request) => {
    const item = byId.get(request.itemId);
    if (item === undefined) throw invalid(request.itemId, 'there is no such item');
    return { itemId: item.id, decision: decisionOf(item, request) };
  });
}

function decisionOf(item: StoredItem, { action, record }: DecisionRequest): Decision | null {
  if (action === 'reset') return null;
  if (action !== 'edit') {
    if (record) throw invalid(item.id, `a record goes with the action "edit", not with "${action}"`);
    if (action === 'accept' && item.kind === 'notSeen') {
      throw invalid(item.id, 'that a show was not seen changes nothing: skip it, or edit it to cancel the show');
    }
    return { action, record: null };
  }
  if (!record) throw invalid(item.id, 'the action "edit" needs the edited record');
  const base = item.proposed ?? item.listed;
  if (base === null) throw invalid(item.id, 'it has nothing to edit');
  return { action, record: edited(base, record, (why) => invalid(item.id, why)) };
}

/**
 * A record with what a person puts in the place of its values, cleaned.
 *
 * @param refusal says why it cannot be taken; what it gives is thrown
 */
export function edited(
  base: ShowFacts,
  edit: NonNullable<DecisionRequest['record']>,
  refusal: (why: string) => CodedError,
): ShowFacts {
  const text = (field: string, value: string | null): string | null => {
    const clean = value === null ? null : cleanText(value.toWellFormed());
    if (clean !== null && clean.length > MAX_TEXT) throw refusal(`${field} is longer than ${MAX_TEXT} characters`);
    return clean;
  };
  const texts = <T extends object>(path: string, values: T): T =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, text(`${path}.${name}`, value as string | null)]),
    ) as T;
  const asked = { ...base.schedule, ...withNights(base, edit.schedule) };
  const when = cleanSchedule(asked);
  for (const field of ['rrule', 'timezone', 'startDate', 'endDate'] as const) {
    if (asked[field] !== null && when[field] === null) throw refusal(`schedule.${field} cannot be understood`);
  }
  if (when.exceptDates.length < new Set(asked.exceptDates).size) {
    throw refusal('schedule.exceptDates has a date that does not exist');
  }
  return {
    name: text('name', edit.name === undefined ? base.name : edit.name),
    status: edit.status ?? base.status,
    venue: texts('venue', { ...base.venue, ...edit.venue }),
    host: texts('host', { ...base.host, ...edit.host }),
    schedule: { ...when, text: text('schedule.text', asked.text) },
    notes: text('notes', edit.notes === undefined ? base.notes : edit.notes),
    confidence: base.confidence,
  };
}

type ScheduleEdit = NonNullable<DecisionRequest['record']>['schedule'];

/** Days and rule say one thing: where only one is edited, the other follows. */
function withNights(base: ShowFacts, edit: ScheduleEdit): Partial<ShowFacts['schedule']> {
  if (edit === undefined) return {};
  const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const daysEdited = edit.days !== undefined && !isSame(edit.days, base.schedule.days);
  const ruleEdited = edit.rrule !== undefined && edit.rrule !== base.schedule.rrule;
  if (daysEdited && !ruleEdited && edit.days && base.schedule.rrule?.startsWith('FREQ=WEEKLY')) {
    const rest = base.schedule.rrule.split(';').filter((part) => !part.startsWith('BYDAY='));
    return { ...edit, rrule: edit.days.length === 0 ? null : [...rest, `BYDAY=${edit.days.join(',')}`].join(';') };
  }
  if (ruleEdited && !daysEdited && edit.rrule !== null) return { ...edit, days: [] };
  return edit;
}

function invalid(itemId: string, why: string): CodedError {
  return new CodedError('request.invalid', `The decision on ${itemId.slice(0, 100)} cannot be taken: ${why}.`);
}
