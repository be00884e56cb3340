import { extname } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
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
/** How long past its timeout a call is waited for, before its thread is taken for stuck. */
const STUCK_GRACE_MS = 15_000;
/** Our Piscina fails fast on a lost pool; its own close waits for native work that must not be cut off. */
const CLOSE_TIMEOUT_MS = 60_000;

/**
 * A Piscina pool of worker threads that outlives its threads: one that crashes is replaced and its calls end as
 * `worker.crashed` (to be tried again); when threads keep dying it shrinks, and at last works one image at a time.
 *
 * Never uses Piscina's `signal` (an aborted task kills its thread, and a task with a signal takes a whole thread) nor
 * `destroy()` on a busy thread (ending native inference in the middle kills the process).
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #cancelChannel: string;
  readonly #cancels: BroadcastChannel;
  readonly #watchers = new Set<(change: PoolChange) => void>();
  #piscina: Piscina;
  #threads: number;
  #sequential = false;
  #crashesInARow = 0;
  #restarts = 0;
  #lastCrash: unknown = null;
  #nextCallId = 1;
  /** Ends calls that wait in a pool which has lost all its threads: Piscina would let them wait for ever. */
  #abandon = new Set<() => void>();

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#threads = options.threads;
    this.#cancelChannel = `contactsheet-cancel-${process.pid}-${crypto.randomUUID()}`;
    this.#cancels = new BroadcastChannel(this.#cancelChannel);
    this.#cancels.unref();
    this.#piscina = this.#startPiscina();
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

  /** Resolves when a thread has loaded; a pool whose script cannot load would otherwise only hang. */
  async probe(): Promise<void> {
    const reply = await this.#post({ kind: 'ping' }, PROBE_TIMEOUT_MS);
    if (!reply.ok) throw new CodedError(reply.failure.code, reply.failure.detail);
  }

  /** Makes one call in some thread. Never rejects. A cancelled call ends at once; its thread clears up by itself. */
  call(request: CallRequest, signal: AbortSignal): Promise<WorkerReply> {
    if (signal.aborted) return Promise.resolve(failed(cancelled()));
    const callId = this.#nextCallId++;
    return new Promise((resolve) => {
      const cancel = () => {
        this.#cancels.postMessage({ callId } satisfies CancelMessage);
        resolve(failed(cancelled()));
      };
      signal.addEventListener('abort', cancel, { once: true });
      void this.#post({ kind: 'analyse', callId, ...request }, request.timeoutMs + STUCK_GRACE_MS).then((reply) => {
        signal.removeEventListener('abort', cancel);
        resolve(reply);
      });
    });
  }

  /** Lets calls under way end, then ends the threads. Cancel the calls first to be quick. */
  async close(): Promise<void> {
    await this.#piscina.close();
    this.#cancels.close();
  }

  #startPiscina(): Piscina {
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
      closeTimeout: CLOSE_TIMEOUT_MS,
      recordTiming: false,
      // Reading is work for the machine's spare time: the thread that answers HTTP goes first.
      niceIncrement: this.#options.model.kind === 'local' ? 10 : 0,
    });
    piscina.on('error', () => this.#afterCrash(piscina));
    return piscina;
  }

  async #post(task: WorkerTask, limitMs: number): Promise<WorkerReply> {
    const piscina = this.#piscina;
    let giveUp: () => void = () => {};
    const abandoned = new Promise<'abandoned'>((resolve) => {
      giveUp = () => resolve('abandoned');
    });
    this.#abandon.add(giveUp);
    const timer = setTimeout(giveUp, limitMs);
    try {
      const reply = await Promise.race([piscina.run(task) as Promise<WorkerReply>, abandoned]);
      if (reply === 'abandoned') return failed(crashed('did not answer'));
      this.#crashesInARow = 0;
      return reply;
    } catch (error) {
      // All calls of a thread that dies are rejected with one error: that is one crash, not as many as it had calls.
      if (error !== this.#lastCrash) this.#afterCrash(piscina);
      this.#lastCrash = error;
      return failed(crashed('stopped working'));
    } finally {
      clearTimeout(timer);
      this.#abandon.delete(giveUp);
    }
  }

  #afterCrash(piscina: Piscina): void {
    // Calls that died together with one thread, or in a pool already given up, are one crash.
    if (piscina !== this.#piscina) return;
    this.#restarts += 1;
    this.#crashesInARow += 1;
    const lost = piscina.threads.length === 0;
    if (this.#crashesInARow >= CRASHES_TO_SHRINK) this.#shrink();
    else if (lost) this.#replacePiscina();
  }

  #shrink(): void {
    this.#crashesInARow = 0;
    if (this.#sequential) return this.#replacePiscina();
    if (this.#threads > 1) this.#threads -= 1;
    else this.#sequential = true;
    this.#replacePiscina();
    for (const watcher of this.#watchers) watcher({ threads: this.#threads, sequential: this.#sequential });
  }

  #replacePiscina(): void {
    const old = this.#piscina;
    const waiting = this.#abandon;
    this.#abandon = new Set();
    this.#piscina = this.#startPiscina();
    if (old.threads.length === 0) for (const giveUp of waiting) giveUp();
    // Its healthy threads finish what they hold; nothing new is given to them.
    old.close().catch(() => {});
  }
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
