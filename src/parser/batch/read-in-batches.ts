import type { EngineState } from '../../engine/observer.ts';
import type { RunnerEnd } from '../../runs/analysis-runner.ts';
import { noBatches } from '../not-configured.ts';
import { moneyNotices } from '../run-dispatch.ts';
import type { ThreadActivity } from '../thread-activity.ts';
import type { BatchDesk } from './batch-desk.ts';
import { BatchRun, type BatchRunParts } from './batch-run.ts';

export interface BatchReading extends Omit<BatchRunParts, 'desk' | 'answers'> {
  desk: BatchDesk | null;
  answers: BatchRunParts['answers'] | null;
  activity: ThreadActivity;
  configuredThreads: number;
  state: () => EngineState;
}

/** One run in batches, from its images to its end. @throws CodedError `request.invalid` where there is nowhere to send one */
export async function readInBatches(reading: BatchReading): Promise<RunnerEnd> {
  const { desk, answers, activity, configuredThreads, state, ...parts } = reading;
  const { request, pool } = parts;
  if (!desk || !answers) throw noBatches();
  const restartsBefore = pool.restarts;
  const startedAt = performance.now();
  const run = new BatchRun({ ...parts, desk, answers });
  request.onStart?.({ state, timeLeft: () => ({ ms: run.remainingMs(), isAtLeast: false }) });
  const end = await run.run().finally(() => parts.grounding?.close());
  const used = activity.summary(startedAt, performance.now(), pool.threads);
  return {
    ...end,
    mode: request.mode,
    notices: [...moneyNotices(request, parts.price), ...end.notices],
    workers: { configured: configuredThreads, restarts: pool.restarts - restartsBefore, ...used },
  };
}
