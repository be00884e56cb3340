import type { Logger } from 'pino';
import type { ErrorCode } from '../contract/coded-error.ts';
import type { RunResult } from '../contract/run.ts';

/** How the reading of one image ended. */
export interface UnitEnd {
  /** Null where it was read. */
  failure: { code: ErrorCode } | null;
  ms: number;
  attempts: number;
}

/**
 * What a run has to say to those who keep the server: ids, codes and numbers. No name of a file, no text of an image, no
 * detail of a failure, no path: of what it is handed it takes only that.
 */
export interface RunLog {
  /** @param images of the run, and how many of them are still to be read */
  started(
    run: Pick<RunResult, 'analysis' | 'mode' | 'model'> & { id: string },
    images: { total: number; pending: number },
  ): void;
  paused(runId: string): void;
  resumed(runId: string): void;
  ended(run: Pick<RunResult, 'runId' | 'state' | 'progress' | 'metrics'>): void;
  /** @param unitId the id of the image: from its content, never its name, which is the sender's */
  unitEnded(runId: string, unitId: string, end: UnitEnd): void;
  /** A run that could not be carried on, with what was thrown. */
  broken(runId: string, error: unknown): void;
}

export function createRunLog(log: Logger): RunLog {
  return {
    started({ id, analysis, mode, model }, { total, pending }) {
      log.info({ runId: id, analysis, mode, model, images: total, pending }, 'run started');
    },
    paused: (runId) => log.info({ runId }, 'run paused'),
    resumed: (runId) => log.info({ runId }, 'run resumed'),
    ended({ runId, state, progress, metrics }) {
      const { totalImages: images, failedImages: failed } = progress;
      const { wallMs: ms, costUsd } = metrics;
      log[state === 'failed' ? 'error' : 'info']({ runId, state, images, failed, ms, costUsd }, 'run ended');
    },
    unitEnded(runId, unitId, { failure, ms, attempts }) {
      const fields = { runId, unitId, ms: Math.round(ms), attempts };
      if (failure) log.warn({ ...fields, code: failure.code }, 'unit failed');
      else log.debug(fields, 'unit read');
    },
    broken: (runId, error) => log.error({ runId, err: error }, 'run could not be carried on'),
  };
}
