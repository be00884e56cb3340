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
