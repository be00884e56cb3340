import type { AnalysisName, ProcessingMode, RunState } from '../contract/run.ts';
import type { Audience, ImageCounts, StoredRun } from './run-store.ts';

/** A line of the list of runs. */
export interface RunSummary {
  runId: string;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  createdAt: string;
  endedAt: string | null;
  /** Who sent its images. */
  audience: Audience;
  /** Without those that are in the pile twice. */
  images: number;
  readImages: number;
  failedImages: number;
  /** ms spent reading; a pause does not count. */
  activeMs: number;
  /** Against one image after another; null until the run has ended. */
  speedup: number | null;
  /** Null until the run has ended, and where the model has no price. */
  costUsd: number | null;
}

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
