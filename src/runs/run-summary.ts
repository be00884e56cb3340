import type { RunState, RunSummary } from '../contract/run.ts';
import type { ImageCounts, StoredRun } from './run-store.ts';

/** @param state as it is at the moment, which the store may not know yet */
export function runSummary(run: StoredRun, state: RunState, counts: ImageCounts | undefined): RunSummary {
  const { id, analysis, mode, model, createdAt, endedAt, audience, activeMs, metrics } = run;
  return {
    runId: id,
    analysis,
    mode,
    model,
    state,
    createdAt,
    endedAt,
    audience,
    images: counts?.images ?? 0,
    readImages: counts?.done ?? 0,
    failedImages: counts?.failed ?? 0,
    activeMs,
    speedup: metrics?.speedup ?? null,
    costUsd: metrics?.costUsd ?? null,
  };
}
