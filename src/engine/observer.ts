import type { ErrorCode } from '../contract/coded-error.ts';
import type { Tokens } from './unit.ts';

/** Where the time of a unit goes, in the order it passes through. */
export const STAGES = ['open', 'scale', 'encode', 'quotaWait', 'call', 'check', 'ground', 'checkpoint'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * How a call ended: `succeeded`; `refused` by a quota; `failed` any other way; `aborted` by a cancel or because the
 * other one of a hedged pair was first.
 */
export const CALL_OUTCOMES = ['succeeded', 'refused', 'failed', 'aborted'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Which limit of the account a refusal was about; `unknown` where the service did not say. */
export const QUOTAS = ['requestsPerMinute', 'inputTokensPerMinute', 'day', 'unknown'] as const;
export type QuotaName = (typeof QUOTAS)[number];

export interface CallEnded {
  outcome: CallOutcome;
  /** Of a refusal. */
  quota: QuotaName | null;
  /** Of a failure. */
  code: ErrorCode | null;
  tokens: Tokens;
  /** Null where the model's price is not known. */
  costUsd: number | null;
  /** This call was the second one for its unit, sent because the first was slow. */
  isHedge: boolean;
}

/** Told of everything that happens to calls, for metrics; each method must be quick and never throws. */
export interface EngineObserver {
  stage(stage: Stage, ms: number): void;
  callEnded(call: CallEnded): void;
  cacheLookup(hit: boolean): void;
  threadRestarted(): void;
}

/** How the engine stands at this moment, for gauges. */
export interface EngineState {
  slots: { limit: number; taken: number };
  /** What the account would still allow in this minute; null where the limit is not known. */
  budget: { requestsLeft: number | null; inputTokensLeft: number | null };
  /** Units of all runs that have not ended and have no call under way. */
  queued: number;
  threads: { count: number; busyShare: number };
}

export const NO_OBSERVER: EngineObserver = {
  stage() {},
  callEnded() {},
  cacheLookup() {},
  threadRestarted() {},
};
