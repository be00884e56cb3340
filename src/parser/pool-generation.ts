import type { Piscina } from 'piscina';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { Tokens } from '../engine/unit.ts';

/** How long a close waits for calls under way; they are cancelled by then, so only a stuck one takes so long. */
const CLOSE_TIMEOUT_MS = 60_000;

/** One Piscina and the calls it holds. A pool that lost its threads, or changes its size, goes on with a new one. */
export interface Generation {
  piscina: Piscina;
  /** Settles each when its thread has really let go of it, answered or not. */
  underWay: Set<Promise<unknown>>;
  /** Ends calls that nobody will answer any more: Piscina would let them wait for ever. */
  giveUps: Set<() => void>;
  /** What killed the last thread: all calls of a thread that dies are rejected with one error, which is one crash. */
  lastCrash: unknown;
}

/** Resolves when the threads have ended: those that are busy first finish what they hold. */
export async function drained({ piscina, underWay }: Generation): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
    timer.unref();
  });
  if (piscina.threads.length > 0) await Promise.race([Promise.allSettled(underWay), tooLong]);
  clearTimeout(timer);
  await piscina.destroy().catch(() => {});
}

export function failed(failure: FailureData): { ok: false; threadId: number; tokens: Tokens; failure: FailureData } {
  return { ok: false, threadId: -1, tokens: { input: 0, output: 0 }, failure };
}

export function crashed(what: string): FailureData {
  return new CodedError('worker.crashed', `The thread that read this image ${what}; it was replaced.`, {
    retryable: true,
  }).toData();
}

export function cancelled(): FailureData {
  return new CodedError('run.cancelled', 'The run was cancelled.').toData();
}
