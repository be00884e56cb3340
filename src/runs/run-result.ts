import type { AlreadyListed } from '../contract/catalogue.ts';
import { refreshed } from '../analyses/shows/outlook.ts';
import type { AnalysisName, BatchProgress, Failure, RunMetrics, RunResult, RunState } from '../contract/run.ts';
import type { Show } from '../contract/show.ts';
import { runMetrics, type MetricsInput } from '../engine/metrics.ts';
import type { AnalysisRunner, RunnerEnd } from './analysis-runner.ts';
import type { RunLedger } from './run-ledger.ts';
import type { StoredRun } from './run-store.ts';
import { videoState } from './video-reception.ts';

/** Of a run that no thread has worked on yet. */
const NO_WORKERS: RunMetrics['workers'] = { configured: 0, peak: 0, restarts: 0, utilisation: 0 };

export interface ResultParts {
  state: RunState;
  records: unknown[];
  failures: Failure[];
  progress: BatchProgress;
  metrics: RunMetrics;
  notices: string[];
  alreadyListed?: AlreadyListed[];
}

/** Where the records of a run stand in its result: `shows` for that analysis, `records` for every other. */
export function placedRecords(analysis: AnalysisName, records: unknown[]): Pick<RunResult, 'shows' | 'records'> {
  // The merge of each analysis decides the type of its records; `shows` are Shows by its own merge.
  return analysis === 'shows' ? { shows: records as Show[] } : { shows: [], records };
}

/** What the event `done` tells. */
export function withoutRecords(result: RunResult): Omit<RunResult, 'shows' | 'records'> {
  const { shows: _shows, records: _records, ...rest } = result;
  return rest;
}

/** The contract's answer for a run. The next nights of shows are those from now on, not from when the run was. */
export function runResult(run: StoredRun, parts: ResultParts): RunResult {
  const { records, ...rest } = parts;
  const video = run.video && { video: videoState(run.video) };
  const head = { runId: run.id, analysis: run.analysis, mode: run.mode, model: run.model, ...video };
  const placed = placedRecords(run.analysis, records);
  const now = new Date().toISOString();
  return { ...head, ...rest, ...placed, shows: placed.shows.map((show) => refreshed(show, now)) };
}

/** What a run came to: of one that goes on or has ended, its counts and its workers; without them, what is stored of it. */
export function metricsOf(
  run: { wallMs: number; ledger: RunLedger; runner: Pick<AnalysisRunner, 'costUsd'> },
  seen: Partial<Pick<MetricsInput, 'counts' | 'workers' | 'peakMemoryMb' | 'steps'>> = {},
): RunMetrics {
  const { wallMs, ledger, runner } = run;
  const { counts = ledger.countsSoFar(), workers = NO_WORKERS, peakMemoryMb = 0, steps } = seen;
  return runMetrics({
    wallMs,
    imageMs: ledger.imageMs(),
    ...ledger.tally(),
    counts,
    workers,
    costUsd: runner.costUsd(counts.tokens),
    peakMemoryMb,
    ...(steps && { steps }),
  });
}

/** What a run is when it has ended so. */
export function stateAfter(end: RunnerEnd): RunState {
  if (end.stoppedBy) return 'failed';
  return end.cancelled ? 'cancelled' : 'completed';
}
