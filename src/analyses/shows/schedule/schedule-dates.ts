import type { Weekday } from '../../../contract/show.ts';
import type { DatePhrase } from './date-phrases.ts';
import { comingDate, nextWeekday, resolveDate, resolveRangeOfDates, weekdayOf, weekOf } from './dates.ts';
import type { DayPhrase } from './day-phrases.ts';
import type { SchedulePhrase } from './phrases.ts';

/** The dates that bound a schedule or take nights out of it; `YYYY-MM-DD` each. */
export interface ScheduleDates {
  startDate: string | null;
  endDate: string | null;
  exceptDates: string[];
  /** The date of a single night. */
  night: string | null;
}

/**
 * The dates that phrases of one listing state together.
 *
 * @param today `YYYY-MM-DD` where the venue is: what `this Saturday` and dates without a year are counted from
 */
export function readDates(phrases: readonly SchedulePhrase[], today: string): ScheduleDates {
  const dates = phrases.filter((phrase) => phrase.kind === 'date');
  const days = phrases.filter((phrase) => phrase.kind === 'days');
  const weekdays = days.flatMap((phrase) => (phrase.excluded ? [] : phrase.days));
  const first = (relation: DatePhrase['relation']): DatePhrase | undefined =>
    dates.find((date) => date.relation === relation);
  const exceptDates = dates
    .filter(({ relation }) => relation === 'except')
    .map((date) => comingDate(date, today))
    .filter((iso) => iso !== null)
    .sort();
  const on = first('on');
  const night = on === undefined ? thisWeekday(days, today) : resolveDate(on, weekdays, today);
  const bounds = boundsOf(first('from'), first('until'), weekdays, today);
  // "Thu, Nov 3 · weekly event, every Thursday": the date is the first of many.
  if (night !== null && days.some((phrase) => phrase.repeats))
    return { startDate: night, endDate: bounds.endDate, exceptDates, night: null };
  if (night !== null) return { startDate: night, endDate: night, exceptDates, night };
  const month = first('during');
  const inMonth = month === undefined ? null : comingDate(month, today);
  if (inMonth !== null) return { startDate: `${inMonth.slice(0, 8)}01`, endDate: inMonth, exceptDates, night: null };
  return { ...bounds, exceptDates, night: null };
}

function boundsOf(
  from: DatePhrase | undefined,
  until: DatePhrase | undefined,
  weekdays: readonly Weekday[],
  today: string,
): { startDate: string | null; endDate: string | null } {
  if (from !== undefined && until !== undefined) return resolveRangeOfDates(from, until, weekdays, today);
  return {
    startDate: from === undefined ? null : resolveDate(from, weekdays, today),
    endDate: until === undefined ? null : comingDate(until, today),
  };
}

/** `this Saturday`: counted from the day of the run. */
function thisWeekday(days: readonly DayPhrase[], today: string): string | null {
  const only = days.length === 1 ? days[0] : undefined;
  const day = only?.once === true && only.days.length === 1 ? only.days[0] : undefined;
  return day === undefined ? null : nextWeekday(day, today);
}

/** The nights of this week that a weekly show would have: what `no karaoke this week` takes out. */
export function nightsThisWeek(days: readonly Weekday[], today: string): string[] {
  return weekOf(today).filter((date) => days.includes(weekdayOf(date)));
}
