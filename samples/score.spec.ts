import { describe, expect, it } from '@jest/globals';
import type { Show, Weekday } from '../src/contract/show.ts';
import { report, shortfalls } from './report.ts';
import { sameAddress, sameName } from './sameness.ts';
import { scoreShows } from './scoring.ts';
import type { MergedShow } from './truth.ts';

interface Facts {
  venue: string | null;
  days: Weekday[];
  start: string | null;
  end?: string | null;
  address?: string | null;
  city?: string | null;
  host?: string | null;
  company?: string | null;
  images?: string[];
  elsewhere?: MergedShow['elsewhere'];
}

function truthShow(id: string, facts: Facts): MergedShow {
  return {
    id,
    status: 'scheduled',
    venue: {
      name: facts.venue,
      address: facts.address ?? null,
      city: facts.city ?? null,
      state: null,
      postcode: null,
      phone: null,
    },
    host: { name: facts.host ?? null, company: facts.company ?? null },
    schedule: { days: facts.days, startTime: facts.start, endTime: facts.end ?? null, rrule: null },
    images: facts.images ?? ['a.png'],
    elsewhere: facts.elsewhere ?? { address: null, city: null },
  };
}

function resultShow(id: string, facts: Facts): Show {
  const { venue, host, schedule } = truthShow(id, facts);
  return {
    id,
    name: null,
    status: 'scheduled',
    venue: { ...venue, country: null, website: null },
    host,
    schedule: { ...schedule, text: null, timezone: null, startDate: null, endDate: null, exceptDates: [] },
    notes: null,
    confidence: 1,
    evidence: (facts.images ?? ['a.png']).map((image) => ({ imageId: image, image, fields: {} })),
    conflicts: [],
  };
}

const ANCHOR: Facts = {
  venue: 'The Rusty Anchor Bar & Grill',
  days: ['TU'],
  start: '21:00',
  end: '01:00',
  address: '77 Harbor View Boulevard, Suite 2',
  city: 'Largo',
  host: 'DJ Marcus Bell',
};
const NONE = new Set<string>();

describe('scoreShows', () => {
  it('gives full marks to the same show in other spellings', () => {
    const came: Facts = {
      ...ANCHOR,
      venue: 'RUSTY ANCHOR BAR AND GRILL',
      address: '77 Harbor View Blvd.',
      host: 'Marcus Bell',
    };
    const score = scoreShows([truthShow('t1', ANCHOR)], [resultShow('r1', came)], NONE);
    expect(score.misses).toEqual([]);
    expect(score.merged).toMatchObject({ precision: 1, recall: 1, f1: 1 });
    expect(shortfalls(score)).toEqual([]);
  });

  it('counts a wrong value as extra and missed, an invented one as extra, a lacking one as missed', () => {
    const truth = truthShow('t1', { ...ANCHOR, city: null });
    const came = resultShow('r1', { ...ANCHOR, start: '20:00', host: null });
    const { fields, merged } = scoreShows([truth], [came], NONE);
    expect(fields.start).toMatchObject({ right: 0, extra: 1, missed: 1 });
    expect(fields.city).toMatchObject({ right: 0, extra: 1, missed: 0, recall: 1 });
    expect(fields.host).toMatchObject({ right: 0, extra: 0, missed: 1, precision: 1 });
    expect(merged).toMatchObject({ right: 0, extra: 1, missed: 1, f1: 0 });
  });

  it('scores days one by one', () => {
    const truth = truthShow('t1', { ...ANCHOR, days: ['TH', 'FR', 'SA'] });
    const { fields } = scoreShows([truth], [resultShow('r1', { ...ANCHOR, days: ['TH', 'FR', 'SU'] })], NONE);
    expect(fields.days).toMatchObject({ right: 2, extra: 1, missed: 1 });
  });

  it('pairs the nights of one venue by their days and hours', () => {
    const nights: Facts[] = [
      { ...ANCHOR, days: ['MO'], start: '19:00' },
      { ...ANCHOR, days: ['TH'], start: '21:00' },
      { ...ANCHOR, days: ['SA'], start: '22:00' },
    ];
    const truth = nights.map((night, index) => truthShow(`t${index}`, night));
    const result = nights.toReversed().map((night, index) => resultShow(`r${index}`, night));
    expect(scoreShows(truth, result, NONE).merged).toMatchObject({ right: 3, extra: 0, missed: 0 });
  });

  it('keeps two venues at one address apart', () => {
    const bar9: Facts = { ...ANCHOR, venue: 'Bar 9' };
    const hole: Facts = { ...ANCHOR, venue: 'The 19th Hole' };
    const truth = [truthShow('t1', bar9), truthShow('t2', hole)];
    const score = scoreShows(truth, [resultShow('r1', hole), resultShow('r2', bar9)], NONE);
    expect(score.merged.right).toBe(2);
  });

  it('charges a show split in two as one extra', () => {
    const truth = truthShow('t1', { ...ANCHOR, days: ['FR', 'SA'] });
    const halves = [resultShow('r1', { ...ANCHOR, days: ['FR'] }), resultShow('r2', { ...ANCHOR, days: ['SA'] })];
    expect(scoreShows([truth], halves, NONE).merged).toMatchObject({ right: 0, extra: 2, missed: 1 });
  });

  it('accepts the firm where the truth has person and firm', () => {
    const truth = truthShow('t1', { ...ANCHOR, company: 'Starling Karaoke' });
    const came = resultShow('r1', { ...ANCHOR, host: null, company: 'Starling Karaoke' });
    expect(scoreShows([truth], [came], NONE).fields.host.f1).toBe(1);
  });

  it('lets a result fill in the venue from its other shows, and does not ask for it', () => {
    const truth = truthShow('t1', { ...ANCHOR, city: null, elsewhere: { address: null, city: 'Largo' } });
    for (const city of ['Largo', null]) {
      expect(scoreShows([truth], [resultShow('r1', { ...ANCHOR, city })], NONE).fields.city).toMatchObject({
        extra: 0,
        missed: 0,
      });
    }
    const wrong = scoreShows([truth], [resultShow('r1', { ...ANCHOR, city: 'Tampa' })], NONE);
    expect(wrong.fields.city).toMatchObject({ extra: 1, missed: 0 });
  });

  it('counts shows with evidence in a picture without a listing', () => {
    const menu = resultShow('r1', { venue: 'Menu', days: ['FR'], start: null, images: ['menu.jpg'] });
    const score = scoreShows([], [menu], new Set(['menu.jpg']));
    expect(score.fromNegatives).toBe(1);
    expect(shortfalls(score)).toContain('1 shows from pictures without a listing');
  });

  it('tells each difference with its images', () => {
    const score = scoreShows([truthShow('t1', ANCHOR)], [resultShow('r1', { ...ANCHOR, end: null })], NONE);
    expect(score.misses).toEqual([{ field: 'end', images: ['a.png'], show: 't1', expected: '01:00', came: null }]);
    expect(report(score, true)).toContain('end of t1: expected "01:00", came nothing [a.png]');
  });

  it('has nothing against an empty result of an empty pile', () => {
    expect(scoreShows([], [], NONE).merged.f1).toBe(1);
  });
});

describe('sameName', () => {
  it.each([
    ["O'Malley’s Pub", 'OMalleys Pub', true],
    ['KJ Bubba', 'Bubba', true],
    ['Pflueger’s Tavern #2', 'Pfluegers Tavern 2', true],
    ['Bar 9', 'Bar 8', false],
    ['Black Badger', 'Black Barrel', false],
  ])('%s / %s: %s', (one, other, same) => {
    expect(sameName(one, other)).toBe(same);
  });
});

describe('sameAddress', () => {
  it.each([
    ['1420 N Main Street', '1420 North Main St.', true],
    ['86 Maple Ave, Unit D', '86 Maple Avenue', true],
    ['86 Maple Ave, Unit D', '86 Maple Ave #6', false],
    ['86 Maple Ave', '88 Maple Ave', false],
    ['12 W 22nd Ave', '12 E 22nd Ave', false],
  ])('%s / %s: %s', (one, other, same) => {
    expect(sameAddress(one, other)).toBe(same);
  });
});
