import { WEEKDAYS } from '../../contract/show.ts';
import type { Schedule, Weekday } from '../../contract/show.ts';

const DAY_MS = 86_400_000;
/** Far enough for the fifth Monday of a month or a rule with a month of its own. */
const MAX_DAYS_AHEAD = 800;

/** Dates are `YYYY-MM-DD`, reckoned in UTC so that the server's zone never shifts one. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The weekday of a `YYYY-MM-DD` date. */
export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO';
}

/** A recurrence rule taken apart. */
export interface Rule {
  frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** Weekdays with their place in the month (0 = every). */
  byDay: readonly { ordinal: number; day: Weekday }[];
  /** `YYYY-MM-DD` of the last night, from `UNTIL`. */
  until: string | null;
  /** Names of parts that {@link firstNight} cannot reckon with. */
  unknownParts: readonly string[];
  /** The rule without `UNTIL`. */
  text: string;
}

const RECKONED = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYSETPOS', 'UNTIL', 'WKST', 'COUNT']);

/** Takes a rule apart; null where it is none (it is untrusted: nothing but a rule may get into a calendar file). */
export function parseRule(rrule: string): Rule | null {
  const entries = rrule.split(';').map((part) => /^([A-Z]+)=([A-Z0-9,:+-]+)$/.exec(part));
  if (entries.includes(null)) return null;
  const parts = new Map(entries.map((entry) => [entry?.[1] ?? '', entry?.[2] ?? '']));
  const frequency = (['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const).find((known) => known === parts.get('FREQ'));
  const interval = Number(parts.get('INTERVAL') ?? '1');
  if (frequency === undefined || !Number.isInteger(interval) || interval < 1) return null;
  const days = (parts.get('BYDAY') ?? '').split(',').filter((entry) => entry !== '');
  const positions = (parts.get('BYSETPOS') ?? '')
    .split(',')
    .filter((entry) => entry !== '')
    .map(Number);
  const unknownParts = [...parts.keys()].filter((name) => !RECKONED.has(name));
  if (positions.length > 0 && days.length !== 1) unknownParts.push('BYSETPOS');
  const byDay = days.flatMap((entry) => {
    const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(entry);
    const day = WEEKDAYS.find((weekday) => weekday === match?.[2]);
    if (day === undefined) return [];
    const ordinals = match?.[1] === undefined ? (positions.length > 0 ? positions : [0]) : [Number(match[1])];
    return ordinals.map((ordinal) => ({ ordinal, day }));
  });
  const until = /^(\d{4})(\d{2})(\d{2})/.exec(parts.get('UNTIL') ?? '');
  const text = rrule
    .split(';')
    .filter((part) => !part.startsWith('UNTIL='))
    .join(';');
  return { frequency, interval, byDay, until: until === null ? null : until.slice(1, 4).join('-'), unknownParts, text };
}

/** Whether a date is one of the weekdays that a rule names, at their place in the month. */
export function isNightOf(rule: Rule, date: string): boolean {
  const day = weekdayOf(date);
  const dayOfMonth = Number(date.slice(8));
  const daysInMonth = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
  return rule.byDay.some(({ ordinal, day: wanted }) => {
    if (wanted !== day) return false;
    if (ordinal === 0) return true;
    return ordinal > 0
      ? Math.ceil(dayOfMonth / 7) === ordinal
      : Math.ceil((daysInMonth - dayOfMonth + 1) / 7) === -ordinal;
  });
}

/** How a schedule is written into a calendar. */
export interface FirstNight {
  date: string;
  /** Null for a single night. */
  rule: Rule | null;
}

function weeklyOn(days: readonly Weekday[]): Rule {
  const text = `FREQ=WEEKLY;BYDAY=${WEEKDAYS.filter((day) => days.includes(day)).join(',')}`;
  return {
    frequency: 'WEEKLY',
    interval: 1,
    byDay: days.map((day) => ({ ordinal: 0, day })),
    until: null,
    unknownParts: [],
    text,
  };
}

/**
 * The first night on or after `from` (or of the schedule's own start), which a recurring calendar entry must begin with.
 * Null where there is no saying: no night is known, every other week without a date to count from, a rule out of reach,
 * or the last night has passed. A bare weekday is taken for every week, as listings mean it.
 */
export function firstNight(schedule: Schedule, from: string): FirstNight | null {
  const { rrule, days, startDate, endDate } = schedule;
  if (rrule === null && startDate !== null && (endDate === null || endDate === startDate))
    return { date: startDate, rule: null };
  const parsed = rrule === null ? (days.length > 0 ? weeklyOn(days) : null) : parseRule(rrule);
  if (parsed === null) return null;
  const rule = parsed.byDay.length > 0 || days.length === 0 ? parsed : { ...parsed, byDay: weeklyOn(days).byDay };
  if (rule.frequency === 'DAILY' && rule.byDay.length === 0 && rule.unknownParts.length === 0) {
    return rule.interval === 1 || startDate !== null ? { date: startDate ?? from, rule } : null;
  }
  const isReckoned = rule.unknownParts.length === 0 && rule.byDay.length > 0 && rule.frequency !== 'YEARLY';
  if (!isReckoned) return startDate === null ? null : { date: startDate, rule };
  if (rule.interval > 1 && startDate === null) return null;
  const lastDate = endDate ?? rule.until;
  const begin = startDate ?? from;
  for (let ahead = 0; ahead < MAX_DAYS_AHEAD; ahead++) {
    const date = addDays(begin, ahead);
    if (lastDate !== null && date > lastDate) return null;
    if (isNightOf(rule, date)) return { date, rule };
  }
  return null;
}
