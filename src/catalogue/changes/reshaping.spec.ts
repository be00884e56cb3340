import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runOf, runOfPile } from './piles.fixture.ts';
import { merged, reshapedAgain, sourcesOf, split, unmerged, type Reshaped } from './reshaping.ts';

const asIs = <T>(show: T): T => show;
const start = (records: Reshaped['records']): Reshaped => ({ records, reshaping: [] });
const ids = ({ records }: Pick<Reshaped, 'records'>): string[] => records.map(({ id }) => id).sort();
const byId = ({ records }: Pick<Reshaped, 'records'>) => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('reshaping', () => {
  it('taken back in turn, gives the records back as they were', () => {
    fc.assert(
      fc.property(runOfPile, fc.array(fc.nat(), { maxLength: 6 }), (records, choices) => {
        let now = start(records);
        const made: string[] = [];
        for (const choice of choices) {
          const at = now.records[choice % now.records.length];
          const other = now.records[(choice + 1) % now.records.length];
          if (!at || !other) continue;
          const images = at.evidence.map(({ imageId }) => imageId);
          if (choice % 2 === 0 && images.length > 1) now = split(now, at.id, images.slice(1), [], asIs);
          else if (at.id !== other.id) now = merged(now, [at.id, other.id], [], asIs);
          else continue;
          made.push(now.reshaping.at(-1)?.made[0]?.id ?? '');
          expect(new Set(ids(now)).size).toBe(now.records.length);
          expect(new Set(now.records.flatMap(({ id }) => sourcesOf(id, now.reshaping)))).toEqual(
            new Set(records.map(({ id }) => id)),
          );
        }
        for (const id of made.toReversed()) now = unmerged(now, id);
        expect(byId(now)).toEqual(byId({ records }));
        expect(now.reshaping).toEqual([]);
      }),
    );
  });

  const three = () =>
    runOf([{ venue: 'A', days: ['MO'] }], [{ venue: 'B', days: ['TU'] }], [{ venue: 'C', days: ['WE'] }]);

  it('takes back the later one first', () => {
    const [a, b, c] = three();
    const once = merged(start(three()), [a?.id ?? '', b?.id ?? ''], [], asIs);
    const first = once.reshaping[0]?.made[0]?.id ?? '';
    const twice = merged(once, [first, c?.id ?? ''], [], asIs);
    expect(ids(twice)).toHaveLength(1);
    expect(() => unmerged(twice, first)).toThrow('Take that back first');
    expect(ids(unmerged(twice, ids(twice)[0] ?? ''))).toEqual(ids(once));
  });

  it('is done again on a run that has read more, as far as the records are the same', () => {
    const [a, b] = three();
    const { reshaping } = merged(start(three()), [a?.id ?? '', b?.id ?? ''], [], asIs);
    expect(ids(reshapedAgain(three(), reshaping))).toEqual(
      ids(merged(start(three()), [a?.id ?? '', b?.id ?? ''], [], asIs)),
    );
    const more = runOf([{ venue: 'A', days: ['MO'], host: 'DJ New' }], [{ venue: 'B', days: ['TU'] }]);
    expect(reshapedAgain(more, reshaping)).toEqual({ records: more, reshaping: [] });
  });

  it('says what cannot be done', () => {
    const now = start(three());
    const [a] = now.records;
    const id = a?.id ?? '';
    expect(() => merged(now, [id, id], [], asIs)).toThrow('two items or more');
    expect(() => merged(now, [id, 'show_none'], [], asIs)).toThrow('no record show_none');
    expect(() => split(now, id, ['img_999'], [], asIs)).toThrow('says nothing of this item');
    expect(() => split(now, id, a?.evidence.map(({ imageId }) => imageId) ?? [], [], asIs)).toThrow('not all of them');
    expect(() => unmerged(now, id)).toThrow('neither merged nor split');
  });
});
