import type { Clock } from '../../src/engine/clock.ts';

interface Sleeper {
  at: number;
  wake: () => void;
}

/** A clock that jumps to the next sleeper as soon as nothing else can happen: a day of waiting takes a moment. */
export class SimulatedClock implements Clock {
  #now = 0;
  readonly #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        const place = this.#sleepers.indexOf(sleeper);
        if (place >= 0) this.#sleepers.splice(place, 1);
        resolve();
      });
    });
  }

  /** Runs until the work has ended. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const noted = work.finally(() => {
      ended = true;
    });
    noted.catch(() => {});
    while (!ended) {
      // Everything that can happen at this moment happens before time goes on.
      await new Promise((resolve) => setImmediate(resolve));
      if (ended) break;
      this.#sleepers.sort((a, b) => a.at - b.at);
      const next = this.#sleepers.shift();
      if (!next) continue;
      this.#now = next.at;
      next.wake();
    }
    return noted;
  }
}
