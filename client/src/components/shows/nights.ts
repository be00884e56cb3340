import type { Schedule, Weekday } from '../../../../src/contract/show.ts';
import { addDays, daysBetween, mondayOf, placesInMonth, weekdayOf } from './dates.ts';
import { clockIn, momentOf } from './zone-clock.ts';

type Nights = Pick<Schedule, 'days' | 'rrule' | 'startDate' | 'endDate' | 'exceptDates' | 'next'>;

/**
 * Whether a schedule has a night that starts on this day, which may be past or far ahead: `next` alone knows of four. The
 * rules are those that the server makes; of others, what `next` says counts.
 */
export function isNight(schedule: Nights, date: string): boolean {
  const { startDate, endDate, exceptDates, rrule, days } = schedule;
  if (exceptDates.includes(date)) return false;
  if (startDate !== null && date < startDate) return false;
  if (endDate !== null && date > endDate) return false;
  if (rrule === null && startDate !== null && (endDate === null || endDate === startDate)) return date === startDate;
  const told = (schedule.next ?? []).map((instant) => instant.slice(0, 10));
  if (told.includes(date)) return true;
  // The server has looked, and found no saying: the words state another rule than the days do.
  if (schedule.next?.length === 0) return false;
  const [first, last] = [told[0], told.at(-1)];
  if (first !== undefined && last !== undefined && date >= first && date <= last) return false;
  return rrule === null ? days.includes(weekdayOf(date)) : isByRule(rrule, schedule, date);
}

function isByRule(rrule: string, { days, startDate }: Nights, date: string): boolean {
  const parts = new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string | undefined]));
  if ([...parts.keys()].some((name) => !['FREQ', 'INTERVAL', 'BYDAY', 'WKST'].includes(name))) return false;
  const entries = parts.get('BYDAY')?.split(',') ?? days;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  switch (parts.get('FREQ')) {
    case 'DAILY':
      if (interval === 1) return parts.has('BYDAY') ? entries.includes(weekdayOf(date)) : true;
      return startDate !== null && daysBetween(startDate, date) % interval === 0;
    case 'WEEKLY': {
      const on = entries.length > 0 ? entries : startDate === null ? [] : [weekdayOf(startDate)];
      if (!on.includes(weekdayOf(date))) return false;
      if (interval === 1) return true;
      return startDate !== null && (daysBetween(mondayOf(startDate), mondayOf(date)) / 7) % interval === 0;
    }
    case 'MONTHLY':
      return interval === 1 && entries.some((entry) => isPlaceInMonth(entry, date));
    case undefined:
    default:
      return false;
  }
}

/** @param entry `1MO`, `-1FR`, `TU` */
function isPlaceInMonth(entry: string, date: string): boolean {
  const [, ordinal = '', day] = /^(-?\d+)?([A-Z]{2})$/.exec(entry) ?? [];
  if (day !== (weekdayOf(date) satisfies Weekday)) return false;
  const { fromStart, fromEnd } = placesInMonth(date);
  return ordinal === '' || Number(ordinal) === fromStart || Number(ordinal) === fromEnd;
}

/** One night of a show. */
export interface Night {
  /** The day that it starts on, at the venue. */
  date: string;
  /** Days from today there: 0 is tonight, -1 last night. */
  daysAhead: number;
  /** ms since 1970; null where no start is known. */
  startMs: number | null;
  /** ms since 1970; null where no end is known. */
  endMs: number | null;
}

/** What a show without an end is taken to last. */
const USUAL_MS = 3 * 3_600_000;

export function nightOn({ startTime, endTime, timezone }: Schedule, date: string, today: string): Night {
  const start = minutesOf(startTime);
  const end = minutesOf(endTime);
  const startMs = start === null ? null : momentOf(date, start, timezone);
  // An end at or before the start is after midnight.
  const endDate = start !== null && end !== null && end <= start ? addDays(date, 1) : date;
  const endMs = start === null || end === null ? null : momentOf(endDate, end, timezone);
  return { date, daysAhead: daysBetween(today, date), startMs, endMs };
}

/** The nights of a show from last night on, as its own place counts days: those that may be under way or are to come. */
export function nightsAhead(schedule: Schedule, nowMs: number, days: number): Night[] {
  const { date: today } = clockIn(schedule.timezone, nowMs);
  const dates = Array.from({ length: days + 1 }, (_, index) => addDays(today, index - 1));
  return dates
    .filter((date) => isNight(schedule, date))
    .map((date) => nightOn(schedule, date, today))
    .filter((night) => !isOver(night, nowMs));
}

export function isUnderWay({ startMs, endMs }: Night, nowMs: number): boolean {
  return startMs !== null && startMs <= nowMs && nowMs < (endMs ?? startMs + USUAL_MS);
}

function isOver({ startMs, endMs, daysAhead }: Night, nowMs: number): boolean {
  if (startMs === null) return daysAhead < 0;
  return nowMs >= (endMs ?? startMs + USUAL_MS);
}

function minutesOf(time: string | null): number | null {
  const [hours = 0, minutes = 0] = time?.split(':').map(Number) ?? [];
  return time === null ? null : hours * 60 + minutes;
}
