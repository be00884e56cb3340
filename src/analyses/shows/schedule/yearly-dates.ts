import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';

/** A date that every year has, once its year is known. */
export type YearlyDate =
  | { kind: 'fixed'; month: number; day: number }
  | { kind: 'monthEnd'; month: number }
  /** The first (1) … fourth, or the last (-1), such weekday of a month. */
  | { kind: 'weekday'; month: number; weekday: Weekday; ordinal: number }
  | { kind: 'easter' };

/** What is printed of a date: one of every year, or a day of a month that is not said (`Friday the 15th`). */
export type PrintedDate = YearlyDate | { kind: 'dayOfMonth'; day: number };

/** @returns the dates of a year that are meant, `YYYY-MM-DD`; none where it has no such date (February 29) */
export function datesInYear(date: PrintedDate, year: number): string[] {
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const found =
    date.kind === 'dayOfMonth' ? months.map((month) => isoDate(year, month, date.day)) : [dateInYear(date, year)];
  return found.filter((iso) => iso !== null);
}

function dateInYear(date: YearlyDate, year: number): string | null {
  switch (date.kind) {
    case 'fixed':
      return isoDate(year, date.month, date.day);
    case 'monthEnd':
      return isoDate(year, date.month, daysInMonth(year, date.month));
    case 'weekday':
      return isoDate(year, date.month, dayOfNth(year, date.month, date.weekday, date.ordinal));
    case 'easter':
      return easter(year);
  }
}

function isoDate(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayOfNth(year: number, month: number, weekday: Weekday, ordinal: number): number {
  const wanted = WEEKDAYS.indexOf(weekday);
  const weekdayOn = (day: number): number => (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  if (ordinal > 0) return 1 + ((wanted - weekdayOn(1) + 7) % 7) + (ordinal - 1) * 7;
  const last = daysInMonth(year, month);
  return last - ((weekdayOn(last) - wanted + 7) % 7) + (ordinal + 1) * 7;
}

/** The Gregorian reckoning as Meeus, Jones and Butcher wrote it down; the names are theirs. */
function easter(year: number): string | null {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return isoDate(year, Math.floor(sum / 31), (sum % 31) + 1);
}
