import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createRunStore } from '../../src/storage/run-store.ts';
import { createValueStore } from '../../src/storage/value-store.ts';
import { postgresIsInstalled, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { itKeepsTheStoreContract, type OpenStores } from './run-store.contract.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-storage-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function openStores(databaseUrl: string | null): Promise<OpenStores> {
  const database = await openDatabase({ dataDir, databaseUrl });
  return {
    runs: createRunStore(database.kysely),
    values: createValueStore(database.kysely),
    close: () => database.close(),
  };
}

describe('on the embedded database', () => {
  itKeepsTheStoreContract(() => openStores(null));
});

/** An empty database to test on; without it, a cluster of our own where PostgreSQL is installed. */
const givenUrl = process.env['TEST_DATABASE_URL'];
const withServer = givenUrl !== undefined || postgresIsInstalled() ? describe : describe.skip;

withServer('on a PostgreSQL server', () => {
  let server: PostgresServer | null = null;
  afterAll(() => server?.stop());

  itKeepsTheStoreContract(async () => {
    if (givenUrl !== undefined) return openStores(givenUrl);
    server = await startPostgres();
    if (server === null) throw new Error('PostgreSQL is not installed.');
    return openStores(server.url);
  });
});
