/** One limit of an account: so much in a period. */
export interface QuotaLimit {
  /** Requests or tokens in a period. */
  amount: number;
  /** Length of the period, ms; 60 000 as in "per minute". */
  windowMs?: number;
  /**
   * `sliding`: at most `amount` in any window. `calendar`: in each period of the clock on the wall. `bucket`: refills
   * steadily and holds `burst` at most.
   */
  kind?: 'sliding' | 'calendar' | 'bucket';
  /** What a full bucket holds; `amount` where it is not said. */
  burst?: number;
}

/** Counts against one limit. Asking consumes nothing, so that several limits can be asked before any is charged. */
export interface QuotaMeter {
  /** ms until `amount` more would be let in; 0 where it is now, Infinity where it never is. `nowMs` never goes back. */
  waitMs(nowMs: number, amount: number): number;
  take(nowMs: number, amount: number): void;
}

/** Additions of many small numbers must not refuse the call that comes at the very moment it was told. */
const ROUNDING = 1e-6;

export function quotaMeter({ amount, windowMs = 60_000, kind = 'sliding', burst = amount }: QuotaLimit): QuotaMeter {
  if (kind === 'bucket') return new TokenBucket(amount / windowMs, burst);
  return kind === 'calendar' ? new CalendarPeriod(amount, windowMs) : new SlidingWindow(amount, windowMs);
}

class CalendarPeriod implements QuotaMeter {
  readonly #limit: number;
  readonly #windowMs: number;
  #period = 0;
  #used = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  waitMs(nowMs: number, amount: number): number {
    const period = Math.floor((nowMs + ROUNDING) / this.#windowMs);
    if (period !== this.#period) this.#used = 0;
    this.#period = period;
    if (amount > this.#limit) return Infinity;
    return this.#used + amount <= this.#limit ? 0 : (period + 1) * this.#windowMs - nowMs;
  }

  take(_nowMs: number, amount: number): void {
    this.#used += amount;
  }
}

class SlidingWindow implements QuotaMeter {
  readonly #limit: number;
  readonly #windowMs: number;
  /** Of what was let in, in order; before `#head` all has left the window. */
  #atMs: number[] = [];
  #amounts: number[] = [];
  #head = 0;
  #used = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  waitMs(nowMs: number, amount: number): number {
    this.#forgetBefore(nowMs - this.#windowMs);
    let over = this.#used + amount - this.#limit;
    if (over <= 0) return 0;
    for (let place = this.#head; place < this.#atMs.length; place++) {
      over -= this.#amounts[place] ?? 0;
      if (over <= 0) return (this.#atMs[place] ?? 0) + this.#windowMs - nowMs;
    }
    return Infinity;
  }

  take(nowMs: number, amount: number): void {
    this.#atMs.push(nowMs);
    this.#amounts.push(amount);
    this.#used += amount;
  }

  #forgetBefore(atMs: number): void {
    while (this.#head < this.#atMs.length && (this.#atMs[this.#head] ?? 0) <= atMs + ROUNDING) {
      this.#used -= this.#amounts[this.#head] ?? 0;
      this.#head += 1;
    }
    if (this.#head < 1_000 || this.#head < this.#atMs.length / 2) return;
    this.#atMs = this.#atMs.slice(this.#head);
    this.#amounts = this.#amounts.slice(this.#head);
    this.#head = 0;
  }
}

class TokenBucket implements QuotaMeter {
  readonly #perMs: number;
  readonly #burst: number;
  #held: number;
  #filledAtMs: number | null = null;

  constructor(perMs: number, burst: number) {
    this.#perMs = perMs;
    this.#burst = burst;
    this.#held = burst;
  }

  waitMs(nowMs: number, amount: number): number {
    this.#held = Math.min(this.#burst, this.#held + (nowMs - (this.#filledAtMs ?? nowMs)) * this.#perMs);
    this.#filledAtMs = nowMs;
    if (amount > this.#burst) return Infinity;
    const missing = amount - this.#held;
    return missing <= ROUNDING ? 0 : missing / this.#perMs;
  }

  take(_nowMs: number, amount: number): void {
    this.#held -= amount;
  }
}
