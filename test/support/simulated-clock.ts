import type { Clock } from '../../src/engine/clock.ts';
import { MinHeap } from './min-heap.ts';

interface Sleeper {
  atMs: number;
  /** Those of the same moment wake in the order in which they fell asleep. */
  order: number;
  wake: () => void;
  /** Aborted: it is left where it lies in the heap, and passed over when its time comes. */
  gone: boolean;
}

/** Turns of the event loop that work may take for itself while nothing sleeps. */
const MOST_IDLE_TURNS = 10_000;

/**
 * A clock that jumps to the next sleeper as soon as nothing else can happen: a day of waiting takes a moment. What it
 * costs for each sleep hardly grows with their number, so that the cost of what runs on it can be measured.
 */
export class SimulatedClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #sleepers = new MinHeap<Sleeper>((a, b) => a.atMs - b.atMs || a.order - b.order);

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      // Taken off again on waking: listeners of a whole run's sleeps on its one signal would pile up.
      const abort = (): void => {
        sleeper.gone = true;
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const wake = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper: Sleeper = { atMs: this.#now + ms, order: this.#order++, wake, gone: false };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', abort);
    });
  }

  /**
   * Runs until the work has ended.
   *
   * @throws Error where the work waits for something that cannot happen any more
   */
  async drive<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    let idleTurns = 0;
    const noted = work.finally(() => {
      ended = true;
    });
    noted.catch(() => {});
    while (!ended) {
      // Everything that can happen at this moment happens before time goes on.
      await new Promise((resolve) => setImmediate(resolve));
      if (ended) break;
      const next = this.#nextSleeper();
      if (!next) {
        // Without this a lost wake-up would turn until the test is over time.
        if (++idleTurns > MOST_IDLE_TURNS) throw new Error('Nothing sleeps, and yet the work has not ended.');
        continue;
      }
      idleTurns = 0;
      this.#now = next.atMs;
      next.wake();
    }
    return noted;
  }

  #nextSleeper(): Sleeper | undefined {
    let next = this.#sleepers.pop();
    while (next?.gone) next = this.#sleepers.pop();
    return next;
  }
}
