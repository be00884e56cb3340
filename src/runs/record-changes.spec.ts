import { describe, expect, it } from '@jest/globals';
import { RecordChanges } from './record-changes.ts';

describe('RecordChanges', () => {
  it('tells what is new or changed, and nothing twice', () => {
    const changes = new RecordChanges();
    expect(changes.next([{ id: 'a', v: 1 }, { id: 'b' }])).toEqual([{ id: 'a', v: 1 }, { id: 'b' }]);
    expect(changes.next([{ id: 'a', v: 1 }, { id: 'b' }])).toEqual([]);
    expect(changes.next([{ id: 'a', v: 2 }, { id: 'b' }])).toEqual([{ id: 'a', v: 2 }]);
  });

  it('names the records that have gone with the next one that is told, whenever that is', () => {
    const changes = new RecordChanges();
    changes.next([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    expect(changes.next([{ id: 'c' }])).toEqual([]);
    expect(changes.next([{ id: 'c' }, { id: 'd' }, { id: 'e' }])).toEqual([
      { id: 'd', supersedes: ['a', 'b'] },
      { id: 'e' },
    ]);
    expect(changes.next([{ id: 'c' }, { id: 'd' }, { id: 'e' }, { id: 'f' }])).toEqual([{ id: 'f' }]);
  });

  it('a record that is back has not gone', () => {
    const changes = new RecordChanges();
    changes.next([{ id: 'a' }]);
    changes.next([]);
    expect(changes.next([{ id: 'a' }])).toEqual([{ id: 'a' }]);
  });
});
