import type { Spend } from './spending.ts';
import type { Window } from './window.ts';

/**
 * The one call beyond a full window, where nobody knows yet whether it is one: a bucket that has refilled meanwhile lets it
 * in, a window refuses it.
 */
export class Scout {
  readonly #window: Window;
  readonly #options: { windowMs: number; isExact: boolean };
  #spend: Spend | null = null;
  #wasLetIn = false;
  #isInDoubt = false;

  /** @param options whether costs are known exactly beforehand */
  constructor(window: Window, options: { windowMs: number; isExact: boolean }) {
    this.#window = window;
    this.#options = options;
  }

  /** Whether the next call would be it: the window is full, and none has gone that may still tell. */
  isDue(cost: number, limit: number): boolean {
    if (this.#spend !== null && !this.#hasLeftInDoubt(this.#spend)) return false;
    return this.#window.log.count >= 2 && this.#window.missing(cost, limit) > 0;
  }

  sent(spend: Spend): void {
    this.#spend = spend;
    this.#wasLetIn = false;
    this.#isInDoubt = false;
  }

  /** Another call was refused: where this one was let in, that may have been in the other's place. */
  doubt(): void {
    this.#isInDoubt = this.#spend !== null;
  }

  is(spend: Spend): boolean {
    return spend === this.#spend;
  }

  /** It was let in, and what it cost is known. */
  cameBack(limit: number): void {
    if (this.#spend === null) return;
    const { at, cost } = this.#spend;
    const isBeyond = this.#options.isExact || this.#window.until(at) - this.#window.slack(cost) > limit;
    if (isBeyond) this.#wasLetIn = true;
    // It cost so little that a window had room for it: another one may go.
    else this.#spend = null;
  }

  /**
   * From when on it is sure that it was let in beyond the limit; Infinity where it was not. Calls overtake each other: one
   * from before it may have been refused in its place, and is not heard of yet.
   */
  get tellsAt(): number {
    return this.#wasLetIn && !this.#isInDoubt && this.#spend ? this.#spend.at + this.#options.windowMs / 60 : Infinity;
  }

  #hasLeftInDoubt(spend: Spend): boolean {
    return this.#isInDoubt && (this.#window.log.oldest()?.at ?? Infinity) > spend.at;
  }
}
