import { WEEKDAYS } from '../../contract/show.ts';
import type { Schedule, Weekday } from '../../contract/show.ts';
import { cleanText } from './text.ts';

/** `9:00` → `09:00`, `24:00` → `00:00`; null where it is no time of day. */
function cleanTime(value: string | null): string | null {
  const text = cleanText(value);
  const match = text === null ? null : /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  if (match === null) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours % 24).padStart(2, '0')}:${match[2]}`;
}

/** `YYYY-MM-DD` of a day that exists, else null. */
function cleanDate(value: string | null): string | null {
  const text = cleanText(value);
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** The weekday of a `YYYY-MM-DD` date. */
export function weekdayOf(date: string): Weekday {
  const fromSunday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(fromSunday + 6) % 7] ?? 'MO';
}

/** Days once each, in calendar order from Monday. */
export function orderDays(days: readonly Weekday[]): Weekday[] {
  return WEEKDAYS.filter((day) => days.includes(day));
}

/** The parts of a rule by name, or null where it is no rule. */
export function ruleParts(rrule: string): Map<string, string> | null {
  const parts = new Map<string, string>();
  for (const part of rrule.split(';')) {
    const match = /^([A-Z-]+)=([A-Z0-9,:+-]+)$/.exec(part);
    if (match?.[1] === undefined || match[2] === undefined) return null;
    parts.set(match[1], match[2]);
  }
  return /^(?:YEARLY|MONTHLY|WEEKLY|DAILY)$/.test(parts.get('FREQ') ?? '') ? parts : null;
}

/** The rule without prefix, in capitals; null where it is no recurrence rule (it could otherwise break a calendar file). */
function cleanRule(value: string | null): string | null {
  const text = cleanText(value);
  if (text === null) return null;
  const rule = text
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/\s+/g, '')
    .replace(/;+$/, '');
  return ruleParts(rule) === null ? null : rule;
}

function daysOfRule(rrule: string | null): Weekday[] {
  const parts = rrule === null ? null : ruleParts(rrule);
  if (parts === null) return [];
  const byDay = parts.get('BYDAY');
  if (byDay === undefined) return parts.get('FREQ') === 'DAILY' && !parts.has('INTERVAL') ? [...WEEKDAYS] : [];
  return WEEKDAYS.filter((day) => byDay.split(',').some((entry) => entry.endsWith(day)));
}

function cleanZone(value: string | null): string | null {
  const text = cleanText(value);
  if (text === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone === '' ? null : text;
  } catch {
    return null;
  }
}

/** Cleans a schedule; days also come from the rule or from a single date where they are not given. */
export function cleanSchedule(schedule: Schedule): Schedule {
  const rrule = cleanRule(schedule.rrule);
  const startDate = cleanDate(schedule.startDate);
  const endDate = cleanDate(schedule.endDate);
  const given = orderDays([...schedule.days, ...daysOfRule(rrule)]);
  const isOneNight = rrule === null && startDate !== null && (endDate === null || endDate === startDate);
  return {
    text: cleanText(schedule.text),
    days: given.length === 0 && isOneNight ? [weekdayOf(startDate)] : given,
    rrule,
    startTime: cleanTime(schedule.startTime),
    endTime: cleanTime(schedule.endTime),
    timezone: cleanZone(schedule.timezone),
    startDate,
    endDate,
    exceptDates: [...new Set(schedule.exceptDates.map(cleanDate).filter((date) => date !== null))].sort(),
  };
}
