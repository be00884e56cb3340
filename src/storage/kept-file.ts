import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolderSync } from './make-folder.ts';

/** The file in the data directory; beside it, while it is open, SQLite's own `-wal` and `-shm`. */
export const KEPT_FILE = 'kept.db';

const SCHEMA_VERSION = 1;

/** `id` grows, so that its order is the order of arrival: what is oldest is found without an index on the time. */
const SCHEMA = `
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE TABLE learnt (
  account TEXT PRIMARY KEY,
  updated_ms INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Came later: a file of before gets it when it is opened, and an older program does not mind it. */
const BATCH_SCHEMA = `
CREATE TABLE IF NOT EXISTS batch (
  tag TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  batch_id TEXT,
  created_ms INTEGER NOT NULL,
  owner TEXT NOT NULL,
  held_until_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS batch_line (
  key TEXT PRIMARY KEY,
  tag TEXT NOT NULL REFERENCES batch (tag) ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS batch_line_tag ON batch_line (tag);
`;

/**
 * Write-ahead log: a reader never waits for a writer, and a put is one write to the page cache of the operating system,
 * which outlives this process. `NORMAL` syncs only at checkpoints (some 200 answers of 2 KB): a power cut may lose the
 * last answers, where `OFF` could leave a damaged file that nobody notices is no longer used. The larger page holds
 * several answers, the smaller log keeps a checkpoint short.
 */
const SETTINGS = `
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA wal_autocheckpoint = 512;
`;

/** How long one statement waits for another process. It blocks the main thread, so it is short. */
const BUSY_TIMEOUT_MS = 250;

/** After a failure nothing is written for this long: each try could block for the whole busy timeout. */
const REST_MS = 10_000;

/** Two processes that make the file in the same moment are refused without any wait by SQLite. */
const OPEN_ATTEMPTS = 10;
const OPEN_RETRY_MS = 20;

/** SQLite's primary result codes. */
const SQLITE = { busy: 5, locked: 6, full: 13, corrupt: 11, notADatabase: 26 } as const;

/** Something that does not pass by itself: the file is not touched again by this process. */
class LastingProblem extends Error {}

/**
 * One connection to `kept.db` that never throws: a step that fails gives null, and {@link problem} says why. What may pass
 * (another process that holds the file, a full disk) is tried again after a rest; a damaged file, one of a newer version
 * and one that cannot be opened are left alone until the next start.
 *
 * `open → (resting → open)* → closed`
 */
export class KeptFile<Statements> {
  readonly #path: string;
  readonly #prepare: (db: DatabaseSync) => Statements;
  readonly #now: () => number;
  #db: DatabaseSync | null = null;
  #statements: Statements | null = null;
  #restingSinceMs: number | null = null;
  #closed = false;
  #problem: string | null = null;

  /** @param now epoch ms */
  constructor(dataDir: string, prepare: (db: DatabaseSync) => Statements, now: () => number) {
    this.#path = join(dataDir, KEPT_FILE);
    this.#prepare = prepare;
    this.#now = now;
    try {
      makeFolderSync(dataDir);
      this.#open();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** What is wrong, in words for people, without a path; null while all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Runs one step that only reads, in a rest too: a reader waits for no writer. Null where it cannot be done. */
  read<T>(step: (statements: Statements) => T): T | null {
    if (this.#db === null && this.#isResting()) return null;
    return this.#attempt(step);
  }

  /** Runs one step that writes. Null where it failed, or where nothing is tried at the moment. */
  write<T>(step: (statements: Statements, db: DatabaseSync) => T): T | null {
    return this.#isResting() ? null : this.#attempt(step);
  }

  #attempt<T>(step: (statements: Statements, db: DatabaseSync) => T): T | null {
    if (this.#closed) return null;
    try {
      const { statements, db } = this.#open();
      const result = step(statements, db);
      if (!this.#isResting()) this.#problem = null;
      return result;
    } catch (thrown) {
      this.#failed(thrown);
      return null;
    }
  }

  close(): void {
    this.#closed = true;
    const db = this.#db;
    this.#db = null;
    this.#statements = null;
    try {
      db?.close();
    } catch (thrown) {
      this.#problem = wordsFor(thrown);
    }
  }

  #open(): { statements: Statements; db: DatabaseSync } {
    if (this.#db !== null && this.#statements !== null) return { statements: this.#statements, db: this.#db };
    const db = openDatabase(this.#path);
    try {
      this.#statements = this.#prepare(db);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
    this.#db = db;
    return { statements: this.#statements, db };
  }

  #isResting(): boolean {
    if (this.#restingSinceMs === null) return false;
    // Both ways: a clock that was set back must not make the rest last for ever.
    if (Math.abs(this.#now() - this.#restingSinceMs) < REST_MS) return true;
    this.#restingSinceMs = null;
    return false;
  }

  #failed(thrown: unknown): void {
    if (isLasting(thrown, this.#db === null)) this.close();
    else this.#restingSinceMs = this.#now();
    this.#problem = wordsFor(thrown);
  }
}

function openDatabase(path: string): DatabaseSync {
  makePrivate(path);
  for (let attempt = 1; ; attempt += 1) {
    const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      setUp(db);
      return db;
    } catch (thrown) {
      db.close();
      if (resultCode(thrown) !== SQLITE.busy || attempt === OPEN_ATTEMPTS) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_RETRY_MS);
    }
  }
}

/**
 * It holds what private images say. Only a missing file is opened here: closing any descriptor of a file gives up all
 * locks that this process has on it.
 */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    try {
      chmodSync(path, 0o600);
    } catch {
      // Somebody else's file: whether it can be used comes out when it is opened.
    }
  }
}

function setUp(db: DatabaseSync): void {
  // Before anything is set: a file that is not ours to write stays as it is, byte for byte.
  checkVersion(db);
  db.exec(SETTINGS);
  if (versionOf(db) === SCHEMA_VERSION && hasTable(db, 'batch_line')) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have made the tables while this one waited.
    if (versionOf(db) === 0) db.exec(SCHEMA);
    db.exec(BATCH_SCHEMA);
    db.exec('COMMIT');
  } catch (thrown) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw thrown;
  }
}

function hasTable(db: DatabaseSync, name: string): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;
}

function checkVersion(db: DatabaseSync): void {
  const version = versionOf(db);
  if (version > SCHEMA_VERSION) {
    throw new LastingProblem('was written by a newer version of this program and is left alone');
  }
  if (version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined && versionOf(db) === 0) {
    throw new LastingProblem('is a database of some other program and is left alone');
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

function isLasting(thrown: unknown, whileOpening: boolean): boolean {
  if (thrown instanceof LastingProblem) return true;
  const code = resultCode(thrown);
  if (code === SQLITE.corrupt || code === SQLITE.notADatabase) return true;
  return whileOpening && code !== SQLITE.busy && code !== SQLITE.locked && code !== SQLITE.full;
}

/** Extended codes carry the primary one in their lowest byte. */
function resultCode(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return null;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : null;
}

function wordsFor(thrown: unknown): string {
  return `The file ${KEPT_FILE} in the data directory ${whatIsWrong(thrown)}: answers are not kept for later runs.`;
}

function whatIsWrong(thrown: unknown): string {
  if (thrown instanceof LastingProblem) return thrown.message;
  switch (resultCode(thrown)) {
    case SQLITE.busy:
    case SQLITE.locked:
      return 'is held by another process';
    case SQLITE.full:
      return 'cannot grow, the disk is full';
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return 'is damaged (delete it and a new one is made)';
    case null:
    default:
      return 'cannot be read or written (check the disk and the permissions)';
  }
}
