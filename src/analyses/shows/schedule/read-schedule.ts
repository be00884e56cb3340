import type { RunContext } from '../../../contract/analysis.ts';
import type { Schedule } from '../../../contract/show.ts';
import { zoneOfPlace } from '../places/time-zones.ts';
import { dateInZone, weekdayOf } from './dates.ts';
import { hidesRule } from './doubts.ts';
import { findPhrases, wordsOfPhrase, type CancelPhrase, type SchedulePhrase } from './phrases.ts';
import { ruleOf } from './rule.ts';
import { nightsThisWeek, readDates, type ScheduleDates } from './schedule-dates.ts';
import { splitNights } from './split-nights.ts';

/** A schedule with what else its words say. */
export interface ScheduleReading extends Schedule {
  cancelled: boolean;
  /** The end is printed in words that are no time: `til close`. */
  openEnd: boolean;
}

/** What dates are counted from: the run's start, where the listings are. */
export type ScheduleContext = Pick<RunContext, 'timezone' | 'startedAt'> & Partial<Pick<RunContext, 'city' | 'state'>>;

const NO_DATES: ScheduleDates = { startDate: null, endDate: null, exceptDates: [], night: null };

/**
 * Reads words such as `1st & 3rd Mondays 8p-12a starting May 3`. Nothing is invented: what the words do not say is null
 * or empty. Times of other things in the words (doors, happy hour) are left out. Words that state several nights with
 * hours of their own give the first hours and all days: see {@link readSchedules}.
 */
export function readSchedule(words: string, context: ScheduleContext): ScheduleReading {
  return { ...scheduleOf(findPhrases(words), context), text: printed(words) };
}

/**
 * The schedules that words state, in their order; at least one, which is empty where the words say nothing of when.
 * Where there are several, each has for `text` the words that speak of it.
 */
export function readSchedules(words: string, context: ScheduleContext): ScheduleReading[] {
  const parts = splitNights(findPhrases(words));
  if (parts.length < 2) return [readSchedule(words, context)];
  return parts.map((phrases) => ({
    ...scheduleOf(phrases, context),
    text: printed(phrases.map((phrase) => sliceOf(words, wordsOfPhrase(words, phrase))).join(' ')),
  }));
}

function sliceOf(words: string, { start, end }: { start: number; end: number }): string {
  return words.slice(start, end);
}

function printed(words: string): string | null {
  return words.trim() === '' ? null : words.trim();
}

/** The schedule that phrases of one listing state together; `text` is null. */
export function scheduleOf(phrases: readonly SchedulePhrase[], context: ScheduleContext): ScheduleReading {
  const dayPhrases = phrases.filter((phrase) => phrase.kind === 'days');
  const apart = phrases.find((phrase) => phrase.kind === 'apart');
  const { days, rrule } = ruleOf(dayPhrases, apart?.weeks);
  const times = phrases.filter((phrase) => phrase.kind === 'time').filter((phrase) => !phrase.decoy);
  const time =
    times.find((phrase) => phrase.startTime !== null && !phrase.bare) ??
    times.find((phrase) => phrase.startTime !== null);
  const until = times.find((phrase) => phrase.startTime === null);
  const today = todayAt(context);
  const dates = today === null ? NO_DATES : readDates(phrases, today);
  const dated = dates.night === null ? null : weekdayOf(dates.night);
  const keepRule =
    dates.night === null || dayPhrases.some((phrase) => phrase.ordinals.length > 0 || phrase.days.length > 1);
  const isStated = keepRule && !isHidden(phrases, rrule);
  const off = cancellation(phrases, isStated ? rrule : null);
  return {
    text: null,
    days: days.length === 0 && dated !== null ? [dated] : days,
    rrule: isStated ? rrule : null,
    startTime: time?.startTime ?? null,
    endTime: time?.endTime ?? (time?.openEnd === true ? null : (until?.endTime ?? null)),
    timezone: context.timezone,
    startDate: dates.startDate,
    endDate: dates.endDate,
    exceptDates: off.thisWeek && today !== null ? exceptWeek(dates, days, today) : dates.exceptDates,
    cancelled: off.cancelled,
    openEnd: time?.openEnd ?? false,
  };
}

/** Today where the listings are thought to be; never by the clock of this machine's own place. */
function todayAt({ startedAt, timezone, city, state }: ScheduleContext): string | null {
  return dateInZone(startedAt, timezone ?? zoneOfPlace({ city: city ?? null, state: state ?? null, country: null }));
}

/** `twice a month on Fridays` is no weekly rule, and says not which Fridays: none is better than a wrong one. */
function isHidden(phrases: readonly SchedulePhrase[], rrule: string | null): boolean {
  const doubts = phrases.filter((phrase) => phrase.kind === 'doubt');
  return hidesRule(doubts) && rrule !== null && /^FREQ=WEEKLY;BYDAY=/.test(rrule);
}

/**
 * Whether the show is called off, or one night of it: `no karaoke this week` beside `every Tuesday` takes out a date,
 * by itself or beside a bare `Tuesday` it calls off what the image announces.
 */
function cancellation(
  phrases: readonly SchedulePhrase[],
  rrule: string | null,
): { cancelled: boolean; thisWeek: boolean } {
  const cancels = phrases.filter((phrase) => phrase.kind === 'cancelled');
  const isWeekly = rrule?.startsWith('FREQ=WEEKLY;BYDAY=') === true;
  const repeats = phrases.some((phrase) => phrase.kind === 'days' && phrase.repeats);
  const isOneNightOff = ({ only, soft }: CancelPhrase): boolean =>
    (only === 'date' && rrule !== null) || (only === 'week' && soft && isWeekly && repeats);
  return {
    cancelled: cancels.some((cancel) => !isOneNightOff(cancel)),
    thisWeek: isWeekly && cancels.some(({ only }) => only === 'week'),
  };
}

function exceptWeek({ exceptDates }: ScheduleDates, days: Schedule['days'], today: string): string[] {
  return [...new Set([...exceptDates, ...nightsThisWeek(days, today)])].sort();
}
