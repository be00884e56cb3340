import { SpendingLog, type Spend } from './spending.ts';

/** Calls leave and arrive with different delays; a window is waited for this share longer than its length. */
const MARGIN_SHARE = 0.003;
const LARGEST_MARGIN_SHARE = 1 / 60;

/** What was spent in the last window, and when it leaves it. Costs that are estimates count as answers have shown them. */
export class Window {
  readonly log = new SpendingLog();
  readonly #windowMs: number;
  readonly #slackShare: number;
  /** What settled costs came to, for each unit of what they had been thought. */
  ratio = 1;
  #marginMs: number;

  /** @param slackShare by what share the cost of one call may turn out larger than it was thought; 0 where it is known */
  constructor(windowMs: number, slackShare: number) {
    this.#windowMs = windowMs;
    this.#slackShare = slackShare;
    this.#marginMs = windowMs * MARGIN_SHARE;
  }

  get marginMs(): number {
    return this.#marginMs;
  }

  /** A window was waited for, and yet the call was early: calls need different times to get there. */
  widenMargin(ms: number): void {
    this.#marginMs = Math.min(this.#marginMs + ms, this.#windowMs * LARGEST_MARGIN_SHARE);
  }

  get used(): number {
    return this.log.settled + this.log.estimated * this.ratio;
  }

  costOf(spend: Spend): number {
    return spend.isSettled ? spend.cost : spend.cost * this.ratio;
  }

  /** What was spent after `at`. */
  since(at: number): number {
    return this.log.since(at, this.ratio);
  }

  /** What was spent until `at`, it included. */
  until(at: number): number {
    return this.used - this.since(at);
  }

  forget(now: number): void {
    // A little early: at the very moment that was reckoned for it, rounding must not keep it in.
    this.log.forgetUntil(now - this.#windowMs - this.#marginMs + 1e-6);
  }

  /** ms from `at` until the oldest spend leaves the window. */
  waitMs(at: number): number {
    const oldest = this.log.oldest();
    return oldest ? oldest.at + this.#windowMs - at : 0;
  }

  /** What calls under way may turn out to cost beyond their estimates: the more of them, the more they level out. */
  slack(cost: number, estimated = this.log.estimated * this.ratio): number {
    return this.#slackShare * Math.sqrt(estimated * cost);
  }

  /** What must leave before `cost` is sure to fit in; 0 or less where it does. */
  missing(cost: number, limit: number): number {
    return this.used + cost + this.slack(cost, this.log.estimated * this.ratio + cost) - limit;
  }

  /** When `cost` fits in: now, or later. */
  fitsAt(now: number, cost: number, limit: number): number {
    const missing = this.missing(cost, limit);
    if (missing <= 0) return now;
    // One call that costs more than a whole window goes out alone, after all others have left it.
    return Math.max(now, this.log.firstWorth(missing, this.ratio).at + this.#windowMs + this.#marginMs);
  }

  /** When all of `total` could have been spent: a window gives its limit again and again, each part a window later. */
  allAt(now: number, total: number, limit: number): number {
    const room = Math.max(0, limit - this.used);
    if (total <= room) return now;
    const missing = total - room;
    const rounds = Math.floor(missing / limit);
    const { at, isEnough } = this.log.firstWorth(missing - rounds * limit, this.ratio);
    return (isEnough ? at : now) + this.#windowMs * (rounds + 1);
  }
}
