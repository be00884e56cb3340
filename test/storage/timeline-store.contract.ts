import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimelinePart, TimelineStore } from '../../src/runs/timeline-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { createRunStore } from '../../src/storage/run-store.ts';
import { createTimelineStore } from '../../src/storage/timeline-store.ts';
import { aRun, someImages } from './stored-samples.ts';

const PART: TimelinePart = {
  lifeAt: 1_795_000_000_000,
  untilMs: 1_200,
  calls: [
    [0, 1, 0.5, 900.1, 0, 0, null],
    [2, null, 901, 901, 3, 0, null],
    [1, 2, 3, 1_100, 1, 2, 'model.timeout'],
  ],
  dropped: 0,
  sequentialMs: 1_996,
  conditions: {
    spanMs: 1_200,
    heldMs: { slots: 10.5, requests: 0, inputTokens: 0, overload: 0 },
    readsHere: false,
    isSequential: false,
    threads: 2,
    busyShare: 0.25,
    slots: 4,
    callsMade: 2,
    refusals: 0,
    requestsAllowed: null,
    inputTokensAllowed: 250_000,
    isMoneySpent: false,
  },
};

/** What a timeline store must do, whatever database it is on. */
export function itKeepsTimelines(open: () => Promise<Database>): void {
  describe('timelines', () => {
    let database: Database;
    let store: TimelineStore;
    beforeAll(async () => {
      database = await open();
      store = createTimelineStore(database.kysely);
    }, 60_000);
    afterAll(() => database.close());

    it('give back the parts of a run in their order, with the names of its images', async () => {
      const run = { ...aRun(), id: 'run_of_timeline' };
      await createRunStore(database.kysely).create(run, someImages(3));
      expect(await store.read(run.id)).toMatchObject({ parts: [] });
      const later = { ...PART, lifeAt: PART.lifeAt - 1 };
      await store.add(run.id, PART);
      await store.add(run.id, later);
      const { parts, names } = await store.read(run.id);
      expect(parts).toEqual([PART, later]);
      expect([...names].sort(([a], [b]) => a - b)).toEqual([
        [0, 'image 0.png'],
        [1, 'image 1.png'],
        [2, 'image 2.png'],
      ]);
    });

    it('know nothing of a run that was never stored, and keep nothing of it', async () => {
      await expect(store.add('run_none', PART)).rejects.toThrow();
      expect((await store.read("'; drop table runs; --\0")).parts).toEqual([]);
    });
  });
}
