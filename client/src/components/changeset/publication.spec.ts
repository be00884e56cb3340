import { describe, expect, it } from '@jest/globals';
import { someFacts, someItem } from '../review/item.fixture.ts';
import { byKind, countPublication, isPublished } from './publication.ts';

const accepted = someItem('accepted', { decision: { action: 'accept', record: null } });
const edited = someItem('edited', { kind: 'changed', decision: { action: 'edit', record: someFacts() } });
const skipped = someItem('skipped', { decision: { action: 'skip', record: null } });
const clean = someItem('clean');
const doubtful = someItem('doubtful', { isClean: false });
const notSeen = someItem('notSeen', { kind: 'notSeen' });
const all = [accepted, edited, skipped, clean, doubtful, notSeen];

describe('countPublication', () => {
  it('counts what is decided, and what becomes of the rest', () => {
    const counts = { edited: 1, skipped: 1, cleanUndecided: 1, undecided: 2 };
    expect(countPublication(all, 'leave')).toEqual({ ...counts, published: 2, left: 2 });
    expect(countPublication(all, 'clean')).toEqual({ ...counts, published: 3, left: 1 });
    expect(countPublication(all, 'all')).toEqual({ ...counts, published: 4, left: 0 });
  });

  it('never publishes what was skipped, nor what was only not seen', () => {
    expect([skipped, notSeen].filter((item) => isPublished(item, 'all'))).toEqual([]);
  });
});

describe('byKind', () => {
  it('leaves out kinds of which there is none', () => {
    expect(byKind(all).map(({ kind, items }) => [kind, items.length])).toEqual([
      ['new', 4],
      ['changed', 1],
      ['notSeen', 1],
    ]);
  });
});
