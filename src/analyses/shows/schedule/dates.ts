import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';
import type { DatePhrase } from './date-phrases.ts';

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
  if (date.year !== null) return isoDate(date.year, date.month, date.day);
  const now = Date.parse(today);
  const thisYear = new Date(now).getUTCFullYear();
  const choices = [thisYear - 1, thisYear, thisYear + 1]
    .map((year) => isoDate(year, date.month, date.day))
    .filter((iso) => iso !== null);
  const fitting = choices.filter((iso) => weekdays.includes(weekdayOf(iso)));
  if (fitting.length > 0) return nearest(fitting, now);
  const coming = choices.filter((iso) => Date.parse(iso) >= now - PAST_DAYS * DAY_MS);
  return coming[0] ?? choices.at(-1) ?? null;
}

/** The first such weekday on or after a date; both `YYYY-MM-DD`. */
export function nextWeekday(day: Weekday, today: string): string {
  const ahead = (WEEKDAYS.indexOf(day) - WEEKDAYS.indexOf(weekdayOf(today)) + 7) % 7;
  return new Date(Date.parse(today) + ahead * DAY_MS).toISOString().slice(0, 10);
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

function isoDate(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 ? at.toISOString().slice(0, 10) : null;
}

function nearest(choices: readonly string[], now: number): string | null {
  return [...choices].sort((a, b) => Math.abs(Date.parse(a) - now) - Math.abs(Date.parse(b) - now))[0] ?? null;
}
