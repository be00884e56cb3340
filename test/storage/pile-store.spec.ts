import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { createImageLookStore } from '../../src/storage/image-look-store.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createPileStore } from '../../src/storage/pile-store.ts';
import { postgresIsInstalled, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { itKeepsPiles, type OpenPileStores } from './pile-store.contract.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-piles-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function openStores(databaseUrl: string | null): Promise<OpenPileStores> {
  const database = await openDatabase({ dataDir, databaseUrl });
  return {
    piles: createPileStore(database.kysely),
    looks: createImageLookStore(database.kysely),
    close: () => database.close(),
  };
}

describe('piles on the embedded database', () => {
  itKeepsPiles(() => openStores(null));
});

/** An empty database given for tests is the run store's own; a cluster of our own does not get in its way. */
const withServer = postgresIsInstalled() ? describe : describe.skip;

withServer('piles on a PostgreSQL server', () => {
  let server: PostgresServer | null = null;
  afterAll(() => server?.stop());

  itKeepsPiles(async () => {
    server = await startPostgres();
    if (server === null) throw new Error('PostgreSQL is not installed.');
    return openStores(server.url);
  });
});
