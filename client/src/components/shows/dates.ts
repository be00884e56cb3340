/** Days as `YYYY-MM-DD`, reckoned at midnight in UTC, where no clock is ever changed. */
import { WEEKDAYS, type Weekday } from '../../../../src/contract/show.ts';

const DAY_MS = 86_400_000;

const midnightMs = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function addDays(date: string, days: number): string {
  return dateOf(midnightMs(date) + days * DAY_MS);
}

/** Days from one to another; negative where `to` is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((midnightMs(to) - midnightMs(from)) / DAY_MS);
}

export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(midnightMs(date)).getUTCDay() + 6) % 7] ?? 'MO';
}

/** The Monday of its week. */
export function mondayOf(date: string): string {
  return addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));
}

/** `2026-11-27` → 27 */
export const dayOfMonth = (date: string): number => Number(date.slice(8, 10));

/** Which one of its weekday it is in its month: from 1, and from the end, -1 being the last. */
export function placesInMonth(date: string): { fromStart: number; fromEnd: number } {
  const day = dayOfMonth(date);
  const next = addDays(`${date.slice(0, 7)}-28`, 4);
  const lastDay = dayOfMonth(addDays(`${next.slice(0, 7)}-01`, -1));
  return { fromStart: Math.ceil(day / 7), fromEnd: -Math.ceil((lastDay - day + 1) / 7) };
}

/** @returns whether a text out of an address is a day that there is */
export function isDate(text: string | null): text is string {
  return (
    text !== null &&
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(midnightMs(text)) &&
    dateOf(midnightMs(text)) === text
  );
}

/** The weeks that a month touches, each seven days from Monday. @param month `YYYY-MM` */
export function weeksOfMonth(month: string): string[][] {
  const weeks: string[][] = [];
  for (let monday = mondayOf(`${month}-01`); monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
    weeks.push(weekFrom(monday));
  }
  return weeks;
}

export function weekFrom(monday: string): string[] {
  return WEEKDAYS.map((_, index) => addDays(monday, index));
}

/** @param month `YYYY-MM` */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const date = new Date(Date.UTC(year, number - 1 + months, 1));
  return date.toISOString().slice(0, 7);
}
