import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nightDates } from '../../../../src/analyses/shows/schedule/next-dates.ts';
import { noSchedule, WEEKDAYS, type Schedule } from '../../../../src/contract/show.ts';
import { addDays, addMonths, isDate, mondayOf, placesInMonth, weeksOfMonth } from './dates.ts';
import { isNight, isUnderWay, nightsAhead } from './nights.ts';
import { clockIn, momentOf } from './zone-clock.ts';

const NEW_YORK = 'America/New_York';
const at = (instant: string) => Date.parse(instant);

function schedule(given: Partial<Schedule>): Schedule {
  return { ...noSchedule(), timezone: NEW_YORK, ...given };
}

describe('nights of a schedule', () => {
  const days = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 7 });
  const ordinals = fc.constantFrom(1, 2, 3, 4, 5, -1);
  const date = fc.integer({ min: 0, max: 700 }).map((after) => addDays('2026-01-01', after));
  const rule = fc.oneof(
    fc
      .tuple(days, fc.constantFrom(1, 2, 3))
      .map(([on, every]) => `FREQ=WEEKLY;INTERVAL=${every};BYDAY=${on.join(',')}`),
    fc.tuple(days, ordinals).map(([on, place]) => `FREQ=MONTHLY;BYDAY=${on.map((day) => `${place}${day}`).join(',')}`),
    fc.constant('FREQ=DAILY'),
  );

  it('are those that the server reckons, with and without what it says of the next four', () => {
    fc.assert(
      fc.property(
        rule,
        date,
        date,
        fc.option(date, { nil: null }),
        fc.boolean(),
        (rrule, startDate, from, end, told) => {
          const endDate = end !== null && end > startDate ? end : null;
          const known = schedule({ rrule, startDate, endDate, exceptDates: [addDays(startDate, 7)] });
          const next = nightDates(known, from, 4);
          fc.pre(!told || next.length > 0);
          const reckoned = nightDates(known, from, 60).filter((night) => night < addDays(from, 60));
          const given = told ? { ...known, next: [...next] } : known;
          const found = Array.from({ length: 60 }, (_, ahead) => addDays(from, ahead)).filter((day) =>
            isNight(given, day),
          );
          expect(found).toEqual(reckoned);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are none where the server says that there is no saying', () => {
    expect(isNight(schedule({ days: ['FR'], next: [] }), '2026-11-27')).toBe(false);
    expect(isNight(schedule({ days: ['FR'] }), '2026-11-27')).toBe(true);
  });

  it('belong to the day they start on: at one in the morning, last night is still on', () => {
    const late = schedule({ days: ['FR'], rrule: 'FREQ=WEEKLY;BYDAY=FR', startTime: '21:00', endTime: '02:00' });
    const oneInTheMorning = at('2026-11-28T01:00:00-05:00');
    const [night] = nightsAhead(late, oneInTheMorning, 7);
    expect(night).toMatchObject({ date: '2026-11-27', daysAhead: -1 });
    expect(isUnderWay(night!, oneInTheMorning)).toBe(true);
    expect(nightsAhead(late, at('2026-11-28T02:00:00-05:00'), 7)).toMatchObject([{ date: '2026-12-04', daysAhead: 6 }]);
  });

  it('are over three hours after the start where no end is known', () => {
    const open = schedule({ days: ['FR'], rrule: 'FREQ=WEEKLY;BYDAY=FR', startTime: '20:00' });
    expect(nightsAhead(open, at('2026-11-27T22:59:00-05:00'), 6)).toHaveLength(1);
    expect(nightsAhead(open, at('2026-11-27T23:00:00-05:00'), 6)).toHaveLength(0);
  });

  it('count days as the place does', () => {
    const show = schedule({
      days: ['FR'],
      rrule: 'FREQ=WEEKLY;BYDAY=FR',
      startTime: '21:00',
      timezone: 'Pacific/Honolulu',
    });
    expect(nightsAhead(show, at('2026-11-28T06:00:00Z'), 7)[0]).toMatchObject({ date: '2026-11-27', daysAhead: 0 });
  });
});

describe('clocks of a zone', () => {
  it('give the moment that they show, right across their changes', () => {
    const zones = fc.constantFrom(NEW_YORK, 'Europe/Madrid', 'Asia/Kolkata', 'Pacific/Apia', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: at('2026-01-01T00:00Z') / 60_000, max: at('2027-12-31T00:00Z') / 60_000 }),
        (zone, minute) => {
          const clock = clockIn(zone, minute * 60_000);
          expect(clockIn(zone, momentOf(clock.date, clock.minutes, zone))).toEqual(clock);
          expect(momentOf(clock.date, clock.minutes, zone)).toBeLessThanOrEqual(minute * 60_000);
        },
      ),
    );
    expect(momentOf('2026-03-08', 150, NEW_YORK)).toBe(at('2026-03-08T03:30:00-04:00'));
    expect(momentOf('2026-11-01', 90, NEW_YORK)).toBe(at('2026-11-01T01:30:00-04:00'));
  });
});

describe('days of a calendar', () => {
  it('stand in whole weeks from Monday', () => {
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    const weeks = weeksOfMonth('2026-11');
    expect(weeks.map(([monday]) => monday)).toEqual([
      '2026-10-26',
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeksOfMonth('2027-02')).toHaveLength(4);
  });

  it('know their place in the month, and months their neighbours', () => {
    expect(placesInMonth('2026-11-30')).toEqual({ fromStart: 5, fromEnd: -1 });
    expect(placesInMonth('2026-11-23')).toEqual({ fromStart: 4, fromEnd: -2 });
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });

  it('are taken out of an address only where there is such a day', () => {
    expect(['2026-11-27', '2026-02-30', 'x', null].map(isDate)).toEqual([true, false, false, false]);
  });
});
