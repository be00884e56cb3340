import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noSchedule, WEEKDAYS, type Schedule, type Weekday } from '../../../contract/show.ts';
import { addDays, weekdayOf } from './dates.ts';
import { readSchedule } from './read-schedule.ts';
import { scheduleInWords } from './schedule-words.ts';

const CONTEXT = { timezone: null, startedAt: '2025-08-11T12:00:00Z' };
const EMPTY: Schedule = noSchedule();

const date = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-01-01', days));
const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Starts with an end or without; noon for an end is left out: `12 PM` is read as a slip for midnight. */
const times = fc
  .tuple(fc.option(time), fc.option(time))
  .filter(([start, end]) => start === null || end === null || minutesOf(start) !== minutesOf(end))
  .filter(([, end]) => end?.startsWith('12') !== true)
  .map(([startTime, endTime]) => ({ startTime, endTime }));

const weekly = fc.tuple(days, fc.constantFrom(1, 1, 2, 3)).map(([chosen, weeks]) => ({
  days: chosen,
  rrule: `FREQ=WEEKLY;${weeks === 1 ? '' : `INTERVAL=${weeks};`}BYDAY=${chosen.join(',')}`,
}));
const ordinals = fc.subarray([1, 2, 3, 4, 5, -1], { minLength: 1 });
const monthly = fc.tuple(days, fc.array(ordinals, { minLength: 7, maxLength: 7 })).map(([chosen, places]) => ({
  days: chosen,
  rrule: `FREQ=MONTHLY;BYDAY=${chosen.flatMap((day, at) => (places[at] ?? []).map((place) => `${place}${day}`)).join(',')}`,
}));
const bounds = fc
  .tuple(fc.option(date), fc.option(fc.integer({ min: 0, max: 400 })), fc.uniqueArray(date, { maxLength: 3 }))
  .map(([startDate, later, exceptDates]) => ({
    startDate,
    endDate: later === null ? null : addDays(startDate ?? '2025-08-11', later),
    exceptDates: exceptDates.toSorted(),
  }));
const recurring = fc
  .tuple(fc.oneof(weekly, monthly), times, bounds)
  .map(([rule, clock, range]): Schedule => ({ ...EMPTY, ...rule, ...clock, ...range }));
const oneNight = fc.tuple(date, times).map(([night, clock]): Schedule => ({
  ...EMPTY,
  ...clock,
  days: [weekdayOf(night)],
  startDate: night,
  endDate: night,
}));

function facts({ days: nights, rrule, startTime, endTime, startDate, endDate, exceptDates }: Schedule): unknown {
  return { days: nights, rrule, startTime, endTime, startDate, endDate, exceptDates };
}

describe('scheduleInWords', () => {
  it.each(['en', 'es'] as const)('gives words that read as the same schedule (%s)', (language) => {
    fc.assert(
      fc.property(fc.oneof(recurring, oneNight), (schedule) => {
        const words = scheduleInWords(schedule, language) ?? '';
        expect({ words, ...(facts(readSchedule(words, CONTEXT)) as object) }).toEqual({
          words,
          ...(facts(schedule) as object),
        });
      }),
      { numRuns: 2_000 },
    );
  });

  const ofWeek = (rule: string, chosen: Weekday[]): Schedule => ({ ...EMPTY, rrule: rule, days: chosen });
  it.each([
    [
      {
        ...ofWeek('FREQ=WEEKLY;BYDAY=TU,TH', ['TU', 'TH']),
        startTime: '21:00',
        endTime: '01:00',
        startDate: '2026-05-03',
      },
      'Every Tuesday and Thursday, 9 PM – 1 AM, starting May 3, 2026',
      'Todos los martes y jueves, 9 p. m. a 1 a. m., a partir del 3 de mayo de 2026',
    ],
    [ofWeek('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', ['SU']), 'Every other Sunday', 'Cada dos semanas los domingos'],
    [ofWeek('FREQ=MONTHLY;BYDAY=1MO,3MO', ['MO']), '1st and 3rd Monday of the month', 'Primer y tercer lunes del mes'],
    [ofWeek(`FREQ=WEEKLY;BYDAY=${WEEKDAYS.join(',')}`, [...WEEKDAYS]), 'Every night', 'Todas las noches'],
    [
      { ...ofWeek('FREQ=WEEKLY;BYDAY=WE,TH,FR', ['WE', 'TH', 'FR']), startTime: '20:30', exceptDates: ['2025-11-27'] },
      'Every Wednesday through Friday, 8:30 PM, except November 27, 2025',
      'De miércoles a viernes, 8:30 p. m., excepto el 27 de noviembre de 2025',
    ],
    [
      { ...EMPTY, days: ['SA' as const], startDate: '2025-08-16', endDate: '2025-08-16', startTime: '21:00' },
      'Saturday, August 16, 2025, 9 PM',
      'Sábado 16 de agosto de 2025, 9 p. m.',
    ],
  ])('%j', (schedule, english, spanish) => {
    expect(scheduleInWords(schedule, 'en')).toBe(english);
    expect(scheduleInWords(schedule, 'es')).toBe(spanish);
  });

  it('has no words for nothing, nor for a rule beyond it', () => {
    expect(scheduleInWords(EMPTY, 'en')).toBeNull();
    expect(scheduleInWords({ ...EMPTY, rrule: 'FREQ=MONTHLY;BYMONTHDAY=31' }, 'en')).toBeNull();
    expect(scheduleInWords({ ...EMPTY, rrule: 'FREQ=MONTHLY;BYDAY=-2FR' }, 'es')).toBeNull();
  });
});
