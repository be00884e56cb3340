import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { dataDir as preparedDataDir } from '@electric-sql/pglite-prepopulatedfs';
import { Kysely, PGliteDialect } from 'kysely';
import { x as unpackInto } from 'tar';
import { CodedError } from '../contract/coded-error.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * How often the embedded database writes its tables out, ms. A server does so from a process of its own; here nobody
 * would, the log would grow until the next start, and that start would read it all.
 */
const CHECKPOINT_INTERVAL_MS = 5 * 60_000;

/** Opens (or makes) the embedded PostgreSQL in `dataDir/database`. */
export async function openEmbedded(dataDir: string): Promise<Database> {
  let pglite: PGlite;
  try {
    pglite = await openOrMake(dataDir);
  } catch (thrown) {
    throw cannotOpen(thrown);
  }
  const kysely = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
  const flush = async (): Promise<void> => void (await pglite.exec('checkpoint'));
  // What fails here (a full disk) fails at the next write too, where somebody waits for the answer.
  const timer = setInterval(() => void flush().catch(() => undefined), CHECKPOINT_INTERVAL_MS);
  timer.unref();
  return {
    kysely,
    kind: 'embedded',
    close: async () => {
      clearInterval(timer);
      if (pglite.closed) return;
      await flush().catch(() => undefined);
      await pglite.close();
    },
  };
}

/**
 * A process killed while it makes the database leaves half of one, which no later start could open. So it is made under
 * another name and takes its own name when it is whole.
 *
 * It is unpacked, not made by PGlite: initdb takes two seconds and a gigabyte of memory, an unpacking instance half of that.
 */
async function openOrMake(dataDir: string): Promise<PGlite> {
  const folder = join(dataDir, 'database');
  if (!existsSync(folder)) {
    const unfinished = join(dataDir, 'database.unfinished');
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const archive = await preparedDataDir();
    await pipeline(archive.stream(), unpackInto({ cwd: unfinished }));
    await rename(unfinished, folder);
  }
  return open(folder);
}

/** `relaxedDurability: false`: a query resolves after its log is written, so that `kill -9` loses nothing of it. */
function open(folder: string): Promise<PGlite> {
  return withoutOptimisingWasm(() =>
    PGlite.create({ dataDir: folder, relaxedDurability: false, extensions: { vector } }),
  );
}

/**
 * V8 would compile the whole of PostgreSQL a second time, optimised, in the background: 900 MB of memory at its peak
 * instead of 350, and transactions no faster (measured). What was compiled in here stays so; what comes after is
 * compiled as usual.
 */
async function withoutOptimisingWasm<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  try {
    return await work();
  } finally {
    setFlagsFromString('--wasm-tier-up');
    setFlagsFromString('--wasm-dynamic-tiering');
  }
}

function cannotOpen(cause: unknown): CodedError {
  return new CodedError(
    'config.invalid',
    'The database in the data directory cannot be opened. Check that the folder can be written and the disk is not full, or choose another folder with DATA_DIR or --data-dir.',
    { cause },
  );
}
