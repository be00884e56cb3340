import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Box } from '../../src/contract/show.ts';
import type { Checkpoint, RunStore, StoredEvent, StoredImage, ValueStore } from '../../src/runs/run-store.ts';
import { itTellsNeededUploads } from './needed-uploads.contract.ts';
import { aCheckpoint, aRun, anEvent, anImage, someImages } from './stored-samples.ts';

/** The stores under test, on an empty database of their own. */
export interface OpenStores {
  runs: RunStore;
  values: ValueStore;
  close(): Promise<void>;
}

/** A new embedded database takes seconds on a busy machine. */
const OPEN_TIMEOUT_MS = 60_000;

/** What every `RunStore` and `ValueStore` must do, whatever database they are on. */
export function itKeepsTheStoreContract(open: () => Promise<OpenStores>): void {
  let stores: OpenStores;
  let runs: RunStore;
  beforeAll(async () => {
    stores = await open();
    runs = stores.runs;
  }, OPEN_TIMEOUT_MS);
  afterAll(() => stores.close());

  const created = async (
    run: Parameters<typeof aRun>[0] = {},
    images: StoredImage[] = someImages(3),
  ): Promise<string> => {
    const stored = aRun(run);
    await runs.create(stored, images);
    return stored.id;
  };

  describe('create, get, images', () => {
    it('gives back what was stored', async () => {
      const run = aRun({ notices: ['read one by one'], context: { ...aRun().context, notes: 'Tues — “late”' } });
      const images = [
        anImage(0),
        anImage(1, { state: 'duplicate' }),
        anImage(2, { imageId: null, sha256: null }),
        anImage(3, { crop: [0.1, 0.2, 0.3, 0.25] }),
      ];
      await runs.create(run, images);
      expect(await runs.get(run.id)).toEqual(run);
      expect(await runs.images(run.id)).toEqual(images);
    });

    it('keeps the keys of documents in their order', async () => {
      const id = await created({ state: 'completed', records: [{ venue: 'A', id: 1, address: null, b: [] }] });
      expect(JSON.stringify((await runs.get(id))?.records)).toBe('[{"venue":"A","id":1,"address":null,"b":[]}]');
    });

    it('gives instants in UTC', async () => {
      const id = await created({ createdAt: '2026-03-01T01:00:00+02:00' });
      expect((await runs.get(id))?.createdAt).toBe('2026-02-28T23:00:00.000Z');
    });

    it('knows nothing of a run that was never stored, whatever its id holds', async () => {
      for (const id of ['run_none', '', "'; drop table runs; --", '\0', 'run_\uD800', 'x'.repeat(10_000)]) {
        expect(await runs.get(id)).toBeNull();
        expect(await runs.images(id)).toEqual([]);
        expect(await runs.events(id, 0)).toEqual([]);
        expect(await runs.lastEventSeq(id)).toBe(0);
        expect(await runs.resetFailed(id)).toBe(0);
      }
    });

    it('stores nothing of a run whose id is taken', async () => {
      const id = await created({}, someImages(2));
      await expect(runs.create(aRun({ id }), someImages(5))).rejects.toThrow();
      expect(await runs.images(id)).toHaveLength(2);
    });

    it('takes 10,000 images', async () => {
      const id = await created({}, someImages(10_000));
      const images = await runs.images(id);
      expect(images).toHaveLength(10_000);
      expect(images.every(({ position }, index) => position === index)).toBe(true);
    });
  });

  describe('text that PostgreSQL cannot hold', () => {
    const broken = 'a\0b\uD800c\\u0000d😀';
    const whole = 'a\uFFFDb\uFFFDc\\u0000d😀';

    it('is stored with U+FFFD in its place, in names and documents', async () => {
      const id = await created({ notices: [broken] }, [anImage(0, { name: broken })]);
      const observations = [{ imageId: 'img_0', image: broken, index: 0, reading: { [broken]: [broken] } }];
      await runs.checkpoint(id, [aCheckpoint(0, { observations })], [anEvent(1, { text: broken })], 1);
      expect((await runs.get(id))?.notices).toEqual([whole]);
      const [image] = await runs.images(id);
      expect(image?.name).toBe(whole);
      expect(image?.observations).toEqual([
        { imageId: 'img_0', image: whole, index: 0, reading: { [whole]: [whole] } },
      ]);
      expect(await runs.events(id, 0)).toEqual([anEvent(1, { text: whole })]);
    });

    it('fits in a value too', async () => {
      await stores.values.put(`name${broken}`, { [broken]: broken });
      expect(await stores.values.get(`name${broken}`)).toEqual({ [whole]: whole });
    });
  });

  describe('update', () => {
    it('changes what the patch names and nothing else', async () => {
      const run = aRun();
      await runs.create(run, []);
      const patch = { state: 'completed', endedAt: '2026-01-02T00:00:00.000Z', records: [{ a: 1 }] } as const;
      await runs.update(run.id, { ...patch, records: [...patch.records] });
      expect(await runs.get(run.id)).toEqual({ ...run, ...patch });
      await runs.update(run.id, { records: null, endedAt: null, mode: 'sequential', notices: ['n'], activeMs: 7.5 });
      const expected = { ...run, state: 'completed', mode: 'sequential', notices: ['n'], activeMs: 7.5 };
      expect(await runs.get(run.id)).toEqual(expected);
    });

    it('takes an empty patch, and refuses a run that is not there', async () => {
      const id = await created();
      await runs.update(id, {});
      await expect(runs.update('run_none', { state: 'running' })).rejects.toMatchObject({ code: 'run.notFound' });
    });
  });

  describe('list', () => {
    it('gives the newest first, page by page, without the records', async () => {
      const ids: string[] = [];
      // Two of the same instant, and one that is stored late: neither may be lost or doubled between pages.
      for (const createdAt of ['2030-01-02', '2030-01-03', '2030-01-03', '2030-01-01']) {
        ids.push(await created({ createdAt: `${createdAt}T00:00:00.000Z`, records: [1] }));
      }
      const [second, third, fourth, first] = ids;
      const page = await runs.list({ limit: 2 });
      expect(page.map(({ id }) => id)).toEqual([fourth, third]);
      expect(page.every(({ records }) => records === null)).toBe(true);
      const next = await runs.list({ limit: 2, before: third });
      expect(next.map(({ id }) => id)).toEqual([second, first]);
      expect(await runs.list({ limit: 2, before: 'run_none' })).toEqual([]);
    });
  });

  describe('imageCounts', () => {
    it('counts what there is, was read and could not be, without duplicates', async () => {
      const run = aRun();
      await runs.create(run, [anImage(0), anImage(1), anImage(2), { ...anImage(3), state: 'duplicate' }]);
      await runs.checkpoint(
        run.id,
        [aCheckpoint(0), aCheckpoint(1, { state: 'failed', observations: null, failure: FAILURE })],
        [],
        1,
      );
      const counts = await runs.imageCounts([run.id, 'run_none']);
      expect([...counts]).toEqual([[run.id, { images: 3, done: 1, failed: 1 }]]);
      expect(await runs.imageCounts([])).toEqual(new Map());
    });
  });

  describe('checkpoint', () => {
    it('stores outcomes, events and the time spent', async () => {
      const id = await created();
      const units: Checkpoint[] = [
        aCheckpoint(2),
        aCheckpoint(0, { state: 'failed', observations: null, failure: FAILURE }),
      ];
      await runs.checkpoint(id, units, [anEvent(1), anEvent(2, null)], 1234.5);
      const images = await runs.images(id);
      expect(images[0]).toEqual({ ...anImage(0), ...units[1] });
      expect(images[1]).toEqual(anImage(1));
      expect(images[2]).toEqual({ ...anImage(2), ...units[0] });
      expect(await runs.events(id, 0)).toEqual([anEvent(1), anEvent(2, null)]);
      expect((await runs.get(id))?.activeMs).toBe(1234.5);
    });

    it('takes images that join the run with the outcome that gave them, or neither', async () => {
      const id = await created();
      const part = { ...anImage(3), crop: [0, 0, 0.5, 1] as Box };
      await runs.checkpoint(id, [aCheckpoint(1)], [anEvent(1)], 1, {}, [part]);
      expect((await runs.images(id))[3]).toEqual(part);
      // A place that is taken.
      await expect(runs.checkpoint(id, [aCheckpoint(2)], [anEvent(2)], 2, {}, [part])).rejects.toThrow();
      expect((await runs.images(id))[2]).toEqual(anImage(2));
    });

    it('takes one without units and events', async () => {
      const id = await created();
      await runs.checkpoint(id, [], [], 5);
      expect((await runs.get(id))?.activeMs).toBe(5);
    });

    it.each([
      ['an event that is already there', [aCheckpoint(1)], [anEvent(2), anEvent(1)]],
      ['an image that is not there', [aCheckpoint(1), aCheckpoint(99)], [anEvent(2)]],
    ] satisfies [string, Checkpoint[], StoredEvent[]][])('stores nothing at all with %s', async (_, units, events) => {
      const id = await created();
      await runs.checkpoint(id, [], [anEvent(1)], 1);
      await expect(runs.checkpoint(id, units, events, 2)).rejects.toThrow();
      expect((await runs.images(id))[1]).toEqual(anImage(1));
      expect(await runs.lastEventSeq(id)).toBe(1);
      expect((await runs.get(id))?.activeMs).toBe(1);
    });

    it('refuses a run that is not there', async () => {
      await expect(runs.checkpoint('run_none', [], [], 1)).rejects.toMatchObject({ code: 'run.notFound' });
    });

    it('takes 200 at once, beside readers', async () => {
      const id = await created({}, someImages(200));
      const positions = Array.from({ length: 200 }, (_, index) => index);
      await Promise.all(
        positions.flatMap((position): Promise<unknown>[] => [
          runs.checkpoint(id, [aCheckpoint(position)], [anEvent(position + 1)], position),
          runs.get(id),
          runs.events(id, 190),
        ]),
      );
      expect((await runs.images(id)).every(({ state }) => state === 'done')).toBe(true);
      expect((await runs.events(id, 0)).map(({ seq }) => seq)).toEqual(positions.map((position) => position + 1));
    });
  });

  describe('referenced', () => {
    it('tells contents that some run has from those that none has', async () => {
      const [mine, other] = ['ab'.repeat(32), 'cd'.repeat(32)];
      await created({}, [anImage(0, { sha256: mine }), anImage(1, { sha256: mine }), anImage(2, { sha256: null })]);
      expect(await runs.referenced([mine, other])).toEqual(new Set([mine]));
      expect(await runs.referenced([])).toEqual(new Set());
    });
  });

  itTellsNeededUploads(() => runs);

  describe('events', () => {
    it('gives those after a seq, in order of seq', async () => {
      const id = await created();
      await runs.checkpoint(id, [], [anEvent(10), anEvent(9), anEvent(2)], 1);
      expect((await runs.events(id, 2)).map(({ seq }) => seq)).toEqual([9, 10]);
      expect(await runs.events(id, 10)).toEqual([]);
      expect(await runs.lastEventSeq(id)).toBe(10);
    });
  });

  describe('resetFailed', () => {
    it('puts back what can be tried again, and keeps what it has cost', async () => {
      const id = await created({}, someImages(4));
      const failed = { state: 'failed', observations: null } as const;
      const lasting = { ...FAILURE, retryable: false };
      await runs.checkpoint(
        id,
        [
          aCheckpoint(0),
          aCheckpoint(1, { ...failed, failure: FAILURE }),
          aCheckpoint(2, { ...failed, failure: lasting }),
        ],
        [],
        1,
      );
      expect(await runs.resetFailed(id)).toBe(1);
      const images = await runs.images(id);
      expect(images.map(({ state }) => state)).toEqual(['done', 'pending', 'failed', 'pending']);
      const { ms, attempts, tokens } = aCheckpoint(1);
      expect(images[1]).toEqual({ ...anImage(1), ms, attempts, tokens });
      expect(images[2]?.failure).toEqual(lasting);
    });
  });

  describe('unfinished', () => {
    it('gives the queued and the running, oldest first', async () => {
      const before = new Set((await runs.unfinished()).map(({ id }) => id));
      const running = await created({ state: 'running', createdAt: '2031-01-02T00:00:00.000Z' });
      const queued = await created({ state: 'queued', createdAt: '2031-01-01T00:00:00.000Z' });
      for (const state of ['paused', 'completed', 'cancelled', 'failed'] as const) await created({ state });
      const ids = (await runs.unfinished()).map(({ id }) => id);
      expect(ids.filter((id) => !before.has(id))).toEqual([queued, running]);
    });
  });

  describe('values', () => {
    it('are null until put, and the last one put afterwards', async () => {
      const { values } = stores;
      expect(await values.get('settings')).toBeNull();
      for (const value of [{ a: [1, null] }, 'text', 0, false, [], null]) {
        await values.put('settings', value);
        expect(await values.get('settings')).toEqual(value);
      }
    });
  });
}

const FAILURE = {
  image: 'one.png',
  imageId: 'img_1',
  code: 'model.timeout',
  detail: 'The model took too long.',
  retryable: true,
  attempts: 4,
};
