import { availableParallelism } from 'node:os';
import { findAnalysis } from '../analyses/registry.ts';
import type { Analysis, Observation, RunContext } from '../contract/analysis.ts';
import type { AnalysisName } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { Account, type AccountLearnt } from '../engine/account.ts';
import { CallGate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import { Dispatch } from '../engine/dispatcher.ts';
import { bothObservers, NO_OBSERVER, type EngineObserver, type EngineState } from '../engine/observer.ts';
import type { TokenPrice } from '../engine/purse.ts';
import { Slots } from '../engine/slots.ts';
import { modelName } from '../models/open-model.ts';
import type { EmbeddingUse, ModelConfig } from '../models/port.ts';
import type { ConcludeRequest, ImageToRead, RunnerEnd, RunnerRequest } from '../runs/analysis-runner.ts';
import { accountName } from './account-name.ts';
import { readInBatches } from './batch/read-in-batches.ts';
import { AUTO_MOST_CALLS, callsAtOnce } from './calls-at-once.ts';
import { concluded, embedded, type Conclusion } from './concluding.ts';
import { engineState } from './engine-state.ts';
import { openFallback, type Fallback } from './fallback.ts';
import { Grounding } from './grounding.ts';
import { insightInto } from './insight.ts';
import { readHere } from './local-reader.ts';
import { noBatches, noModel } from './not-configured.ts';
import { KEEP_EVERY_MS, type ParallelGeminiOptions } from './parallel-gemini-options.ts';
import { RemoteReader, type ReadUnit, type RemoteReaderParts } from './remote-reader.ts';
import { dispatchOptions, moneyNotices } from './run-dispatch.ts';
import { openSharedPool, type SharedPool } from './shared-pool.ts';
import type { TextReaders } from './text-readers.ts';
import { noticeOf } from './pool-options.ts';
import { ThreadActivity } from './thread-activity.ts';
import type { ThreadLoads } from './thread-loads.ts';
import { serviceReader } from './unit-reader.ts';
import type { WorkerPool } from './worker-pool.ts';
import type { PreparedImage, Vectors } from './worker-protocol.ts';

/**
 * Batches the images of all runs into one Piscina pool of 1–5 worker threads that run `gemini-image-worker`. The way is
 * the same for a sequential run, which has one call under way at a time.
 */
export class ParallelGeminiService {
  readonly takesBatches: boolean;
  readonly #options: ParallelGeminiOptions;
  readonly #observer: EngineObserver;
  readonly #asking = new Map<string, Promise<unknown>>();
  readonly #dispatches = new Set<Dispatch<ImageToRead, PreparedImage, ReadUnit>>();
  #shared: SharedPool | null = null;
  #account: Account | null = null;
  /** Where the reading is done on this machine: nothing but the threads limits it. */
  #localGate: CallGate | null = null;
  /** The second model; null where there is one alone. */
  readonly #fallback: Fallback | null;
  #closing: Promise<void>[] = [];

  constructor(options: ParallelGeminiOptions) {
    this.#options = options;
    this.takesBatches = Boolean(options.batches);
    this.#observer = options.observer ?? NO_OBSERVER;
    this.#fallback = openFallback(options, () => this.#observer.threadRestarted());
  }

  get hasModel(): boolean {
    return this.#options.model !== null;
  }

  get model(): ModelConfig {
    if (this.#options.model) return this.#options.model;
    throw noModel();
  }

  get modelName(): string {
    return modelName(this.model);
  }

  get price(): TokenPrice | null {
    return this.#options.price ?? null;
  }

  /** What is known of the account; null for reading on this machine. */
  get account(): Account | null {
    if (this.model.kind === 'local') return null;
    this.#account ??= this.#openAccount(this.model);
    return this.#account;
  }

  /** Threads that a run with these settings gets: reading on this machine gains nothing from more than its cores. */
  threadsFor(settings: Settings): number {
    const wanted = settings.maxConcurrentWorkers;
    return this.model.kind === 'local' ? Math.min(wanted, availableParallelism()) : wanted;
  }

  /** Calls that may be under way at once with these settings: to begin with, and at most. */
  callsFor(settings: Settings): { start: number; max: number } {
    const threads = this.threadsFor(settings);
    if (this.model.kind === 'local') return { start: threads, max: threads };
    const wanted = this.#options.maxInFlight ?? settings.maxInFlight;
    return callsAtOnce(wanted, threads, this.#account?.before?.slots ?? null);
  }

  /** Starts the threads before the first run needs them, and finds out whether they can load at all. */
  async warmUp(settings: Settings): Promise<void> {
    await this.#poolFor(settings).pool.probe();
  }

  async analyse(request: RunnerRequest): Promise<RunnerEnd> {
    const shared = this.#poolFor(request.settings);
    if (request.batch) return this.#inBatches(shared, request);
    const { pool } = shared;
    const restartsBefore = pool.restarts;
    const activity = new ThreadActivity();
    const notices = moneyNotices(request, this.price);
    // A person has asked for it: what the account refused before may be allowed by now.
    this.account?.budget.tryAgain();
    const own = this.#gateFor(pool, request.settings);
    const gate = this.#fallback?.gateBehind(own, request.settings) ?? own;
    shared.runs += 1;
    const unwatch = pool.onChange((change) => {
      this.#gateFor(pool, request.settings);
      notices.push(noticeOf(change));
    });
    const startedAt = performance.now();
    const { price } = this;
    const grounding = this.#groundingOf(shared.texts, request);
    const { account } = this;
    const alone = account && new RemoteReader({ ...this.#common(request, activity), pool, account });
    const first = alone && { name: this.modelName, price, reader: alone };
    const both = first && (this.#fallback?.readerBehind(first, this.#common(request, activity)) ?? null);
    const reader = alone ? serviceReader(alone, both, grounding) : readHere(pool, request, activity);
    const otherPrice = this.#fallback?.price ?? null;
    const parts = { request, reader, gate, price, otherPrice, threads: pool.threads, isLocal: account === null };
    const observer = request.observer ? bothObservers(this.#observer, request.observer) : this.#observer;
    const dispatch = new Dispatch(dispatchOptions({ ...parts, observer }));
    this.#dispatches.add(dispatch);
    const keeping = setInterval(() => this.#keepLearnt(dispatch), KEEP_EVERY_MS);
    const loads: ThreadLoads = new WeakMap();
    const state = () => this.state(loads);
    request.onStart?.(
      insightInto({ dispatch, gate, request, before: this.account?.latency ?? null, grounding, state }),
    );
    try {
      const end = await dispatch.run();
      const used = activity.summary(startedAt, performance.now(), pool.threads);
      return {
        ...end,
        mode: pool.sequential ? 'sequential' : request.mode,
        notices: [...notices, ...(both?.notices ?? [])],
        workers: { configured: shared.configuredThreads, restarts: pool.restarts - restartsBefore, ...used },
      };
    } finally {
      clearInterval(keeping);
      grounding?.close();
      this.#keepLearnt(dispatch);
      this.#fallback?.keepLearnt();
      this.#dispatches.delete(dispatch);
      unwatch();
      shared.runs -= 1;
    }
  }

  async #inBatches(shared: SharedPool, request: RunnerRequest): Promise<RunnerEnd> {
    const [{ account, price }, { pool, configuredThreads }] = [this, shared];
    const { batches: desk = null, answers = null } = this.#options;
    if (!account) throw noBatches();
    const activity = new ThreadActivity();
    const grounding = this.#groundingOf(shared.texts, request);
    const reader = new RemoteReader({ ...this.#common(request, activity), pool, account });
    const own = { pool, account, price, desk, answers, reader, grounding, activity, observer: this.#observer };
    shared.runs += 1;
    try {
      return await readInBatches({ ...own, request, configuredThreads, state: () => this.state() });
    } finally {
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

  /** Asks one question about words, as any other call of the account. @throws CodedError `model.notConfigured` */
  async conclude(request: ConcludeRequest, analysis: Analysis, prompt: string): Promise<Conclusion> {
    const shared = this.#poolFor(request.settings);
    shared.runs += 1;
    try {
      const { model, price } = this;
      const observer = request.observer ? bothObservers(this.#observer, request.observer) : this.#observer;
      const gate = this.#gateFor(shared.pool, request.settings);
      const answers = this.#options.answers ?? null;
      return await concluded({ pool: shared.pool, gate, model, price, answers, observer, request, analysis, prompt });
    } finally {
      shared.runs -= 1;
    }
  }

  /** @throws CodedError `model.*` */
  async embed(texts: readonly string[], use: EmbeddingUse, settings: Settings, signal: AbortSignal): Promise<Vectors> {
    if (this.model.kind === 'local') return { model: null, vectors: [] };
    return embedded({ texts, use, settings, pool: this.#poolFor(settings).pool }, signal);
  }

  /** How the engine stands at this moment. @param loads of who asks, where several do: each has its own */
  state(loads?: ThreadLoads): EngineState {
    const account = this.#fallback?.isAsked ? this.#fallback.account : this.#account;
    let queued = 0;
    for (const dispatch of this.#dispatches) queued += dispatch.queued;
    return engineState({
      gate: account?.gate ?? this.#localGate,
      account,
      readsHere: this.#options.model?.kind === 'local',
      queued,
      pool: this.#shared?.pool ?? null,
      loads,
    });
  }

  /** Resolves when all threads have ended; cancel the runs first. */
  async close(): Promise<void> {
    this.#retire();
    await Promise.all([...this.#closing, this.#fallback?.close()]);
  }

  /** Null where answers are not to be held against the print, or the reading is done from the print anyway. */
  #groundingOf(readers: TextReaders, request: RunnerRequest): Grounding | null {
    if (request.ground !== true || this.account === null || !findAnalysis(request.analysis).ground) return null;
    return new Grounding({ readers, request, answers: this.#options.answers ?? null, observer: this.#observer });
  }

  #common(request: RunnerRequest, activity: ThreadActivity): Omit<RemoteReaderParts, 'pool' | 'account'> {
    const answers = this.#options.answers ?? null;
    return { request, answers, asking: this.#asking, activity, observer: this.#observer };
  }

  /** One gate for all runs, as wide as the latest settings and the threads that are left allow. */
  #gateFor(pool: WorkerPool, settings: Settings): CallGate {
    const { start, max } = this.callsFor(settings);
    if (this.model.kind === 'local') {
      const threads = Math.min(pool.threads, pool.capacity);
      this.#localGate ??= new CallGate({
        slots: new Slots({ max: threads, start: threads, isAdaptive: false }),
        budget: null,
        breaker: null,
        clock: systemClock,
      });
      this.#localGate.slots.resize(threads, threads);
      this.#localGate.nudge();
      return this.#localGate;
    }
    const gate = (this.account as Account).gate;
    gate.slots.resize(Math.min(max, pool.capacity), Math.min(start, pool.capacity));
    gate.nudge();
    return gate;
  }

  /** One pool for all runs; made anew where the settings changed or its threads kept dying, once no run uses it. */
  #poolFor(settings: Settings): SharedPool {
    const configuredThreads = this.threadsFor(settings);
    const current = this.#shared;
    const worn =
      current && (current.configuredThreads !== configuredThreads || current.pool.threads < configuredThreads);
    if (current && current.runs === 0 && (worn || current.pool.sequential)) this.#retire();
    if (!this.#shared) {
      const { workerFile, heapLimitMb } = this.#options;
      const common = { workerFile, heapLimitMb, onRestart: () => this.#observer.threadRestarted() };
      this.#shared = openSharedPool(this.model, configuredThreads, common);
    }
    return this.#shared;
  }

  #openAccount(model: ModelConfig): Account {
    const { told = { requests: null, inputTokens: null }, learnt, minuteMs } = this.#options;
    const known: unknown = learnt?.get(accountName(model));
    return new Account({ told, learnt: known, clock: systemClock, epochMs: Date.now, windowMs: minuteMs });
  }

  #keepLearnt(dispatch: Dispatch<ImageToRead, PreparedImage, ReadUnit>): void {
    const account = this.#account;
    if (!account) return;
    const latency = dispatch.standing.latencies.summary(systemClock.now());
    if (latency) {
      account.noteLatency({ meanMs: latency.meanMs, p95Ms: latency.quantileMs(0.95) ?? latency.meanMs * 2 });
    }
    const learnt: AccountLearnt = account.learnt(account.gate.slots.max >= AUTO_MOST_CALLS);
    this.#options.learnt?.put(accountName(this.model), learnt);
  }

  #retire(): void {
    if (!this.#shared) return;
    this.#closing.push(this.#shared.pool.close(), this.#shared.texts.close());
    this.#shared = null;
  }
}
