import type { ShowFacts } from '../../../../src/contract/show.ts';

/** What people need to get there. */
export type NeededField = 'venue' | 'night' | 'time' | 'city';

/** Which of it a show does not say. */
export function missingFields({ venue, schedule }: Pick<ShowFacts, 'venue' | 'schedule'>): NeededField[] {
  const missing: [NeededField, boolean][] = [
    ['venue', venue.name === null],
    ['night', schedule.days.length === 0 && schedule.rrule === null && schedule.startDate === null],
    ['time', schedule.startTime === null],
    ['city', venue.city === null],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([field]) => field);
}
