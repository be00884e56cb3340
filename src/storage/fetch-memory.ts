import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FetchMemory, FetchRecord } from '../images/fetch-memory.ts';
import { KeptFile } from './kept-file.ts';

export interface FetchMemoryOptions {
  dataDir: string;
  /** How long it is remembered what came from a URL. */
  expireAfterMs: number;
  /** Epoch ms. */
  now?: () => number;
}

/** Made where it is missing and not by a new version of the file: programs that do not know it go on using the rest. */
const TABLE = `
CREATE TABLE IF NOT EXISTS fetched (
  url_key TEXT PRIMARY KEY,
  fetched_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  etag TEXT,
  last_modified TEXT,
  given_by TEXT NOT NULL
) STRICT
`;

/** Some 300 bytes each. */
const MOST_URLS = 100_000;
const TIDY_EVERY_PUTS = 1_000;

interface Statements {
  get: StatementSync;
  put: StatementSync;
  dropExpired: StatementSync;
  dropOldest: StatementSync;
}

/**
 * What came from which URL, in `kept.db` of the data directory: for the server and any number of command lines at once.
 * Where the file cannot be used nothing is remembered, and everything is fetched each time.
 */
export function openFetchMemory(options: FetchMemoryOptions): FetchMemory & { close(): void } {
  return new KeptFetches(options);
}

class KeptFetches implements FetchMemory {
  readonly #file: KeptFile<Statements>;
  readonly #expireAfterMs: number;
  readonly #now: () => number;
  #putsSinceTidy = TIDY_EVERY_PUTS;

  constructor({ dataDir, expireAfterMs, now = Date.now }: FetchMemoryOptions) {
    this.#file = new KeptFile(dataDir, prepareStatements, now);
    this.#expireAfterMs = expireAfterMs;
    this.#now = now;
  }

  get(key: string): FetchRecord | null {
    const row = this.#file.read(({ get }) => get.get(key, this.#expiredMs()));
    if (!row) return null;
    return {
      sha256: String(row['sha256']),
      sizeBytes: Number(row['size_bytes']),
      etag: textOf(row['etag']),
      lastModified: textOf(row['last_modified']),
      givenBy: String(row['given_by']),
    };
  }

  put(key: string, { sha256, sizeBytes, etag, lastModified, givenBy }: FetchRecord): void {
    const nowMs = Math.round(this.#now());
    this.#file.write(({ put }) => put.run(key, nowMs, sha256, sizeBytes, etag, lastModified, givenBy));
    this.#putsSinceTidy += 1;
    if (this.#putsSinceTidy < TIDY_EVERY_PUTS) return;
    this.#putsSinceTidy = 0;
    this.#file.write(({ dropExpired, dropOldest }) => {
      dropExpired.run(this.#expiredMs());
      dropOldest.run(MOST_URLS);
    });
  }

  close(): void {
    this.#file.close();
  }

  #expiredMs(): number {
    return Math.round(this.#now() - this.#expireAfterMs);
  }
}

function prepareStatements(db: DatabaseSync): Statements {
  db.exec(TABLE);
  return {
    get: db.prepare(
      'SELECT sha256, size_bytes, etag, last_modified, given_by FROM fetched WHERE url_key = ? AND fetched_ms > ?',
    ),
    put: db.prepare('INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?, ?, ?)'),
    dropExpired: db.prepare('DELETE FROM fetched WHERE fetched_ms <= ?'),
    dropOldest: db.prepare(
      'DELETE FROM fetched WHERE url_key IN (SELECT url_key FROM fetched ORDER BY fetched_ms DESC LIMIT -1 OFFSET ?)',
    ),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
