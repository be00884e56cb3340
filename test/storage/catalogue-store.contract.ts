import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CatalogueService } from '../../src/catalogue/catalogue.service.ts';
import type { CatalogueStore, ShowQuery } from '../../src/catalogue/catalogue-store.ts';
import { runOf, runOfPile } from '../../src/catalogue/changes/piles.fixture.ts';
import type { Show } from '../../src/contract/show.ts';
import type { Told } from '../../src/merger/readings.fixture.ts';
import type { StoredRun } from '../../src/runs/run-store.ts';
import { createCatalogueStore } from '../../src/storage/catalogue-store.ts';
import { createRunStore } from '../../src/storage/run-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { BOAT, dump, FRIDAY } from './catalogue-samples.ts';
import { aRun } from './stored-samples.ts';

const OPEN_TIMEOUT_MS = 60_000;
const PROPERTY_TIMEOUT_MS = 120_000;
/** What a catalogue store must do, whatever database it is on, seen through the service that uses it. */
export function itKeepsTheCatalogue(open: () => Promise<Database>): void {
  let database: Database;
  let store: CatalogueStore;
  const runs = new Map<string, StoredRun>();
  let service: CatalogueService;
  beforeAll(async () => {
    database = await open();
    store = createCatalogueStore(database.kysely);
    service = new CatalogueService(store, { get: (id) => Promise.resolve(runs.get(id) ?? null) });
  }, OPEN_TIMEOUT_MS);
  afterAll(() => database.close());

  const changesetOf = async (records: Show[], run: Partial<StoredRun> = {}): Promise<string> => {
    const id = `run_${randomBytes(9).toString('hex')}`;
    runs.set(id, { ...aRun(), analysis: 'shows', state: 'completed', ...run, id, records });
    return (await service.fromRun(id)).id;
  };
  const publishedOf = async (records: Show[]): Promise<string> => {
    const id = await changesetOf(records);
    await service.publish(id, { acceptRest: true });
    return id;
  };
  /** Undoes everything, the last one first. */
  const emptied = async (): Promise<void> => {
    for (;;) {
      const { changesets } = await service.list({ limit: 100, state: 'published' });
      const ids = changesets.map(({ id, publishedAt }) => ({ id, publishedAt: publishedAt ?? '' }));
      if (ids.length === 0) return;
      for (const { id } of ids.sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))) {
        await service.undo(id).catch(() => undefined);
      }
    }
  };
  const found = async (query: Partial<ShowQuery>): Promise<(string | null)[]> => {
    const { shows } = await store.shows({ limit: 100, ...query });
    return shows.map(({ venue }) => venue.name);
  };

  describe('changesets', () => {
    it('make one changeset of one run, however often they are asked', async () => {
      await emptied();
      const id = await changesetOf(runOf([FRIDAY]));
      const { runId, counts, undecided, version } = await service.changeset(id);
      expect({ counts, undecided, version }).toEqual({
        counts: {
          new: 1,
          changed: 0,
          cancelled: 0,
          confirmed: 0,
          notSeen: 0,
        },
        undecided: 1,
        version: 1,
      });
      expect(await service.fromRun(runId)).toMatchObject({ id, isNew: false });
      await expect(service.fromRun('run_none')).rejects.toMatchObject({ code: 'run.notFound' });
    });

    it('are made later of runs that ended just before the process did', async () => {
      const ended = new Date().toISOString();
      const shows = runOf([FRIDAY]);
      const of = (id: string, fields: Partial<StoredRun>): StoredRun => {
        const run: StoredRun = {
          ...aRun(),
          analysis: 'shows',
          state: 'completed',
          records: shows,
          endedAt: ended,
          ...fields,
          id,
        };
        runs.set(id, run);
        return run;
      };
      const failed = (runId: string): void => {
        throw new Error(runId);
      };
      const stored = createRunStore(database.kysely);
      await stored.create(of('run_late', {}), []);
      await stored.create(of('run_old', { endedAt: '2020-01-01T00:00:00.000Z' }), []);
      await stored.create(of('run_cancelled', { state: 'cancelled' }), []);
      expect(await service.catchUp(failed)).toBe(1);
      expect(await service.catchUp(failed)).toBe(0);
      expect((await service.list({ limit: 1 })).changesets).toMatchObject([{ runId: 'run_late' }]);
    });

    it('publish, and what comes later is reckoned against it', async () => {
      await emptied();
      const pending = await changesetOf(runOf([{ ...FRIDAY, start: '21:00' }]));
      await publishedOf(runOf([FRIDAY]));
      const { items, version } = await service.changeset(pending);
      expect(items.map(({ kind }) => kind)).toEqual(['changed']);
      expect(version).toBe(2);
      expect(await service.alreadyListed((await service.changeset(pending)).runId)).toEqual([
        { recordId: items[0]?.id, showId: items[0]?.showId },
      ]);
    });

    it('are refused where the catalogue changed what would be published', async () => {
      await emptied();
      const first = await changesetOf(runOf([FRIDAY]));
      const second = await changesetOf(runOf([{ ...FRIDAY, start: '21:00' }]));
      const [{ value, reason }, ...rest] = (await Promise.allSettled(
        [first, second].map((id) => service.publish(id, { acceptRest: true })),
      )) as { value?: { state: string }; reason?: unknown }[] as [
        { value?: { state: string }; reason?: unknown },
        { value?: { state: string }; reason?: unknown },
      ];
      const outcomes = [{ value, reason }, ...rest];
      expect(outcomes.filter((outcome) => outcome.value?.state === 'published')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.reason)).toMatchObject([{ reason: { code: 'changeset.stale' } }]);
      const loser = outcomes[0]?.reason ? first : second;
      await service.publish(loser, { acceptRest: true });
      expect(await found({})).toHaveLength(1);
    });

    it('are published once by two who do so at once', async () => {
      await emptied();
      const id = await changesetOf(runOf([FRIDAY]));
      const both = await Promise.allSettled([1, 2].map(() => service.publish(id, { acceptRest: true, version: 1 })));
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'changeset.wrongState' },
      });
      expect(await found({})).toEqual(['The Owl']);
    });

    it('keep decisions, refuse those of another version, and publish only what is decided', async () => {
      await emptied();
      const id = await changesetOf(runOf([FRIDAY, BOAT]));
      await expect(service.publish(id, {})).rejects.toMatchObject({ code: 'changeset.undecided' });
      const [owl, boat] = (await service.changeset(id)).items;
      const isOwl = owl?.record?.venue.name === 'The Owl';
      const [kept, left] = isOwl ? [owl, boat] : [boat, owl];
      await service.decide(id, [{ itemId: kept?.id ?? '', action: 'accept' }], 1);
      await expect(service.decide(id, [{ itemId: left?.id ?? '', action: 'skip' }], 1)).rejects.toMatchObject({
        code: 'changeset.stale',
      });
      await service.publish(id, { version: 2 });
      expect(await found({})).toEqual(['The Owl']);
    });
  });

  describe('undoing', () => {
    it(
      'puts back every row to the byte, whatever was published',
      async () => {
        await fc.assert(
          fc.asyncProperty(runOfPile, runOfPile, fc.nat(), async (before, run, choice) => {
            await emptied();
            await publishedOf(before);
            const rows = await dump(database);
            const id = await changesetOf(run);
            const { items } = await service.changeset(id);
            const edited = items[choice % items.length];
            if (edited && edited.kind !== 'notSeen' && choice % 2 === 0) {
              const record = { venue: { name: 'A corrected name' }, host: { name: 'A corrected host' }, notes: null };
              await service.decide(id, [{ itemId: edited.id, action: 'edit', record }]);
            }
            await service.publish(id, { acceptRest: true });
            expect(await dump(database)).not.toEqual(rows);
            await service.undo(id);
            expect(await dump(database)).toEqual(rows);
            // And once more: an undone changeset can be published again.
            await service.publish(id, { acceptRest: true });
            await service.undo(id);
            expect(await dump(database)).toEqual(rows);
          }),
          { numRuns: 12 },
        );
      },
      PROPERTY_TIMEOUT_MS,
    );

    it('is refused while later changesets build upon it, and names them', async () => {
      await emptied();
      const first = await publishedOf(runOf([FRIDAY]));
      const second = await publishedOf(runOf([{ ...FRIDAY, days: ['TU'], start: '19:00', host: null }]));
      const elsewhere = await publishedOf(runOf([BOAT]));
      await expect(service.undo(first)).rejects.toMatchObject({
        code: 'changeset.builtUpon',
        message: expect.stringContaining(second),
      });
      await expect(service.undo(first)).rejects.not.toMatchObject({ message: expect.stringContaining(elsewhere) });
      await service.undo(second);
      await service.undo(first);
      expect(await found({})).toEqual(['Boat']);
      await expect(service.undo(first)).rejects.toMatchObject({ code: 'changeset.wrongState' });
    });

    it('lets the number of revisions rise', async () => {
      await emptied();
      const first = await publishedOf(runOf([FRIDAY]));
      const revision = async (): Promise<number> => {
        const { shows } = await store.shows({ limit: 1 });
        const rows = shows.map(({ show }) => show);
        return [...(await store.revisions(rows)).values()][0]?.count ?? 0;
      };
      const counts = [await revision()];
      const second = await publishedOf(runOf([{ ...FRIDAY, start: '21:00' }]));
      counts.push(await revision());
      await service.undo(second);
      counts.push(await revision());
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
      expect(new Set(counts).size).toBe(3);
      await service.undo(first);
    });
  });

  describe('lists', () => {
    it('find shows by place, night, time and words, and page through them in one order', async () => {
      await emptied();
      const many = Array.from({ length: 7 }, (_, n): Told => ({
        venue: `Hall ${n}`,
        address: `${n + 1} Elm St`,
        city: 'Ocala',
        state: 'FL',
        days: ['MO'],
        start: '18:00',
      }));
      await publishedOf(runOf([FRIDAY, BOAT, ...many]));
      expect(await found({ cityKey: 'tampa' })).toEqual(['The Owl']);
      expect(await found({ state: 'fl', days: ['SA', 'SU'] })).toEqual(['Boat']);
      expect(await found({ timeMinutes: 20 * 60 + 30 })).toEqual(['The Owl']);
      // Half past midnight, in the night of Saturday; and an hour before it begins.
      expect(await found({ timeMinutes: 30, days: ['SA'] })).toEqual(['Boat']);
      expect(await found({ timeMinutes: 21 * 60, days: ['SA'] })).toEqual(['Boat']);
      expect(await found({ timeMinutes: 12 * 60 })).toEqual([]);
      expect(await found({ words: ['leo', 'orl'] })).toEqual(['Boat']);
      expect(await found({ words: ["%' or 1=1 --"] })).toEqual([]);
      expect(await found({ hostWords: ['ann'], venueWords: ['owl'] })).toEqual(['The Owl']);
      const seen: string[] = [];
      let after: ShowQuery['after'];
      for (;;) {
        const page = await store.shows({ limit: 4, ...(after ? { after } : {}) });
        expect(page.total).toBe(9);
        const last = page.shows.at(-1);
        if (!last) break;
        seen.push(...page.shows.map(({ show }) => show.id));
        const { venue, show } = last;
        after = [venue.cityKey, venue.nameKey, show.firstDay, show.startMinutes, show.id];
      }
      expect(new Set(seen).size).toBe(9);
    });

    it('tell who did what', async () => {
      const [entry] = await store.audit({ limit: 1 });
      expect(entry).toMatchObject({ actor: 'admin', action: 'changeset.published', detail: { acceptRest: true } });
      const created = await store.audit({ limit: 100, changesetId: entry?.changesetId ?? '' });
      expect(created.map(({ action }) => action)).toEqual(['changeset.published', 'changeset.created']);
      const earlier = await store.audit({ limit: 2, before: entry?.id ?? 0 });
      expect(earlier.every(({ id }) => id < (entry?.id ?? 0))).toBe(true);
    });

    it('hold what strangers write, whatever it is', async () => {
      await emptied();
      const evil = `Robert'); drop table shows; -- <b>&\0\uD800 =1+1`;
      await publishedOf(runOf([{ ...FRIDAY, venue: evil, notes: evil }]));
      const { shows } = await store.shows({ limit: 1 });
      expect(shows[0]?.venue.name).toContain('drop table shows');
      expect(await store.show("'; drop table shows; --\0")).toBeNull();
    });
  });
}
