import rrule from 'rrule';
import type { Schedule } from '../../contract/show.ts';
import { addDays, firstNight } from './calendar-dates.ts';

const { RRule } = rrule;

/** Nights looked for at most, whatever is asked: a rule may have exceptions on all of them. */
const MAX_SEARCHED = 400;

/** Midnight in UTC of a `YYYY-MM-DD`: rules are reckoned in whole days, so that no zone can shift one. */
function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/**
 * The next nights of a schedule, as `YYYY-MM-DD` of the day they start on. Empty where no night can be reckoned (see
 * `firstNight`) or the last one has passed.
 *
 * @param from `YYYY-MM-DD`, the first day that counts
 */
export function nextNights(schedule: Schedule, from: string, count: number): string[] {
  const first = firstNight(schedule, from);
  if (first === null) return [];
  const { exceptDates, endDate } = schedule;
  const last = endDate ?? first.rule?.until ?? null;
  const isOn = (date: string): boolean =>
    date >= from && (last === null || date <= last) && !exceptDates.includes(date);
  if (first.rule === null) return [first.date].filter(isOn).slice(0, count);
  const nights: string[] = [];
  const options = RRule.parseString(first.rule.text);
  const rule = new RRule({ ...options, dtstart: midnight(first.date), ...(last && { until: midnight(last) }) });
  let after = midnight(addDays(from > first.date ? from : first.date, -1));
  for (let searched = 0; searched < MAX_SEARCHED && nights.length < count; searched++) {
    const next = rule.after(after);
    if (next === null) break;
    const date = next.toISOString().slice(0, 10);
    if (isOn(date)) nights.push(date);
    after = next;
  }
  return nights;
}
