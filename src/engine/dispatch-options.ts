import type { FailureData } from '../contract/coded-error.ts';
import type { Gate } from './call-gate.ts';
import type { Clock } from './clock.ts';
import type { EngineObserver } from './observer.ts';
import type { PauseGate } from './pause-gate.ts';
import type { Purse } from './purse.ts';
import type { RetryPolicy } from './retry.ts';
import { addTokens, type Caller, type Finisher, type Outcome, type Preparer, type Tokens, type Unit } from './unit.ts';

/** What the dispatcher did, for the run's metrics. */
export interface DispatchCounts {
  made: number;
  succeeded: number;
  retried: number;
  /** Second calls for slow ones. */
  hedged: number;
  /** Calls that the service refused for its quota. */
  refused: number;
  /** Units whose answer was at hand. */
  cached: number;
  tokens: Tokens;
}

export interface DispatchOptions<Payload, Prepared, Value> {
  units: readonly Unit<Payload>[];
  /** Units that come while the run goes on (frames of a video): it ends when no more come. Missing for none; never rejects. */
  arriving?: AsyncIterable<readonly Unit<Payload>[]>;
  prepare: Preparer<Payload, Prepared, Value>;
  call: Caller<Payload, Prepared, Value>;
  /** What is still done with an answer after its call, or with one that was known; missing for nothing. */
  finish?: Finisher<Payload, Value>;
  /** Shared by all runs of the account. */
  gate: Gate;
  pause: PauseGate;
  purse: Purse;
  /** Calls of this run under way at most; 1 for a sequential one. */
  limit: number;
  /** What is prepared before its call can begin: units, bytes, and preparations at once. */
  ahead: { units: number; bytes: number; atOnce: number };
  retry: RetryPolicy;
  hedging: 'off' | 'auto';
  clock: Clock;
  /** 0..1; handed in so that a test can decide it. */
  random: () => number;
  observer: EngineObserver;
  /** Called once for each unit that ends, in the order of ending. */
  onOutcome: (outcome: Outcome<Payload, Value>) => void;
  /**
   * Cancels the run: calls under way are aborted, and no unit ends any more but those whose answer is there already,
   * which end with it as it is.
   */
  signal: AbortSignal;
}

export function noCounts(): DispatchCounts {
  const tokens = { input: 0, output: 0 };
  return { made: 0, succeeded: 0, retried: 0, hedged: 0, refused: 0, cached: 0, tokens };
}

export function addCounts(total: DispatchCounts, more: DispatchCounts): void {
  for (const name of ['made', 'succeeded', 'retried', 'hedged', 'refused', 'cached'] as const)
    total[name] += more[name];
  addTokens(total.tokens, more.tokens);
}

/** `stoppedBy` says why no further unit was tried (a refused key), `pausedBy` the same where it may go on later. */
export interface DispatchEnd {
  counts: DispatchCounts;
  stoppedBy: FailureData | null;
  pausedBy: FailureData | null;
  cancelled: boolean;
}
