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
  /** Of the unit that was asked about. */
  unitId: string;
  /** ms of the engine's clock. */
  startedAt: number;
  endedAt: number;
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
  /** The unit had been tried before. */
  isRetry: boolean;
  /** Nothing was sent: somebody else had asked the very same meanwhile. */
  wasKnown: boolean;
  /** Number of the thread that made it, as the platform counts threads; null where that is not known. */
  thread: number | null;
}

/** Told of everything that happens to calls, for metrics; each method must be quick and never throws. */
export interface EngineObserver {
  stage(stage: Stage, ms: number): void;
  /** What it is given is made for this one call and may be kept. */
  callEnded(call: CallEnded): void;
  /** @param wasKnown its answer was at hand: no call was made for it */
  unitEnded(unitId: string, isOk: boolean, wasKnown: boolean): void;
  cacheLookup(hit: boolean): void;
  threadRestarted(): void;
}

/**
 * What keeps calls from beginning while there are units that wait for one: all slots taken, the account's limit on requests
 * or on input tokens, or a service that is overloaded and left alone for a while.
 */
export const HOLDS = ['slots', 'requests', 'inputTokens', 'overload'] as const;
export type HeldBy = (typeof HOLDS)[number];
/** ms for which each of them has kept calls from beginning. */
export type HeldMs = Record<HeldBy, number>;

/** What was spent of one limit of the account in the last minute, and what it allows; null where that is not known. */
export interface QuotaUse {
  used: number;
  allowed: number | null;
}

/** How the engine stands at this moment, for gauges. */
export interface EngineState {
  slots: { limit: number; taken: number };
  /** What the account would still allow in this minute; null where the limit is not known. */
  budget: { requestsLeft: number | null; inputTokensLeft: number | null };
  quota: { requests: QuotaUse; inputTokens: QuotaUse };
  /** Since the start of the process. */
  heldMs: HeldMs;
  /** The reading is done on this machine: no account limits it, and each thread has one slot. */
  readsHere: boolean;
  /** Units of all runs that have not ended and have no call under way. */
  queued: number;
  threads: { count: number; busyShare: number };
}

export const NO_OBSERVER: EngineObserver = {
  stage() {},
  callEnded() {},
  unitEnded() {},
  cacheLookup() {},
  threadRestarted() {},
};

/** Tells both of everything. */
export function bothObservers(one: EngineObserver, other: EngineObserver): EngineObserver {
  return {
    stage(stage, ms) {
      one.stage(stage, ms);
      other.stage(stage, ms);
    },
    callEnded(call) {
      one.callEnded(call);
      other.callEnded(call);
    },
    unitEnded(unitId, isOk, wasKnown) {
      one.unitEnded(unitId, isOk, wasKnown);
      other.unitEnded(unitId, isOk, wasKnown);
    },
    cacheLookup(hit) {
      one.cacheLookup(hit);
      other.cacheLookup(hit);
    },
    threadRestarted() {
      one.threadRestarted();
      other.threadRestarted();
    },
  };
}
