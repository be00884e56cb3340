import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { RunResult } from '../../contract/run.ts';
import { noSchedule, type Schedule, type Show } from '../../contract/show.ts';
import { formatsOf } from '../../contract/run.ts';
import { exportRun } from './export-run.ts';
import { toCsv } from './csv.ts';
import { toIcs } from './ics.ts';
import { toJsonLd } from './jsonld.ts';

function show(schedule: Partial<Schedule>, other: Partial<Show> = {}): Show {
  return {
    id: 'show_0123456789abcdef',
    name: null,
    status: 'scheduled',
    venue: {
      name: "O'Malley's, the Pub",
      address: '12 Main St',
      city: 'Tampa',
      state: 'FL',
      postcode: '33602',
      country: null,
      phone: null,
      website: 'omalleys.example',
    },
    host: { name: 'KJ Ann', company: 'Sing; Co' },
    schedule: {
      ...noSchedule(),
      ...schedule,
    },
    notes: null,
    confidence: 0.9,
    evidence: [],
    conflicts: [],
    ...other,
  };
}

const TUESDAY: Partial<Schedule> = {
  days: ['TU'],
  rrule: 'FREQ=WEEKLY;BYDAY=TU',
  startTime: '21:00',
  endTime: '01:00',
  timezone: 'America/New_York',
};

function parse(ics: string): ICAL.Component {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return calendar;
}

function eventsOf(ics: string): ICAL.Event[] {
  return parse(ics)
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event));
}

/** Instants (UTC) of the first occurrences. */
function occurrences(ics: string, count: number): string[] {
  const found: string[] = [];
  const [event] = eventsOf(ics);
  if (event === undefined) return found;
  const iterator = event.iterator();
  for (let next = iterator.next(); next && found.length < count; next = iterator.next()) {
    found.push(next.toJSDate().toISOString().slice(0, 16));
  }
  return found;
}

describe('toIcs, read back by ical.js', () => {
  it('starts on the first night and keeps the wall time across daylight saving', () => {
    const ics = toIcs([show(TUESDAY)], '2026-10-21');
    expect(occurrences(ics, 3)).toEqual(['2026-10-28T01:00', '2026-11-04T02:00', '2026-11-11T02:00']);
    expect(occurrences(toIcs([show(TUESDAY)], '2027-03-03'), 3)).toEqual([
      '2027-03-10T02:00',
      '2027-03-17T01:00',
      '2027-03-24T01:00',
    ]);
    expect(occurrences(toIcs([show({ ...TUESDAY, timezone: 'Europe/London' })], '2027-03-20'), 2)).toEqual([
      '2027-03-23T21:00',
      '2027-03-30T20:00',
    ]);
  });

  it('ends on the next day where the end is not after the start', () => {
    const [event] = eventsOf(toIcs([show(TUESDAY)], '2026-10-21'));
    expect(event?.endDate.toString()).toBe('2026-10-28T01:00:00');
    expect(event?.startDate.zone?.tzid).toBe('America/New_York');
    expect(event?.uid).toBe('show_0123456789abcdef@contactsheet');
    expect(event?.location).toBe("O'Malley's, the Pub, 12 Main St, Tampa, FL 33602");
  });

  it('invents no end and no zone', () => {
    const ics = toIcs([show({ ...TUESDAY, endTime: null, timezone: null })], '2026-10-21');
    expect(ics).toContain('\r\nDTSTART:20261027T210000\r\n');
    expect(ics).not.toMatch(/DTEND|DURATION|TZID|VTIMEZONE/);
  });

  it('leaves out exceptions and stops after the last date', () => {
    const ics = toIcs([show({ ...TUESDAY, exceptDates: ['2026-11-03'], endDate: '2026-11-17' })], '2026-10-21');
    expect(occurrences(ics, 9)).toEqual(
      ['2026-10-28T02:00', '2026-11-11T02:00', '2026-11-18T02:00'].map((at, n) => (n === 0 ? '2026-10-28T01:00' : at)),
    );
  });

  it('repeats 1st & 3rd Mondays', () => {
    const monthly = show({ ...TUESDAY, days: ['MO'], rrule: 'FREQ=MONTHLY;BYDAY=1MO,3MO' });
    // The zone keeps the check from depending on the machine's own.
    const ics = toIcs([{ ...monthly, schedule: { ...monthly.schedule, timezone: 'Europe/London' } }], '2026-12-08');
    expect(occurrences(ics, 3)).toEqual(['2026-12-21T21:00', '2027-01-04T21:00', '2027-01-18T21:00']);
  });

  it('writes a single night once, and cancelled as cancelled', () => {
    const ics = toIcs(
      [show({ startDate: '2026-12-31', startTime: '22:00', endTime: '02:00' }, { status: 'cancelled' })],
      '2026-10-21',
    );
    expect(ics).toContain('DTSTART:20261231T220000');
    expect(ics).toContain('DTEND:20270101T020000');
    expect(ics).toContain('STATUS:CANCELLED');
    expect(ics).not.toContain('RRULE');
  });

  it('counts what has no night, no start or no date to count from', () => {
    const without = [
      show({ startTime: '21:00' }),
      show({ days: ['TU'] }),
      show({ ...TUESDAY, rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' }),
    ];
    const ics = toIcs(without, '2026-10-21');
    expect(eventsOf(ics)).toHaveLength(0);
    expect(ics).toContain('X-WR-CALDESC:Left out for want of a night or a start: 3');
  });

  it('lets no text out of its line', () => {
    const evil = 'x\r\nEND:VEVENT\nBEGIN:VALARM\u2028;,\\';
    const bad = show(TUESDAY, {
      name: evil,
      notes: evil,
      host: { name: evil, company: evil },
      venue: { ...show({}).venue, name: evil, website: 'javascript:alert(1)' },
    });
    const zone = show({ ...TUESDAY, timezone: 'X\r\nBEGIN:VALARM', rrule: 'FREQ=WEEKLY\r\nBEGIN:VALARM' });
    const calendar = parse(toIcs([bad, zone], '2026-10-21'));
    expect(calendar.getAllSubcomponents('vevent').flatMap((event) => event.getAllSubcomponents())).toEqual([]);
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
  });
});

describe('toCsv', () => {
  it('has a mark, a header, CRLF and quotes as RFC 4180 wants them', () => {
    const [header, row, end] = toCsv([show(TUESDAY)]).split('\r\n');
    expect(header?.startsWith('\ufeffid,name,status,venue,')).toBe(true);
    expect(row).toContain(`,"O'Malley's, the Pub",12 Main St,Tampa,FL,33602,`);
    expect(end).toBe('');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('defuses %j', (name) => {
    expect(toCsv([show({}, { name })])).toMatch(/0123456789abcdef,"?'[=+\-@\t\r]/);
  });
});

describe('toJsonLd', () => {
  it('states a recurring show as a schedule', () => {
    const [event] = JSON.parse(toJsonLd([show(TUESDAY)]))['@graph'];
    expect(event).toEqual({
      '@type': 'Event',
      '@id': 'urn:contactsheet:show_0123456789abcdef',
      name: "Karaoke at O'Malley's, the Pub",
      eventStatus: 'https://schema.org/EventScheduled',
      location: {
        '@type': 'Place',
        name: "O'Malley's, the Pub",
        address: {
          '@type': 'PostalAddress',
          streetAddress: '12 Main St',
          addressLocality: 'Tampa',
          addressRegion: 'FL',
          postalCode: '33602',
        },
        url: 'https://omalleys.example/',
      },
      performer: { '@type': 'Person', name: 'KJ Ann' },
      organizer: { '@type': 'Organization', name: 'Sing; Co' },
      eventSchedule: {
        '@type': 'Schedule',
        byDay: ['https://schema.org/Tuesday'],
        repeatFrequency: 'P1W',
        startTime: '21:00',
        endTime: '01:00',
        scheduleTimezone: 'America/New_York',
      },
    });
  });

  it('states ordinals and single nights', () => {
    const graph = JSON.parse(
      toJsonLd([
        show({ ...TUESDAY, days: ['MO'], rrule: 'FREQ=MONTHLY;BYDAY=1MO,-1MO' }),
        show({ startDate: '2026-12-31', startTime: '22:00', endTime: '02:00' }),
      ]),
    )['@graph'];
    expect(graph[0].eventSchedule).toMatchObject({ byDay: ['1MO', '-1MO'], repeatFrequency: 'P1M' });
    expect(graph[1]).toMatchObject({ startDate: '2026-12-31T22:00', endDate: '2027-01-01T02:00' });
  });

  it('can stand inside a script element', () => {
    const name = '</script><script>alert(1)</script>\u2028&';
    const text = toJsonLd([show(TUESDAY, { name })]);
    expect(text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(text)['@graph'][0].name).toBe(name);
  });
});

describe('exportRun', () => {
  const result: RunResult = {
    runId: '../run "1"',
    analysis: 'shows',
    mode: 'parallel',
    model: 'local',
    state: 'completed',
    shows: [show(TUESDAY)],
    failures: [],
    progress: {
      totalImages: 1,
      processedImages: 1,
      remainingImages: 0,
      failedImages: 0,
      currentBatch: 1,
      totalBatches: 1,
      averageTimePerImage: 1,
      estimatedTimeRemaining: 0,
    },
    metrics: {
      wallMs: 1,
      sequentialEstimateMs: 1,
      speedup: 1,
      successRate: 1,
      imagesPerMinute: 60,
      perImageMs: { p50: 1, p95: 1, max: 1 },
      workers: { configured: 1, peak: 1, restarts: 0, utilisation: 1 },
      calls: { made: 1, succeeded: 1, retried: 0, hedged: 0, refused: 0, cached: 0 },
      tokens: { input: 0, output: 0 },
      costUsd: null,
      peakMemoryMb: 1,
    },
    notices: [],
  };

  it.each(formatsOf('shows'))('gives %s a type and a name that is safe in a header', async (format) => {
    const file = await exportRun(result, format, { from: '2026-10-21' });
    expect(file.fileName).toBe(`contactsheet-run1.${format}`);
    expect(file.contentType).toMatch(/^(?:application|text)\/[\w+]+; charset=utf-8/);
    expect(file.body).toContain('show_0123456789abcdef');
  });

  it('gives the whole result as json', async () => {
    expect(JSON.parse(String((await exportRun(result, 'json')).body))).toEqual(result);
  });
});
