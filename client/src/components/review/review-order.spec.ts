import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { someFacts, someItem } from './item.fixture.ts';
import {
  concernsOf,
  isClean,
  neighbour,
  nextConflict,
  nextUndecided,
  passes,
  progressOf,
  worstFirst,
} from './review-order.ts';

const conflictOn = (...fields: string[]) => ({
  conflicts: fields.map((field) => ({ field, values: [{ value: 'a', imageIds: ['img_1'] }] })),
});
const accepted = { decision: { action: 'accept', record: null } } as const;
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

const conflict = someItem('conflict', { warnings: ['The images differ on venue.city.'] }, conflictOn('venue.city'));
const ungrounded = someItem(
  'ungrounded',
  {},
  { evidence: [{ imageId: 'i', image: 'i', fields: { 'venue.name': { text: 'x', box: null, grounded: false } } }] },
);
const unsure = someItem('unsure', {}, { confidences: { 'venue.city': 0.4, 'schedule.text': 0.01 } });
const warned = someItem('warned', { warnings: ['No start is known.'], isClean: false });
const clean = someItem('clean');
const confirmed = someItem('confirmed', { kind: 'confirmed' }, conflictOn('venue.city'));
const notSeen = someItem('notSeen', { kind: 'notSeen', record: null, proposed: null, listed: someFacts() });

describe('worstFirst', () => {
  it('puts conflicts before what is not in the image, then what is unsure, then warnings, then the rest', () => {
    const all = [notSeen, clean, warned, confirmed, unsure, ungrounded, conflict];
    const order = ['conflict', 'ungrounded', 'unsure', 'warned', 'clean', 'confirmed', 'notSeen'];
    expect(idsOf(worstFirst(all))).toEqual(order);
  });

  it('gives the same order however the items come, and whatever was decided and edited', () => {
    const all = [notSeen, clean, warned, confirmed, unsure, ungrounded, conflict, someItem('b'), someItem('a')];
    const wanted = idsOf(worstFirst(all));
    const edited = { action: 'edit', record: someFacts({ venue: { ...someFacts().venue, name: 'Aaa' } }) } as const;
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.boolean(), (some, isEdited) => {
        const items = isEdited ? some.map((item) => ({ ...item, decision: edited })) : some;
        expect(idsOf(worstFirst(items))).toEqual(wanted);
      }),
    );
  });
});

describe('concernsOf', () => {
  it('says a conflict once, though the server warns of it too', () => {
    expect(concernsOf(conflict)).toEqual([{ kind: 'conflict', field: 'venue.city' }]);
  });

  it('takes a field for grounded where one image of several has it', () => {
    const field = (grounded: boolean) => ({ 'venue.name': { text: 'x', box: null, grounded } });
    const evidence = [true, false].map((grounded) => ({ imageId: 'i', image: 'i', fields: field(grounded) }));
    expect(concernsOf(someItem('a', {}, { evidence }))).toEqual([]);
  });

  it('tells of what the sender would have otherwise, also of a show that is only confirmed', () => {
    const suggestion = { record: someFacts(), confirm: false, at: '2026-01-01T00:00:00Z' };
    expect(concernsOf({ ...confirmed, suggestion })).toEqual([{ kind: 'suggestion', field: null }]);
    expect(concernsOf({ ...confirmed, suggestion: { ...suggestion, record: null, confirm: true } })).toEqual([]);
  });
});

describe('isClean', () => {
  it('takes neither what the server has doubts about nor what this page has', () => {
    expect([conflict, ungrounded, unsure, warned, notSeen].filter(isClean)).toEqual([]);
    expect([clean, confirmed].filter(isClean)).toEqual([clean, confirmed]);
  });
});

describe('going through the list', () => {
  const list = [conflict, { ...unsure, ...accepted }, clean, notSeen];

  it('counts what has to be decided', () => {
    expect(progressOf(list)).toEqual({ decided: 1, total: 3 });
    expect(idsOf(list.filter((item) => passes(item, 'undecided')))).toEqual(['conflict', 'clean']);
  });

  it('goes to the next that is not decided, round from the end, and nowhere when all are', () => {
    expect(nextUndecided(list, 'conflict')).toBe('clean');
    expect(nextUndecided(list, 'clean')).toBe('conflict');
    expect(nextUndecided([{ ...clean, ...accepted }], 'clean')).toBeNull();
    expect(nextUndecided([clean], 'clean')).toBeNull();
  });

  it('steps on and back, and stays at the ends', () => {
    expect(neighbour(list, 'conflict', 1)).toBe('unsure');
    expect(neighbour(list, 'conflict', -1)).toBe('conflict');
    expect(neighbour(list, 'notSeen', 1)).toBe('notSeen');
    expect(neighbour(list, 'gone', 1)).toBe('conflict');
    expect(neighbour([], null, 1)).toBeNull();
  });

  it('finds the next conflict in the same show first, then in those after it, then from the top', () => {
    const two = someItem('two', {}, conflictOn('venue.city', 'schedule.startTime'));
    const items = [two, clean, conflict];
    expect(nextConflict(items, { itemId: 'two', field: 'venue.city' })).toMatchObject({ field: 'schedule.startTime' });
    expect(nextConflict(items, { itemId: 'two', field: 'schedule.startTime' })).toMatchObject({ itemId: 'conflict' });
    expect(nextConflict(items, { itemId: 'clean', field: null })).toMatchObject({ itemId: 'conflict' });
    expect(nextConflict(items, { itemId: 'conflict', field: 'venue.city' })).toMatchObject({ itemId: 'two' });
    expect(nextConflict([clean], { itemId: 'clean', field: null })).toBeNull();
  });
});
