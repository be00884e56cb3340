import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName, ProcessingMode, RunResult, RunState } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { batchSizeFor } from '../engine/progress.ts';
import { runMetrics } from '../engine/metrics.ts';
import type { AnalysisRunner } from './analysis-runner.ts';
import { EventHub } from './event-hub.ts';
import { LiveRun } from './live-run.ts';
import { markDuplicates, Pile } from './pile.ts';
import { runResult } from './run-result.ts';
import type { Audience, RunStore, StoredEvent, StoredImage, StoredRun } from './run-store.ts';

/** What a run is started with. */
export interface StartRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  audience: Audience;
  context: Omit<RunContext, 'startedAt'>;
  settings: Settings;
  /** In the order of the upload; those refused while they streamed in are `failed` already. */
  images: readonly StoredImage[];
}

/** A line of the list of runs. */
export interface RunSummary {
  runId: string;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  createdAt: string;
  endedAt: string | null;
}

export interface RunsServiceParts {
  store: RunStore;
  runner: AnalysisRunner;
  pathOf: (sha256: string) => string;
  /** Told of a run that could not be carried on, for the log. */
  onBrokenRun: (runId: string, error: unknown) => void;
}

/** A run's life: start, watch, pause, resume, cancel, try again, and carry on after a restart. */
export class RunsService {
  readonly #parts: RunsServiceParts;
  readonly #hub: EventHub;
  readonly #live = new Map<string, LiveRun>();

  constructor(parts: RunsServiceParts) {
    this.#parts = parts;
    this.#hub = new EventHub(parts.store);
  }

  /**
   * Stores the run and starts it. What it returns is known to the sender alone: only a hash of the token is kept.
   *
   * @throws CodedError `model.notConfigured`, `upload.empty`
   */
  async start(request: StartRequest): Promise<{ runId: string; runToken: string }> {
    if (request.images.length === 0) throw new CodedError('upload.empty', 'No image was sent.');
    const model = this.#parts.runner.modelFor(request.analysis);
    const runToken = randomBytes(24).toString('base64url');
    const createdAt = new Date().toISOString();
    const run: StoredRun = {
      id: `run_${randomBytes(9).toString('hex')}`,
      analysis: request.analysis,
      mode: request.mode,
      model,
      state: 'queued',
      audience: request.audience,
      context: { ...request.context, startedAt: createdAt },
      settings: request.settings,
      tokenHash: hashOf(runToken),
      createdAt,
      endedAt: null,
      activeMs: 0,
      notices: [],
      metrics: null,
      records: null,
    };
    const images = markDuplicates(request.images);
    await this.#parts.store.create(run, images);
    this.#carryOn(run, images);
    return { runId: run.id, runToken };
  }

  /** Carries on the runs that were under way when the process ended. @returns how many */
  async carryOnUnfinished(): Promise<number> {
    const runs = await this.#parts.store.unfinished();
    for (const run of runs) this.#carryOn(run, await this.#parts.store.images(run.id));
    return runs.length;
  }

  /** Resolves with the result when the run has ended. */
  async whenEnded(runId: string): Promise<RunResult> {
    await this.#live.get(runId)?.ended;
    return this.result(runId);
  }

  /** @throws CodedError `run.notFound` */
  async result(runId: string): Promise<RunResult> {
    const live = this.#live.get(runId);
    if (live) return live.result();
    const run = await this.#stored(runId);
    const images = await this.#parts.store.images(runId);
    const pile = new Pile(images, batchSizeFor(images.length, run.settings.batchSize));
    return runResult(run, {
      state: run.state,
      records: run.records ?? this.#parts.runner.merge(run.analysis, pile.observations(), run.context),
      failures: pile.failures(),
      progress: pile.progress(0),
      metrics: run.metrics ?? metricsSoFar(run, pile),
      notices: run.notices,
    });
  }

  async list(options: { limit: number; before?: string }): Promise<RunSummary[]> {
    const runs = await this.#parts.store.list(options);
    return runs.map(({ id, analysis, mode, model, state, createdAt, endedAt }) => ({
      runId: id,
      analysis,
      mode,
      model,
      state: this.#live.get(id)?.state ?? state,
      createdAt,
      endedAt,
    }));
  }

  /** Whether this token was given to the sender of this run. */
  async isToken(runId: string, token: string): Promise<boolean> {
    const run = await this.#parts.store.get(runId);
    if (!run) return false;
    return timingSafeEqual(Buffer.from(hashOf(token), 'hex'), Buffer.from(run.tokenHash, 'hex'));
  }

  async pause(runId: string): Promise<RunResult> {
    const live = this.#live.get(runId);
    if (!live || live.state !== 'running') throw await this.#wrongState(runId, 'paused', 'running');
    await live.pause();
    return live.result();
  }

  async resume(runId: string): Promise<RunResult> {
    const live = this.#live.get(runId);
    if (live?.state === 'paused') {
      await live.resume();
      return live.result();
    }
    const run = await this.#stored(runId);
    if (live || run.state !== 'paused') throw await this.#wrongState(runId, 'resumed', 'paused');
    // Paused before the last restart: there is no live run to wake, so it starts from what is stored.
    return this.#carryOn(run, await this.#parts.store.images(runId)).result();
  }

  async cancel(runId: string): Promise<RunResult> {
    const live = this.#live.get(runId);
    if (live) {
      await live.cancel();
      return this.result(runId);
    }
    const run = await this.#stored(runId);
    if (run.state !== 'paused') throw await this.#wrongState(runId, 'cancelled', 'under way');
    await this.#parts.store.update(runId, { state: 'cancelled', endedAt: new Date().toISOString() });
    return this.result(runId);
  }

  /** Reads the images again whose failure can be retried, in the same run. */
  async retryFailed(runId: string): Promise<RunResult> {
    if (this.#live.has(runId)) throw await this.#wrongState(runId, 'tried again', 'ended');
    const run = await this.#stored(runId);
    const reopened = await this.#parts.store.resetFailed(runId);
    if (reopened === 0) {
      throw new CodedError('run.wrongState', 'This run has no failed image that a second try could help.');
    }
    const reset = { state: 'queued', endedAt: null, metrics: null, records: null, notices: [] } as const;
    await this.#parts.store.update(runId, { ...reset, notices: [] });
    const images = await this.#parts.store.images(runId);
    return this.#carryOn({ ...run, ...reset, notices: [] }, images).result();
  }

  /**
   * Calls back with the run's events above `after`, until the returned function is called.
   *
   * @param onEvent `last` is true for the `done` that ends the run
   */
  async watch(runId: string, after: number, onEvent: (event: StoredEvent, last: boolean) => void): Promise<() => void> {
    await this.#stored(runId);
    // A run that was tried again has the `done` of its first end in the middle of its events.
    const finalSeq = this.#isUnderWay(runId) ? null : await this.#parts.store.lastEventSeq(runId);
    return this.#hub.subscribe(runId, after, (event) => {
      const ended = finalSeq === null ? !this.#isUnderWay(runId) : event.seq >= finalSeq;
      onEvent(event, event.type === 'done' && ended);
    });
  }

  /** Whether everything there is to tell of a run has been told up to `seq`. */
  async isToldUpTo(runId: string, seq: number): Promise<boolean> {
    if (this.#live.has(runId)) return false;
    const run = await this.#stored(runId);
    return run.endedAt !== null && (await this.#parts.store.lastEventSeq(runId)) <= seq;
  }

  /** Ends the work on all runs without ending the runs: they go on at the next start. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#live.values()].map((live) => live.suspend()));
    await this.#parts.runner.close();
  }

  #carryOn(run: StoredRun, images: readonly StoredImage[]): LiveRun {
    const { store, runner, pathOf, onBrokenRun } = this.#parts;
    const live = new LiveRun({ run, images, store, hub: this.#hub, runner, pathOf });
    this.#live.set(run.id, live);
    live.ended
      .catch(async (error: unknown) => {
        onBrokenRun(run.id, error);
        const why = error instanceof CodedError ? error.message : 'its results could not be stored.';
        const notices = [...run.notices, `The run could not be carried on: ${why}`];
        await store.update(run.id, { state: 'failed', endedAt: new Date().toISOString(), notices });
      })
      .catch((error: unknown) => onBrokenRun(run.id, error))
      .finally(() => this.#live.delete(run.id));
    return live;
  }

  #isUnderWay(runId: string): boolean {
    const state = this.#live.get(runId)?.state;
    return state === 'queued' || state === 'running' || state === 'paused';
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

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function metricsSoFar(run: StoredRun, pile: Pile): RunResult['metrics'] {
  return runMetrics({
    wallMs: run.activeMs,
    imageMs: pile.imageMs(),
    ...pile.tally(),
    counts: pile.countsSoFar(),
    workers: { configured: 0, peak: 0, restarts: 0, utilisation: 0 },
    costUsd: null,
    peakMemoryMb: 0,
  });
}
