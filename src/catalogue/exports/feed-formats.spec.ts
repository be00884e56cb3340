import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { noSchedule, WEEKDAYS, type Schedule, type Show } from '../../contract/show.ts';
import { addDays } from '../../analyses/shows/schedule/dates.ts';
import { nightDates } from '../../analyses/shows/schedule/next-dates.ts';
import { toCalendar } from './ics.ts';
import { toDatedJsonLd, toJsonLd } from './jsonld.ts';
import { EVENT_STATUS, foreignProperties } from './schema-org.fixture.ts';

const EMPTY: Schedule = noSchedule();
const TUESDAY: Schedule = {
  ...EMPTY,
  days: ['TU'],
  rrule: 'FREQ=WEEKLY;BYDAY=TU',
  startTime: '21:00',
  endTime: '01:00',
  timezone: 'America/New_York',
};

function show(schedule: Schedule, other: Partial<Show> = {}): Show {
  return {
    id: 'show_0123456789abcdef',
    name: null,
    status: 'scheduled',
    venue: {
      name: 'The Owl',
      address: '12 Main St',
      city: 'Tampa',
      state: 'FL',
      postcode: '33602',
      country: 'US',
      phone: '(813) 555-0144',
      website: 'owl.example',
    },
    host: { name: 'DJ Ann', company: 'Sing Co' },
    schedule,
    notes: '21+, $5 cover',
    confidence: 0.9,
    evidence: [],
    conflicts: [],
    ...other,
  };
}

const revision = { count: 4, at: '2026-10-05T08:30:00.000Z' };

describe('toCalendar, read back by ical.js', () => {
  const text = toCalendar(
    [{ show: show({ ...TUESDAY, exceptDates: ['2026-10-27'] }), from: '2026-10-01', revision }],
    { name: 'Karaoke, Tampa\r\nX-EVIL:1', refreshSeconds: 3_600 },
    '2026-01-01',
  );
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = calendar.getFirstSubcomponent('vevent');

  it('says how often and when a show changed', () => {
    expect(event?.getFirstPropertyValue('sequence')).toBe(4);
    expect(event?.getFirstPropertyValue('last-modified')?.toString()).toBe('2026-10-05T08:30:00Z');
    expect(event?.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-10-05T08:30:00Z');
    expect(event?.getFirstPropertyValue('uid')).toBe('show_0123456789abcdef@contactsheet');
  });

  it('begins at the same night whenever it is asked for, with its zone, rule, exceptions and end on the next day', () => {
    const start = event?.getFirstProperty('dtstart');
    expect([start?.getParameter('tzid'), start?.getFirstValue()?.toString()]).toEqual([
      'America/New_York',
      '2026-10-06T21:00:00',
    ]);
    expect(event?.getFirstPropertyValue('dtend')?.toString()).toBe('2026-10-07T01:00:00');
    expect(event?.getFirstPropertyValue('rrule')?.toString()).toBe('FREQ=WEEKLY;BYDAY=TU');
    expect(event?.getFirstPropertyValue('exdate')?.toString()).toBe('2026-10-27T21:00:00');
    expect(calendar.getFirstSubcomponent('vtimezone')?.getFirstPropertyValue('tzid')).toBe('America/New_York');
  });

  it('has a name that cannot break out, and a time to ask again', () => {
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Karaoke, Tampa X-EVIL:1');
    expect(calendar.getFirstPropertyValue('x-evil')).toBeNull();
    expect(text).toMatch(/REFRESH-INTERVAL;VALUE=DURATION:PT1H/);
  });
});

describe('the next nights', () => {
  it('are those that ical.js finds', () => {
    const rule = fc.oneof(
      fc
        .record({
          days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
          interval: fc.integer({ min: 1, max: 3 }),
        })
        .map(({ days, interval }) => ({ days, rrule: `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.join(',')}` })),
      fc
        .record({ day: fc.constantFrom(...WEEKDAYS), ordinal: fc.constantFrom(1, 2, 3, 4, -1) })
        .map(({ day, ordinal }) => ({ days: [day], rrule: `FREQ=MONTHLY;BYDAY=${ordinal}${day}` })),
      fc.constant({ days: WEEKDAYS.slice(), rrule: 'FREQ=DAILY' }),
    );
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 200 }), (when, begin, ahead) => {
        const startDate = addDays('2026-01-01', begin);
        const from = addDays(startDate, ahead);
        const [first] = nightDates({ ...EMPTY, ...when, startDate }, startDate, 1);
        const recurrence = ICAL.Recur.fromString(when.rrule).iterator(ICAL.Time.fromDateString(first ?? startDate));
        const found: string[] = [];
        while (found.length < 5) {
          const next = recurrence.next();
          if (!next) break;
          if (next.toString() >= from) found.push(next.toString());
        }
        expect(nightDates({ ...EMPTY, ...when, startDate }, from, 5)).toEqual(found);
      }),
      { numRuns: 200 },
    );
  });
});

describe('JSON-LD against the definitions of schema.org', () => {
  const graphOf = (text: string): Record<string, unknown>[] =>
    (JSON.parse(text) as { '@graph': Record<string, unknown>[] })['@graph'];

  it('uses only properties that the types have', () => {
    const monthly = show({
      ...TUESDAY,
      rrule: 'FREQ=MONTHLY;BYDAY=1TU',
      exceptDates: ['2026-12-01'],
      endDate: '2027-06-01',
    });
    const single = show({ ...EMPTY, startDate: '2026-12-31', startTime: '22:00', endTime: '02:00' });
    for (const text of [
      toJsonLd([monthly, single]),
      toDatedJsonLd(monthly, '2026-10-20', 8),
      toDatedJsonLd(single, '2026-10-20', 8),
    ]) {
      expect(foreignProperties(graphOf(text))).toEqual([]);
    }
    expect(foreignProperties({ '@type': 'Event', price: 5 })).toEqual(['Event.price']);
  });

  it('states the next nights as events with date, offset, place and status, and no price', () => {
    const [whole, ...nights] = graphOf(toDatedJsonLd(show(TUESDAY), '2026-10-21', 2));
    expect(whole).toHaveProperty('eventSchedule');
    expect(nights.map(({ startDate, endDate }) => [startDate, endDate])).toEqual([
      ['2026-10-27T21:00:00-04:00', '2026-10-28T01:00:00-04:00'],
      ['2026-11-03T21:00:00-05:00', '2026-11-04T01:00:00-05:00'],
    ]);
    for (const night of nights) {
      expect(night).toMatchObject({
        '@type': 'Event',
        name: expect.any(String),
        location: {
          '@type': 'Place',
          name: 'The Owl',
          address: { '@type': 'PostalAddress', streetAddress: '12 Main St' },
        },
        superEvent: { '@id': whole?.['@id'] },
      });
      expect(EVENT_STATUS.map((status) => `https://schema.org/${status}`)).toContain(night['eventStatus']);
    }
    expect(JSON.stringify(nights)).not.toMatch(/price|offers/);
  });

  it('states a cancelled show as cancelled', () => {
    const graph = graphOf(toDatedJsonLd(show(TUESDAY, { status: 'cancelled' }), '2026-10-21', 1));
    expect(graph.map(({ eventStatus }) => eventStatus)).toEqual(Array(2).fill('https://schema.org/EventCancelled'));
  });
});
