import type { Tokens } from '../engine/unit.ts';

/** An answer that was paid for. */
export interface KeptAnswer {
  /** The model's reply, checked against the schema: what readings are made from. */
  json: unknown;
  tokens: Tokens;
}

/**
 * Answers kept so that nothing is paid twice, by the hash of everything that decides them. Several processes may use one
 * store at once; what was put survives `kill -9`.
 */
export interface AnswerCache {
  /** @param notBeforeMs epoch ms: an older answer does not count */
  get(key: string, notBeforeMs: number): KeptAnswer | null;
  /** At once, not in groups: a process killed right after must not pay again. */
  put(key: string, answer: KeptAnswer): void;
  close(): void;
}

/** What was learnt of an account (its limits, its pace), by a name that says nothing of the key. */
export interface LearntStore {
  get(account: string): unknown;
  put(account: string, learnt: unknown): void;
}

/**
 * A batch that was written or sent and whose answers are not all taken. `writing`: its file is being written. `sending`: the
 * file is whole, and the service may have the batch, or not. `waiting`: the service has it.
 */
export interface PendingBatch {
  /** Ours; the service is given it as well. */
  tag: string;
  state: 'writing' | 'sending' | 'waiting';
  /** The service's; null until it has said so. */
  batchId: string | null;
}

/**
 * Which questions lie in which batch, so that none is asked twice however often a process is killed. Shared by all
 * processes on one data directory. What cannot be stored gives false.
 */
export interface BatchBook {
  /** Begins a batch in the state `writing`, held by `owner` until then. Epoch ms. */
  begin(tag: string, owner: string, heldUntilMs: number): boolean;
  /** @returns false where the question lies in another batch already, or nothing can be stored */
  add(tag: string, key: string): boolean;
  /** The batch that this question lies in. */
  of(key: string): PendingBatch | null;
  get(tag: string): PendingBatch | null;
  /** Keeps the hold on a batch, or takes it over where it has run out. @returns false where another process has it */
  hold(tag: string, owner: string, heldUntilMs: number): boolean;
  move(tag: string, state: PendingBatch['state'], batchId: string | null): boolean;
  /** The answer was kept, or has failed: the question lies nowhere any more. With the last one the batch is forgotten. */
  take(tag: string, key: string): void;
  /** Forgets a batch with all that lies in it. */
  drop(tag: string): void;
}
