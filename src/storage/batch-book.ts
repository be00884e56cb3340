import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BatchBook, PendingBatch } from '../parser/kept.ts';
import type { KeptFile } from './kept-file.ts';

/** Services keep results for 30 days; what is older can be asked again and nothing else. */
const FORGOTTEN_AFTER_MS = 29 * 24 * 3_600_000;

export interface BatchStatements {
  beginBatch: StatementSync;
  addLine: StatementSync;
  batchOfLine: StatementSync;
  getBatch: StatementSync;
  holdBatch: StatementSync;
  moveBatch: StatementSync;
  takeLine: StatementSync;
  dropEmptyBatch: StatementSync;
  dropBatch: StatementSync;
  forgetBatches: StatementSync;
}

export function prepareBatchStatements(db: DatabaseSync): BatchStatements {
  return {
    beginBatch: db.prepare(
      "INSERT INTO batch (tag, state, created_ms, owner, held_until_ms) VALUES (?, 'writing', ?, ?, ?)",
    ),
    addLine: db.prepare('INSERT OR IGNORE INTO batch_line (key, tag) VALUES (?, ?)'),
    batchOfLine: db.prepare(
      'SELECT tag, state, batch_id FROM batch WHERE tag = (SELECT tag FROM batch_line WHERE key = ?)',
    ),
    getBatch: db.prepare('SELECT tag, state, batch_id FROM batch WHERE tag = ?'),
    holdBatch: db.prepare(
      'UPDATE batch SET owner = ?, held_until_ms = ? WHERE tag = ? AND (owner = ? OR held_until_ms <= ?)',
    ),
    moveBatch: db.prepare('UPDATE batch SET state = ?, batch_id = ? WHERE tag = ?'),
    takeLine: db.prepare('DELETE FROM batch_line WHERE key = ? AND tag = ?'),
    dropEmptyBatch: db.prepare(
      'DELETE FROM batch WHERE tag = ? AND NOT EXISTS (SELECT 1 FROM batch_line WHERE tag = ?)',
    ),
    dropBatch: db.prepare('DELETE FROM batch WHERE tag = ?'),
    forgetBatches: db.prepare('DELETE FROM batch WHERE created_ms < ?'),
  };
}

/** In the file that answers are kept in: it is private, and open to several processes, as these need it. */
export function createBatchBook(file: KeptFile<BatchStatements>, now: () => number): BatchBook {
  file.write(({ forgetBatches }) => forgetBatches.run(now() - FORGOTTEN_AFTER_MS));
  const hasChanged = (step: (statements: BatchStatements) => { changes: number | bigint }): boolean =>
    Number(file.write(step)?.changes ?? 0) > 0;
  return {
    begin: (tag, owner, heldUntilMs) =>
      hasChanged(({ beginBatch }) => beginBatch.run(tag, Math.round(now()), owner, Math.round(heldUntilMs))),
    add: (tag, key) => hasChanged(({ addLine }) => addLine.run(key, tag)),
    of: (key) => toBatch(file.read(({ batchOfLine }) => batchOfLine.get(key))),
    get: (tag) => toBatch(file.read(({ getBatch }) => getBatch.get(tag))),
    hold: (tag, owner, heldUntilMs) =>
      hasChanged(({ holdBatch }) => holdBatch.run(owner, Math.round(heldUntilMs), tag, owner, Math.round(now()))),
    move: (tag, state, batchId) => hasChanged(({ moveBatch }) => moveBatch.run(state, batchId, tag)),
    take: (tag, key) =>
      void file.write(({ takeLine, dropEmptyBatch }) => {
        takeLine.run(key, tag);
        dropEmptyBatch.run(tag, tag);
      }),
    drop: (tag) => void file.write(({ dropBatch }) => dropBatch.run(tag)),
  };
}

function toBatch(row: Record<string, unknown> | null | undefined): PendingBatch | null {
  if (!row) return null;
  const { tag, state, batch_id: batchId } = row;
  if (state !== 'writing' && state !== 'sending' && state !== 'waiting') return null;
  return { tag: String(tag), state, batchId: typeof batchId === 'string' ? batchId : null };
}
