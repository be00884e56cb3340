import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createValueStore } from '../../src/storage/value-store.ts';
import { postgresIsInstalled, startPostgres, type PostgresServer } from '../support/postgres.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-open-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function failureOf(databaseUrl: string | null): Promise<{ code?: unknown; message: string }> {
  const failure: unknown = await openDatabase({ dataDir, databaseUrl }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof Error)) throw new Error('It opened.');
  return failure;
}

describe('the embedded database', () => {
  it('is made in DATA_DIR/database and is still there when opened again', async () => {
    const first = await openDatabase({ dataDir, databaseUrl: null });
    expect(first.kind).toBe('embedded');
    await createValueStore(first.kysely).put('a', 1);
    await first.close();
    await first.close();
    expect(await readdir(dataDir)).toEqual(['database']);

    const second = await openDatabase({ dataDir, databaseUrl: null });
    expect(await createValueStore(second.kysely).get('a')).toBe(1);
    await sql`insert into kysely_migration (name, "timestamp") values ('9999-later', 'x')`.execute(second.kysely);
    await second.close();

    expect(await failureOf(null)).toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('written by a newer version of Contactsheet (it has "9999-later")'),
    });
  });

  it('says in words that it cannot be opened', async () => {
    await writeFile(join(dataDir, 'database'), 'a file, not a folder');
    expect(await failureOf(null)).toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('The database in the data directory cannot be opened'),
    });
  });
});

describe('a PostgreSQL server that is not there', () => {
  it.each(['not a url', 'http://user:hunter2@localhost/x', 'postgres://user:hunter2@[bad/x'])(
    'is refused for its address: %s',
    async (url) => {
      const failure = await failureOf(url);
      expect(failure.code).toBe('config.invalid');
      expect(failure.message).toContain('DATABASE_URL is not the address of a PostgreSQL server');
      expect(failure.message).not.toContain('hunter2');
    },
  );

  it('is named without its password', async () => {
    const port = await closedPort();
    const failure = await failureOf(`postgres://user:hunter2@127.0.0.1:${port}/sheet?sslpassword=hunter2`);
    expect(failure).toMatchObject({
      code: 'config.invalid',
      message: `The PostgreSQL server of DATABASE_URL (127.0.0.1:${port}/sheet) refuses connections: is it running, and is the port right?`,
    });
    expect(await readdir(dataDir)).toEqual([]);
  });
});

const withServer = postgresIsInstalled() ? describe : describe.skip;

withServer('a PostgreSQL server', () => {
  let server: PostgresServer | null = null;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server?.stop());

  it('is migrated once by processes that start at once', async () => {
    const databaseUrl = server?.url ?? null;
    const databases = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ dataDir, databaseUrl })));
    expect(databases.map(({ kind }) => kind)).toEqual(['server', 'server', 'server', 'server']);
    await Promise.all(databases.map((database) => database.close()));
  });

  it('without the database named in the address is told in words', async () => {
    const url = new URL(server?.url ?? '');
    url.pathname = '/nowhere';
    expect((await failureOf(url.href)).message).toMatch(/\/nowhere\) has no such database\.$/);
  });

  it('that drops its connections does not end the process', async () => {
    const database = await openDatabase({ dataDir, databaseUrl: server?.url ?? null });
    const values = createValueStore(database.kysely);
    await values.put('a', 1);
    const other = await openDatabase({ dataDir, databaseUrl: server?.url ?? null });
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user`.execute(
      other.kysely,
    );
    await other.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await values.get('a')).toBe(1);
    await database.close();
  });
});

async function closedPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  return address.port;
}
