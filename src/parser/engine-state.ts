import type { Account } from '../engine/account.ts';
import type { CallGate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import type { EngineState } from '../engine/observer.ts';
import type { ThreadLoads } from './thread-loads.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface StateParts {
  /** Null before the first run. */
  gate: CallGate | null;
  /** Null for reading on this machine, and before the first run. */
  account: Account | null;
  readsHere: boolean;
  queued: number;
  pool: WorkerPool | null;
  /** Of who asks: the share of busy time is since its last question. */
  loads?: ThreadLoads;
}

const UNLIMITED = { requests: { used: 0, allowed: null }, inputTokens: { used: 0, allowed: null } };

/** How the engine stands at this moment. */
export function engineState({ gate, account, readsHere, queued, pool, loads }: StateParts): EngineState {
  const now = systemClock.now();
  const left = account?.budget.left(now);
  return {
    slots: { limit: gate?.slots.limit ?? 0, taken: gate?.slots.taken ?? 0 },
    budget: { requestsLeft: left?.requests ?? null, inputTokensLeft: left?.inputTokens ?? null },
    quota: account?.budget.use(now) ?? UNLIMITED,
    heldMs: gate?.heldMs ?? { slots: 0, requests: 0, inputTokens: 0, overload: 0 },
    readsHere,
    queued,
    // The platform's own measure of an idle thread may come out a little below 0.
    threads: { count: pool?.threads ?? 0, busyShare: Math.min(1, Math.max(0, pool?.busyShare(loads) ?? 0)) },
  };
}
