import { WEEKDAYS, type Schedule } from '../../contract/show.ts';
import { addDays, firstNight, isNightOf, weekdayOf, type Rule } from './calendar-dates.ts';

const DAY_MS = 86_400_000;
/** Far enough for the fifth Monday of a month, a few times. */
const MAX_DAYS_AHEAD = 800;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The Monday of a date's week, from which every other week is counted (`WKST`'s default). */
function mondayOf(date: string): string {
  return addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));
}

function monthOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

/** Whether a rule that begins on `first` has a night on a later date. */
function isOn(rule: Rule, first: string, date: string): boolean {
  if (rule.byDay.length > 0 && !isNightOf(rule, date)) return false;
  switch (rule.frequency) {
    case 'DAILY':
      return daysBetween(first, date) % rule.interval === 0;
    case 'WEEKLY':
      return (daysBetween(mondayOf(first), mondayOf(date)) / 7) % rule.interval === 0;
    case 'MONTHLY':
      return (monthOf(date) - monthOf(first)) % rule.interval === 0;
    case 'YEARLY':
      return false;
  }
}

/**
 * The next nights of a schedule, as `YYYY-MM-DD` of the day they start on, reckoned in whole days so that no zone can
 * shift one. Empty where no night can be reckoned (see {@link firstNight}), the rule is beyond reckoning, or the last
 * night has passed.
 *
 * @param from `YYYY-MM-DD`, the first day that counts
 */
export function nextNights(schedule: Schedule, from: string, count: number): string[] {
  const first = firstNight(schedule, from);
  if (first === null) return [];
  const { rule, date: begin } = first;
  const last = schedule.endDate ?? rule?.until ?? null;
  const isListed = (date: string): boolean => date >= from && !schedule.exceptDates.includes(date);
  if (rule === null) return [begin].filter(isListed).slice(0, count);
  if (rule.unknownParts.length > 0 || (rule.byDay.length === 0 && rule.frequency !== 'DAILY')) return [];
  let left = Number(/(?:^|;)COUNT=(\d+)/.exec(rule.text)?.[1] ?? Infinity);
  const ahead = Math.max(0, daysBetween(begin, from)) + MAX_DAYS_AHEAD;
  const nights: string[] = [];
  for (let day = 0; day < ahead && nights.length < count && left > 0; day++) {
    const date = addDays(begin, day);
    if (last !== null && date > last) break;
    if (!isOn(rule, begin, date)) continue;
    left -= 1;
    if (isListed(date)) nights.push(date);
  }
  return nights;
}
