import { extname } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { refuseLibraryTelemetry } from '../config/library-telemetry.ts';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { ModelConfig } from '../models/port.ts';
import type { CancelMessage, ImageSource, WorkerData, WorkerReply, WorkerTask } from './worker-protocol.ts';
import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName } from '../contract/run.ts';

export const WORKER_FILE = new URL(`./gemini-image-worker${extname(import.meta.url)}`, import.meta.url);

export interface WorkerPoolOptions {
  model: ModelConfig;
  /** 1–5 */
  threads: number;
  /** Calls that one thread holds at once: 1 where the thread itself does the work, many where it waits for a service. */
  callsPerThread: number;
  workerFile?: URL;
  /** Heap of one thread, MB; one that outgrows it is ended and replaced. */
  heapLimitMb?: number;
}

export interface CallRequest {
  image: ImageSource;
  analysis: AnalysisName;
  context: RunContext;
  timeoutMs: number;
}

/** The pool has become smaller, or works one image at a time, because its threads kept dying. */
export interface PoolChange {
  threads: number;
  sequential: boolean;
}

/** Crashes in a row, with no success between, after which the pool becomes smaller. */
const CRASHES_TO_SHRINK = 3;
/** A thread that has not loaded by then never will. */
const PROBE_TIMEOUT_MS = 20_000;
/** How often a cancel is said again until its call has ended. */
const CANCEL_AGAIN_MS = 100;
/** A merge waits for a free place first; 10,000 images are merged well within it. */
const MERGE_LIMIT_MS = 120_000;
/** How long past its timeout a call is waited for, before its thread is taken for stuck. */
const STUCK_GRACE_MS = 15_000;
/** How long a close waits for calls under way; they are cancelled by then, so only a stuck one takes so long. */
const CLOSE_TIMEOUT_MS = 60_000;

/** One Piscina and the calls it holds. A pool that lost its threads, or changes its size, goes on with a new one. */
interface Generation {
  piscina: Piscina;
  /** Settles each when its thread has really let go of it, answered or not. */
  underWay: Set<Promise<unknown>>;
  /** Ends calls that nobody will answer any more: Piscina would let them wait for ever. */
  giveUps: Set<() => void>;
  /** What killed the last thread: all calls of a thread that dies are rejected with one error, which is one crash. */
  lastCrash: unknown;
}

/**
 * A Piscina pool of worker threads that outlives its threads: one that crashes is replaced and its calls end as
 * `worker.crashed` (to be tried again); when threads keep dying it shrinks, and at last works one image at a time.
 *
 * Never uses Piscina's `signal` (an aborted task kills its thread, and a task with a signal takes a whole thread), and
 * never lets Piscina end a busy thread (ending native inference in the middle kills the process): its own `close()`
 * counts wrongly with several busy threads and ends them, so the calls under way are waited for here.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #cancelChannel: string;
  readonly #cancels: BroadcastChannel;
  readonly #watchers = new Set<(change: PoolChange) => void>();
  readonly #retiring = new Set<Promise<void>>();
  /** Null until the first call, and after all threads were lost: threads that cannot load are not started in a loop. */
  #current: Generation | null = null;
  #closed = false;
  #threads: number;
  #sequential = false;
  #crashesInARow = 0;
  #restarts = 0;
  #nextCallId = 1;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#threads = options.threads;
    refuseLibraryTelemetry();
    this.#cancelChannel = `contactsheet-cancel-${process.pid}-${crypto.randomUUID()}`;
    this.#cancels = new BroadcastChannel(this.#cancelChannel);
    this.#cancels.unref();
  }

  get threads(): number {
    return this.#threads;
  }

  /** Calls that may be under way at once. */
  get capacity(): number {
    return this.#sequential ? 1 : this.#threads * this.#options.callsPerThread;
  }

  get sequential(): boolean {
    return this.#sequential;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** @returns a function that ends the watch */
  onChange(watcher: (change: PoolChange) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /**
   * Resolves when every thread has loaded, with its model: the first run does not wait for it then, and a script that
   * cannot load is found out instead of only hanging.
   */
  async probe(): Promise<void> {
    const pings = Array.from({ length: this.#threads }, () => this.#post({ kind: 'ping' }, PROBE_TIMEOUT_MS));
    for (const reply of await Promise.all(pings)) {
      if (!reply.ok) throw new CodedError(reply.failure.code, reply.failure.detail);
    }
  }

  /** Makes one call in some thread. Never rejects. A cancelled call ends at once; its thread clears up by itself. */
  call(request: CallRequest, signal: AbortSignal): Promise<WorkerReply> {
    if (signal.aborted) return Promise.resolve(failed(cancelled()));
    const callId = this.#nextCallId++;
    const posted = this.#post({ kind: 'analyse', callId, ...request }, request.timeoutMs + STUCK_GRACE_MS);
    return new Promise((resolve) => {
      const cancel = () => {
        this.#cancelUntilSettled(callId, posted);
        resolve(failed(cancelled()));
      };
      signal.addEventListener('abort', cancel, { once: true });
      void posted.then((reply) => {
        signal.removeEventListener('abort', cancel);
        resolve(reply);
      });
    });
  }

  /** Said again until it was heard: a thread that is still loading does not listen yet, and would make the call. */
  #cancelUntilSettled(callId: number, posted: Promise<unknown>): void {
    const send = () => {
      if (!this.#closed) this.#cancels.postMessage({ callId } satisfies CancelMessage);
    };
    send();
    const timer = setInterval(send, CANCEL_AGAIN_MS);
    void posted.finally(() => clearInterval(timer));
  }

  /** Merges in some thread; the records are the reply's readings. Never rejects. */
  merge(request: Omit<Extract<WorkerTask, { kind: 'merge' }>, 'kind'>): Promise<WorkerReply> {
    return this.#post({ kind: 'merge', ...request }, MERGE_LIMIT_MS);
  }

  /** Lets calls under way end, then ends the threads. Cancel the calls first to be quick. */
  async close(): Promise<void> {
    this.#retire();
    await Promise.all(this.#retiring);
    this.#closed = true;
    this.#cancels.close();
  }

  #generation(): Generation {
    this.#current ??= this.#start();
    return this.#current;
  }

  #start(): Generation {
    const workerData: WorkerData = { model: this.#options.model, cancelChannel: this.#cancelChannel };
    const piscina = new Piscina({
      filename: (this.#options.workerFile ?? WORKER_FILE).href,
      minThreads: this.#threads,
      maxThreads: this.#threads,
      concurrentTasksPerWorker: this.#options.callsPerThread,
      // The default freezes an idle thread's timers and sockets.
      atomics: 'disabled',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapLimitMb ?? 1_024 },
      recordTiming: false,
      // The thread that answers HTTP goes first. Reading is work for the machine's spare time; scaling an image and making
      // a call is little work, and must not wait for whatever else runs on the machine.
      niceIncrement: this.#options.model.kind === 'local' ? 10 : 2,
    });
    const generation: Generation = { piscina, underWay: new Set(), giveUps: new Set(), lastCrash: null };
    piscina.on('error', (error) => this.#afterCrash(generation, error));
    return generation;
  }

  async #post(task: WorkerTask, limitMs: number): Promise<WorkerReply> {
    if (this.#closed) return failed(cancelled());
    const generation = this.#generation();
    const answer = generation.piscina.run(task) as Promise<WorkerReply>;
    const settled: Promise<unknown> = answer.then(
      () => generation.underWay.delete(settled),
      () => generation.underWay.delete(settled),
    );
    generation.underWay.add(settled);
    const giveUp = Promise.withResolvers<'lost'>();
    const give = () => giveUp.resolve('lost');
    generation.giveUps.add(give);
    let stuck = false;
    const timer = setTimeout(() => {
      stuck = true;
      give();
    }, limitMs);
    try {
      const reply = await Promise.race([answer, giveUp.promise]);
      if (reply !== 'lost') {
        this.#crashesInARow = 0;
        return reply;
      }
      // The place that a stuck call takes is lost, so what follows goes to fresh threads.
      if (stuck) this.#afterCrash(generation, new Error('stuck'), true);
      return failed(crashed(stuck ? 'did not answer' : 'stopped working'));
    } catch (error) {
      this.#afterCrash(generation, error);
      return failed(crashed('stopped working'));
    } finally {
      clearTimeout(timer);
      generation.giveUps.delete(give);
    }
  }

  #afterCrash(generation: Generation, error: unknown, isStuck = false): void {
    if (generation !== this.#current || error === generation.lastCrash) return;
    generation.lastCrash = error;
    this.#restarts += 1;
    this.#crashesInARow += 1;
    // Piscina replaces a thread that died, unless the new one could not load.
    const isShort = generation.piscina.threads.length < this.#threads;
    if (this.#crashesInARow >= CRASHES_TO_SHRINK) this.#shrink();
    else if (isShort || isStuck) this.#retire();
  }

  #shrink(): void {
    this.#crashesInARow = 0;
    this.#retire();
    if (this.#sequential) return;
    if (this.#threads > 1) this.#threads -= 1;
    else this.#sequential = true;
    for (const watcher of this.#watchers) watcher({ threads: this.#threads, sequential: this.#sequential });
  }

  /** Gives nothing new to these threads; the healthy ones finish what they hold and then end. */
  #retire(): void {
    const generation = this.#current;
    if (!generation) return;
    this.#current = null;
    if (generation.piscina.threads.length === 0) for (const give of generation.giveUps) give();
    const retiring = drained(generation).finally(() => this.#retiring.delete(retiring));
    this.#retiring.add(retiring);
  }
}

async function drained({ piscina, underWay }: Generation): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
    timer.unref();
  });
  if (piscina.threads.length > 0) await Promise.race([Promise.allSettled(underWay), tooLong]);
  clearTimeout(timer);
  await piscina.destroy().catch(() => {});
}

function failed(failure: FailureData): WorkerReply {
  return { ok: false, threadId: -1, tokens: { input: 0, output: 0 }, failure };
}

function crashed(what: string): FailureData {
  return new CodedError('worker.crashed', `The thread that read this image ${what}; it was replaced.`, {
    retryable: true,
  }).toData();
}

function cancelled(): FailureData {
  return new CodedError('run.cancelled', 'The run was cancelled.').toData();
}
