import { holdsAgainstPrint } from '../analyses/options.ts';
import { findAnalysis } from '../analyses/registry.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunResult, RunSummary } from '../contract/run.ts';
import { batchSizeFor } from '../engine/progress.ts';
import { isTokenOf } from './access-token.ts';
import { EventHub } from './event-hub.ts';
import { LiveRun } from './live-run.ts';
import type { LiveRunParts } from './live-run-parts.ts';
import { markDuplicates, RunLedger } from './run-ledger.ts';
import { newRun, type StartRequest } from './new-run.ts';
import type { RunListings } from './run-listings.ts';
import { metricsOf, runResult, withoutRecords } from './run-result.ts';
import { runSummary } from './run-summary.ts';
import { Turns } from './turns.ts';
import type { StoredEvent, StoredImage, StoredRun } from './run-store.ts';

export interface RunsServiceParts extends Omit<LiveRunParts, 'run' | 'images' | 'hub' | 'cancelled'> {
  /** Told of a run that could not be carried on, for the log. */
  onBrokenRun: (runId: string, error: unknown) => void;
  /** False where the answers of a run shall not be there for later ones. */
  keepsAnswers?: boolean;
  /** Whether answers are held against the print where the sender says nothing of it. */
  groundsByDefault?: boolean;
  listings?: RunListings;
}

/** A run's life: start, watch, pause, resume, cancel, try again, and carry on after a restart. */
export class RunsService {
  readonly #parts: RunsServiceParts;
  readonly #hub: EventHub;
  readonly #live = new Map<string, LiveRun>();
  /** Two operations on one run at once would each find it as it was before the other. */
  readonly #turns = new Turns();
  #closing = false;

  constructor(parts: RunsServiceParts) {
    this.#parts = parts;
    this.#hub = new EventHub(parts.store);
  }

  /**
   * Stores the run and starts it. What it returns is known to the sender alone: only a hash of the token is kept.
   *
   * @throws CodedError `model.notConfigured`, `upload.empty`, `server.stopping`
   */
  async start(request: StartRequest): Promise<{ runId: string; runToken: string }> {
    if (this.#closing) throw stopping();
    if (request.images.length === 0 && !request.video) throw new CodedError('upload.empty', 'No image was sent.');
    const model = this.#parts.runner.modelFor(request.analysis, { batch: request.batch });
    const useKept = request.useKept && (this.#parts.keepsAnswers ?? true);
    const { groundsByDefault = false } = this.#parts;
    const ground = holdsAgainstPrint(findAnalysis(request.analysis), request.ground, groundsByDefault);
    const { run, runToken } = newRun({ ...request, useKept, ground }, model);
    const images = markDuplicates(request.images);
    await this.#parts.store.create(run, images);
    this.#carryOn(run, images);
    return { runId: run.id, runToken };
  }

  /** Runs that were under way when the process ended: to be asked before anybody can start another one. */
  unfinished(): Promise<readonly StoredRun[]> {
    return this.#parts.store.unfinished();
  }

  /** Carries on such runs. @returns how many */
  async carryOn(runs: readonly StoredRun[]): Promise<number> {
    for (const run of runs) this.#carryOn(run, await this.#parts.store.images(run.id));
    return runs.length;
  }

  /**
   * Resolves with the result when the run has ended.
   *
   * @throws CodedError `server.stopping` where the server ends before the run does
   */
  async whenEnded(runId: string): Promise<RunResult> {
    await this.#live.get(runId)?.ended.catch(() => {});
    if (this.#closing) throw stopping();
    // A run that broke is stored as failed, with its reasons, a moment later.
    await this.#turns.over(runId);
    return this.result(runId);
  }

  /** @throws CodedError `run.notFound` */
  async result(runId: string): Promise<RunResult> {
    const live = this.#live.get(runId);
    if (live) return live.result();
    const run = await this.#stored(runId);
    const images = await this.#parts.store.images(runId);
    const ledger = new RunLedger(images, batchSizeFor(images.length, run.settings.batchSize));
    const alreadyListed = (await this.#parts.listings?.alreadyListed(run)) ?? undefined;
    return runResult(run, {
      ...(alreadyListed && { alreadyListed }),
      state: run.state,
      records: run.records ?? (await this.#parts.runner.merge(run.analysis, ledger.observations(), run.context)),
      failures: ledger.failures(),
      progress: ledger.progress(0),
      metrics: run.metrics ?? metricsOf({ wallMs: run.activeMs, ledger, runner: this.#parts.runner }),
      notices: run.notices,
    });
  }

  async list(options: { limit: number; before?: string }): Promise<RunSummary[]> {
    const runs = await this.#parts.store.list(options);
    const counts = await this.#parts.store.imageCounts(runs.map(({ id }) => id));
    return runs.map((run) => runSummary(run, this.#live.get(run.id)?.state ?? run.state, counts.get(run.id)));
  }

  /** Whether this token was given to the sender of this run. */
  async isToken(runId: string, token: string): Promise<boolean> {
    const run = await this.#parts.store.get(runId);
    return run !== null && isTokenOf(run, token);
  }

  pause(runId: string): Promise<RunResult> {
    return this.#turns.take(runId, async () => {
      const live = this.#live.get(runId);
      if (live?.state !== 'running') throw await this.#wrongState(runId, 'paused', 'running');
      await live.pause();
      return live.result();
    });
  }

  resume(runId: string): Promise<RunResult> {
    return this.#turns.take(runId, async () => {
      // One that pauses by itself at this moment (a daily quota) could not be woken any more.
      if (this.#live.get(runId)?.isLeaving) await this.#live.get(runId)?.ended.catch(() => {});
      const live = this.#live.get(runId);
      if (live?.state === 'paused') {
        await live.resume();
        return live.result();
      }
      const run = await this.#stored(runId);
      if (live || run.state !== 'paused') throw await this.#wrongState(runId, 'resumed', 'paused');
      // Paused before the last restart: there is no live run to wake, so it starts from what is stored.
      return this.#startedAgain(run);
    });
  }

  cancel(runId: string): Promise<RunResult> {
    // Before its turn and before the database is asked, which may be busy: every moment of a call is paid for.
    this.#live.get(runId)?.stop();
    return this.#turns.take(runId, async () => {
      const run = await this.#stored(runId);
      if (run.endedAt !== null) throw await this.#wrongState(runId, 'cancelled', 'under way');
      await this.#live.get(runId)?.cancel();
      // Paused, perhaps by itself at this very moment: nothing works on it that could end it.
      const left = await this.#stored(runId);
      if (left.endedAt === null) await this.#carryOn(left, await this.#parts.store.images(runId), true).cancel();
      return this.result(runId);
    });
  }

  /**
   * Reads the images again whose failure can be retried, in the same run. Not in a cancelled one: that would read what
   * was never to be read.
   */
  retryFailed(runId: string): Promise<RunResult> {
    return this.#turns.take(runId, async () => {
      const run = await this.#stored(runId);
      if (run.state !== 'completed' && run.state !== 'failed') {
        throw await this.#wrongState(runId, 'tried again', 'completed or failed');
      }
      if ((await this.#parts.store.resetFailed(runId)) === 0) {
        throw new CodedError('run.wrongState', 'This run has no failed image that a second try could help.');
      }
      const reset = { state: 'queued' as const, endedAt: null, metrics: null, records: null, notices: [] };
      await this.#parts.store.update(runId, reset);
      return this.#startedAgain({ ...run, ...reset });
    });
  }

  /**
   * Calls back with the run's events above `after`, until the returned function is called.
   *
   * @param onEnd called, perhaps twice, when there is nothing more to tell
   * @throws CodedError `run.notFound`
   */
  async watch(
    runId: string,
    after: number,
    onEvent: (event: StoredEvent) => void,
    onEnd: () => void,
  ): Promise<() => void> {
    await this.#stored(runId);
    const seen = Math.min(after, await this.#parts.store.lastEventSeq(runId));
    let replaying = true;
    const unsubscribe = await this.#hub.subscribe(runId, seen, (event) => {
      onEvent(event);
      // A run that was tried again has the `done` of its first end among the events that are told again.
      if (event.type === 'done' && !replaying) onEnd();
    });
    replaying = false;
    // Also where the run ended in the moment between the two.
    if ((await this.#stored(runId)).endedAt !== null) onEnd();
    return unsubscribe;
  }

  /** Whether everything there is to tell of a run has been told up to `seq`. */
  async isToldUpTo(runId: string, seq: number): Promise<boolean> {
    if (this.#live.has(runId)) return false;
    const run = await this.#stored(runId);
    return run.endedAt !== null && (await this.#parts.store.lastEventSeq(runId)) <= seq;
  }

  /** Ends the work on all runs without ending the runs: they go on at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled([...this.#live.values()].map((live) => live.suspend()));
    await this.#turns.allOver();
    await this.#parts.runner.close();
  }

  #carryOn(run: StoredRun, images: readonly StoredImage[], cancelled = false): LiveRun {
    const { onBrokenRun, listings, ...parts } = this.#parts;
    const live = new LiveRun({ ...parts, run, images, hub: this.#hub, cancelled });
    this.#live.set(run.id, live);
    const gone = () => {
      if (this.#live.get(run.id) === live) this.#live.delete(run.id);
    };
    const ended = () => {
      gone();
      // In turn, so that who waits for the run learns what is listed already.
      if (listings && !this.#closing) void this.#turns.take(run.id, () => listings.runEnded(run.id));
    };
    live.ended.then(ended, (error: unknown) => {
      gone();
      onBrokenRun(run.id, error);
      return this.#turns
        .take(run.id, () => this.#endBroken(run.id, error))
        .catch((also: unknown) => onBrokenRun(run.id, also));
    });
    return live;
  }

  async #startedAgain(run: StoredRun): Promise<RunResult> {
    const live = this.#carryOn(run, await this.#parts.store.images(run.id));
    await live.started;
    return live.result();
  }

  /** A run that could not be carried on is failed, says why, and those who follow it are told. */
  async #endBroken(runId: string, error: unknown): Promise<void> {
    const { store } = this.#parts;
    const run = await this.#stored(runId);
    const why = error instanceof CodedError ? error.message : 'its results could not be stored.';
    const notices = [...run.notices, `The run could not be carried on: ${why}`];
    const patch = { state: 'failed' as const, endedAt: new Date().toISOString(), notices };
    const told = withoutRecords(await this.result(runId));
    const done: StoredEvent = {
      seq: (await store.lastEventSeq(runId)) + 1,
      type: 'done',
      data: { ...told, state: patch.state, notices },
    };
    await store.checkpoint(runId, [], [done], run.activeMs, patch);
    this.#hub.publish(runId, [done]);
  }

  /** @throws CodedError `run.notFound` */
  async mustExist(runId: string): Promise<void> {
    await this.#stored(runId);
  }

  async #stored(runId: string): Promise<StoredRun> {
    const run = await this.#parts.store.get(runId);
    if (run) return run;
    throw new CodedError('run.notFound', `There is no run ${/^run_\w{1,40}$/.test(runId) ? runId : 'of that name'}.`);
  }

  async #wrongState(runId: string, wanted: string, needed: string): Promise<CodedError> {
    const { state } = this.#live.get(runId) ?? (await this.#stored(runId));
    return new CodedError('run.wrongState', `A run can be ${wanted} only while it is ${needed}; this one is ${state}.`);
  }
}

function stopping(): CodedError {
  return new CodedError('server.stopping', 'The server is stopping. Its runs go on when it is started again.');
}
