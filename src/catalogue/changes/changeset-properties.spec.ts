import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeItems } from './compute-items.ts';
import { allOf, context, EMPTY, publishedRun, runOfPile, SEEN_ON, written } from './piles.fixture.ts';
import { planPublication } from './plan-publication.ts';

const RUNS = 150;

describe('a changeset, whatever the runs', () => {
  it('confirms all of a run that was just published', () => {
    fc.assert(
      fc.property(runOfPile, runOfPile, (before, run) => {
        const listed = publishedRun(EMPTY, before);
        const items = computeItems(listed, run, SEEN_ON);
        const after = written(listed, planPublication(listed, allOf(items), context()).writes);
        const again = computeItems(after, run, SEEN_ON).filter(({ kind }) => kind !== 'notSeen');
        expect(again.filter(({ kind }) => kind !== 'confirmed')).toEqual([]);
        expect(again).toHaveLength(run.length);
        // And publishing that once more changes nothing that a visitor sees.
        const writes = planPublication(after, allOf(again), context()).writes;
        expect(writes.filter(({ isRevision }) => isRevision)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same in any order of records', () => {
    const shuffled = runOfPile.chain((run) =>
      fc.tuple(fc.constant(run), fc.shuffledSubarray(run, { minLength: run.length })),
    );
    fc.assert(
      fc.property(runOfPile, shuffled, (before, [run, other]) => {
        const listed = publishedRun(EMPTY, before);
        const shuffledCatalogue = {
          ...listed,
          shows: [...listed.shows].reverse(),
          venues: [...listed.venues].reverse(),
        };
        expect(computeItems(shuffledCatalogue, other, SEEN_ON)).toEqual(computeItems(listed, run, SEEN_ON));
      }),
      { numRuns: RUNS },
    );
  });

  it('has every record once and whole, and every listed show at most once', () => {
    fc.assert(
      fc.property(runOfPile, runOfPile, (before, run) => {
        const listed = publishedRun(EMPTY, before);
        const items = computeItems(listed, run, SEEN_ON);
        const records = items.flatMap(({ record }) => record ?? []);
        expect(records.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...run].sort((a, b) => (a.id < b.id ? -1 : 1)));
        const showIds = items.flatMap(({ showId }) => showId ?? []);
        expect(new Set(showIds).size).toBe(showIds.length);
        for (const item of items) {
          expect(item.kind === 'new').toBe(item.showId === null);
          expect(item.changes.length > 0).toBe(item.kind === 'changed' || item.kind === 'cancelled');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('takes nothing out of the catalogue: a value that goes stands in the changes as old', () => {
    fc.assert(
      fc.property(runOfPile, runOfPile, (before, run) => {
        const listed = publishedRun(EMPTY, before);
        for (const { listed: old, proposed, changes } of computeItems(listed, run, SEEN_ON)) {
          if (old === null || proposed === null) continue;
          const changed = new Set(changes.map(({ field }) => field));
          for (const part of ['venue', 'host', 'schedule'] as const) {
            for (const [field, value] of Object.entries(old[part])) {
              if (changed.has(`${part}.${field}`)) continue;
              expect(Object.entries(proposed[part])).toContainEqual([field, value]);
            }
          }
        }
        const after = publishedRun(listed, run);
        const ids = new Set(after.shows.map(({ id }) => id));
        expect(listed.shows.every(({ id }) => ids.has(id))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('undone, leaves every row as it was', () => {
    fc.assert(
      fc.property(runOfPile, runOfPile, (before, run) => {
        const listed = publishedRun(EMPTY, before);
        const { writes } = planPublication(listed, allOf(computeItems(listed, run, SEEN_ON)), context());
        const back = writes.map((write) => ({ ...write, before: write.after, after: write.before }) as typeof write);
        expect(written(written(listed, writes), back)).toEqual(listed);
      }),
      { numRuns: RUNS },
    );
  });
});
