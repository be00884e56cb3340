import type { Database } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { openEmbedded } from './open-embedded.ts';
import { openServer } from './open-server.ts';

export interface DatabaseConfig {
  /** Folder of the embedded database's `database/`; the caller holds its lock (see `lockDataDir`). */
  dataDir: string;
  /** `postgres://…` of a server to use instead. */
  databaseUrl: string | null;
}

/**
 * Opens the server of `databaseUrl`, or else the embedded PostgreSQL in `dataDir`, and brings its tables up to date.
 *
 * @throws CodedError `config.invalid`, in words for the person who starts the program; never with the password
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const database =
    config.databaseUrl === null ? await openEmbedded(config.dataDir) : await openServer(config.databaseUrl);
  try {
    await migrate(database.kysely);
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
  return database;
}
