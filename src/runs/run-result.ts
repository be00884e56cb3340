import type { AlreadyListed } from '../contract/catalogue.ts';
import { refreshed } from '../analyses/shows/outlook.ts';
import type { BatchProgress, Failure, RunMetrics, RunResult, RunState } from '../contract/run.ts';
import type { Show } from '../contract/show.ts';
import { runMetrics } from '../engine/metrics.ts';
import type { AnalysisRunner } from './analysis-runner.ts';
import type { RunLedger } from './run-ledger.ts';
import type { StoredRun } from './run-store.ts';

export interface ResultParts {
  state: RunState;
  records: unknown[];
  failures: Failure[];
  progress: BatchProgress;
  metrics: RunMetrics;
  notices: string[];
  alreadyListed?: AlreadyListed[];
}

/**
 * The contract's answer for a run: `shows` for that analysis, `records` for every other. The next nights of shows are
 * those from now on, not from when the run was.
 */
export function runResult(run: StoredRun, parts: ResultParts): RunResult {
  const { records, ...rest } = parts;
  const head = { runId: run.id, analysis: run.analysis, mode: run.mode, model: run.model };
  // The merge of each analysis decides the type of its records; `shows` are Shows by its own merge.
  const shows = records as Show[];
  const now = new Date().toISOString();
  return { ...head, ...rest, shows: run.analysis === 'shows' ? shows.map((show) => refreshed(show, now)) : shows };
}

/** The figures of a run that nothing works on at the moment. */
export function metricsSoFar(run: StoredRun, ledger: RunLedger, runner: AnalysisRunner): RunResult['metrics'] {
  const counts = ledger.countsSoFar();
  return runMetrics({
    wallMs: run.activeMs,
    imageMs: ledger.imageMs(),
    ...ledger.tally(),
    counts,
    workers: { configured: 0, peak: 0, restarts: 0, utilisation: 0 },
    costUsd: runner.costUsd(counts.tokens),
    peakMemoryMb: 0,
  });
}
