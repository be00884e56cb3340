import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WEEKDAYS } from '../../../contract/show.ts';
import { nextDates } from './next-dates.ts';
import { readSchedules } from './read-schedule.ts';
import { scheduleInWords } from './schedule-words.ts';
import { scheduleWarnings } from './warnings.ts';

const CONTEXT = { timezone: 'America/New_York', startedAt: '2025-08-11T12:00:00Z' };
const PIECES =
  'Tues|every|other|& Thurs|Wed–Sat|nightly|weekdays|1st & 3rd|Mondays|last|Friday|of the month|bi-monthly|twice a month|starting|May 3|thru|Labor Day|this|Saturday 8/16|no karaoke|this week|except holidays|NEW TIME|8p-12a|9p-?|10p–Close|7ish|8-12|21:00-00:00|9:30 til late|noon–4|midnight|CANCELLED|was|no longer|from|to|and|(|)|,|.|-|closed|Feb 29|12/31/2025|13/45|99|el|los|viernes|y|a|hasta|el 31 de octubre|todos|9 de la noche|20h a 00h|Christmas|the|15th|in October|open daily'.split(
    '|',
  );
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' '));

describe('whatever is printed', () => {
  it('gives schedules that are well formed, can be reckoned with and be said', () => {
    fc.assert(
      fc.property(text, (words) => {
        const schedules = readSchedules(words, CONTEXT);
        expect(schedules.length).toBeGreaterThan(0);
        for (const schedule of schedules) {
          const { days, rrule, startTime, endTime, startDate, endDate, exceptDates } = schedule;
          expect(days).toEqual(WEEKDAYS.filter((day) => days.includes(day)));
          expect(rrule ?? 'FREQ=WEEKLY;BYDAY=MO').toMatch(
            /^FREQ=(?:WEEKLY;(?:INTERVAL=\d+;)?BYDAY=[A-Z,]+|MONTHLY;BYDAY=(?:-?[1-5][A-Z]{2},?)+)$/,
          );
          for (const time of [startTime, endTime]) expect(time ?? '00:00').toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
          for (const date of [startDate, endDate, ...exceptDates].filter((each) => each !== null))
            expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
          const nights = nextDates(schedule, { from: CONTEXT.startedAt, count: 4, timezone: CONTEXT.timezone });
          expect(nights.map(({ date }) => date)).toEqual(nights.map(({ date }) => date).toSorted());
          expect(() => [scheduleInWords(schedule, 'es'), scheduleWarnings(schedule, '2025-08-11')]).not.toThrow();
        }
      }),
      { numRuns: 800 },
    );
  });

  it('gives no time where no number and no hour by name is printed, and no day where none is', () => {
    const silent = PIECES.filter((piece) => !/\d|noon|midnight/.test(piece));
    const dayless = silent.filter(
      (piece) => !/tues|thurs|wed|nightly|week|monday|friday|viernes|labor|october|daily|christmas|todos/i.test(piece),
    );
    const of = (pieces: string[]) =>
      fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((each) => each.join(' '));
    fc.assert(
      fc.property(of(silent), of(dayless), (untimed, undated) => {
        for (const { startTime, endTime } of readSchedules(untimed, CONTEXT))
          expect([startTime, endTime]).toEqual([null, null]);
        for (const { days, rrule } of readSchedules(undated, CONTEXT)) expect([days, rrule]).toEqual([[], null]);
      }),
      { numRuns: 600 },
    );
  });
});
