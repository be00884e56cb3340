import type { Clock } from './clock.ts';
import { HOLDS, type HeldBy, type HeldMs } from './observer.ts';

/** Adds up for how long calls were kept from beginning, and by what. Asks the clock only when that changes. */
export class HeldTimes {
  readonly #clock: Clock;
  readonly #ms: HeldMs = { slots: 0, requests: 0, inputTokens: 0, overload: 0 };
  #by: HeldBy | null = null;
  #since = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param by null where nothing holds them, or nobody waits */
  change(by: HeldBy | null): void {
    if (by === this.#by) return;
    const now = this.#clock.now();
    if (this.#by !== null) this.#ms[this.#by] += now - this.#since;
    this.#by = by;
    this.#since = now;
  }

  /** Until now. */
  get ms(): HeldMs {
    const ms = { ...this.#ms };
    if (this.#by !== null) ms[this.#by] += this.#clock.now() - this.#since;
    return ms;
  }
}

/** What was added between two moments; nothing where one of them is missing. */
export function heldBetween(from: HeldMs | undefined, to: HeldMs | undefined): HeldMs {
  const held: HeldMs = { slots: 0, requests: 0, inputTokens: 0, overload: 0 };
  if (from && to) for (const by of HOLDS) held[by] = Math.max(0, to[by] - from[by]);
  return held;
}
