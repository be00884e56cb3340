/**
 * How many calls may be under way at once, over all runs of the process. A run asks for one place at a time, and places
 * are given in the order of asking, so two runs share them evenly however many units each has.
 */
export interface Slots {
  /** Resolves with the release of a place, or null when the signal aborts first. */
  acquire(signal: AbortSignal): Promise<(() => void) | null>;
}

/** A fixed number of places. */
export class FixedSlots implements Slots {
  #limit: number;
  #taken = 0;
  readonly #waiting: ((release: () => void) => void)[] = [];

  /** @param limit at least 1 */
  constructor(limit: number) {
    this.#limit = Math.max(1, Math.floor(limit));
  }

  /** Takes effect on the next places given; those already taken are left alone. */
  resize(limit: number): void {
    this.#limit = Math.max(1, Math.floor(limit));
    this.#serve();
  }

  acquire(signal: AbortSignal): Promise<(() => void) | null> {
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const grant = (release: () => void) => {
        signal.removeEventListener('abort', giveUp);
        resolve(release);
      };
      const giveUp = () => {
        const place = this.#waiting.indexOf(grant);
        if (place >= 0) this.#waiting.splice(place, 1);
        resolve(null);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(grant);
      this.#serve();
    });
  }

  #serve(): void {
    while (this.#taken < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#taken += 1;
      next(this.#releaseOnce());
    }
  }

  #releaseOnce(): () => void {
    let released = false;
    return () => {
      // A second release would let one call too many through.
      if (released) return;
      released = true;
      this.#taken -= 1;
      this.#serve();
    };
  }
}

/** At most `limit` places of the shared ones for one run: a sequential run is one with a limit of 1. */
export class LimitedSlots implements Slots {
  readonly #own: FixedSlots;
  readonly #shared: Slots;

  constructor(shared: Slots, limit: number) {
    this.#own = new FixedSlots(limit);
    this.#shared = shared;
  }

  async acquire(signal: AbortSignal): Promise<(() => void) | null> {
    const releaseOwn = await this.#own.acquire(signal);
    if (!releaseOwn) return null;
    const releaseShared = await this.#shared.acquire(signal);
    if (!releaseShared) {
      releaseOwn();
      return null;
    }
    return () => {
      releaseShared();
      releaseOwn();
    };
  }
}
