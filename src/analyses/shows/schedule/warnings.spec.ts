import { describe, expect, it } from '@jest/globals';
import { readSchedules } from './read-schedule.ts';
import { scheduleWarnings } from './warnings.ts';

const CONTEXT = { timezone: 'America/New_York', startedAt: '2025-08-11T12:00:00Z' };
const TODAY = '2025-08-11';

function codesOf(words: string): string[] {
  return readSchedules(words, CONTEXT).flatMap((schedule) =>
    scheduleWarnings(schedule, TODAY).map((warning) => /^schedule\.(\w+): \S/.exec(warning)?.[1] ?? warning),
  );
}

describe('scheduleWarnings', () => {
  it.each([
    ['Saturdays 9 PM - 6 PM', ['endsBeforeStart']],
    ['Fridays 9:07 PM - 1 AM', ['oddMinutes']],
    ['Fridays 8 PM - 12 PM', ['noonAsMidnight']],
    ['Fri Aug 16 9PM', ['pastYear']],
    ['Fridays thru Aug 30, 2023', ['pastYear']],
    ['Friday 8/16/2025 8PM', ['dateDisagrees']],
    ['every other Sunday 6pm', ['noAnchor']],
    ['every 3 weeks on Sunday', ['noAnchor']],
    ['bi-monthly Fridays', ['biMonthly']],
    ['Fridays, twice a month', ['whichWeeks']],
    ['select Fridays 9pm', ['whichWeeks']],
    ['Wednesdays 8pm except holidays', ['holidays']],
    ['Wed 8:03 PM - 6 PM every other week', ['endsBeforeStart', 'oddMinutes', 'noAnchor']],
    ['Mon 8-12, every other Fri 9-1', ['noAnchor']],
  ])('%s', (words, codes) => {
    expect(codesOf(words)).toEqual(codes);
  });

  it.each([
    'Fridays 9pm-1am',
    'Sundays noon-4',
    'every other Sunday starting Aug 17',
    'bi-monthly, on 1st & 3rd Fridays',
    'Saturday 8/16 9pm',
    'Thursdays since May 3, 2019',
    'Saturday July 5 9pm',
  ])('none for "%s"', (words) => {
    expect(codesOf(words)).toEqual([]);
  });
});
