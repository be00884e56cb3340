import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName } from '../contract/run.ts';
import type { PageText } from '../contract/text-line.ts';
import { WorkerPool } from './worker-pool.ts';
import type { ImageSource } from './worker-protocol.ts';

/** An image takes half a second mostly; one that takes this long is not worth its boxes. */
const TEXT_LIMIT_MS = 60_000;
/** Of the mean time, what the latest reading counts for. */
const SHARE_OF_LATEST = 0.1;

export interface TextReadersOptions {
  /** Images that are read at once. */
  places: number;
  onRestart?: () => void;
  workerFile?: URL;
  heapLimitMb?: number;
}

/**
 * Threads that read the printed text of images while a service is asked about them, and hold its answers against it.
 *
 * They are threads of their own, started with the first image: an inference holds its thread for up to a quarter of a
 * second, in which a thread that makes calls would hear no answer; and they give way to those that make calls, since they
 * run at the lowest priority. Each has one task at a time; what waits, waits here, and answers that are there go first.
 *
 * Nothing here fails: an image whose text cannot be read gives null.
 */
export class TextReaders {
  readonly places: number;
  readonly #pool: WorkerPool;
  readonly #waiting: (() => void)[] = [];
  #free: number;
  #eachMs: number | null = null;

  constructor({ places, ...options }: TextReadersOptions) {
    this.places = places;
    this.#free = places;
    this.#pool = new WorkerPool({ ...options, model: { kind: 'local' }, threads: places, callsPerThread: 1 });
  }

  /** What reading an image takes, ms, on average; null before one was read. */
  get eachMs(): number | null {
    return this.#eachMs;
  }

  /** @returns null where it cannot be read, or the signal came first */
  read(image: ImageSource, signal: AbortSignal): Promise<PageText | null> {
    return this.#inTurn(false, signal, async () => {
      const startedAt = performance.now();
      const reply = await this.#pool.readText({ image, timeoutMs: TEXT_LIMIT_MS }, signal);
      if (!reply.ok) return null;
      const ms = performance.now() - startedAt;
      this.#eachMs = this.#eachMs === null ? ms : this.#eachMs + SHARE_OF_LATEST * (ms - this.#eachMs);
      return reply.page;
    });
  }

  /** @returns the readings with their evidence, or null where that cannot be said, or the signal came first */
  ground(
    task: { analysis: AnalysisName; context: RunContext; page: PageText; readings: readonly unknown[] },
    signal: AbortSignal,
  ): Promise<unknown[] | null> {
    return this.#inTurn(true, signal, async () => {
      const reply = await this.#pool.quick({ kind: 'ground', ...task });
      return reply.ok ? reply.readings : null;
    });
  }

  /** Cancel what is under way first, to be quick. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #inTurn<Result>(isUrgent: boolean, signal: AbortSignal, job: () => Promise<Result>): Promise<Result | null> {
    if (this.#free > 0) this.#free -= 1;
    else {
      const turn = Promise.withResolvers<void>();
      if (isUrgent) this.#waiting.unshift(turn.resolve);
      else this.#waiting.push(turn.resolve);
      await turn.promise;
    }
    try {
      return signal.aborted ? null : await job();
    } finally {
      // The place goes from hand to hand: one who comes at this moment does not take it before those who wait.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
