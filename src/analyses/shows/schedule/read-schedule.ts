import type { RunContext } from '../../../contract/analysis.ts';
import type { Schedule } from '../../../contract/show.ts';
import type { DatePhrase } from './date-phrases.ts';
import { dateInZone, nextWeekday, resolveDate, weekdayOf } from './dates.ts';
import type { DayPhrase } from './day-phrases.ts';
import { findPhrases, type SchedulePhrase } from './phrases.ts';
import { ruleOf } from './rule.ts';

/** A schedule with what else its words say. */
export interface ScheduleReading extends Schedule {
  cancelled: boolean;
  /** The end is printed in words that are no time: `til close`. */
  openEnd: boolean;
}

type ScheduleContext = Pick<RunContext, 'timezone' | 'startedAt'>;

/**
 * Reads words such as `1st & 3rd Mondays 8p-12a starting May 3`. Nothing is invented: what the words do not say is null
 * or empty. Times of other things in the words (doors, happy hour) are left out.
 */
export function readSchedule(words: string, context: ScheduleContext): ScheduleReading {
  return { ...scheduleOf(findPhrases(words), context), text: words.trim() === '' ? null : words.trim() };
}

/** The schedule that phrases of one listing state together; `text` is null. */
export function scheduleOf(phrases: readonly SchedulePhrase[], context: ScheduleContext): ScheduleReading {
  const dayPhrases = phrases.filter((phrase) => phrase.kind === 'days');
  const { days, rrule } = ruleOf(dayPhrases);
  const times = phrases.filter((phrase) => phrase.kind === 'time').filter((phrase) => !phrase.decoy);
  const time =
    times.find((phrase) => phrase.startTime !== null && !phrase.bare) ??
    times.find((phrase) => phrase.startTime !== null);
  const until = times.find((phrase) => phrase.startTime === null);
  const dates = readDates(phrases, dayPhrases, context);
  const dated = dates.night === null ? null : weekdayOf(dates.night);
  const keepRule =
    dates.night === null || dayPhrases.some((phrase) => phrase.ordinals.length > 0 || phrase.days.length > 1);
  return {
    text: null,
    days: days.length === 0 && dated !== null ? [dated] : days,
    rrule: keepRule ? rrule : null,
    startTime: time?.startTime ?? null,
    endTime: time?.endTime ?? (time?.openEnd === true ? null : (until?.endTime ?? null)),
    timezone: context.timezone,
    startDate: dates.startDate,
    endDate: dates.endDate,
    exceptDates: dates.exceptDates,
    cancelled: phrases.some((phrase) => phrase.kind === 'cancelled'),
    openEnd: time?.openEnd ?? false,
  };
}

interface Dates {
  startDate: string | null;
  endDate: string | null;
  exceptDates: string[];
  /** The date of a single night. */
  night: string | null;
}

function readDates(phrases: readonly SchedulePhrase[], days: readonly DayPhrase[], context: ScheduleContext): Dates {
  const today = dateInZone(context.startedAt, context.timezone);
  const none: Dates = { startDate: null, endDate: null, exceptDates: [], night: null };
  if (today === null) return none;
  const dates = phrases.filter((phrase) => phrase.kind === 'date');
  const weekdays = days.flatMap((phrase) => phrase.days);
  const resolve = (date: DatePhrase): string | null => resolveDate(date, weekdays, today);
  const of = (relation: DatePhrase['relation']): string[] =>
    dates
      .filter((date) => date.relation === relation)
      .map(resolve)
      .filter((iso) => iso !== null);
  const exceptDates = of('except').sort();
  const night = of('on')[0] ?? thisWeekday(days, today);
  // "Thu, Nov 3 · weekly event, every Thursday": the date is the first of many.
  if (night !== null && days.some((phrase) => phrase.repeats))
    return { startDate: night, endDate: of('until')[0] ?? null, exceptDates, night: null };
  if (night !== null) return { startDate: night, endDate: night, exceptDates, night };
  return { startDate: of('from')[0] ?? null, endDate: of('until')[0] ?? null, exceptDates, night: null };
}

/** `this Saturday`: counted from the day of the run. */
function thisWeekday(days: readonly DayPhrase[], today: string): string | null {
  const only = days.length === 1 ? days[0] : undefined;
  const day = only?.once === true && only.days.length === 1 ? only.days[0] : undefined;
  return day === undefined ? null : nextWeekday(day, today);
}
