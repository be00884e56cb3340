import { nightDates, oneNight, repeatingRule } from '../../analyses/shows/schedule/next-dates.ts';
import { WEEKDAYS } from '../../contract/show.ts';
import type { Schedule, Weekday } from '../../contract/show.ts';

/** A recurrence rule taken apart. */
export interface Rule {
  frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** Weekdays with their place in the month (0 = every). */
  byDay: readonly { ordinal: number; day: Weekday }[];
  /** `YYYY-MM-DD` of the last night, from `UNTIL`. */
  until: string | null;
  /** The rule without `UNTIL`. */
  text: string;
}

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
  return { frequency, interval, byDay, until: until === null ? null : until.slice(1, 4).join('-'), text };
}

/** How a schedule is written into a calendar. */
export interface FirstNight {
  date: string;
  /** Null for a single night. */
  rule: Rule | null;
}

/**
 * The first night on or after `from` (or of the schedule's own start), which a recurring calendar entry must begin with.
 * Null where there is no saying: no night is known, every other week without a date to count from, `twice a month`, or
 * the last night has passed. A bare weekday is taken for every week, as listings mean it.
 */
export function firstNight(schedule: Schedule, from: string): FirstNight | null {
  const single = oneNight(schedule);
  if (single !== null) return { date: single, rule: null };
  const repeated = repeatingRule(schedule);
  const rule = repeated === null ? null : parseRule(repeated);
  // A night that is called off still begins the series: calendars take it out by its exception.
  const [date] = nightDates({ ...schedule, exceptDates: [] }, schedule.startDate ?? from, 1);
  return rule === null || date === undefined ? null : { date, rule };
}
