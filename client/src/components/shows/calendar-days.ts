import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import type { Weekday } from '../../../../src/contract/show.ts';
import { addDays, daysBetween, weekdayOf } from './dates.ts';
import { isNight } from './nights.ts';

/**
 * The shows of each day from the first to the last, by their start; those without one last. Days are those of each show's own place.
 *
 * @param day only on this day of the week; null for all
 */
export function showsOfDays(
  shows: readonly ListedShow[],
  { first, last }: { first: string; last: string },
  day: Weekday | null,
): ReadonlyMap<string, ListedShow[]> {
  const inOrder = shows.toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
  return new Map(
    datesFrom(first, last).map((date) => [
      date,
      day === null || weekdayOf(date) === day ? inOrder.filter(({ schedule }) => isNight(schedule, date)) : [],
    ]),
  );
}

/** Without a start it comes last. */
const startOf = ({ schedule }: ListedShow): string => schedule.startTime ?? '99:99';

function datesFrom(first: string, last: string): string[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
}
