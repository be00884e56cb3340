import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogueStore } from '../../src/catalogue/catalogue-store.ts';
import { noSchedule, noVenue, type ShowFacts } from '../../src/contract/show.ts';
import { createCatalogueStore } from '../../src/storage/catalogue-store.ts';
import type { Database } from '../../src/storage/database.ts';

const FACTS: ShowFacts = {
  name: 'Ünïcode \u{1F3A4} night',
  status: 'scheduled',
  venue: noVenue(),
  host: { name: null, company: null },
  schedule: noSchedule(),
  notes: 'a \u0000 in it',
  confidence: 0.5,
};

/** What a catalogue store must do with what senders say of their records, whatever database it is on. */
export function itKeepsSuggestions(open: () => Promise<Database>): void {
  describe('suggestions', () => {
    let database: Database;
    let store: CatalogueStore;
    beforeAll(async () => {
      database = await open();
      store = createCatalogueStore(database.kysely);
    }, 60_000);
    afterAll(() => database.close());

    it('keep the last word on each record, and count how often it was said', async () => {
      const at = '2026-11-27T03:00:00.000Z';
      const later = '2026-11-27T04:00:00.000Z';
      const times = await store.transact(async (trx) => [
        await trx.suggest('run_a', { recordId: 'show_2', record: null, confirm: true, at }),
        await trx.suggest('run_a', { recordId: 'show_1', record: null, confirm: true, at }),
        await trx.suggest('run_a', { recordId: 'show_2', record: FACTS, confirm: false, at: later }),
        await trx.suggest('run_b', { recordId: 'show_2', record: null, confirm: true, at }),
      ]);
      expect(times).toEqual([1, 1, 2, 1]);
      expect(await store.suggestions('run_a')).toEqual([
        { recordId: 'show_1', record: null, confirm: true, at },
        { recordId: 'show_2', record: { ...FACTS, notes: 'a \ufffd in it' }, confirm: false, at: later },
      ]);
      expect(await store.suggestions('run_none')).toEqual([]);
    });

    it('are not kept where the rest of the transaction fails', async () => {
      const suggestion = { recordId: 'show_9', record: null, confirm: true, at: '2026-11-27T03:00:00.000Z' };
      const failing = store.transact(async (trx) => {
        await trx.suggest('run_c', suggestion);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.suggestions('run_c')).toEqual([]);
    });
  });
}
