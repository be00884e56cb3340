import { extname } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { refuseLibraryTelemetry } from '../config/library-telemetry.ts';
import { keepHeapsSmall } from '../config/small-heap.ts';
import { CodedError } from '../contract/coded-error.ts';
import { shareLibrarySetup } from '../images/library-setup.ts';
import { cancelled, crashed, drained, failed, type Generation } from './pool-generation.ts';
import type { PoolChange, WorkerPoolOptions } from './pool-options.ts';
import { busyShare, type ThreadLoads } from './thread-loads.ts';
import type {
  AnalyseTask,
  Answer,
  AskTask,
  BatchAnswerTask,
  BatchLineTask,
  CancelMessage,
  ConcludeTask,
  EmbedTask,
  GroundTask,
  InterpretTask,
  MergeTask,
  PreparedImages,
  PrepareTask,
  PrintedText,
  Readings,
  ReadTextTask,
  Unnumbered,
  Vectors,
  WorkerData,
  WorkerReply,
  WorkerTask,
  WordedLine,
} from './worker-protocol.ts';

export const WORKER_FILE = new URL(`./gemini-image-worker${extname(import.meta.url)}`, import.meta.url);

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
  readonly #loads: ThreadLoads = new WeakMap();

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#threads = options.threads;
    refuseLibraryTelemetry();
    shareLibrarySetup();
    keepHeapsSmall();
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

  /**
   * The share (0..1) of the time since it was asked last in which the threads did something, on average.
   *
   * @param loads of who asks: two that ask in turn would cut each other's time short
   */
  busyShare(loads: ThreadLoads = this.#loads): number {
    return busyShare(this.#current?.piscina.threads ?? [], loads);
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
    const pings = Array.from({ length: this.#threads }, () => this.#post<Readings>({ kind: 'ping' }, PROBE_TIMEOUT_MS));
    for (const reply of await Promise.all(pings)) {
      if (!reply.ok) throw new CodedError(reply.failure.code, reply.failure.detail);
    }
  }

  /** Opens and encodes an image, or its crops, in some thread. Never rejects. */
  prepare(task: Unnumbered<PrepareTask>, signal: AbortSignal): Promise<WorkerReply<PreparedImages>> {
    return this.#cancellable((callId) => ({ kind: 'prepare', callId, ...task }), task.timeoutMs, signal);
  }

  /** Makes one call to the service in some thread. Never rejects. */
  ask(task: Unnumbered<AskTask>, signal: AbortSignal): Promise<WorkerReply<Answer>> {
    return this.#cancellable((callId) => ({ kind: 'ask', callId, ...task }), task.timeoutMs, signal);
  }

  /** Makes one call about words in some thread. Never rejects. */
  conclude(task: Unnumbered<ConcludeTask>, signal: AbortSignal): Promise<WorkerReply<Answer>> {
    return this.#cancellable((callId) => ({ kind: 'conclude', callId, ...task }), task.timeoutMs, signal);
  }

  /** Never rejects. */
  embed(task: Unnumbered<EmbedTask>, signal: AbortSignal): Promise<WorkerReply<Vectors>> {
    return this.#cancellable((callId) => ({ kind: 'embed', callId, ...task }), task.timeoutMs, signal);
  }

  /** Reads an image in some thread, on this machine. Never rejects. */
  analyse(task: Unnumbered<AnalyseTask>, signal: AbortSignal): Promise<WorkerReply<Readings>> {
    return this.#cancellable((callId) => ({ kind: 'analyse', callId, ...task }), task.timeoutMs, signal);
  }

  /** Reads the printed text of an image in some thread. Never rejects. */
  readText(task: Unnumbered<ReadTextTask>, signal: AbortSignal): Promise<WorkerReply<PrintedText>> {
    return this.#cancellable((callId) => ({ kind: 'readText', callId, ...task }), task.timeoutMs, signal);
  }

  /** Asks nobody, and is not cancelled. Never rejects. */
  quick(task: GroundTask | InterpretTask): Promise<WorkerReply<Readings>>;
  quick(task: BatchLineTask): Promise<WorkerReply<WordedLine>>;
  quick(task: BatchAnswerTask): Promise<WorkerReply<Answer>>;
  quick(task: WorkerTask): Promise<WorkerReply<Readings | WordedLine | Answer>> {
    return this.#post(task, MERGE_LIMIT_MS);
  }

  /** A cancelled call ends at once; its thread clears up by itself. */
  #cancellable<Content>(taskOf: (callId: number) => WorkerTask, timeoutMs: number, signal: AbortSignal) {
    if (signal.aborted) return Promise.resolve<WorkerReply<Content>>(failed(cancelled()));
    const callId = this.#nextCallId++;
    const posted = this.#post<Content>(taskOf(callId), timeoutMs + STUCK_GRACE_MS);
    return new Promise<WorkerReply<Content>>((resolve) => {
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
  merge(task: Unnumbered<MergeTask>): Promise<WorkerReply<Readings>> {
    return this.#post({ kind: 'merge', ...task }, MERGE_LIMIT_MS);
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
      // Reading on this machine is work for its spare time: the thread that answers HTTP goes first. Preparing an image
      // and making a call is little work, and must not wait for whatever else runs on the machine.
      niceIncrement: this.#options.model.kind === 'local' ? 10 : 0,
    });
    const generation: Generation = { piscina, underWay: new Set(), giveUps: new Set(), lastCrash: null };
    piscina.on('error', (error) => this.#afterCrash(generation, error));
    return generation;
  }

  async #post<Content>(task: WorkerTask, limitMs: number): Promise<WorkerReply<Content>> {
    if (this.#closed) return failed(cancelled());
    const generation = this.#generation();
    const answer = generation.piscina.run(task) as Promise<WorkerReply<Content>>;
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
    this.#options.onRestart?.();
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
