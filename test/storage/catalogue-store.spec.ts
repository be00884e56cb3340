import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { openDatabase } from '../../src/storage/open-database.ts';
import { postgresIsInstalled, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { itKeepsReshaping } from './reshaping.contract.ts';
import { itKeepsTimelines } from './timeline-store.contract.ts';
import { itKeepsSuggestions } from './suggestions.contract.ts';
import { itKeepsTheCatalogue } from './catalogue-store.contract.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-catalogue-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('the catalogue on the embedded database', () => {
  itKeepsTheCatalogue(() => openDatabase({ dataDir, databaseUrl: null }));
  itKeepsSuggestions(() => openDatabase({ dataDir: join(dataDir, 'suggestions'), databaseUrl: null }));
  itKeepsReshaping(() => openDatabase({ dataDir: join(dataDir, 'reshaping'), databaseUrl: null }));
  itKeepsTimelines(() => openDatabase({ dataDir: join(dataDir, 'timelines'), databaseUrl: null }));
});

/** An empty database given for tests is the run store's own; a cluster of our own does not get in its way. */
const withServer = postgresIsInstalled() ? describe : describe.skip;

withServer('the catalogue on a PostgreSQL server', () => {
  let server: PostgresServer | null = null;
  afterAll(() => server?.stop());

  const open = async () => {
    server ??= await startPostgres();
    if (server === null) throw new Error('PostgreSQL is not installed.');
    return openDatabase({ dataDir, databaseUrl: server.url });
  };
  itKeepsTheCatalogue(open);
  itKeepsSuggestions(open);
  itKeepsReshaping(open);
  itKeepsTimelines(open);
});
