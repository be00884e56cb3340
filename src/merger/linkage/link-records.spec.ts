import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makePeople } from '../../../bench/linkage/make-people.ts';
import { makeStore } from '../../../bench/linkage/make-store.ts';
import { makeVenues } from '../../../bench/linkage/make-venues.ts';
import { measure } from '../../../bench/linkage/measure.ts';
import { linkRecords } from './link-records.ts';
import { RecordsBuilder } from './records.ts';

function clustersOf(
  fields: readonly string[],
  rows: readonly (readonly string[])[],
  sources?: readonly number[],
): number[] {
  const builder = new RecordsBuilder(fields);
  for (const [place, row] of rows.entries()) builder.add(row, sources?.[place] ?? 0);
  return [...linkRecords(builder.finish()).clusterOfRow];
}

/** Which rows are together, whatever the clusters are called: for each row the first that is with it, by identity. */
function partition(clusters: readonly number[], identities: readonly number[]): string[] {
  const members = new Map<number, number[]>();
  for (const [place, cluster] of clusters.entries()) {
    members.set(cluster, [...(members.get(cluster) ?? []), identities[place]!]);
  }
  return [...members.values()].map((rows) => rows.toSorted((a, b) => a - b).join(' ')).toSorted();
}

describe('what does not change the result', () => {
  const rowsArbitrary = fc
    .record({ seed: fc.integer(), people: fc.boolean() })
    .map(({ seed, people }) => (people ? makePeople(seed, 70) : makeVenues(seed, 50)));

  test('the order of the rows, and linking once more', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.infiniteStream(fc.nat()), (set, chance) => {
        const places = set.by.map((name) => set.columns.indexOf(name));
        const rows = set.files.flatMap((file, source) =>
          file.map(({ cells }) => ({ cells: places.map((place) => cells[place]!), source })),
        );
        const order = rows
          .map((_, at) => ({ at, key: chance.next().value as number }))
          .toSorted((a, b) => a.key - b.key);
        const run = (some: typeof rows): number[] =>
          clustersOf(
            set.by,
            some.map(({ cells }) => cells),
            some.map(({ source }) => source),
          );
        const first = run(rows);
        expect(first).toHaveLength(rows.length);
        expect(run(rows)).toEqual(first);
        const shuffled = run(order.map(({ at }) => rows[at]!));
        expect(
          partition(
            shuffled,
            order.map(({ at }) => at),
          ),
        ).toEqual(
          partition(
            first,
            rows.map((_, at) => at),
          ),
        );
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('any cells at all: every row gets one cluster, numbered by first rows', () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'a', 'Ann', '12', '1985-03-04', 'N/A', 'x y z', 'constructor of __proto__'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 40 }), (rows) => {
        const clusters = clustersOf(['one', 'two', 'three'], rows);
        expect(clusters).toHaveLength(rows.length);
        let most = 0;
        for (const cluster of clusters) {
          expect(cluster).toBeGreaterThanOrEqual(1);
          expect(cluster).toBeLessThanOrEqual(most + 1);
          most = Math.max(most, cluster);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('small lists', () => {
  test.each([501, 502, 503, 504])('thirty people, families among them, are not made one: seed %i', (seed) => {
    const { precision, recall } = measure(makePeople(seed, 30));
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  test('model numbers a sign apart are two models', () => {
    const set = makeStore(501, 200);
    const { precision } = measure(set);
    expect(precision).toBeGreaterThanOrEqual(0.85);
  }, 60_000);

  test('rows that say nothing are each alone', () => {
    expect(
      clustersOf(
        ['name', 'city'],
        [
          ['', ''],
          ['N/A', '-'],
          ['', ''],
        ],
      ),
    ).toEqual([1, 2, 3]);
  });

  test('no row, one row', () => {
    expect(clustersOf(['name'], [])).toEqual([]);
    expect(clustersOf(['name'], [['Ann']])).toEqual([1]);
  });

  test('the same bar under three spellings, and another one', () => {
    const rows = [
      ["Krackpot's Bar & Grill", '12 Main Street', 'Holland', '616-555-0101'],
      ['Krack Pots Bar and Grill', '12 Main St.', 'Holland', '(616) 555-0101'],
      ['KRACKPOTS BAR & GRILL', '12 main st', '', '6165550101'],
      ['Blue Barrel Ale House', '9 Ferry Road', 'Grand Haven', '616-555-0190'],
    ];
    expect(clustersOf(['name', 'address', 'city', 'phone'], rows)).toEqual([1, 1, 1, 2]);
  });

  test('branches of a chain are apart', () => {
    const rows = [
      ['Lucky Spoon', '12 Main Street', 'Holland', '616-555-0101'],
      ['Lucky Spoon', '480 Oak Avenue', 'Dayton', '937-555-0177'],
      ['Jade Garden', '9 Ferry Road', 'Grand Haven', '616-555-0190'],
    ];
    expect(clustersOf(['name', 'address', 'city', 'phone'], rows)).toEqual([1, 2, 3]);
  });
});
