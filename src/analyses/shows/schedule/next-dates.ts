import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Schedule } from '../../../contract/show.ts';
import { isTimeZone } from '../../../contract/time-zone.ts';
import { dateInZone } from './dates.ts';
import { doubtsIn, hidesRule } from './doubts.ts';

/** One night that is to come. */
export interface NextNight {
  /** `YYYY-MM-DD`, the day that the night starts on. */
  date: string;
  /**
   * When it starts: RFC 3339 with the zone's offset at that moment; without an offset where no zone is known, and the
   * date alone where no start is known.
   */
  startsAt: string;
}

export interface NextDatesOptions {
  /** The first day that counts: `YYYY-MM-DD` at the venue, or an instant (RFC 3339), whose day there is taken. */
  from: string;
  count: number;
  /** IANA name; null where it is not known. */
  timezone: string | null;
}

type ScheduleDates = Pick<Schedule, 'text' | 'days' | 'rrule' | 'startDate' | 'endDate' | 'exceptDates'>;

/** Nobody plans further: the fifth Monday of a month comes within it, and a rule that never fits ends there. */
const YEARS_AHEAD = 10;

/**
 * The next nights of a schedule with their start instants, right across changes of the clocks: nights are reckoned as
 * dates alone, and only then put into the zone. A start that the clocks skip is an hour later, one that they show twice
 * is the first of the two.
 *
 * @returns at most `count` nights, fewer or none where there is no saying: no night is known, every other week without a
 * date to count from, `twice a month`, or the last night has passed
 */
export function nextDates(schedule: Schedule, { from, count, timezone }: NextDatesOptions): NextNight[] {
  const zone = timezone !== null && isTimeZone(timezone) ? timezone : null;
  const today = /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : dateInZone(from, zone);
  if (today === null) return [];
  return nightDates(schedule, today, count).map((date) => ({
    date,
    startsAt: startOf(date, schedule.startTime, zone),
  }));
}

/**
 * The dates of a schedule's nights on or after a day, exceptions left out. A bare weekday is taken for every week, as
 * listings mean it.
 *
 * @param from `YYYY-MM-DD`
 * @returns `YYYY-MM-DD` each, in order
 */
export function nightDates(schedule: ScheduleDates, from: string, count: number): readonly string[] {
  const { startDate, endDate, exceptDates } = schedule;
  const night = oneNight(schedule);
  if (night !== null) return night >= from && !exceptDates.includes(night) ? [night] : [];
  const rule = repeatingRule(schedule);
  if (rule === null) return [];
  const key = JSON.stringify([rule, startDate, endDate, exceptDates, from, count]);
  const known = reckoned.get(key);
  if (known !== undefined) return known;
  if (reckoned.size >= MOST_RECKONED) reckoned.clear();
  const dates = repeatedDates(rule, schedule, from, count);
  reckoned.set(key, dates);
  return dates;
}

/** A thousand shows have some thirty rules between them, and are merged again and again. */
const MOST_RECKONED = 1_000;
const reckoned = new Map<string, string[]>();

function repeatedDates(
  rule: string,
  { startDate, endDate, exceptDates }: ScheduleDates,
  from: string,
  count: number,
): string[] {
  const begin = startDate ?? from;
  const dates: string[] = [];
  for (const date of occurrences(rule, begin, begin > from ? begin : from)) {
    if (endDate !== null && date > endDate) break;
    if (!exceptDates.includes(date)) dates.push(date);
    if (dates.length >= count) break;
  }
  return dates;
}

/** The date of a schedule that is a single night; null where it repeats or no date is known. */
export function oneNight({ rrule, startDate, endDate }: ScheduleDates): string | null {
  return rrule === null && (endDate === null || endDate === startDate) ? startDate : null;
}

/**
 * The rule that a schedule repeats by, `UNTIL` and all; null where none is known, where its words say that it is another
 * than every week (`twice a month on Fridays`), or where it counts weeks from a date that is not.
 */
export function repeatingRule({ text, days, rrule, startDate }: ScheduleDates): string | null {
  if (rrule === null) {
    const isUnclear = days.length === 0 || (text !== null && hidesRule(doubtsIn(text)));
    return isUnclear ? null : `FREQ=WEEKLY;BYDAY=${days.join(',')}`;
  }
  const counts = /(?:^|;)(?:INTERVAL=(?!1(?:;|$))|COUNT=)/.test(rrule);
  if (startDate === null && counts) return null;
  // Without days of its own a rule repeats the day it began on, and a week's days are known from elsewhere or not at all.
  const isDayless = !/(?:^|;)BY(?:DAY|MONTHDAY|YEARDAY|WEEKNO)=/.test(rrule) && !rrule.startsWith('FREQ=DAILY');
  if (!isDayless || startDate !== null) return rrule;
  return days.length === 0 || !rrule.startsWith('FREQ=WEEKLY') ? null : `${rrule};BYDAY=${days.join(',')}`;
}

/** Dates are reckoned at midnight in UTC, where no clock is ever changed. */
function* occurrences(rule: string, begin: string, from: string): Generator<string> {
  const dtstart = midnight(begin);
  const recurrence = ruleOf(rule, dtstart);
  if (recurrence === null) return;
  const end = midnight(from).add({ years: YEARS_AHEAD });
  let after = midnight(from);
  for (let isFirst = true; ; isFirst = false) {
    const next = nextOf(recurrence, after, isFirst);
    if (next === null || Temporal.ZonedDateTime.compare(next, end) > 0) return;
    after = next;
    yield next.toPlainDate().toString();
  }
}

type Recurrence = RRuleTemporal;

/** The library throws where a rule has no further night at all (the 30th of February). */
function nextOf(
  recurrence: Recurrence,
  after: Temporal.ZonedDateTime,
  isFirst: boolean,
): Temporal.ZonedDateTime | null {
  try {
    return recurrence.next(after, isFirst);
  } catch {
    return null;
  }
}

/** Null for what is no rule: it may come from a model or a person. */
function ruleOf(rule: string, dtstart: Temporal.ZonedDateTime): Recurrence | null {
  // The last day as a whole counts, whatever time `UNTIL` gives in whichever zone.
  const untilDay = rule
    .replace(/(?<=(?:^|;)UNTIL=\d{8})T\d{6}Z?/, '')
    .replace(/(?<=(?:^|;)UNTIL=\d{8})(?=;|$)/, 'T000000Z');
  try {
    return new RRuleTemporal({ rruleString: `RRULE:${untilDay}`, dtstart, temporal: Temporal, cache: false });
  } catch {
    return null;
  }
}

function midnight(date: string): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from(date).toZonedDateTime('UTC');
}

function startOf(date: string, startTime: string | null, timezone: string | null): string {
  if (startTime === null) return date;
  const wall = Temporal.PlainDateTime.from(`${date}T${startTime}`);
  if (timezone === null) return wall.toString();
  return wall.toZonedDateTime(timezone).toString({ timeZoneName: 'never' });
}
