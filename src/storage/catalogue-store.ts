import { sql, type Kysely, type Transaction } from 'kysely';
import type { CatalogueStore, CatalogueTransaction, ChangesetPatch, RowWrite } from '../catalogue/catalogue-store.ts';
import { catalogueQueries } from './catalogue-queries.ts';
import { catalogueDb, toAliasRow, toChangeset, toShowRow, type CatalogueSchema } from './catalogue-schema.ts';
import { builtUpon, keepJournal, openJournal, putRows } from './catalogue-journal.ts';
import { changesetById, decide, insertItems, itemsOf, newestOfRun, versionOf } from './changeset-rows.ts';
import { toJson } from './json.ts';
import { suggest } from './suggestion-rows.ts';
import type { Schema } from './schema.ts';

/** Any number, the same for every process: who holds it may change the catalogue. */
const CATALOGUE_LOCK = 7_404_312;

/** The catalogue on either database. */
export function createCatalogueStore(db: Kysely<Schema>): CatalogueStore {
  const catalogue = catalogueDb(db);
  return {
    ...catalogueQueries(catalogue),
    transact: (work) =>
      catalogue.transaction().execute(async (trx) => {
        // Two publications at once would each reckon with the catalogue as it was before the other.
        await sql`select pg_advisory_xact_lock(${CATALOGUE_LOCK})`.execute(trx);
        return work(transactionOn(trx));
      }),
  };
}

function transactionOn(trx: Transaction<CatalogueSchema>): CatalogueTransaction {
  return {
    catalogueVersion: () => versionOf(trx),
    async catalogue() {
      const venues = await trx.selectFrom('venues').selectAll().orderBy('id').execute();
      const hosts = await trx.selectFrom('hosts').selectAll().orderBy('id').execute();
      const shows = await trx.selectFrom('shows').selectAll().orderBy('id').execute();
      const aliases = await trx.selectFrom('aliases').selectAll().orderBy('id').execute();
      return { venues, hosts, shows: shows.map(toShowRow), aliases: aliases.map(toAliasRow) };
    },
    changeset: (id) => changesetById(trx, id),
    async changesetOfRun(runId) {
      const row = await newestOfRun(trx, runId);
      return row ? toChangeset(row) : null;
    },
    items: (changesetId) => itemsOf(trx, changesetId),
    async insertChangeset(changeset, items) {
      await trx
        .insertInto('changesets')
        .values({ ...changeset, reshaping: toJson(changeset.reshaping) })
        .execute();
      await insertItems(trx, changeset.id, items);
    },
    updateChangeset: (id, patch) => updateChangeset(trx, id, patch),
    async replaceItems(changesetId, items) {
      await trx.deleteFrom('changesetItems').where('changesetId', '=', changesetId).execute();
      await insertItems(trx, changesetId, items);
    },
    decide: (changesetId, decisions) => decide(trx, changesetId, decisions),
    async apply(changesetId, writes, at) {
      await putRows(trx, writes);
      await keepJournal(trx, changesetId, writes, at);
    },
    async revert(changesetId, at) {
      const writes = await openJournal(trx, changesetId);
      await putRows(
        trx,
        writes.map((write) => ({ ...write, before: write.after, after: write.before }) as RowWrite),
      );
      await trx
        .updateTable('changesetWrites')
        .set({ undoneAt: at })
        .where('changesetId', '=', changesetId)
        .where('undoneAt', 'is', null)
        .execute();
    },
    builtUpon: (changesetId) => builtUpon(trx, changesetId),
    suggest: (runId, suggestion) => suggest(trx, runId, suggestion),
    async audit(entry) {
      await trx
        .insertInto('auditLog')
        .values({ ...entry, detail: toJson(entry.detail) })
        .execute();
    },
  };
}

async function updateChangeset(trx: Transaction<CatalogueSchema>, id: string, patch: ChangesetPatch): Promise<void> {
  const { reshaping, ...columns } = patch;
  const documents = reshaping === undefined ? {} : { reshaping: toJson(reshaping) };
  await trx
    .updateTable('changesets')
    .set({ ...columns, ...documents })
    .where('id', '=', id)
    .execute();
}
