import type { AccountLearnt } from '../engine/account.ts';
import type { Gate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import type { Dispatch } from '../engine/dispatcher.ts';
import { remainingMs } from '../engine/forecast.ts';
import type { EngineState } from '../engine/observer.ts';
import type { ImageToRead, RunInsight, RunnerRequest } from '../runs/analysis-runner.ts';
import type { Grounding } from './grounding.ts';
import type { ReadUnit } from './remote-reader.ts';
import type { PreparedImage } from './worker-protocol.ts';

/** What a call is thought to take before any was seen, ms. */
const UNSEEN_CALL_MS = 3_000;

export interface InsightParts {
  dispatch: Dispatch<ImageToRead, PreparedImage, ReadUnit>;
  gate: Gate;
  request: RunnerRequest;
  /** What earlier runs have seen. */
  before: AccountLearnt['latency'];
  grounding: Grounding | null;
  state: () => EngineState;
}

/** The estimate of a run's time left, from what binds it at the moment. */
export function insightInto({ dispatch, gate, request: { mode }, before, grounding, state }: InsightParts): RunInsight {
  const assumed = before ?? { meanMs: UNSEEN_CALL_MS, p95Ms: 2 * UNSEEN_CALL_MS };
  return {
    state,
    remainingMs() {
      const now = systemClock.now();
      const { queued, underWayMs, inputTokens, latencies } = dispatch.standing;
      const latency = latencies.summary(now) ?? { meanMs: assumed.meanMs, quantileMs: () => assumed.p95Ms };
      const slots = mode === 'sequential' ? 1 : gate.slots.limit;
      const work = grounding?.standing ?? null;
      const finishing = work && { ...work, units: work.units + queued };
      return remainingMs({ queued, underWayMs, inputTokens, slots, latency, budget: gate.budget, now, finishing });
    },
  };
}
