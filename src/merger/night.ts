import { WEEKDAYS } from '../contract/show.ts';
import type { Schedule, Weekday } from '../contract/show.ts';
import { orderDays, ruleParts } from './clean/schedule.ts';

/**
 * On which of a weekday's dates a show is. `plain`: the weekday alone is printed; `weekly`: every (or every n-th) week;
 * `ordinal`: the first, third … of the month; `date`: one night; `other`: a rule kept as it is.
 */
export interface Pattern {
  kind: 'plain' | 'weekly' | 'ordinal' | 'date' | 'other';
  interval: number;
  /** 1–5, or -1 for the last; in order. */
  ordinals: readonly number[];
  date: string | null;
  /** Further parts of the rule (`UNTIL=…`), or the whole of an `other` rule. */
  extra: string;
}

/** One weekday of a schedule; `day` is null where no night is known. */
export interface Night {
  day: Weekday | null;
  pattern: Pattern;
}

const PLAIN: Pattern = { kind: 'plain', interval: 1, ordinals: [], date: null, extra: '' };

function extraParts(parts: ReadonlyMap<string, string>): string {
  return [...parts]
    .filter(([name]) => !['FREQ', 'BYDAY', 'BYSETPOS', 'INTERVAL', 'WKST'].includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(';');
}

function monthlyNights(rrule: string, parts: ReadonlyMap<string, string>): Night[] | null {
  const entries = (parts.get('BYDAY') ?? '').split(',').map((entry) => /^([+-]?\d)?([A-Z]{2})$/.exec(entry));
  const positions = (parts.get('BYSETPOS') ?? '')
    .split(',')
    .filter((position) => position !== '')
    .map(Number);
  // `BYSETPOS` over several weekdays (`the first weekend night`) is no rule of each weekday by itself.
  if (positions.length > 0 && entries.length > 1) return null;
  if (parts.has('BYMONTHDAY') || parts.has('INTERVAL') || rrule === '') return null;
  const ordinals = new Map<Weekday, number[]>();
  for (const entry of entries) {
    const day = WEEKDAYS.find((weekday) => weekday === entry?.[2]);
    const own = entry?.[1] === undefined ? positions : [Number(entry[1])];
    if (day === undefined || own.length === 0) return null;
    ordinals.set(day, [...(ordinals.get(day) ?? []), ...own]);
  }
  const extra = extraParts(parts);
  return orderDays([...ordinals.keys()]).map((day) => ({
    day,
    pattern: { ...PLAIN, kind: 'ordinal', ordinals: [...new Set(ordinals.get(day))].sort((x, y) => x - y), extra },
  }));
}

/** The nights of a cleaned schedule, one for each weekday; a single one without a day where none is known. */
export function nightsOf(schedule: Schedule): Night[] {
  const { rrule, days, startDate, endDate } = schedule;
  const onDays = (pattern: Pattern): Night[] =>
    days.length === 0 ? [{ day: null, pattern }] : days.map((day) => ({ day, pattern }));
  if (rrule === null) {
    const isOneNight = startDate !== null && (endDate === null || endDate === startDate) && days.length <= 1;
    return onDays(isOneNight ? { ...PLAIN, kind: 'date', date: startDate } : PLAIN);
  }
  const parts = ruleParts(rrule) ?? new Map<string, string>();
  const frequency = parts.get('FREQ');
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const isDaily = frequency === 'DAILY' && interval === 1 && !parts.has('BYSETPOS');
  if ((frequency === 'WEEKLY' && !/\d/.test(parts.get('BYDAY') ?? '')) || isDaily) {
    return onDays({ ...PLAIN, kind: 'weekly', interval: isDaily ? 1 : interval, extra: extraParts(parts) });
  }
  const monthly = frequency === 'MONTHLY' ? monthlyNights(rrule, parts) : null;
  return monthly ?? onDays({ ...PLAIN, kind: 'other', extra: rrule });
}

/** What two equal patterns have in common. A bare weekday and `every` weekday are one pattern. */
export function patternKey({ kind, interval, ordinals, date, extra }: Pattern): string {
  const shown = kind === 'plain' ? 'weekly' : kind;
  return [shown, interval, ordinals.join(','), date ?? '', extra].join('|');
}

function ordinalsOf(date: string): number[] {
  const dayOfMonth = Number(date.slice(8));
  const daysInMonth = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
  const ordinal = Math.ceil(dayOfMonth / 7);
  return dayOfMonth + 7 > daysInMonth ? [ordinal, -1] : [ordinal];
}

/** Whether no date of one weekday can fit both patterns. */
export function areDisjoint(a: Pattern, b: Pattern): boolean {
  if (a.kind === 'date' && b.kind === 'date') return a.date !== b.date;
  if (a.kind === 'ordinal' && b.kind === 'ordinal') {
    const mayMeet = (x: number, y: number): boolean => x === y || (x === -1 && y >= 4) || (y === -1 && x >= 4);
    return !a.ordinals.some((x) => b.ordinals.some((y) => mayMeet(x, y)));
  }
  const [dated, ordinal] = a.kind === 'date' ? [a, b] : [b, a];
  if (dated.kind !== 'date' || ordinal.kind !== 'ordinal') return false;
  return !ordinalsOf(dated.date ?? '').some((found) => ordinal.ordinals.includes(found));
}

/** The most telling first: what a reader of several images would believe where they are equally often stated. */
const SPECIFICITY: readonly Pattern['kind'][] = ['ordinal', 'other', 'weekly', 'plain', 'date'];

/** Orders patterns by how much they tell of a recurring show, the most telling first. */
export function bySpecificity(a: Pattern, b: Pattern): number {
  return SPECIFICITY.indexOf(a.kind) - SPECIFICITY.indexOf(b.kind) || b.interval - a.interval;
}

/** The rule of nights that share a kind of pattern, written one way; null for a bare weekday or a single date. */
export function ruleOf(nights: readonly Night[]): string | null {
  const first = nights[0]?.pattern;
  if (first === undefined || first.kind === 'plain' || first.kind === 'date') return null;
  if (first.kind === 'other') return first.extra;
  const extra = first.extra === '' ? '' : `;${first.extra}`;
  const days = nights.flatMap((night) => night.day ?? []);
  if (first.kind === 'ordinal') {
    const entries = WEEKDAYS.flatMap((day) => {
      const ordinals = nights.filter((night) => night.day === day).flatMap((night) => night.pattern.ordinals);
      return [...new Set(ordinals)].map((ordinal) => `${ordinal}${day}`);
    });
    return `FREQ=MONTHLY;BYDAY=${entries.join(',')}${extra}`;
  }
  const interval = first.interval === 1 ? '' : `;INTERVAL=${first.interval}`;
  const byDay = days.length === 0 ? '' : `;BYDAY=${orderDays(days).join(',')}`;
  return `FREQ=WEEKLY${interval}${byDay}${extra}`;
}
