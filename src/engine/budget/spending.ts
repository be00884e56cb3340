/** One cost that was charged to a meter. */
export interface Spend {
  /** ms, when it was charged. */
  readonly at: number;
  /** What was thought before, then what it really was; 0 once it is known to have been refused. */
  cost: number;
  isSettled: boolean;
}

/**
 * What was spent in the last window, in order. Costs that are still estimates are kept apart from settled ones, since
 * estimates are corrected by the ratio that settled ones have shown.
 *
 * Everything is amortised constant time but {@link SpendingLog.since}, which is linear in what came after.
 */
export class SpendingLog {
  #spends: Spend[] = [];
  /** Everything before it has left the window. */
  #first = 0;
  #settled = 0;
  #estimated = 0;

  get settled(): number {
    return this.#settled;
  }

  get estimated(): number {
    return this.#estimated;
  }

  /** How many spends are in the window, refused ones among them. */
  get count(): number {
    return this.#spends.length - this.#first;
  }

  add(at: number, cost: number): Spend {
    const spend = { at, cost, isSettled: false };
    this.#spends.push(spend);
    this.#estimated += cost;
    return spend;
  }

  /** Puts back what was spent in an earlier life of the process. In order of time, before anything else. */
  restore(at: number, cost: number): void {
    this.#spends.push({ at, cost, isSettled: true });
    this.#settled += cost;
  }

  /** The cost is known now; 0 for a call that was refused. */
  settle(spend: Spend, cost: number): void {
    const isInWindow = this.#isInWindow(spend);
    if (isInWindow) {
      if (spend.isSettled) this.#settled -= spend.cost;
      else this.#estimated -= spend.cost;
      this.#settled += cost;
    }
    spend.cost = cost;
    spend.isSettled = true;
  }

  /** Lets go of what was spent at `horizon` or before. */
  forgetUntil(horizon: number): void {
    for (;;) {
      const spend = this.#spends[this.#first];
      if (!spend || spend.at > horizon) break;
      if (spend.isSettled) this.#settled -= spend.cost;
      else this.#estimated -= spend.cost;
      this.#first += 1;
    }
    if (this.#first === this.#spends.length) {
      this.#spends = [];
      this.#first = 0;
      // Sums of floating-point costs drift; an empty window is exactly empty.
      this.#settled = 0;
      this.#estimated = 0;
    } else if (this.#first > 1_024 && this.#first * 2 > this.#spends.length) {
      this.#spends = this.#spends.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The spends of the window from the oldest on. */
  *oldestFirst(): Generator<Spend> {
    for (let index = this.#first; index < this.#spends.length; index++) {
      const spend = this.#spends[index];
      if (spend) yield spend;
    }
  }

  /** When the oldest spends that together are worth `cost` were made: the last of them; of all, where that is not enough. */
  firstWorth(cost: number, ratio: number): { at: number; isEnough: boolean } {
    let rest = cost;
    let at = -Infinity;
    for (const spend of this.oldestFirst()) {
      rest -= spend.isSettled ? spend.cost : spend.cost * ratio;
      at = spend.at;
      if (rest <= 0) return { at, isEnough: true };
    }
    return { at, isEnough: false };
  }

  /** The oldest that still costs something. */
  oldest(): Spend | null {
    for (const spend of this.oldestFirst()) if (spend.cost > 0) return spend;
    return null;
  }

  /** When the newest was spent; -Infinity where there is none. */
  get newestAt(): number {
    return this.#spends.at(-1)?.at ?? -Infinity;
  }

  /** What was spent after `at`, estimates corrected by `ratio`. */
  since(at: number, ratio: number): number {
    let sum = 0;
    for (let index = this.#spends.length - 1; index >= this.#first; index--) {
      const spend = this.#spends[index];
      if (!spend || spend.at <= at) break;
      sum += spend.isSettled ? spend.cost : spend.cost * ratio;
    }
    return sum;
  }

  /** Spends are in order of time and leave the window at its old end only. */
  #isInWindow(spend: Spend): boolean {
    const first = this.#spends[this.#first];
    return first !== undefined && spend.at >= first.at;
  }
}
