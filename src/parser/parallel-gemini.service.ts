import { availableParallelism } from 'node:os';
import type { Observation, RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { systemClock } from '../engine/clock.ts';
import { dispatch } from '../engine/dispatcher.ts';
import { DEFAULT_BACKOFF } from '../engine/retry.ts';
import { FixedSlots, LimitedSlots } from '../engine/slots.ts';
import type { CallResult, Outcome, Unit } from '../engine/unit.ts';
import { modelName } from '../models/open-model.ts';
import type { ModelConfig } from '../models/port.ts';
import type { ImageOutcome, ImageToRead, RunnerEnd, RunnerRequest } from '../runs/analysis-runner.ts';
import { ThreadActivity } from './thread-activity.ts';
import { WorkerPool } from './worker-pool.ts';

export interface ParallelGeminiOptions {
  /** Null where none is configured: every run is then refused in words. */
  model: ModelConfig | null;
  /** Overrides `settings.maxInFlight` (the environment's `ANALYSIS_CONCURRENCY`). */
  maxInFlight: number | null;
  /** For tests: another script, or a smaller heap. */
  workerFile?: URL;
  heapLimitMb?: number;
}

/** Calls under way per thread where the settings say `auto` and a service does the work. */
const AUTO_CALLS_PER_THREAD = 20;
/** What one thread may hold; the slots decide how many there really are. */
const MAX_CALLS_PER_THREAD = 1_000;

interface SharedPool {
  pool: WorkerPool;
  slots: FixedSlots;
  configuredThreads: number;
  runs: number;
}

/**
 * Batches the images of all runs into one Piscina pool of 1–5 worker threads that run `gemini-image-worker`. The way is
 * the same for a sequential run, which is given one place at a time.
 */
export class ParallelGeminiService {
  readonly #options: ParallelGeminiOptions;
  #shared: SharedPool | null = null;
  #closing: Promise<void>[] = [];

  constructor(options: ParallelGeminiOptions) {
    this.#options = options;
  }

  get hasModel(): boolean {
    return this.#options.model !== null;
  }

  get model(): ModelConfig {
    if (this.#options.model) return this.#options.model;
    throw new CodedError(
      'model.notConfigured',
      'No model is set up for this. Set GEMINI_API_KEY, or OPENAI_BASE_URL, or MODEL=local to read text on this machine.',
      { stopsRun: true },
    );
  }

  get modelName(): string {
    return modelName(this.model);
  }

  /** Threads that a run with these settings gets: reading on this machine gains nothing from more than its cores. */
  threadsFor(settings: Settings): number {
    const wanted = settings.maxConcurrentWorkers;
    return this.model.kind === 'local' ? Math.min(wanted, availableParallelism()) : wanted;
  }

  /** Starts the threads before the first run needs them, and finds out whether they can load at all. */
  async warmUp(settings: Settings): Promise<void> {
    await this.#poolFor(settings).pool.probe();
  }

  async analyse(request: RunnerRequest): Promise<RunnerEnd> {
    const shared = this.#poolFor(request.settings);
    const { pool, slots } = shared;
    const restartsBefore = pool.restarts;
    const activity = new ThreadActivity();
    const notices: string[] = [];
    shared.runs += 1;
    const unwatch = pool.onChange((change) => {
      slots.resize(Math.min(this.#inFlight(request.settings, change.threads), pool.capacity));
      notices.push(noticeOf(change));
    });
    const startedAt = performance.now();
    try {
      const end = await dispatch<ImageToRead, unknown[]>({
        units: request.images.map((image) => ({ id: String(image.position), payload: image })),
        call: (unit, signal) => this.#call(pool, request, unit, signal, activity),
        slots: request.mode === 'sequential' ? new LimitedSlots(slots, 1) : slots,
        gate: request.gate,
        retry: { maxRetries: request.settings.maxRetries, ...DEFAULT_BACKOFF },
        clock: systemClock,
        random: Math.random,
        onOutcome: (outcome) => request.onOutcome(imageOutcome(outcome)),
        signal: request.signal,
      });
      const used = activity.summary(startedAt, performance.now(), pool.threads);
      return {
        ...end,
        mode: pool.sequential ? 'sequential' : request.mode,
        notices,
        workers: { configured: shared.configuredThreads, restarts: pool.restarts - restartsBefore, ...used },
      };
    } finally {
      unwatch();
      shared.runs -= 1;
    }
  }

  /** Merges in a thread of the pool. @returns null where no thread could: it is then to be done elsewhere */
  async merge(
    analysis: AnalysisName,
    observations: readonly Observation<unknown>[],
    context: RunContext,
  ): Promise<unknown[] | null> {
    if (!this.#shared) return null;
    const reply = await this.#shared.pool.merge({ analysis, observations, context });
    return reply.ok ? reply.readings : null;
  }

  /** Resolves when all threads have ended; cancel the runs first. */
  async close(): Promise<void> {
    this.#retire();
    await Promise.all(this.#closing);
  }

  async #call(
    pool: WorkerPool,
    request: RunnerRequest,
    unit: Unit<ImageToRead>,
    signal: AbortSignal,
    activity: ThreadActivity,
  ): Promise<CallResult<unknown[]>> {
    const { imageId, name, path } = unit.payload;
    const startedAt = performance.now();
    const reply = await pool.call(
      {
        image: { imageId, name, path },
        analysis: request.analysis,
        context: request.context,
        timeoutMs: request.settings.timeoutPerImage,
      },
      signal,
    );
    activity.add(reply.threadId, startedAt, performance.now());
    const { tokens } = reply;
    return reply.ok ? { ok: true, value: reply.readings, tokens } : { ok: false, failure: reply.failure, tokens };
  }

  /** One pool for all runs; made anew where the settings changed or its threads kept dying, once no run uses it. */
  #poolFor(settings: Settings): SharedPool {
    const configuredThreads = this.threadsFor(settings);
    const current = this.#shared;
    const worn =
      current && (current.configuredThreads !== configuredThreads || current.pool.threads < configuredThreads);
    if (current && current.runs === 0 && (worn || current.pool.sequential)) this.#retire();
    if (!this.#shared) {
      const model = this.model;
      const pool = new WorkerPool({
        model,
        threads: configuredThreads,
        callsPerThread: model.kind === 'local' ? 1 : MAX_CALLS_PER_THREAD,
        workerFile: this.#options.workerFile,
        heapLimitMb: this.#options.heapLimitMb,
      });
      this.#shared = { pool, slots: new FixedSlots(1), configuredThreads, runs: 0 };
    }
    const { pool, slots } = this.#shared;
    slots.resize(Math.min(this.#inFlight(settings, pool.threads), pool.capacity));
    return this.#shared;
  }

  #inFlight(settings: Settings, threads: number): number {
    if (this.model.kind === 'local') return threads;
    if (this.#options.maxInFlight !== null) return this.#options.maxInFlight;
    return settings.maxInFlight === 'auto' ? threads * AUTO_CALLS_PER_THREAD : settings.maxInFlight;
  }

  #retire(): void {
    if (!this.#shared) return;
    this.#closing.push(this.#shared.pool.close());
    this.#shared = null;
  }
}

function imageOutcome(outcome: Outcome<ImageToRead, unknown[]>): ImageOutcome {
  const { ms, attempts, tokens } = outcome;
  const { position, imageId, name } = outcome.unit.payload;
  if (!outcome.ok) return { position, observations: [], failure: outcome.failure, ms, attempts, tokens };
  const observations = outcome.value.map((reading, index): Observation<unknown> => ({
    imageId,
    image: name,
    index,
    reading,
  }));
  return { position, observations, failure: null, ms, attempts, tokens };
}

function noticeOf(change: { threads: number; sequential: boolean }): string {
  return change.sequential
    ? 'The reading threads kept stopping, so the rest was read one image after another.'
    : `The reading threads kept stopping, so the rest was read with ${change.threads}.`;
}
