import { randomBytes } from 'node:crypto';
import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName, BatchProgress, ProcessingMode, RunResult } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { runMetrics } from '../engine/metrics.ts';
import { PauseGate } from '../engine/pause-gate.ts';
import { batchSizeFor } from '../engine/progress.ts';
import { PeakMemory } from '../observability/peak-memory.ts';
import type { AnalysisRunner, ImageOutcome } from '../runs/analysis-runner.ts';
import { markDuplicates, Pile } from '../runs/pile.ts';
import { checkpointOf } from '../runs/checkpoint.ts';
import type { FoundImages } from './find-images.ts';

export interface AnalyseRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: Omit<RunContext, 'startedAt'>;
  found: FoundImages;
  runner: AnalysisRunner;
  signal: AbortSignal;
  onProgress: (progress: BatchProgress) => void;
}

/** One run without a server or a database: everything is in memory, and the images stay where they are. */
export async function analyse(request: AnalyseRequest): Promise<{ result: RunResult; readings: number }> {
  const { analysis, settings, found, runner, signal } = request;
  const startedAt = performance.now();
  const context: RunContext = { ...request.context, startedAt: new Date().toISOString() };
  const model = runner.modelFor(analysis);
  const images = markDuplicates(found.images);
  const pile = new Pile(images, batchSizeFor(images.length, settings.batchSize));
  const memory = new PeakMemory();
  const elapsedMs = () => performance.now() - startedAt;
  const note = (outcome: ImageOutcome) => {
    pile.end(checkpointOf(outcome, images[outcome.position]));
    request.onProgress(pile.progress(elapsedMs()));
  };
  request.onProgress(pile.progress(0));
  const end = await runner.run({
    analysis,
    mode: request.mode,
    context,
    settings,
    images: pile.pending().map(({ position, imageId, name }) => ({
      position,
      imageId: imageId ?? '',
      name,
      path: found.paths[position] ?? '',
    })),
    gate: new PauseGate(),
    signal,
    onOutcome: note,
  });
  if (end.stoppedBy) {
    const unread = { observations: [], failure: end.stoppedBy, ms: 0, attempts: 0, tokens: { input: 0, output: 0 } };
    for (const { position } of pile.pending()) note({ position, ...unread });
  }
  const observations = pile.observations();
  const records = await runner.merge(analysis, observations, context);
  const wallMs = elapsedMs();
  const metrics = runMetrics({
    wallMs,
    imageMs: pile.imageMs(),
    ...pile.tally(),
    counts: pile.countsWith(end.counts),
    workers: end.workers,
    costUsd: null,
    peakMemoryMb: memory.stop(),
  });
  const result: RunResult = {
    runId: `run_${randomBytes(9).toString('hex')}`,
    analysis,
    mode: end.mode,
    model,
    state: end.stoppedBy ? 'failed' : end.cancelled ? 'cancelled' : 'completed',
    shows: records as RunResult['shows'],
    failures: pile.failures(),
    progress: pile.progress(wallMs),
    metrics,
    notices: [...end.notices, ...(end.stoppedBy ? [end.stoppedBy.detail] : [])],
  };
  return { result, readings: observations.length };
}
