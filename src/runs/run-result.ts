import type { BatchProgress, Failure, RunMetrics, RunResult, RunState } from '../contract/run.ts';
import type { Show } from '../contract/show.ts';
import type { StoredRun } from './run-store.ts';

export interface ResultParts {
  state: RunState;
  records: unknown[];
  failures: Failure[];
  progress: BatchProgress;
  metrics: RunMetrics;
  notices: string[];
}

/** The contract's answer for a run: `shows` for that analysis, `records` for every other. */
export function runResult(run: StoredRun, parts: ResultParts): RunResult {
  const { records, ...rest } = parts;
  const head = { runId: run.id, analysis: run.analysis, mode: run.mode, model: run.model };
  // The merge of each analysis decides the type of its records; `shows` are Shows by its own merge.
  return { ...head, ...rest, shows: records as Show[] };
}
