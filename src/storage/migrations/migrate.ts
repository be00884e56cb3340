import type { Kysely } from 'kysely';
import { Migrator, type MigrationProvider } from 'kysely/migration';
import { CodedError } from '../../contract/coded-error.ts';
import type { Schema } from '../schema.ts';
import { runsMigration } from './0001-runs.ts';
import { catalogueMigration } from './0002-catalogue.ts';
import { pilesMigration } from './0003-piles.ts';
import { timelinesMigration } from './0004-timelines.ts';
import { cropsMigration } from './0005-crops.ts';
import { videosMigration } from './0006-videos.ts';
import { costsMigration } from './0007-costs.ts';

/** In code, not read from a folder, so that the built program carries them. A published one is never edited. */
const MIGRATIONS = {
  '0001-runs': runsMigration,
  '0002-catalogue': catalogueMigration,
  '0003-piles': pilesMigration,
  '0004-timelines': timelinesMigration,
  '0005-crops': cropsMigration,
  '0006-videos': videosMigration,
  '0007-costs': costsMigration,
};

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(MIGRATIONS) };

/**
 * Brings the tables up to this version. Kysely holds a lock on the database meanwhile, so that processes that start at
 * once on one server run each migration once.
 *
 * @throws CodedError `config.invalid` where the database was written by a newer version
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider });
  await refuseNewerDatabase(migrator, db);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Kysely would call a newer database "corrupted"; a person who went back a version needs to read what happened. */
async function refuseNewerDatabase(migrator: Migrator, db: Kysely<Schema>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const known = new Set((await migrator.getMigrations()).map(({ name }) => name));
  const ran = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const unknown = ran.find(({ name }) => !known.has(name));
  if (unknown === undefined) return;
  throw new CodedError(
    'config.invalid',
    `The database was written by a newer version of Contactsheet (it has "${unknown.name}"). Start that version, or use another database.`,
  );
}
