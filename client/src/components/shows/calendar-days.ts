import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import type { Weekday } from '../../../../src/contract/show.ts';
import { weekdayOf } from './dates.ts';
import { isNight } from './nights.ts';

/**
 * The shows of each day, by their start; those without one last. Days are those of each show's own place.
 *
 * @param day only on this day of the week; null for all
 */
export function showsOfDays(
  shows: readonly ListedShow[],
  dates: readonly string[],
  day: Weekday | null,
): ReadonlyMap<string, ListedShow[]> {
  const inOrder = shows.toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
  return new Map(
    dates.map((date) => [
      date,
      day === null || weekdayOf(date) === day ? inOrder.filter(({ schedule }) => isNight(schedule, date)) : [],
    ]),
  );
}

/** Without a start it comes last. */
const startOf = ({ schedule }: ListedShow): string => schedule.startTime ?? '99:99';
