import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { CodedError } from '../contract/coded-error.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 10;

/** Connects to a PostgreSQL server and checks that it answers. */
export async function openServer(databaseUrl: string): Promise<Database> {
  const place = describePlace(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'contactsheet',
  });
  // Without a listener, an idle connection that the server drops would end the process; the next query reconnects.
  pool.on('error', () => undefined);
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(kysely);
  } catch (cause) {
    await kysely.destroy();
    throw new CodedError('config.invalid', `The PostgreSQL server of DATABASE_URL (${place}) ${whatHappened(cause)}`, {
      cause,
    });
  }
  return { kysely, kind: 'server', close: () => kysely.destroy() };
}

/** Host and database of the URL: all of it that may be shown. Its parser's own error would carry the password. */
function describePlace(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new CodedError(
      'config.invalid',
      'DATABASE_URL is not the address of a PostgreSQL server: write it as postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
    );
  }
  return `${url.host}${url.pathname}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections: is it running, and is the port right?',
  ENOTFOUND: 'cannot be found: is the host name right?',
  EAI_AGAIN: 'cannot be found: is the host name right?',
  '28P01': 'refuses the password.',
  '28000': 'refuses this user.',
  '3D000': 'has no such database.',
  '57P03': 'is starting up or shutting down: try again in a moment.',
  '53300': 'has no free connection.',
};

function whatHappened(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return REASONS[code] ?? 'cannot be reached.';
}
