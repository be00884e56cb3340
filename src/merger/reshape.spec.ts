import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { showSchema } from '../contract/schemas.ts';
import type { Show } from '../contract/show.ts';
import { mergeShows } from './merge-shows.ts';
import { images, lineOf, type Told } from './readings.fixture.ts';
import { asOneShow, partOfShow } from './reshape.ts';

const OWL: Told = { venue: 'The Owl', address: '12 Main St', city: 'Tampa', state: 'FL', host: 'DJ Ann', days: ['FR'] };
const told: fc.Arbitrary<Told> = fc.record({
  venue: fc.constantFrom('The Owl', 'Boat', 'Krackpots', null),
  city: fc.constantFrom('Tampa', null),
  host: fc.constantFrom('DJ Ann', 'Bob Day', null),
  days: fc.constantFrom<Told['days'][]>(['FR'], ['SA'], ['WE', 'FR'], []),
  start: fc.constantFrom('20:00', '21:00', null),
  status: fc.constantFrom('scheduled', 'scheduled', 'cancelled'),
  notes: fc.constantFrom(undefined, '21+'),
});
const pile = fc.array(fc.array(told, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

/** Every image with every field of it that it is evidence of. */
const evidenceOf = (shows: readonly Show[]): string[] =>
  [
    ...new Set(
      shows.flatMap(({ evidence }) =>
        evidence.flatMap(({ imageId, fields }) => Object.keys(fields).map((field) => `${imageId} ${field}`)),
      ),
    ),
  ].sort();
const isShow = (show: Show): void => void showSchema.strict().parse({ ...show, id: 'x' });

describe('asOneShow', () => {
  it('makes one show of two, with a conflict where they differ', () => {
    const observations = images(
      [{ ...OWL, start: '20:00' }],
      [{ ...OWL, start: '21:00', venue: 'Owl Bar & Grill', address: '99 Bay St' }],
    );
    const records = mergeShows(observations);
    expect(records).toHaveLength(2);
    const one = asOneShow(records, observations);
    expect(one.evidence.map(({ imageId }) => imageId)).toEqual(['img_001', 'img_002']);
    const conflicts = Object.fromEntries(
      one.conflicts.map(({ field, values }) => [field, values.map(({ value }) => value).sort()]),
    );
    expect(conflicts).toMatchObject({
      'schedule.startTime': ['20:00', '21:00'],
      'venue.address': ['12 Main St', '99 Bay St'],
    });
    expect(one.schedule).toMatchObject({ days: ['FR'], rrule: 'FREQ=WEEKLY;BYDAY=FR' });
  });

  it('puts nights together, and loses no evidence whatever it is given', () => {
    fc.assert(
      fc.property(pile, fc.boolean(), (given, areKnown) => {
        const observations = images(...given);
        const records = mergeShows(observations);
        fc.pre(records.length >= 2);
        const one = asOneShow(records, areKnown ? observations : []);
        isShow(one);
        expect(evidenceOf([one])).toEqual(evidenceOf(records));
        expect(one.schedule.days).toEqual(
          expect.arrayContaining(areKnown ? records.flatMap(({ schedule }) => schedule.days) : []),
        );
        expect(asOneShow(records.toReversed(), areKnown ? observations : [])).toEqual(one);
      }),
    );
  });
});

describe('partOfShow', () => {
  it('decides what the images of a part say by themselves', () => {
    const observations = images(
      [{ ...OWL, start: '20:00', days: ['WE'] }],
      [{ ...OWL, start: '20:00', days: ['WE', 'FR'] }],
      [{ ...OWL, start: '21:00', days: ['WE'] }],
    );
    const whole = asOneShow(mergeShows(observations), observations);
    const part = partOfShow(whole, new Set(['img_003']), observations);
    expect(lineOf(part)).toBe('WE 21:00-? The Owl DJ Ann');
    expect(part.conflicts).toEqual([]);
    expect(part.confidence).toBeLessThan(whole.confidence);
    expect(lineOf(partOfShow(whole, new Set(['img_001', 'img_002']), observations))).toBe(
      'WE+FR 20:00-? The Owl DJ Ann',
    );
  });

  it('divides the evidence, each image to one side', () => {
    fc.assert(
      fc.property(pile, fc.boolean(), (given, areKnown) => {
        const observations = images(...given);
        const record = mergeShows(observations).find(({ evidence }) => evidence.length >= 2);
        fc.pre(record !== undefined);
        if (!record) return;
        const [first, ...others] = record.evidence.map(({ imageId }) => imageId);
        const known = areKnown ? observations : [];
        const parts = [new Set([first ?? '']), new Set(others)].map((part) => partOfShow(record, part, known));
        parts.forEach(isShow);
        expect(evidenceOf(parts)).toEqual(evidenceOf([record]));
        expect(parts.flatMap(({ evidence }) => evidence)).toHaveLength(record.evidence.length);
      }),
    );
  });
});
