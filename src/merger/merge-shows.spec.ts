import { describe, expect, it } from '@jest/globals';
import { mergeShows } from './merge-shows.ts';
import { images, lineOf } from './readings.fixture.ts';
import type { Told } from './readings.fixture.ts';

const KRACK: Told = {
  venue: 'Krackpots',
  address: '1420 Harbor View Blvd',
  city: 'Tampa',
  state: 'FL',
  days: ['TU'],
  start: '21:00',
  end: '01:00',
};

function lines(...told: Told[][]): string[] {
  return mergeShows(images(...told)).map(lineOf);
}

describe('mergeShows joins', () => {
  const sameVenue: [string, Told, Told][] = [
    ['a name written apart', KRACK, { ...KRACK, venue: 'Krack Pots' }],
    ['SHOUTED and small', KRACK, { ...KRACK, venue: 'KRACKPOTS' }],
    ['& and and', { ...KRACK, venue: 'Salt & Rye' }, { ...KRACK, venue: 'Salt and Rye', address: null }],
    ['apostrophes', { ...KRACK, venue: 'O’Malley’s' }, { ...KRACK, venue: "O'MALLEYS" }],
    ['a leading The', { ...KRACK, venue: 'The Boat' }, { ...KRACK, venue: 'Boat' }],
    [
      'Bar & Grill and Grill',
      { ...KRACK, venue: 'Suffys Bar & Grill' },
      { ...KRACK, venue: "Suffy's Grill", address: null },
    ],
    ['Saint and St.', { ...KRACK, venue: 'Saint Arnold Hall' }, { ...KRACK, venue: 'St. Arnold Hall' }],
    ['Street and St', { ...KRACK, address: '12 Main Street' }, { ...KRACK, address: '12 MAIN ST.' }],
    ['a suite', { ...KRACK, address: '12 Main St, Suite 4' }, { ...KRACK, address: '12 Main St #4' }],
    ['a suite left out', { ...KRACK, address: '12 Main St, Suite 4' }, { ...KRACK, address: '12 Main St' }],
    ['l for I', { ...KRACK, venue: 'Iron Bear' }, { ...KRACK, venue: 'lron Bear', address: null }],
    ['0 for O', { ...KRACK, venue: 'Old Oak' }, { ...KRACK, venue: 'Old 0ak', address: null }],
    ['one letter misread', { ...KRACK, venue: 'Moontower Saloon' }, { ...KRACK, venue: 'Moontowor Saloon' }],
    ['a street misread', { ...KRACK, address: '119 E Main Street' }, { ...KRACK, address: '119 E Maiun Street' }],
    ['the address inside the name', KRACK, { ...KRACK, venue: 'Krackpots, 1420 Harbor View Blvd', address: null }],
    [
      'city and state inside the address',
      KRACK,
      { ...KRACK, address: '1420 Harbor View Blvd, Tampa, FL 33602', city: null, state: null },
    ],
    ['no city', KRACK, { ...KRACK, city: null, state: null }],
    ['no city and no address', KRACK, { ...KRACK, city: null, state: null, address: null }],
    ['no address', KRACK, { ...KRACK, address: null }],
    ['no venue name', KRACK, { ...KRACK, venue: null }],
    ['the city in the name', { ...KRACK, venue: 'Krackpots Tampa' }, { ...KRACK, city: null, address: null }],
    ['full state name', KRACK, { ...KRACK, state: 'Florida' }],
  ];
  it.each(sameVenue)('one venue: %s', (_, a, b) => {
    const [show, ...others] = mergeShows(images([a], [b]));
    expect(others).toEqual([]);
    expect(show?.evidence.map(({ imageId }) => imageId)).toEqual(['img_001', 'img_002']);
  });

  const apart: [string, Told, Told][] = [
    ['two venues at one address', KRACK, { ...KRACK, venue: 'Sociedad' }],
    ['one chain in two cities', { ...KRACK, address: null }, { ...KRACK, address: null, city: 'Orlando' }],
    ['one chain behind two doors', KRACK, { ...KRACK, address: '900 Bay St' }],
    [
      'a shared phone',
      { ...KRACK, phone: '813-555-0100' },
      { ...KRACK, phone: '813-555-0100', venue: 'The Boat', address: null },
    ],
    [
      'numbered branches',
      { ...KRACK, venue: 'Tavern #2', address: null },
      { ...KRACK, venue: 'Tavern #3', address: null },
    ],
    ['two states', { ...KRACK, city: null, address: null }, { ...KRACK, city: null, address: null, state: 'GA' }],
    ['another night', KRACK, { ...KRACK, days: ['WE'] }],
    [
      '1st and 2nd Fridays',
      { ...KRACK, rrule: 'FREQ=MONTHLY;BYDAY=1FR', days: ['FR'] },
      { ...KRACK, rrule: 'FREQ=MONTHLY;BYDAY=2FR', days: ['FR'] },
    ],
    ['two dates', { ...KRACK, date: '2026-08-15', days: ['SA'] }, { ...KRACK, date: '2026-08-22', days: ['SA'] }],
    [
      'a special with its own host',
      { ...KRACK, host: 'Ann Lee' },
      { ...KRACK, host: 'Bob Day', rrule: 'FREQ=MONTHLY;BYDAY=1TU' },
    ],
  ];
  it.each(apart)('never: %s', (_, a, b) => {
    expect(mergeShows(images([a], [b]))).toHaveLength(2);
  });

  it('leaves a name without a place by itself where two branches could be meant', () => {
    const shows = mergeShows(
      images(
        [KRACK],
        [{ ...KRACK, address: '7 Lake Ave', city: 'Orlando' }],
        [{ ...KRACK, address: null, city: null, state: null }],
      ),
    );
    expect(shows).toHaveLength(3);
  });

  it('does not chain two branches through a name without a place', () => {
    const shows = mergeShows(
      images(
        [{ ...KRACK, city: null }],
        [{ ...KRACK, address: null, city: null }],
        [{ ...KRACK, address: '7 Lake Ave', city: 'Orlando' }],
      ),
    );
    expect(new Set(shows.map(({ venue }) => venue.address))).toEqual(
      new Set(['1420 Harbor View Blvd', '7 Lake Ave', null]),
    );
    expect(shows).toHaveLength(3);
  });
});

describe('mergeShows nights', () => {
  it('keeps one host with five nights and one venue with three nights apart', () => {
    const nights = (['MO', 'TU', 'WE', 'TH', 'FR'] as const).map((day, n) => ({
      venue: `Place ${'ABCDE'.charAt(n)}lpha`,
      city: 'Tampa',
      host: 'KJ Ann',
      days: [day],
      start: '21:00',
    }));
    expect(lines(nights)).toHaveLength(5);
    expect(lines([KRACK, { ...KRACK, days: ['WE'] }, { ...KRACK, days: ['TH'] }])).toHaveLength(3);
  });

  it('takes early and late on one image for two shows, and fits others to the nearer', () => {
    const early = { ...KRACK, start: '17:00', end: '19:00' };
    const late = { ...KRACK, start: '22:00', end: '01:00' };
    const shows = mergeShows(images([early, late], [{ ...KRACK, start: '21:30', end: null }], [early]));
    expect(shows.map(lineOf)).toEqual(['TU 17:00-19:00 Krackpots', 'TU 21:30-01:00 Krackpots']);
    expect(shows.map(({ evidence }) => evidence.length)).toEqual([2, 2]);
  });

  it('takes another time on another image for a conflict', () => {
    const [show, ...others] = mergeShows(images([KRACK], [KRACK], [{ ...KRACK, start: '18:00', end: '20:00' }]));
    expect(others).toEqual([]);
    expect(show?.schedule).toMatchObject({ startTime: '21:00', endTime: '01:00' });
    expect(show?.conflicts).toEqual([
      {
        field: 'schedule.endTime',
        values: [
          { value: '01:00', imageIds: ['img_001', 'img_002'] },
          { value: '20:00', imageIds: ['img_003'] },
        ],
      },
      {
        field: 'schedule.startTime',
        values: [
          { value: '21:00', imageIds: ['img_001', 'img_002'] },
          { value: '18:00', imageIds: ['img_003'] },
        ],
      },
    ]);
  });

  it('joins a missing time or night where one show fits', () => {
    expect(lines([KRACK], [{ ...KRACK, start: null, end: null, host: 'KJ Ann' }])).toEqual([
      'TU 21:00-01:00 Krackpots KJ Ann',
    ]);
    expect(lines([{ ...KRACK, host: 'Ann' }], [{ ...KRACK, days: [], host: 'KJ Ann' }])).toEqual([
      'TU 21:00-01:00 Krackpots KJ Ann',
    ]);
  });

  it('keeps a missing night apart where two shows fit', () => {
    expect(lines([KRACK, { ...KRACK, days: ['WE'] }], [{ ...KRACK, days: [] }])).toHaveLength(3);
  });

  it('lets a bare mention of the venue support all its shows', () => {
    const shows = mergeShows(
      images([KRACK, { ...KRACK, days: ['WE'] }], [{ ...KRACK, days: [], start: null, end: null }]),
    );
    expect(shows.map(({ evidence }) => evidence.length)).toEqual([2, 2]);
  });

  it('joins a reading without a venue to its host’s one show at that time', () => {
    const venueless: Told = { host: 'KJ Ann', days: ['TU'], start: '21:00' };
    const shows = mergeShows(images([{ ...KRACK, host: 'Ann' }], [venueless]));
    expect(shows.map(({ evidence }) => evidence.length)).toEqual([2]);
    expect(lines([{ ...KRACK, host: 'Ann' }], [{ ...venueless, start: '20:00' }])).toHaveLength(2);
    expect(lines([{ ...KRACK, host: 'Ann' }], [{ ...venueless, city: 'Orlando' }])).toHaveLength(2);
    expect(
      lines([{ ...KRACK, host: 'Ann' }], [{ ...KRACK, venue: 'The Boat', host: 'Ann' }], [venueless]),
    ).toHaveLength(3);
  });

  it('does not print a night twice: Wed–Sat and Fri', () => {
    const run: Told = { ...KRACK, days: ['WE', 'TH', 'FR', 'SA'] };
    const same = mergeShows(images([run], [{ ...KRACK, days: ['FR'] }]));
    expect(same.map(lineOf)).toEqual(['WE+TH+FR+SA 21:00-01:00 Krackpots']);
    expect(same[0]?.evidence).toHaveLength(2);
    expect(lines([run], [{ ...KRACK, days: ['FR'], host: 'Guest Gus' }])).toEqual([
      'WE+TH+SA 21:00-01:00 Krackpots',
      'FR 21:00-01:00 Krackpots Guest Gus',
    ]);
  });

  it('takes weekly and 1st & 3rd across images for a conflict of the rule', () => {
    const [show, ...others] = mergeShows(images([KRACK], [{ ...KRACK, rrule: 'FREQ=MONTHLY;BYDAY=1TU,3TU' }]));
    expect(others).toEqual([]);
    expect(show?.schedule.rrule).toBe('FREQ=MONTHLY;BYDAY=1TU,3TU');
    expect(show?.conflicts.map(({ field }) => field)).toEqual(['schedule.rrule']);
    expect(mergeShows(images([KRACK, { ...KRACK, rrule: 'FREQ=MONTHLY;BYDAY=1TU,3TU' }]))).toHaveLength(2);
  });

  it('keeps a cancellation, and says so', () => {
    const [show] = mergeShows(images([KRACK], [{ ...KRACK, status: 'cancelled', start: null, end: null }]));
    expect(show?.status).toBe('cancelled');
    expect(show?.conflicts).toEqual([
      {
        field: 'status',
        values: [
          { value: 'cancelled', imageIds: ['img_002'] },
          { value: 'scheduled', imageIds: ['img_001'] },
        ],
      },
    ]);
  });

  it('turns one cancelled date of a weekly show into an exception', () => {
    const off: Told = { ...KRACK, status: 'cancelled', date: '2026-08-18', start: null, end: null };
    const [show, ...others] = mergeShows(images([KRACK], [off]));
    expect(others).toEqual([]);
    expect(show).toMatchObject({ status: 'scheduled', schedule: { exceptDates: ['2026-08-18'], startDate: null } });
    expect(show?.conflicts.map(({ field }) => field)).toEqual(['status']);
  });
});

describe('mergeShows values', () => {
  it('shares what is known of a venue among its shows, with the image that says so', () => {
    const [first, second] = mergeShows(
      images([KRACK], [{ venue: 'Krackpots', city: 'Tampa', days: ['WE'], start: '20:00' }]),
    );
    expect(first?.venue.address).toBe('1420 Harbor View Blvd');
    expect(second?.venue.address).toBe('1420 Harbor View Blvd');
    expect(second?.evidence).toMatchObject([
      { imageId: 'img_001', fields: { 'venue.address': { text: '1420 Harbor View Blvd' } } },
      { imageId: 'img_002' },
    ]);
  });

  it('counts forms of one value together and keeps the fuller', () => {
    const [show] = mergeShows(
      images([{ ...KRACK, host: 'Xpider' }], [{ ...KRACK, host: 'XPIDER CANTU' }], [{ ...KRACK, host: 'Ann Lee' }]),
    );
    expect(show?.host.name).toBe('Xpider Cantu');
    expect(show?.conflicts).toEqual([
      {
        field: 'host.name',
        values: [
          { value: 'Xpider Cantu', imageIds: ['img_001', 'img_002'] },
          { value: 'Ann Lee', imageIds: ['img_003'] },
        ],
      },
    ]);
  });

  it('gives stable, distinct ids', () => {
    const shows = mergeShows(images([KRACK, { ...KRACK, days: ['WE'] }]));
    expect(shows[0]?.id).toMatch(/^show_[0-9a-f]{16}$/);
    expect(new Set(shows.map(({ id }) => id)).size).toBe(2);
    expect(mergeShows(images([{ ...KRACK, host: 'Ann', notes: '21+' }]))[0]?.id).toBe(shows[0]?.id);
  });

  it('gives nothing for nothing', () => {
    expect(mergeShows([])).toEqual([]);
    expect(mergeShows(images([{ venue: 'N/A', notes: 'TBD' }]))).toEqual([]);
  });
});
