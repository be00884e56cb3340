import type { AccountLearnt } from '../engine/account.ts';
import type { Gate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import type { Dispatch } from '../engine/dispatcher.ts';
import { expectedLatency, UNSEEN_LATENCY } from '../engine/expected-latency.ts';
import { remainingMs } from '../engine/forecast.ts';
import type { EngineState } from '../engine/observer.ts';
import type { ImageToRead, RunInsight, RunnerRequest } from '../runs/analysis-runner.ts';
import type { Grounding } from './grounding.ts';
import type { ReadUnit } from './remote-reader.ts';
import type { PreparedImage } from './worker-protocol.ts';

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
  return {
    state,
    timeLeft() {
      const now = systemClock.now();
      const { queued, underWayMs, inputTokens, latencies } = dispatch.standing;
      const latency = expectedLatency(latencies, now, before ?? UNSEEN_LATENCY);
      const slots = mode === 'sequential' ? 1 : gate.slots.limit;
      const work = grounding?.standing ?? null;
      const finishing = work && { ...work, units: work.units + queued };
      const { budget } = gate;
      return {
        ms: remainingMs({ queued, underWayMs, inputTokens, slots, latency, budget, now, finishing }),
        isAtLeast: queued > 0 && budget !== null && !budget.foresees(now, queued),
      };
    },
  };
}
