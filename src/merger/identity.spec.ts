import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressForm, compareAddresses } from './address-form.ts';
import type { AddressRelation } from './address-form.ts';
import { clusterNodes } from './cluster.ts';
import { compareHosts } from './host-identity.ts';
import { compareNames, editDistance, nameForm, placeWords } from './name-form.ts';
import type { NameRelation } from './name-form.ts';
import { nightsOf, patternKey, ruleOf } from './night.ts';
import { readingOf } from './readings.fixture.ts';
import { compareTimes } from './show-time.ts';

describe('compareNames', () => {
  const cases: [string, string, NameRelation][] = [
    ['Krackpots', 'Krack Pots', 'exact'],
    ["O'Malley's", 'OMALLEYS', 'exact'],
    ['The Boat', 'Boat', 'exact'],
    ['Salt & Rye', 'Salt and Rye', 'exact'],
    ["Suffy's Bar & Grill", 'Suffys Grill', 'exact'],
    ['Water Tank Bar & Grill', 'The Water Tank', 'exact'],
    ['Meridian Buda', 'Meridian', 'exact'],
    ['lron Bear', 'Iron Bear', 'exact'],
    ['Moontower Saloon', 'Moontowor Saloon', 'close'],
    ['The Silwer Wagon Tawern', 'Silver Wagon Tavern', 'close'],
    ['Tipsy Otter Bar + griu', 'The Tipsy Otter Bar & Grill', 'exact'],
    ['Main Street Bar', 'Main Street Pizzeria', 'related'],
    ['Jackalope', 'Jackalope South Shore', 'related'],
    ['The Mill', 'The Hill', 'related'],
    ["Joe's Pub", "Joe's Lounge", 'related'],
    ['Tavern #2', 'Tavern #3', 'different'],
    ['Sociedad', 'The Alcove Cantina', 'different'],
    ['Round Rock Tavern', 'Cedar Park Tavern', 'different'],
  ];
  it.each(cases)('%s, %s: %s', (a, b, relation) => {
    const place = new Set(placeWords('Buda'));
    expect(compareNames(nameForm(a), nameForm(b), place)).toBe(relation);
    expect(compareNames(nameForm(b), nameForm(a), place)).toBe(relation);
  });
});

describe('compareAddresses', () => {
  const cases: [string, string, AddressRelation][] = [
    ['8619 Burnet Road', '8619 N Burnet Rd.', 'same'],
    ['12 Main St, Suite 4', '12 MAIN STREET #4', 'same'],
    ['12 Main St, Suite 4', '12 Main St', 'same'],
    ['204 US-79', '204 Highway 79', 'same'],
    ['119 E Main Street', '119 East Maiun St', 'same'],
    ['1O1 Limmer Loop', '101 Limmer Loop', 'same'],
    ['500 First St', '500 1st Street', 'same'],
    ['77 Saint Clair Ave', '77 St. Clair Avenue', 'same'],
    ['100 N Main St', '100 S Main St', 'near'],
    ['1420 Harbor View Blvd', '1428 Harbor View Blvd', 'near'],
    ['301 5th St', '301 6th St', 'near'],
    ['41 Prospect Ave', '1241 Prospect Ave', 'near'],
    ['Main St', '12 Main St', 'partial'],
    ['12 Main St', '900 Main St', 'different'],
    ['12 Main St', '7 Lake Ave', 'different'],
  ];
  it.each(cases)('%s, %s: %s', (a, b, relation) => {
    const [formA, formB] = [addressForm(a), addressForm(b)];
    expect(formA !== null && formB !== null && compareAddresses(formA, formB)).toBe(relation);
  });
});

describe('editDistance', () => {
  /** The textbook reckoning, to check the one with short cuts. */
  function slowly(a: string, b: string): number {
    const table = Array.from({ length: a.length + 1 }, (_, row) =>
      Array.from({ length: b.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
    );
    const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
    for (let row = 1; row <= a.length; row++) {
      for (let column = 1; column <= b.length; column++) {
        const same = a[row - 1] === b[column - 1] ? 0 : 1;
        let cost = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same);
        if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
          cost = Math.min(cost, at(row - 2, column - 2) + 1);
        const line = table[row];
        if (line !== undefined) line[column] = cost;
      }
    }
    return at(a.length, b.length);
  }

  it('is right up to its limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 3 }), (a, b, limit) =>
        expect(editDistance(a, b, limit)).toBe(Math.min(slowly(a, b), limit + 1)),
      ),
    );
  });
});

describe('compareHosts', () => {
  it.each([
    ['KJ Ann', 'ann', 'agree'],
    ['Xpider', 'Xpider Cantu', 'agree'],
    ['Marshall Joshua Entertainment', 'Marshall Joshua', 'agree'],
    ['Ann Lee', 'Bob Day', 'differ'],
  ])('%s, %s: %s', (a, b, relation) => {
    expect(compareHosts({ name: a, company: null }, { name: b, company: null })).toBe(relation);
    expect(compareHosts({ name: null, company: a }, { name: b, company: null })).toBe(
      relation === 'differ' ? 'unknown' : relation,
    );
  });
});

describe('compareTimes', () => {
  it.each([
    ['21:00', '01:00', '00:30', null, 'disjoint'],
    ['21:00', '01:00', '22:00', '02:00', 'overlap'],
    ['17:00', '19:00', '19:00', '23:00', 'disjoint'],
    ['20:00', null, '21:00', null, 'overlap'],
    ['18:00', null, '21:00', null, 'disjoint'],
    [null, null, '21:00', null, 'unknown'],
  ])('%s–%s, %s–%s: %s', (startA, endA, startB, endB, relation) => {
    expect(compareTimes({ startTime: startA, endTime: endA }, { startTime: startB, endTime: endB })).toBe(relation);
  });
});

describe('nightsOf and ruleOf', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU,TH', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU'],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', 'FREQ=MONTHLY;BYDAY=1MO,3MO'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,3', 'FREQ=MONTHLY;BYDAY=1MO,3MO'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU'],
    ['FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231', 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'FREQ=MONTHLY;BYMONTHDAY=15'],
  ])('%s → %s', (rrule, written) => {
    const days = (['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const).filter(
      (day) => rrule === 'FREQ=DAILY' || new RegExp(`(?:=|,|\\d)${day}(?:,|;|$)`).test(rrule),
    );
    expect(ruleOf(nightsOf({ ...readingOf({}).schedule, days, rrule }))).toBe(written);
  });

  it('takes a bare weekday for the same night as every week', () => {
    const [bare] = nightsOf(readingOf({ days: ['FR'], rrule: null }).schedule);
    const [weekly] = nightsOf(readingOf({ days: ['FR'] }).schedule);
    expect(bare !== undefined && weekly !== undefined && patternKey(bare.pattern) === patternKey(weekly.pattern)).toBe(
      true,
    );
  });
});

describe('clusterNodes', () => {
  const link = (
    a: number,
    b: number,
    score: number,
    isWeak = false,
  ): { a: number; b: number; score: number; isWeak: boolean } => ({ a, b, score, isWeak });
  const conflictOf = (pairs: [number, number][]) => (a: number, b: number) =>
    pairs.some(([x, y]) => x === a && y === b);

  it('never chains a conflict together', () => {
    expect(clusterNodes(3, [link(0, 1, 5), link(1, 2, 4)], conflictOf([[0, 2]]))).toEqual([[0, 1], [2]]);
    expect(clusterNodes(3, [link(0, 1, 4), link(1, 2, 5)], conflictOf([[0, 2]]))).toEqual([[0], [1, 2]]);
  });

  it('does not choose between two homes on weak grounds', () => {
    expect(clusterNodes(3, [link(0, 1, 5, true), link(1, 2, 5, true)], conflictOf([[0, 2]]))).toEqual([[0], [1], [2]]);
    expect(clusterNodes(3, [link(0, 1, 500, true), link(1, 2, 5, true)], conflictOf([[0, 2]]))).toEqual([[0, 1], [2]]);
    expect(clusterNodes(3, [link(0, 1, 5, true), link(1, 2, 5, true)], () => false)).toEqual([[0, 1, 2]]);
  });

  it('keeps conflicts apart whatever the links, in any order of links', () => {
    const size = 7;
    const node = fc.nat(size - 1);
    const pair = fc.tuple(node, node).filter(([a, b]) => a < b);
    const links = fc.array(
      fc.tuple(pair, fc.nat(3), fc.boolean()).map(([[a, b], score, isWeak]) => link(a, b, score, isWeak)),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(links, fc.array(pair, { maxLength: 8 }), (given, conflicts) => {
        const conflict = conflictOf(conflicts);
        const clusters = clusterNodes(size, given, conflict);
        for (const cluster of clusters)
          for (const a of cluster) for (const b of cluster) expect(a < b && conflict(a, b)).toBe(false);
        expect(clusters.flat().length).toBe(size);
        expect(clusterNodes(size, [...given].reverse(), conflict)).toEqual(clusters);
      }),
    );
  });
});
