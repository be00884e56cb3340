import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AnswerCache, BatchBook, KeptAnswer, LearntStore } from '../parser/kept.ts';
import { createBatchBook, prepareBatchStatements, type BatchStatements } from './batch-book.ts';
import { KeptFile } from './kept-file.ts';

export interface KeptStoreOptions {
  dataDir: string;
  /** How long an answer is kept at most; a caller may ask for a shorter time with each `get`. 0 keeps no answer. */
  expireAfterMs: number;
  /** Epoch ms. */
  now?: () => number;
  /** Answers take this much of the disk at most; then the oldest go. 256 MB unless said otherwise. */
  maxBytes?: number;
}

/**
 * What is kept between runs, in one SQLite file of the data directory that a server and any number of command lines may
 * use at once. See docs/decisions/0012-kept-answers-in-sqlite.md.
 *
 * Nothing here throws: where the file cannot be used a run works without it.
 */
export interface KeptStore {
  readonly answers: AnswerCache;
  readonly learnt: LearntStore;
  readonly batches: BatchBook;
  /** Why nothing is kept at the moment, in words for people; null while all is well. */
  readonly problem: string | null;
  close(): void;
}

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/** A larger answer is a model that ran wild: not worth the place of two thousand others. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

const MAX_LEARNT_BYTES = 64 * 1024;
const MAX_ACCOUNTS = 500;

/** Old answers are looked for after this much was put, and then for no longer than this at a time, on the main thread. */
const TIDY_EVERY_BYTES = 256 * 1024;
const TIDY_MS = 5;

interface Statements extends BatchStatements {
  getAnswer: StatementSync;
  putAnswer: StatementSync;
  oldestAnswer: StatementSync;
  deleteAnswer: StatementSync;
  getLearnt: StatementSync;
  putLearnt: StatementSync;
  dropOldLearnt: StatementSync;
  pageCount: StatementSync;
  freePages: StatementSync;
  pageSize: StatementSync;
}

/** Opens the file, or makes it; the folder too. Blocks for some milliseconds, half a second where the file is held. */
export function openKeptStore(options: KeptStoreOptions): KeptStore {
  const { dataDir, expireAfterMs, now = Date.now, maxBytes = DEFAULT_MAX_BYTES } = options;
  const file = new KeptFile<Statements>(dataDir, prepareStatements, now);
  const answers = new KeptAnswers(file, { expireAfterMs, now, maxBytes });
  return {
    answers,
    learnt: new Learnt(file, now),
    batches: createBatchBook(file, now),
    get problem() {
      return file.problem;
    },
    close: () => file.close(),
  };
}

interface KeptLimits {
  expireAfterMs: number;
  now: () => number;
  maxBytes: number;
}

class KeptAnswers implements AnswerCache {
  readonly #file: KeptFile<Statements>;
  readonly #limits: KeptLimits;
  #putSinceTidyBytes = 0;

  constructor(file: KeptFile<Statements>, limits: KeptLimits) {
    this.#file = file;
    this.#limits = limits;
    this.#tidy();
  }

  get(key: string, notBeforeMs: number): KeptAnswer | null {
    const row = this.#file.read(({ getAnswer }) => getAnswer.get(key, this.#expiredMs(), notBeforeMs)) ?? null;
    if (row === null) return null;
    const json = parse(row['json']);
    if (json === undefined) return null;
    return { json, tokens: { input: Number(row['input_tokens']), output: Number(row['output_tokens']) } };
  }

  put(key: string, answer: KeptAnswer): void {
    if (this.#limits.expireAfterMs <= 0) return;
    const json = stringify(answer.json, MAX_ANSWER_BYTES);
    if (json === null) return;
    const { input, output } = answer.tokens;
    this.#file.write(({ putAnswer }) => putAnswer.run(key, this.#nowMs(), whole(input), whole(output), json));
    this.#putSinceTidyBytes += json.length;
    if (this.#putSinceTidyBytes >= TIDY_EVERY_BYTES) this.#tidy();
  }

  close(): void {
    this.#file.close();
  }

  /**
   * Deletes what is expired or too much, oldest first, a few milliseconds at a time. At least twice what was put since
   * the last time goes, so that large answers cannot outrun it.
   */
  #tidy(): void {
    const owedBytes = 2 * this.#putSinceTidyBytes;
    this.#putSinceTidyBytes = 0;
    this.#file.write((statements, db) => {
      if (this.#oldestToGo(statements) === null) return;
      inTransaction(db, () => this.#deleteOldest(statements, owedBytes));
    });
  }

  #deleteOldest(statements: Statements, owedBytes: number): void {
    const startedMs = performance.now();
    let deletedBytes = 0;
    for (;;) {
      const oldest = this.#oldestToGo(statements);
      if (oldest === null) return;
      statements.deleteAnswer.run(oldest.id);
      deletedBytes += oldest.bytes;
      if (deletedBytes >= owedBytes && performance.now() - startedMs >= TIDY_MS) return;
    }
  }

  #oldestToGo(statements: Statements): { id: number; bytes: number } | null {
    const row = statements.oldestAnswer.get();
    if (row === undefined) return null;
    const isExpired = Number(row['created_ms']) <= this.#expiredMs();
    if (!isExpired && usedBytes(statements) <= this.#limits.maxBytes) return null;
    return { id: Number(row['id']), bytes: Number(row['bytes']) };
  }

  #nowMs(): number {
    return whole(this.#limits.now());
  }

  /** What is as old as this has expired. */
  #expiredMs(): number {
    return this.#nowMs() - this.#limits.expireAfterMs;
  }
}

class Learnt implements LearntStore {
  readonly #file: KeptFile<Statements>;
  readonly #now: () => number;

  constructor(file: KeptFile<Statements>, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  /** What was put last, as JSON gives it back; null where there is nothing. */
  get(account: string): unknown {
    const row = this.#file.read(({ getLearnt }) => getLearnt.get(account));
    return parse(row?.['json']) ?? null;
  }

  put(account: string, learnt: unknown): void {
    const json = stringify(learnt, MAX_LEARNT_BYTES);
    if (json === null) return;
    this.#file.write(({ putLearnt, dropOldLearnt }) => {
      putLearnt.run(account, whole(this.#now()), json);
      dropOldLearnt.run(MAX_ACCOUNTS);
    });
  }
}

function prepareStatements(db: DatabaseSync): Statements {
  return {
    ...prepareBatchStatements(db),
    getAnswer: db.prepare(
      'SELECT json, input_tokens, output_tokens FROM answer WHERE key = ? AND created_ms > ? AND created_ms >= ?',
    ),
    // Replacing gives a new id: an answer that was paid for again is new.
    putAnswer: db.prepare(
      'INSERT OR REPLACE INTO answer (key, created_ms, input_tokens, output_tokens, json) VALUES (?, ?, ?, ?, ?)',
    ),
    oldestAnswer: db.prepare('SELECT id, created_ms, octet_length(json) AS bytes FROM answer ORDER BY id LIMIT 1'),
    deleteAnswer: db.prepare('DELETE FROM answer WHERE id = ?'),
    getLearnt: db.prepare('SELECT json FROM learnt WHERE account = ?'),
    putLearnt: db.prepare('INSERT OR REPLACE INTO learnt (account, updated_ms, json) VALUES (?, ?, ?)'),
    dropOldLearnt: db.prepare(
      'DELETE FROM learnt WHERE account IN (SELECT account FROM learnt ORDER BY updated_ms DESC LIMIT -1 OFFSET ?)',
    ),
    pageCount: db.prepare('PRAGMA page_count'),
    freePages: db.prepare('PRAGMA freelist_count'),
    pageSize: db.prepare('PRAGMA page_size'),
  };
}

/** Of the file: all that any process has put, without what was deleted and waits to be used again. */
function usedBytes({ pageCount, freePages, pageSize }: Statements): number {
  const pages = Number(pageCount.get()?.['page_count']) - Number(freePages.get()?.['freelist_count']);
  return pages * Number(pageSize.get()?.['page_size']);
}

function inTransaction(db: DatabaseSync, step: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    step();
    db.exec('COMMIT');
  } catch (thrown) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw thrown;
  }
}

/** Null for what JSON cannot say and for what is too large. */
function stringify(value: unknown, maxBytes: number): string | null {
  try {
    const json: string | undefined = JSON.stringify(value);
    return json === undefined || Buffer.byteLength(json) > maxBytes ? null : json;
  } catch {
    // A circle, or a BigInt: never in a reply that was JSON.
    return null;
  }
}

/** Undefined for what is no JSON text. */
function parse(json: unknown): unknown {
  if (typeof json !== 'string') return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** As an INTEGER column takes it: a token count or a time that is no number must not cost the answer. */
function whole(value: number): number {
  return Number.isFinite(value) ? Math.round(value) : 0;
}
