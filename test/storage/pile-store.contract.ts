import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImageLookStore } from '../../src/gallery/image-looks.ts';
import type { NewPileImage, PileSource, PileStore, StoredPile } from '../../src/piles/pile-store.ts';

/** The stores under test, on an empty database of their own. */
export interface OpenPileStores {
  piles: PileStore;
  looks: ImageLookStore;
  close(): Promise<void>;
}

const OPEN_TIMEOUT_MS = 60_000;
let number = 0;

function aPile(differs: Partial<StoredPile> = {}): StoredPile {
  number += 1;
  return {
    id: `pile_${number}`,
    audience: 'public',
    tokenHash: 'a'.repeat(64),
    createdAt: '2026-03-01T10:00:00.000Z',
    expiresAt: '2026-03-02T10:00:00.000Z',
    ...differs,
  };
}

function aSource(id: string, differs: Partial<PileSource> = {}): PileSource {
  return { id, kind: 'file', name: `${id}.png`, sizeBytes: 10, state: 'underWay', ...differs };
}

function anImage(sourceId: string, sourceIndex: number, differs: Partial<NewPileImage> = {}): NewPileImage {
  const sha256 = `${number}${sourceIndex}`.padStart(64, '0');
  return {
    sourceId,
    sourceIndex,
    imageId: `img_${sourceIndex}`,
    sha256,
    name: 'flyer.png',
    sizeBytes: 3_000_000_000,
    from: { kind: 'archive', file: 'all.zip' },
    ...differs,
  };
}

/** What every `PileStore` and `ImageLookStore` must do, whatever database they are on. */
export function itKeepsPiles(open: () => Promise<OpenPileStores>): void {
  let stores: OpenPileStores;
  let piles: PileStore;
  beforeAll(async () => {
    stores = await open();
    piles = stores.piles;
  }, OPEN_TIMEOUT_MS);
  afterAll(() => stores.close());

  const begun = async (differs: Partial<StoredPile> = {}): Promise<string> => {
    const pile = aPile(differs);
    await piles.create(pile);
    return pile.id;
  };

  describe('a stored pile', () => {
    it('comes back as it was stored', async () => {
      const pile = aPile({ audience: 'admin' });
      await piles.create(pile);
      expect(await piles.get(pile.id)).toEqual(pile);
      expect(await piles.liveIds()).toContain(pile.id);
    });

    it('is nothing where there is none, whatever is asked for', async () => {
      for (const id of ['pile_none', '', "'; drop table piles; --", '\0', 'pile_\uD800']) {
        expect(await piles.get(id)).toBeNull();
        expect(await piles.images(id)).toEqual([]);
        expect(await piles.problems(id)).toEqual([]);
        expect(await piles.sources(id)).toEqual([]);
        expect(await piles.countImages(id)).toBe(0);
        expect(await piles.removeImage(id, 0)).toBeNull();
        expect(await piles.updateSource(id, 'x', { state: 'done' })).toBe(false);
      }
    });
  });

  describe('its images', () => {
    it('get the next position, and give it to no other when they are removed', async () => {
      const id = await begun();
      const images = [0, 1, 2].map((index) => anImage('a', index));
      const positions = [];
      for (const image of images) positions.push(await piles.addImage(id, image));
      expect(positions).toEqual([0, 1, 2]);
      expect(await piles.removeImage(id, 2)).toBe(images[2]?.sha256);
      expect(await piles.removeImage(id, 2)).toBeNull();
      expect(await piles.addImage(id, anImage('b', 0))).toBe(3);
      expect((await piles.images(id)).map(({ position }) => position)).toEqual([0, 1, 3]);
      expect(await piles.countImages(id)).toBe(3);
      expect((await piles.images(id))[0]).toEqual({ ...images[0], position: 0, look: null });
    });

    it('are taken from a source once, also those that were removed', async () => {
      const id = await begun();
      await piles.addImage(id, anImage('a', 0));
      await piles.removeImage(id, 0);
      expect(await piles.addImage(id, anImage('a', 0))).toBeNull();
      expect(await piles.images(id)).toEqual([]);
    });

    it('come with what is known of their content', async () => {
      const id = await begun();
      const image = anImage('a', 0);
      await piles.addImage(id, image);
      await stores.looks.put(image.sha256, { width: null, height: null, fingerprint: null });
      const look = { width: 640, height: 480, fingerprint: 'f'.repeat(16) };
      await stores.looks.put(image.sha256, look);
      expect((await piles.images(id))[0]?.look).toEqual(look);
      expect(await stores.looks.get([image.sha256, 'none'])).toEqual(new Map([[image.sha256, look]]));
      expect(await stores.looks.get([])).toEqual(new Map());
    });

    it('have names as they are, but for what a database refuses', async () => {
      const id = await begun();
      await piles.addImage(id, anImage('a', 0, { name: 'naïve 🎤\0.png' }));
      expect((await piles.images(id))[0]?.name).toBe('naïve 🎤\uFFFD.png');
    });

    it('keep their contents from being removed', async () => {
      const id = await begun();
      const [kept, removed] = [anImage('a', 0), anImage('a', 1)];
      await piles.addImage(id, kept);
      await piles.addImage(id, removed);
      await piles.removeImage(id, 1);
      expect(await piles.referenced([kept.sha256, removed.sha256, 'none'])).toEqual(new Set([kept.sha256]));
      expect(await piles.referenced([])).toEqual(new Set());
    });
  });

  describe('its sources', () => {
    it('come in their order, with how far they are', async () => {
      const id = await begun();
      const sources = [
        aSource('z', { state: 'receiving' }),
        aSource('a', { kind: 'url', name: 'https://example.com/a' }),
      ];
      for (const source of sources) await piles.addSource(id, source);
      expect(await piles.sources(id)).toEqual(sources);
      expect(await piles.updateSource(id, 'z', { state: 'underWay', sizeBytes: 12 })).toBe(true);
      expect((await piles.sources(id))[0]).toMatchObject({ state: 'underWay', sizeBytes: 12 });
      await piles.removeSource(id, 'z');
      expect(await piles.sources(id)).toEqual([sources[1]]);
    });

    it('that are not done are found again', async () => {
      const id = await begun();
      for (const state of ['receiving', 'underWay', 'kept', 'done'] as const)
        await piles.addSource(id, aSource(state, { state }));
      const found = (await piles.unfinished()).filter(({ pileId }) => pileId === id);
      expect(found.map(({ source }) => source)).toEqual([
        aSource('receiving', { state: 'receiving' }),
        aSource('underWay'),
      ]);
    });

    it('say what is wrong once', async () => {
      const id = await begun();
      const problem = { file: 'x.zip', code: 'archive.unreadable', detail: 'It is damaged.' };
      for (let time = 0; time < 2; time += 1) await piles.addProblem(id, { ...problem, sourceId: 'a', sourceIndex: 0 });
      await piles.addProblem(id, { ...problem, sourceId: 'a', sourceIndex: 1 });
      expect(await piles.problems(id)).toEqual([problem, problem]);
    });
  });

  describe('when it has expired', () => {
    it('goes with all it had, and says which contents it leaves', async () => {
      const [old, young] = [await begun({ expiresAt: '2026-02-01T00:00:00.000Z' }), await begun()];
      const [image, removed] = [anImage('a', 0), anImage('a', 1)];
      for (const each of [image, removed]) await piles.addImage(old, each);
      await piles.removeImage(old, 1);
      await piles.addSource(old, aSource('a'));
      expect(await piles.removeExpired('2026-02-02T00:00:00.000Z')).toEqual([image.sha256]);
      expect(await piles.get(old)).toBeNull();
      expect(await piles.images(old)).toEqual([]);
      expect(await piles.sources(old)).toEqual([]);
      expect(await piles.get(young)).not.toBeNull();
      expect(await piles.removeExpired('2026-02-02T00:00:00.000Z')).toEqual([]);
    });
  });
}
