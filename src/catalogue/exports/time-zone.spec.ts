import { describe, expect, it } from '@jest/globals';
import { noSchedule } from '../../contract/show.ts';
import ICAL from 'ical.js';
import { firstNight } from './calendar-dates.ts';
import { instantOf, isKnownZone, timeZoneComponent } from './time-zone.ts';

function wallParts(wall: string): {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
} {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = wall.split(/\D/).map(Number);
  return { year, month, day, hour, minute, second };
}

function instantByIcal(zone: ICAL.Timezone, wall: string): string {
  const time = new ICAL.Time(wallParts(wall), zone);
  return new Date(time.toUnixTime() * 1000).toISOString();
}

describe('timeZoneComponent, read by ical.js', () => {
  const zones = [
    'America/New_York',
    'America/Chicago',
    'America/Phoenix',
    'America/St_Johns',
    'Europe/London',
    'Australia/Sydney',
    'Asia/Kolkata',
    'Africa/Casablanca',
    'Pacific/Honolulu',
  ];
  it.each(zones)('%s has the runtime’s own offsets, day by day for four years', (name) => {
    const calendar = new ICAL.Component(
      ICAL.parse(`BEGIN:VCALENDAR\r\n${timeZoneComponent(name, 2026)}\r\nEND:VCALENDAR`),
    );
    const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? calendar);
    for (let day = 0; day < 4 * 365; day++) {
      const wallMs = Date.UTC(2026, 0, 1 + day, 21);
      const wall = new Date(wallMs).toISOString().slice(0, 19);
      expect([wall, instantByIcal(zone, wall)]).toEqual([wall, new Date(instantOf(wallMs, name)).toISOString()]);
    }
  });

  it('writes yearly rules where there is one', () => {
    expect(timeZoneComponent('America/Chicago', 2026)).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU');
    expect(timeZoneComponent('Europe/London', 2026)).toContain('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU');
    expect(timeZoneComponent('Africa/Casablanca', 2026)).not.toContain('RRULE');
    expect(timeZoneComponent('America/Phoenix', 2026)).not.toMatch(/RRULE|RDATE/);
  });
});

describe('isKnownZone', () => {
  it.each(['Nowhere/City', 'X\r\nBEGIN:VALARM', '', null])('refuses %j', (name) => {
    expect(isKnownZone(name)).toBe(false);
  });
});

describe('firstNight', () => {
  const empty = noSchedule();
  it.each([
    ['the same day', { days: ['TU' as const], rrule: 'FREQ=WEEKLY;BYDAY=TU' }, '2026-10-20', '2026-10-20'],
    ['a bare weekday', { days: ['FR' as const] }, '2026-10-20', '2026-10-23'],
    ['the last Friday', { days: ['FR' as const], rrule: 'FREQ=MONTHLY;BYDAY=-1FR' }, '2026-10-31', '2026-11-27'],
    ['the fifth Saturday', { days: ['SA' as const], rrule: 'FREQ=MONTHLY;BYDAY=5SA' }, '2026-11-01', '2027-01-30'],
    [
      'its own start',
      { days: ['TU' as const], rrule: 'FREQ=WEEKLY;BYDAY=TU', startDate: '2026-12-01' },
      '2026-10-20',
      '2026-12-01',
    ],
    [
      'every other week from a date',
      { days: ['SU' as const], rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', startDate: '2026-11-01' },
      '2026-12-20',
      '2026-11-01',
    ],
    [
      'every other week without one',
      { days: ['SU' as const], rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU' },
      '2026-10-20',
      null,
    ],
    [
      'a season that is over',
      { days: ['TU' as const], rrule: 'FREQ=WEEKLY;BYDAY=TU', endDate: '2026-09-07' },
      '2026-10-20',
      null,
    ],
    ['a day of the year', { days: [], rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31' }, '2026-10-20', '2026-12-31'],
    ['a night that no year has', { days: [], rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, '2026-10-20', null],
    ['Fridays, but not which', { days: ['FR' as const], text: 'twice a month on Fridays' }, '2026-10-20', null],
    ['no rule at all', { days: [], rrule: 'BEGIN:VALARM' }, '2026-10-20', null],
  ])('%s', (_, schedule, from, date) => {
    expect(firstNight({ ...empty, ...schedule }, from)?.date ?? null).toBe(date);
  });
});
