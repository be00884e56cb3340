import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noSchedule, WEEKDAYS, type Schedule } from '../../../contract/show.ts';
import { addDays, weekdayOf } from './dates.ts';
import { nextDates } from './next-dates.ts';

const EMPTY: Schedule = noSchedule();
const COUNT = 4;
/** With changes of the clocks at 2 and at 1 o'clock, of half an hour, south of the equator, at midnight, and with none. */
const ZONES = [
  'America/New_York',
  'America/Phoenix',
  'America/St_Johns',
  'America/Santiago',
  'Europe/London',
  'Australia/Lord_Howe',
];

/** Every day looked at for itself: the slow way that cannot be wrong about what a rule means. */
function plainNights(schedule: Schedule, from: string): string[] {
  const { startDate, endDate, exceptDates } = schedule;
  const nights: string[] = [];
  for (let ahead = 0; ahead < 3_000 && nights.length < COUNT; ahead += 1) {
    const date = addDays(from, ahead);
    const isWithin = (startDate === null || date >= startDate) && (endDate === null || date <= endDate);
    if (isWithin && !exceptDates.includes(date) && isNight(schedule, date)) nights.push(date);
  }
  return nights;
}

function isNight({ rrule, startDate }: Schedule, date: string): boolean {
  const parts = new Map((rrule ?? '').split(';').map((part) => part.split('=') as [string, string]));
  const entries = (parts.get('BYDAY') ?? '').split(',');
  const weeks = Number(parts.get('INTERVAL') ?? '1');
  if (parts.get('FREQ') === 'WEEKLY') {
    const apart = (Date.parse(mondayOf(date)) - Date.parse(mondayOf(startDate ?? date))) / (7 * 86_400_000);
    return entries.includes(weekdayOf(date)) && apart % weeks === 0;
  }
  const place = Math.ceil(Number(date.slice(8)) / 7);
  const isLast = addDays(date, 7).slice(5, 7) !== date.slice(5, 7);
  return entries.includes(`${place}${weekdayOf(date)}`) || (isLast && entries.includes(`-1${weekdayOf(date)}`));
}

function mondayOf(date: string): string {
  return addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));
}

/** What the clocks of a zone show at an instant, `YYYY-MM-DD HH:MM`. */
function wallClock(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

const date = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-01-01', days));
const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const rule = fc.oneof(
  fc
    .tuple(days, fc.constantFrom(1, 2, 3))
    .map(([chosen, weeks]) => `FREQ=WEEKLY;INTERVAL=${weeks};BYDAY=${chosen.join()}`),
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, -1), fc.constantFrom(...WEEKDAYS)), {
      minLength: 1,
      maxLength: 4,
      selector: (entry) => entry.join(''),
    })
    .map((entries) => `FREQ=MONTHLY;BYDAY=${entries.map((entry) => entry.join('')).join()}`),
);
const schedule = fc
  .record({
    rrule: rule,
    startTime: time,
    startDate: fc.option(date),
    endDate: fc.option(date),
    exceptDates: fc.array(date, { maxLength: 20 }),
  })
  .map((facts): Schedule => ({ ...EMPTY, ...facts }));

describe('nextDates', () => {
  it('finds the nights that a look at every single day finds', () => {
    fc.assert(
      fc.property(schedule, date, (given, from) => {
        const needsAnchor = /INTERVAL=[23]/.test(given.rrule ?? '') && given.startDate === null;
        const nights = nextDates(given, { from, count: COUNT, timezone: null });
        expect(nights.map((night) => night.date)).toEqual(needsAnchor ? [] : plainNights(given, from));
      }),
      { numRuns: 500 },
    );
  });

  it('starts at the printed hour of the place on each of them, whatever the clocks do', () => {
    fc.assert(
      fc.property(schedule, date, fc.constantFrom(...ZONES), (given, from, timezone) => {
        for (const night of nextDates(given, { from, count: COUNT, timezone })) {
          expect(night.startsAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d$/);
          const shown = wallClock(night.startsAt, timezone);
          // The offset is the one in force then: the words of the instant are what the clocks show.
          expect(night.startsAt.slice(0, 16).replace('T', ' ')).toBe(shown);
          const isSkipped = shown !== `${night.date} ${given.startTime ?? ''}`;
          if (isSkipped) expect(isInGap(`${night.date} ${given.startTime ?? ''}`, timezone)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  const weekly = (day: string, startTime: string | null): Schedule => ({
    ...EMPTY,
    rrule: `FREQ=WEEKLY;BYDAY=${day}`,
    startTime,
  });
  const startsOf = (given: Schedule, from: string, timezone: string | null): string[] =>
    nextDates(given, { from, count: COUNT, timezone }).map(({ startsAt }) => startsAt);

  it('keeps the hour over the end and the beginning of summer time', () => {
    expect(startsOf(weekly('SA', '21:00'), '2025-10-25', 'America/Chicago')).toEqual([
      '2025-10-25T21:00:00-05:00',
      '2025-11-01T21:00:00-05:00',
      '2025-11-08T21:00:00-06:00',
      '2025-11-15T21:00:00-06:00',
    ]);
    // On March 8 of 2026 the clocks go from 2 to 3.
    expect(startsOf(weekly('SU', '02:30'), '2026-03-01', 'America/New_York').slice(0, 3)).toEqual([
      '2026-03-01T02:30:00-05:00',
      '2026-03-08T03:30:00-04:00',
      '2026-03-15T02:30:00-04:00',
    ]);
  });

  it('counts from the day that it is at the venue, tonight included', () => {
    const instant = '2025-08-13T03:00:00Z';
    expect(startsOf(weekly('TU', '21:00'), instant, 'America/New_York')[0]).toBe('2025-08-12T21:00:00-04:00');
    expect(startsOf(weekly('TU', '21:00'), instant, 'Europe/London')[0]).toBe('2025-08-19T21:00:00+01:00');
  });

  it('says no more than is known: no offset without a zone, no hour without a start', () => {
    expect(startsOf(weekly('TU', '21:00'), '2025-08-12', null)[0]).toBe('2025-08-12T21:00:00');
    expect(startsOf(weekly('TU', '21:00'), '2025-08-12', 'Mars/Base')[0]).toBe('2025-08-12T21:00:00');
    expect(startsOf(weekly('TU', null), '2025-08-12', 'America/New_York')[0]).toBe('2025-08-12');
  });

  it.each([
    ['no night', { ...EMPTY, startTime: '21:00' }],
    ['every other week without a date', { ...EMPTY, rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU' }],
    ['Fridays, but not which', { ...EMPTY, days: ['FR' as const], text: 'bi-monthly Fridays' }],
    ['a season that is over', { ...EMPTY, rrule: 'FREQ=WEEKLY;BYDAY=FR', endDate: '2025-08-01' }],
    ['a night that has been', { ...EMPTY, days: ['FR' as const], startDate: '2025-08-01', endDate: '2025-08-01' }],
    ['no rule', { ...EMPTY, rrule: 'BEGIN:VALARM' }],
    ['a date that no year has', { ...EMPTY, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }],
  ])('has none for %s', (_, given) => {
    expect(nextDates(given, { from: '2025-08-11', count: COUNT, timezone: 'America/New_York' })).toEqual([]);
  });

  it('takes a bare weekday for every week, and one date for one night', () => {
    expect(startsOf({ ...EMPTY, days: ['FR'] }, '2025-08-11', null)).toHaveLength(COUNT);
    expect(startsOf({ ...EMPTY, days: ['SA'], startDate: '2025-08-16' }, '2025-08-11', null)).toEqual(['2025-08-16']);
  });

  it('ends with the whole day of UNTIL, in whichever zone its time is given', () => {
    const until = (value: string): Schedule => ({ ...EMPTY, rrule: `FREQ=WEEKLY;BYDAY=MO;UNTIL=${value}` });
    for (const value of ['20250818', '20250818T000000Z', '20250818T235959'])
      expect(startsOf(until(value), '2025-08-11', null)).toEqual(['2025-08-11', '2025-08-18']);
  });
});

/** Whether no instant of a zone is shown as this wall time. */
function isInGap(wall: string, zone: string): boolean {
  const asUtc = Date.parse(`${wall.replace(' ', 'T')}:00Z`);
  for (let minutes = -15 * 60; minutes <= 15 * 60; minutes += 15)
    if (wallClock(new Date(asUtc + minutes * 60_000).toISOString(), zone) === wall) return false;
  return true;
}
