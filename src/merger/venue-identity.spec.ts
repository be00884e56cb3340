import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noVenue, type Venue } from '../contract/show.ts';
import { compareVenues, explainVenuePair, identifyVenues, venueForm, type VenueForm } from './venue-identity.ts';

const formOf = (venue: Partial<Venue>, fallback = ''): VenueForm => venueForm({ ...noVenue(), ...venue }, fallback);

const KRACK: Partial<Venue> = { name: 'Krackpots', address: '1420 Harbor View Blvd', city: 'Tampa', state: 'FL' };
const PHONE = '(813) 555-0100';

describe('two venues', () => {
  const cases: [string, Partial<Venue>, Partial<Venue>, 'same' | 'open' | 'apart'][] = [
    ['a rare name, no city', { name: 'Krackpots' }, KRACK, 'same'],
    ['a name that many have, no city', { name: 'The Pub' }, { name: 'The Pub', city: 'Tampa' }, 'open'],
    [
      'the same with its street',
      { name: 'The Pub', address: '12 Oak Ave' },
      { name: 'Pub', address: '12 Oak Ave' },
      'same',
    ],
    ['SI for Staten Island', { name: 'Krackpots', city: 'SI' }, { name: 'Krackpots', city: 'Staten Island' }, 'same'],
    ['Country for County', { ...KRACK, address: '12 Country Rd 9' }, { ...KRACK, address: '12 County Road 9' }, 'same'],
    ['the address inside the name', { name: 'Krackpots @ 1420 Harbor View' }, KRACK, 'same'],
    ['one word glued, one garbled', { ...KRACK, name: 'Krackpotsbar' }, { ...KRACK, name: 'Krackpots 8ar' }, 'same'],
    ['a shared phone alone', { phone: PHONE }, { ...KRACK, phone: PHONE }, 'open'],
    ['a shared address alone', { address: '12 Oak Ave' }, { name: 'Boat', address: '12 Oak Ave' }, 'open'],
    ['a shared phone, two names', { name: 'The Boat', phone: PHONE }, { ...KRACK, phone: PHONE }, 'apart'],
    [
      'all but the name shared',
      { ...KRACK, name: 'Sociedad', phone: PHONE, website: 'x.com' },
      { ...KRACK, phone: PHONE, website: 'x.com' },
      'open',
    ],
    [
      'branches in two cities, with one phone and site',
      { ...KRACK, address: null, phone: PHONE, website: 'krackpots.com' },
      { ...KRACK, address: null, phone: PHONE, website: 'krackpots.com', city: 'Orlando' },
      'apart',
    ],
    ['branches in one city, or an address that is wrong', KRACK, { ...KRACK, address: '900 Bay St' }, 'open'],
    ['one door under two cities', KRACK, { ...KRACK, city: 'Orlando' }, 'same'],
  ];
  it.each(cases)('%s', (_, a, b, kind) => {
    expect(compareVenues(formOf(a), formOf(b)).kind).toBe(kind);
    expect(compareVenues(formOf(b), formOf(a)).kind).toBe(kind);
  });

  it('are explained field by field, and the weights sum up', () => {
    const told = explainVenuePair(formOf({ ...KRACK, name: 'Krackpats' }), formOf({ ...KRACK, phone: PHONE }));
    expect(told.fields.map(({ field, level }) => `${field}: ${level}`)).toEqual([
      'name: a slip apart',
      'address: one door',
      'city: same',
    ]);
    expect(told.fields.reduce((sum, { weight }) => sum + weight, told.prior)).toBeCloseTo(told.bits);
    expect(told.probability).toBeGreaterThan(0.9);
    expect(told.verdict).toBe('same');
    const apart = explainVenuePair(formOf(KRACK), formOf({ ...KRACK, city: 'Orlando', address: null }));
    expect(apart).toMatchObject({ veto: 'in two cities', probability: 0, against: 'branches' });
  });

  it('weigh less where the pile shows that a name is of several', () => {
    const branch = formOf({ ...KRACK, city: 'Orlando', address: '7 Lake Ave' });
    const [a, b] = [formOf(KRACK), formOf({ name: 'Krackpots' })];
    expect(explainVenuePair(a, b, [a, b]).verdict).toBe('same');
    expect(explainVenuePair(a, b, [a, b, branch]).verdict).toBe('open');
    const inTown = formOf({ ...KRACK, address: '900 Bay St' });
    expect(explainVenuePair(a, inTown, [a, inTown]).verdict).toBe('apart');
  });
});

const maybe = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.option(fc.constantFrom(...values), { nil: null });
const statement: fc.Arbitrary<VenueForm> = fc
  .record({
    name: maybe([
      'Krackpots',
      'Krack Pots',
      'Krakpots',
      'KRACKPOTS BAR',
      'Sociedad',
      'The Pub',
      'The Boat',
      'Boat Bar',
    ]),
    address: maybe(['12 Main St', '12 Main Street, Suite 4', '17 Main St', 'Main St', '900 Bay St', '12 Maim St']),
    city: maybe(['Tampa', 'Orlando', 'SI', 'Staten Island']),
    phone: maybe([PHONE, '555-0100', '(813) 555-0190', '(800) 555-0199']),
    website: maybe(['krackpots.com', 'singco.com']),
  })
  .map((venue) => formOf(venue, JSON.stringify(venue)));

/** Which places of the list are together. */
function partition(clusters: readonly number[], identity: (place: number) => number = (place) => place): string[] {
  const groups = new Map<number, number[]>();
  clusters.forEach((cluster, place) => groups.set(cluster, [...(groups.get(cluster) ?? []), identity(place)]));
  return [...groups.values()].map((group) => group.toSorted((a, b) => a - b).join()).toSorted();
}

describe('identifyVenues, whatever the pile', () => {
  it('does not depend on the order, nor on repetitions', () => {
    const shuffled = fc
      .array(statement, { maxLength: 14 })
      .chain((forms) =>
        fc.tuple(fc.constant(forms), fc.shuffledSubarray([...forms.keys()], { minLength: forms.length })),
      );
    fc.assert(
      fc.property(shuffled, ([forms, order]) => {
        const found = partition(identifyVenues(forms));
        expect(partition(identifyVenues(order.map((place) => forms[place]!)), (place) => order[place]!)).toEqual(found);
        const twice = identifyVenues([...forms, ...forms]);
        expect(twice.slice(forms.length)).toEqual(twice.slice(0, forms.length));
        expect(partition(twice.slice(0, forms.length))).toEqual(found);
      }),
      { numRuns: 200 },
    );
  });

  it('has no pair in a group that is kept apart, and no group whose pairs speak against it', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 14 }), (forms) => {
        const clusters = identifyVenues(forms);
        const sums = new Map<number, number>();
        for (const [b, form] of forms.entries()) {
          for (const [a, other] of forms.slice(0, b).entries()) {
            if (clusters[a] !== clusters[b] || form.key === other.key) continue;
            const { verdict, veto, bits } = explainVenuePair(other, form, forms);
            expect([verdict === 'apart', veto]).toEqual([false, null]);
            const most = Math.max(-8, Math.min(8, bits));
            sums.set(clusters[a] ?? -1, (sums.get(clusters[a] ?? -1) ?? 0) + most);
          }
        }
        const distinct = new Set(forms.map(({ key }) => key)).size === forms.length;
        if (distinct) for (const sum of sums.values()) expect(sum).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('never has two cities in one group but behind one door', () => {
    const cityOnly = fc
      .record({ name: maybe(['Krackpots', 'Krackpots Bar']), city: maybe(['Tampa', 'Orlando']), phone: maybe([PHONE]) })
      .map((venue) => ({ venue, form: formOf(venue, JSON.stringify(venue)) }));
    fc.assert(
      fc.property(fc.array(cityOnly, { maxLength: 12 }), (all) => {
        const clusters = identifyVenues(all.map(({ form }) => form));
        for (const cluster of new Set(clusters)) {
          const cities = all.filter((_, place) => clusters[place] === cluster).flatMap(({ venue }) => venue.city ?? []);
          expect(new Set(cities).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
