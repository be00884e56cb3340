import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noSchedule, noVenue, type Schedule, type Venue } from '../../contract/show.ts';
import { readingOf } from '../readings.fixture.ts';
import { caseAddress, caseName } from './casing.ts';
import { cleanFacts } from './clean-reading.ts';
import { cleanPhone } from './phone.ts';
import { cleanVenue } from './place.ts';
import { cleanSchedule } from './schedule.ts';
import { cleanText } from './text.ts';

const NO_VENUE: Venue = noVenue();
const NO_SCHEDULE: Schedule = noSchedule();

describe('cleanText', () => {
  it.each([
    'N/A',
    'n/a',
    'none',
    'None',
    'null',
    'TBD',
    'tba',
    'Unknown',
    'not listed',
    '-',
    '—',
    '?',
    '',
    '   ',
    ' , ',
    '…',
  ])('takes %j for nothing', (text) => {
    expect(cleanText(text)).toBeNull();
  });

  it.each([
    ['  Two   spaces\n', 'Two spaces'],
    ['• The Boat,', 'The Boat'],
    ['O’Malley’s', "O'Malley's"],
    ['Bar\u200b\u202e X', 'Bar X'],
    ['Sing Co.', 'Sing Co.'],
    ['None Shall Pass', 'None Shall Pass'],
  ])('%j → %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});

describe('caseName', () => {
  it.each([
    ["O'MALLEY'S PUB", "O'Malley's Pub"],
    ["mcduff's bar & grill", "McDuff's Bar & Grill"],
    ['VFW POST 4287', 'VFW Post 4287'],
    ['DJ BIG MIKE', 'DJ Big Mike'],
    ['kj ann', 'KJ Ann'],
    ['BBQ KING', 'BBQ King'],
    ["CJ'S SPORTS BAR", "CJ's Sports Bar"],
    ["JJ'S", "JJ's"],
    ['BAR AT THE END', 'Bar at the End'],
    ["dog 'n' bone pub", "Dog 'n' Bone Pub"],
    ["D'ANGELO'S", "D'Angelo's"],
    ['MR. BIG', 'Mr. Big'],
    ['THE 19TH HOLE', 'The 19th Hole'],
    ['CAFÉ ÉLAN', 'Café Élan'],
    ['xpider', 'Xpider'],
    ['ATX', 'ATX'],
    ['McDonald’s', 'McDonald’s'],
    ['eBar iPub', 'eBar iPub'],
  ])('%s → %s', (printed, cased) => {
    expect(caseName(printed)).toBe(cased);
  });

  it.each([
    ['1420 HARBOR VIEW BLVD, SUITE 2', '1420 Harbor View Blvd, Suite 2'],
    ['403 FM 685', '403 FM 685'],
    ['13010 W PARMER LN', '13010 W Parmer Ln'],
    ['8619 burnet road ne', '8619 Burnet Road NE'],
  ])('address %s → %s', (printed, cased) => {
    expect(caseAddress(printed)).toBe(cased);
  });
});

describe('cleanPhone', () => {
  it.each([
    ['813.555.0100', '(813) 555-0100'],
    ['1-813-555-0100', '(813) 555-0100'],
    ['+1 (813) 555 0100', '(813) 555-0100'],
    ['813-555-0100 ext. 12', '(813) 555-0100 x12'],
    ['555-0100', '555-0100'],
    ['+44 20 7946 0018', '+442079460018'],
    ['call Bob', 'call Bob'],
  ])('%s → %s', (printed, clean) => {
    expect(cleanPhone(printed)).toBe(clean);
    expect(cleanPhone(clean)).toBe(clean);
  });
});

describe('cleanVenue', () => {
  const cases: [Partial<Venue>, Partial<Venue>][] = [
    [{ name: "Joe's Bar 123 Main St" }, { name: "Joe's Bar", address: '123 Main St' }],
    [
      { name: "Joe's Bar (123 Main Street, Tampa, FL 33602)" },
      { name: "Joe's Bar", address: '123 Main Street', city: 'Tampa', state: 'FL', postcode: '33602' },
    ],
    [{ name: 'Pub @ 12 Oak Ave' }, { name: 'Pub', address: '12 Oak Ave' }],
    [{ name: 'The 5 Points Way Bar' }, { name: 'The 5 Points Way Bar' }],
    [{ name: 'Route 66 Roadhouse' }, { name: 'Route 66 Roadhouse' }],
    [{ name: 'Common Interest, The' }, { name: 'The Common Interest' }],
    [
      { address: '10402 Menchaca Rd, Unit D  Austin, TX 78748', city: 'Austin' },
      { address: '10402 Menchaca Rd, Unit D', city: 'Austin', state: 'TX', postcode: '78748' },
    ],
    [
      { address: '123 Main St Tampa FL 33602' },
      { address: '123 Main St', city: 'Tampa', state: 'FL', postcode: '33602' },
    ],
    [
      { address: '123 Main St, Tampa', city: 'Tampa' },
      { address: '123 Main St', city: 'Tampa' },
    ],
    [
      { address: '5 Bend Rd, Lake Travis, TX', city: 'Austin' },
      { address: '5 Bend Rd, Lake Travis', city: 'Austin', state: 'TX' },
    ],
    [{ address: '55 Westlake CT' }, { address: '55 Westlake CT' }],
    [{ city: 'TAMPA FL 33602' }, { city: 'Tampa', state: 'FL', postcode: '33602' }],
    [{ city: 'PORT WASHINGTON' }, { city: 'Port Washington' }],
    [{ state: 'florida' }, { state: 'FL' }],
    [{ state: 'Fla.' }, { state: 'FL' }],
    [{ state: 'tx' }, { state: 'TX' }],
    [{ postcode: '336021234' }, { postcode: '33602-1234' }],
    [{ postcode: 'k1a0b1' }, { postcode: 'K1A 0B1' }],
    [{ country: 'United States' }, { country: 'US' }],
    [{ website: 'HTTP://WWW.Foo.com/Bar/.' }, { website: 'http://www.foo.com/Bar' }],
  ];
  it.each(cases)('%j → %j', (printed, clean) => {
    expect(cleanVenue({ ...NO_VENUE, ...printed })).toEqual({ ...NO_VENUE, ...clean });
  });
});

describe('cleanSchedule', () => {
  const cases: [Partial<Schedule>, Partial<Schedule>][] = [
    [
      { startTime: '9:00', endTime: '24:00' },
      { startTime: '09:00', endTime: '00:00' },
    ],
    [{ startTime: '25:00', endTime: 'late' }, {}],
    [{ days: ['FR', 'MO', 'FR'] }, { days: ['MO', 'FR'] }],
    [{ rrule: 'RRULE:freq=weekly;byday=TH,TU' }, { rrule: 'FREQ=WEEKLY;BYDAY=TH,TU', days: ['TU', 'TH'] }],
    [{ rrule: 'FREQ=MONTHLY;BYDAY=1MO,3MO' }, { rrule: 'FREQ=MONTHLY;BYDAY=1MO,3MO', days: ['MO'] }],
    [{ rrule: 'every Tuesday' }, {}],
    [{ startDate: '2026-08-15' }, { startDate: '2026-08-15', days: ['SA'] }],
    [{ startDate: '2026-02-30' }, {}],
    [{ timezone: 'America/Chicago' }, { timezone: 'America/Chicago' }],
    [{ timezone: 'Central' }, {}],
    [{ exceptDates: ['2026-12-24', 'x', '2026-11-26', '2026-12-24'] }, { exceptDates: ['2026-11-26', '2026-12-24'] }],
  ];
  it.each(cases)('%j → %j', (printed, clean) => {
    expect(cleanSchedule({ ...NO_SCHEDULE, ...printed })).toEqual({ ...NO_SCHEDULE, ...clean });
  });
});

describe('cleanFacts', () => {
  it('takes the lead-in off a host', () => {
    const hostOf = (host: string): string | null => cleanFacts(readingOf({ host })).host.name;
    expect(hostOf('hosted by: KJ Ann')).toBe('KJ Ann');
    expect(hostOf('w/ DJ MO')).toBe('DJ Mo');
    expect(hostOf('with Bob')).toBe('Bob');
    expect(hostOf('Withers')).toBe('Withers');
  });

  it('changes nothing that is clean', () => {
    const words = fc
      .array(
        fc.constantFrom(
          'THE',
          'boat',
          "O'Malley's",
          '12',
          'Main',
          'St',
          ',',
          'Tampa',
          'FL',
          '33602',
          'Suite',
          '4',
          '(',
          ')',
          '&',
          'n/a',
          '-',
          'CT',
          'é',
        ),
        { maxLength: 7 },
      )
      .map((all) => all.join(' '));
    const told = fc.record({
      venue: words,
      address: words,
      city: words,
      state: words,
      host: words,
      company: words,
      phone: words,
      notes: words,
    });
    fc.assert(
      fc.property(told, (given) => {
        const once = cleanFacts(readingOf(given));
        expect(cleanFacts(once)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});
