import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../contract/analysis.ts';
import type { Show, ShowReading, Weekday } from '../contract/show.ts';
import { mergeShows } from './merge-shows.ts';
import { images, lineOf } from './readings.fixture.ts';
import type { Told } from './readings.fixture.ts';

const FILE = new URL('../../../shared/data/listings/austin-variants.tsv', import.meta.url);
const withShared = existsSync(FILE) ? describe : describe.skip;

const DAYS: Readonly<Record<string, Weekday>> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
};
const ORDINALS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4 };

function timeOf(text: string | undefined): string | null {
  const plain = (text ?? '').trim().toLowerCase().replace('midnight', '12:00 am');
  const match = /^(\d+)(?::(\d+))?\s*(am|pm)?/.exec(plain);
  if (match === null) return null;
  const hours = (Number(match[1]) % (match[3] === undefined ? 24 : 12)) + (match[3] === 'pm' ? 12 : 0);
  return `${String(hours).padStart(2, '0')}:${match[2] ?? '00'}`;
}

function toldOf(row: string): Told {
  const [venue, address, city, when, time, host, company] = row.split('\t');
  const [every, dayName] = (when ?? '').toLowerCase().split(' ');
  const day = DAYS[dayName ?? ''];
  const [start, end] = (time ?? '').split(/-| to /);
  const ordinal = ORDINALS[every ?? ''];
  const rule = ordinal === undefined ? {} : { rrule: `FREQ=MONTHLY;BYDAY=${ordinal}${day}` };
  return {
    venue,
    address,
    city,
    state: 'TX',
    host: host === '' ? null : host,
    company: company === '' ? null : company,
    days: day === undefined ? [] : [day],
    start: timeOf(start),
    end: timeOf(end),
    ...rule,
  };
}

/** Real listings, each row as if from an image of its own. */
function listings(): Observation<ShowReading>[] {
  const rows = readFileSync(FILE, 'utf8')
    .split('\n')
    .slice(1)
    .filter((row) => row !== '');
  return images(...rows.map((row) => [toldOf(row)]));
}

function linesAt(shows: readonly Show[], venue: string): string[] {
  return shows.filter((show) => show.venue.name === venue).map(lineOf);
}

withShared('mergeShows over real listings in several wordings', () => {
  const shows = existsSync(FILE) ? mergeShows(listings()) : [];

  it('brings 217 rows of 45 places to 76 shows', () => {
    expect(shows).toHaveLength(76);
    expect(new Set(shows.map(({ venue }) => venue.name)).size).toBe(45);
  });

  it('keeps every row as evidence', () => {
    expect(new Set(shows.flatMap(({ evidence }) => evidence.map(({ imageId }) => imageId))).size).toBe(217);
  });

  it('prints no night of a venue twice', () => {
    const nights = shows.flatMap(({ venue, schedule }) =>
      schedule.days.map(
        (day) => `${venue.name} ${schedule.rrule?.includes('MONTHLY') === true ? schedule.rrule : day}`,
      ),
    );
    expect(nights).toHaveLength(new Set(nights).size);
  });

  it('keeps two bars of one house apart, and joins three spellings of one', () => {
    expect(linesAt(shows, 'The Alcove Cantina')).toEqual(['WE 19:30-00:00 The Alcove Cantina']);
    expect(linesAt(shows, 'Sociedad')).toEqual(['TU 19:30-00:00 Sociedad', 'WE 19:30-00:00 Sociedad']);
    expect(shows.filter(({ venue }) => venue.address === '7309 Mcneil Dr')).toHaveLength(5);
  });

  it('tells what listings disagree on', () => {
    const ends = shows
      .filter(({ venue }) => venue.name === 'Round Rock Tavern')
      .flatMap(({ conflicts }) => conflicts.map(({ field }) => field));
    expect(ends).toEqual(['schedule.endTime', 'schedule.startTime']);
  });
});
