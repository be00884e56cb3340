import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogueService } from '../../src/catalogue/catalogue.service.ts';
import { ReshapingService } from '../../src/catalogue/reshaping.service.ts';
import type { Changeset, ChangesetItem } from '../../src/contract/catalogue.ts';
import type { Show } from '../../src/contract/show.ts';
import { mergeShows } from '../../src/merger/merge-shows.ts';
import { images, lineOf, type Told } from '../../src/merger/readings.fixture.ts';
import type { StoredImage, StoredRun } from '../../src/runs/run-store.ts';
import { createCatalogueStore } from '../../src/storage/catalogue-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { dump, FRIDAY } from './catalogue-samples.ts';
import { anImage, aRun } from './stored-samples.ts';

/** Listed nowhere in the other suites on this database. */
const LARK: Told = { ...FRIDAY, venue: 'The Lark', address: '77 Quill Rd', city: 'Reno', state: 'NV' };

/** One venue's line on two nights, which two images print together and one alone. */
const NIGHTS: Told[][] = [
  [{ ...LARK, days: ['WE', 'FR'] }],
  [{ ...LARK, days: ['WE', 'FR'] }],
  [{ ...LARK, days: ['WE', 'FR'], notes: 'Bring a friend' }],
  [{ ...LARK, venue: 'The Barge', address: '5 Dock Ln', city: 'Elko', days: ['FR'] }],
];

/** That what a reviewer makes of items holds, whatever database it is on, seen through the services that use it. */
export function itKeepsReshaping(open: () => Promise<Database>): void {
  describe('reshaping', () => {
    let database: Database;
    let run: StoredRun;
    let service: CatalogueService;
    let reshaping: ReshapingService;
    const observations = images(...NIGHTS);
    const read: StoredImage[] = NIGHTS.map((_, at) => {
      const { imageId = '' } = observations[at] ?? {};
      return anImage(at, {
        state: 'done',
        imageId,
        observations: observations.filter((each) => each.imageId === imageId),
      });
    });
    /** The services as a process has them at its start. */
    const begin = (): void => {
      const store = createCatalogueStore(database.kysely);
      const runs = { get: () => Promise.resolve(run), images: () => Promise.resolve(read) };
      service = new CatalogueService(store, runs);
      reshaping = new ReshapingService({ store, catalogue: service, runs });
    };
    beforeAll(async () => {
      database = await open();
      run = { ...aRun(), id: 'run_reshaped', state: 'completed', records: mergeShows(observations) };
      begin();
    }, 60_000);
    afterAll(() => database.close());

    const lines = ({ items }: Changeset): string[] =>
      items.flatMap(({ record }) => (record ? [lineOf(record)] : [])).sort();
    const imagesOf = ({ record }: Pick<ChangesetItem, 'record'>): string[] =>
      record?.evidence.map(({ imageId }) => imageId) ?? [];

    it('splits by images, and each side is decided by its own readings', async () => {
      const before = await service.fromRun(run.id);
      const lark = before.items.find(({ record }) => record?.venue.name === 'The Lark');
      expect(imagesOf(lark ?? { record: null })).toHaveLength(3);
      const after = await reshaping.split(before.id, lark?.id ?? '', ['img_003'], before.version);
      expect(lines(after).filter((line) => line.includes('Lark'))).toEqual([lines(before)[1], lines(before)[1]]);
      const part = after.items.find((item) => imagesOf(item).join() === 'img_003');
      const rest = after.items.find((item) => imagesOf(item).join() === 'img_001,img_002');
      expect([part?.record?.notes, rest?.record?.notes]).toEqual(['Bring a friend', null]);
      expect(after.version).toBe(before.version + 1);
      begin();
      expect(await service.changeset(before.id)).toEqual(after);
      const back = await reshaping.unmerge(before.id, part?.id ?? '');
      expect(back.items).toEqual(before.items);
    });

    it('is published as it is seen, and undone to the byte', async () => {
      const empty = await dump(database);
      const before = await service.fromRun(run.id);
      const ids = before.items.map(({ id }) => id);
      const merged = await reshaping.merge(before.id, ids);
      expect(merged.items).toHaveLength(1);
      expect(imagesOf(merged.items[0] ?? { record: null })).toHaveLength(4);
      await service.publish(before.id, { acceptRest: true });
      const added = (await dump(database)).filter((row) => !empty.includes(row));
      expect(added.filter((row) => row.startsWith('shows '))).toHaveLength(1);
      await service.undo(before.id);
      expect(await dump(database)).toEqual(empty);
      expect((await reshaping.unmerge(before.id, merged.items[0]?.id ?? '')).items).toEqual(before.items);
    });

    it('is done again where the run has read more, as far as its records are the same', async () => {
      const other = { ...run, id: 'run_more' };
      const records = run.records as Show[];
      run = other;
      const { id, items } = await service.fromRun('run_more');
      const [merged] = (
        await reshaping.merge(
          id,
          items.map((item) => item.id),
        )
      ).items;
      const extra = mergeShows(images([{ ...FRIDAY, venue: 'Krackpots', address: '1 Elm St', city: 'Miami' }]));
      run = { ...other, records: [...records, ...extra] };
      const { items: after } = await service.fromRun('run_more');
      expect(after.map((item) => item.id).sort()).toEqual([merged?.id ?? '', extra[0]?.id ?? ''].sort());
      run = { ...other, records: extra };
      expect((await service.fromRun('run_more')).items.map((item) => item.id)).toEqual([extra[0]?.id]);
    });
  });
}
