import type { FailureData } from '../contract/coded-error.ts';

export interface RetryPolicy {
  /** Calls after the first one, 0 or more. */
  maxRetries: number;
  /** ms before the first retry at most; doubles with each. */
  baseMs: number;
  /** ms at most between two calls, unless the service itself asked for more. */
  capMs: number;
}

export const DEFAULT_BACKOFF = { baseMs: 500, capMs: 20_000 } as const;

/**
 * How long to wait before the next call of a unit, ms; null when there shall be none.
 *
 * Full jitter, so that calls that failed together do not come back together. A wait the service asked for is a floor,
 * with a little jitter on top for the same reason.
 *
 * @param attempts calls made so far, at least 1
 * @param random 0..1
 */
export function retryDelayMs(
  failure: FailureData,
  attempts: number,
  policy: RetryPolicy,
  random: number,
): number | null {
  if (isLastWord(failure, attempts, policy)) return null;
  const window = Math.min(policy.capMs, policy.baseMs * 2 ** (attempts - 1));
  if (failure.retryAfterMs === null) return window * random;
  return failure.retryAfterMs + Math.min(window, 1_000) * random;
}

/** Whether no other call shall follow one that failed so. @param attempts calls made so far, at least 1 */
export function isLastWord(failure: FailureData, attempts: number, { maxRetries }: RetryPolicy): boolean {
  return !failure.retryable || failure.stopsRun || attempts > maxRetries;
}
