import type { RateProbe } from './rate-probe.ts';

export interface BucketOptions {
  windowMs: number;
  /** Calls arrive with different delays: so much of the refill is left in the bucket. */
  marginMs: number;
  burst: number | null;
}

/** An estimated rate is first kept a little low, then lets itself be found out again: shares of the rate. */
const ESTIMATED_FROM = 0.985;
const ESTIMATED_GROWTH = 0.03;

/**
 * What a service's token bucket holds, as far as it can be told from outside. Its limit (what it is refilled by in a
 * window) is handed in with each question, since the meter may learn a better one.
 */
export class Bucket {
  readonly #options: BucketOptions;
  #burst: number | null;
  #level: number;
  #at = -Infinity;
  /** When it was full last, and what was taken since: a refusal then tells how much it held. */
  #fullAt: number | null = null;
  #takenSinceFull = 0;
  /** When the first refusal since then was heard. */
  #emptyBy: number | null = null;
  /** A moment at which it was empty, and what was taken since: the next such moment tells the rate. */
  #saturation: { availableAt: number; taken: number; refusedAt: number } | null = null;

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#burst = options.burst;
    this.#level = options.burst ?? 1;
  }

  get burst(): number | null {
    return this.#burst;
  }

  level(now: number, limit: number): number {
    if (this.#at === -Infinity) return this.#level;
    const level = this.#level + (now - this.#at) * this.#rate(now, limit);
    return this.#burst === null ? level : Math.min(this.#burst, level);
  }

  /** @param isAhead for what is spent piece by piece over a time, and may be more than the bucket ever holds */
  nextAt(now: number, cost: number, limit: number, isAhead = false): number {
    const rate = this.#rate(now, limit);
    const reserve = Math.min(rate * this.#options.marginMs, (this.#burst ?? Infinity) / 5);
    const wanted = isAhead ? cost : Math.min(cost + reserve, Math.max(this.#burst ?? Infinity, 0));
    const missing = wanted - this.level(now, limit);
    return missing <= 0 ? now : now + missing / rate;
  }

  take(now: number, cost: number, limit: number): void {
    const level = this.level(now, limit);
    if (this.#burst !== null && level >= this.#burst) {
      this.#fullAt = now;
      this.#emptyBy = null;
      this.#takenSinceFull = 0;
    }
    this.#level = level - cost;
    this.#at = now;
    this.#takenSinceFull += cost;
    if (this.#saturation) this.#saturation.taken += cost;
  }

  /** What was taken turned out to be more (or, negative, less) than was thought. */
  correct(difference: number): void {
    this.#level -= difference;
    this.#takenSinceFull += difference;
    if (this.#saturation) this.#saturation.taken += difference;
  }

  /** Only now is it known that this is a bucket: it was full when the first of these costs was taken. */
  foundFullAt(at: number, taken: number): void {
    this.#fullAt = at;
    this.#emptyBy = null;
    this.#takenSinceFull = taken;
    this.#burst = null;
    // What was counted before did not know how much it holds.
    this.#at = -Infinity;
  }

  /** It let in more than a window would have: at least so much it holds. */
  holds(now: number, burst: number, takenSinceFull: number, fullAt: number, limit: number): void {
    this.#burst = burst;
    this.#level = Math.min(burst, burst - takenSinceFull + (now - fullAt) * this.#rate(now, limit));
    this.#at = now;
    this.#fullAt = null;
  }

  /** Two refusals have told the rate. @param taken since the first one */
  foundOut(probe: RateProbe, taken: number, limit: number): void {
    this.#burst = probe.burstFor(limit);
    this.#at = -Infinity;
    this.#saturatedFrom(probe.availableAt, taken);
  }

  #saturatedFrom(availableAt: number, taken: number): void {
    this.#saturation = { availableAt, taken, refusedAt: availableAt };
  }

  /**
   * A call of `at` was refused: what it wanted was not there then, and (where the service says the wait) this is what
   * was. @param since what was taken after `at`
   */
  anchor(refusal: {
    at: number;
    cost: number;
    waitMs: number | null;
    now: number;
    since: number;
    limit: number;
  }): void {
    const { at, cost, waitMs, now, since, limit } = refusal;
    const rate = this.#rate(now, limit);
    const there = waitMs === null ? 0 : cost - waitMs * rate;
    const level = there + (now - at) * rate - since;
    this.#level = this.#at === -Infinity ? level : Math.min(this.level(now, limit), level);
    this.#at = now;
    if (this.#saturation) this.#saturation.refusedAt = now;
    if (this.#fullAt === null) return;
    this.#emptyBy ??= now;
    // Full then, empty now: what went out, less what came in meanwhile, is what it holds. Each further refusal of the same
    // moment tells of one more that did not go out.
    if (at > this.#emptyBy) {
      this.#fullAt = null;
      this.#emptyBy = null;
      return;
    }
    const held = Math.max(cost, this.#takenSinceFull - since + Math.max(0, there) - (at - this.#fullAt) * rate);
    this.#burst = this.#burst === null ? held : Math.min(this.#burst, held);
  }

  /** What the rate must be, given what was let in between two moments at which the bucket was empty. */
  betterLimit(at: number, waitMs: number | null, since: number, limit: number): number {
    const saturation = this.#saturation;
    if (saturation === null) return limit;
    const availableAt = at + (waitMs ?? 0);
    const elapsedMs = availableAt - saturation.availableAt;
    const letIn = saturation.taken - since;
    if (elapsedMs > this.#options.windowMs / 3) this.#saturatedFrom(availableAt, since);
    if (elapsedMs <= 0 || letIn <= 0) return limit;
    const seen = (letIn / elapsedMs) * this.#options.windowMs;
    // Far from what was thought is more likely an idle time, or somebody else at the same account.
    return seen > limit * 0.6 && seen < limit * 1.5 ? seen : limit;
  }

  #rate(now: number, limit: number): number {
    const { windowMs } = this.#options;
    if (this.#saturation === null) return limit / windowMs;
    const calm = Math.min(1, Math.max(0, now - this.#saturation.refusedAt) / (windowMs / 4));
    return ((ESTIMATED_FROM + ESTIMATED_GROWTH * calm) * limit) / windowMs;
  }
}
