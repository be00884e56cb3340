import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';
import type { DayPhrase } from './day-phrases.ts';
import { inCalendarOrder } from './day-words.ts';

/** Nights and how they repeat. */
export interface DayRule {
  days: Weekday[];
  rrule: string | null;
}

/**
 * The rule that day phrases state together. Phrases of one listing add up (`Thursday` … `& Saturday`); the most precise
 * phrase decides how they repeat, since a flyer's headline says `Saturdays` where its small print says `1st Saturday`.
 *
 * @param weeksApart said apart from the days: `Wed 8-12, every other week`
 */
export function ruleOf(phrases: readonly DayPhrase[], weeksApart = 1): DayRule {
  const without = new Set(phrases.filter((phrase) => phrase.excluded).flatMap((phrase) => phrase.days));
  const stated = phrases.filter((phrase) => !phrase.excluded);
  const days = inCalendarOrder(stated.flatMap((phrase) => phrase.days)).filter((day) => !without.has(day));
  if (days.length === 0) return { days, rrule: null };
  const monthly = stated.filter((phrase) => phrase.ordinals.length > 0);
  if (monthly.length > 0 && monthlyCovers(monthly, days)) return { days, rrule: monthlyRule(monthly) };
  if (stated.every((phrase) => phrase.once)) return { days, rrule: null };
  const interval = Math.max(weeksApart, ...stated.map((phrase) => phrase.intervalWeeks));
  const every = interval > 1 ? `INTERVAL=${interval};` : '';
  return { days, rrule: `FREQ=WEEKLY;${every}BYDAY=${days.join(',')}` };
}

function monthlyCovers(monthly: readonly DayPhrase[], days: readonly Weekday[]): boolean {
  return days.every((day) => monthly.some((phrase) => phrase.days.includes(day)));
}

function monthlyRule(phrases: readonly DayPhrase[]): string {
  const parts = WEEKDAYS.flatMap((day) => {
    const ordinals = phrases.filter((phrase) => phrase.days.includes(day)).flatMap((phrase) => phrase.ordinals);
    return [...new Set(ordinals)].sort(byPlaceInMonth).map((ordinal) => `${ordinal}${day}`);
  });
  return `FREQ=MONTHLY;BYDAY=${parts.join(',')}`;
}

/** The last comes last. */
function byPlaceInMonth(a: number, b: number): number {
  return (a < 0 ? a + 10 : a) - (b < 0 ? b + 10 : b);
}
