import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';
import type { DatePhrase } from './date-phrases.ts';
import { datesInYear } from './yearly-dates.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A listing without a year may be a little in the past; further back it means the coming year. */
const PAST_DAYS = 60;

/**
 * The calendar date of a printed date. A missing year is the one in which the printed weekday fits, nearest to the run's
 * date; without a weekday, the next such date (or one just past).
 *
 * @param today `YYYY-MM-DD`
 * @returns `YYYY-MM-DD`, or null for a date that does not exist
 */
export function resolveDate(date: DatePhrase, weekdays: readonly Weekday[], today: string): string | null {
  if (date.year !== null) return datesInYear(date.date, date.year)[0] ?? null;
  const fitting = choicesOf(date, today).filter((iso) => weekdays.includes(weekdayOf(iso)));
  return fitting.length > 0 ? nearest(fitting, Date.parse(today)) : comingDate(date, today);
}

/** The next such date, or one just past: of a last date or an exception, which need be no night of the show. */
export function comingDate(date: DatePhrase, today: string): string | null {
  if (date.year !== null) return datesInYear(date.date, date.year)[0] ?? null;
  const choices = choicesOf(date, today);
  const coming = choices.filter((iso) => Date.parse(iso) >= Date.parse(today) - PAST_DAYS * DAY_MS);
  return coming[0] ?? choices.at(-1) ?? null;
}

/**
 * The first and the last date of a range. Where a year is not printed and the two would stand the wrong way round, the
 * range is the one that today lies in, else the coming one: `Memorial Day thru Labor Day` read in August has begun.
 */
export function resolveRangeOfDates(
  from: DatePhrase,
  until: DatePhrase,
  weekdays: readonly Weekday[],
  today: string,
): { startDate: string | null; endDate: string | null } {
  const startDate = resolveDate(from, weekdays, today);
  const endDate = comingDate(until, today);
  if (startDate === null || endDate === null || startDate <= endDate) return { startDate, endDate };
  const earlier = from.year === null ? lastBefore(from, endDate) : null;
  if (earlier !== null && endDate >= today) return { startDate: earlier, endDate };
  const later = until.year === null ? firstAfter(until, startDate) : null;
  return { startDate: later === null && earlier !== null ? earlier : startDate, endDate: later ?? endDate };
}

function lastBefore(date: DatePhrase, iso: string): string | null {
  return choicesOf(date, iso).findLast((choice) => choice <= iso) ?? null;
}

function firstAfter(date: DatePhrase, iso: string): string | null {
  return choicesOf(date, iso).find((choice) => choice >= iso) ?? null;
}

/** This date in the year before, of and after a day, in order. */
function choicesOf({ date }: DatePhrase, around: string): string[] {
  const year = Number(around.slice(0, 4));
  return [year - 1, year, year + 1].flatMap((each) => datesInYear(date, each));
}

/** The days of the calendar week (from Monday) that a date lies in; `YYYY-MM-DD` each. */
export function weekOf(today: string): string[] {
  const monday = addDays(today, -WEEKDAYS.indexOf(weekdayOf(today)));
  return WEEKDAYS.map((_, step) => addDays(monday, step));
}

/** Days before or after a date; both `YYYY-MM-DD`, reckoned in UTC so that the server's zone never shifts one. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first such weekday on or after a date; both `YYYY-MM-DD`. */
export function nextWeekday(day: Weekday, today: string): string {
  const ahead = (WEEKDAYS.indexOf(day) - WEEKDAYS.indexOf(weekdayOf(today)) + 7) % 7;
  return addDays(today, ahead);
}

/** The weekday of a `YYYY-MM-DD` date. */
export function weekdayOf(iso: string): Weekday {
  return WEEKDAYS[(new Date(Date.parse(iso)).getUTCDay() + 6) % 7] ?? 'MO';
}

/** The date at an instant (RFC 3339) in a time zone; UTC where the zone is not known. */
export function dateInZone(instant: string, timezone: string | null): string | null {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return null;
  try {
    return dateFormat(timezone ?? 'UTC').format(at);
  } catch {
    return at.toISOString().slice(0, 10);
  }
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all else that is done with a reply. A run has one time zone, a process few. */
function dateFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dateFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  dateFormats.set(timeZone, made);
  return made;
}

function nearest(choices: readonly string[], now: number): string | null {
  return [...choices].sort((a, b) => Math.abs(Date.parse(a) - now) - Math.abs(Date.parse(b) - now))[0] ?? null;
}
