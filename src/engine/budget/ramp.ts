/** Calls that go out at once; then so many in a second, and as many times more as have gone out already. */
const AT_ONCE = 8;
const FIRST_PER_SECOND = 40;
const GROWTH_PER_SECOND = 0.75;
/** Of those that have come back quickly with an answer it is known that they were let in: they count for more. */
const GROWTH_PER_ANSWER = 5;
/**
 * A refusal comes at once, an answer takes seconds: the first calls that were not refused within this time were likely let in,
 * and count for as much more.
 */
const QUIET_MS = 400;
const MOST_QUIET = 16;
const GROWTH_PER_QUIET = 4;
/** The same where the limit of a window is told: as shares of it, if that is more. */
const AT_ONCE_SHARE = 1 / 50;
const FIRST_PER_SECOND_SHARE = 1 / 15;
/** What went through before without a refusal counts for so many of now. */
const PROVEN_FACTOR = 4;
const MINUTE_MS = 60_000;

/**
 * The pace of calls to an account whose ways are not known: slowly at first, then ever faster, so that a limit is met
 * with few calls too many under way. After a hundred calls it allows 115 a second, 64 more where
 * nobody says the limit and the first of them were not refused; after a thousand 790.
 */
export class Ramp {
  readonly #scale: number;
  #sent: number;
  readonly #atOnce: number;
  readonly #firstPerSecond: number;
  #nextAt = -Infinity;
  #answered = 0;
  readonly #mostQuiet: number;
  /** When the first calls went out, {@link MOST_QUIET} at most. */
  readonly #firstAt: number[] = [];

  /**
   * @param proven calls in a window that the account is known to bear
   * @param told what it is said to bear; null where nobody says
   */
  constructor(windowMs: number, proven: number, told: number | null) {
    this.#scale = windowMs / MINUTE_MS;
    this.#atOnce = Math.max(AT_ONCE, (told ?? 0) * AT_ONCE_SHARE);
    this.#firstPerSecond = Math.max(FIRST_PER_SECOND, (told ?? 0) * FIRST_PER_SECOND_SHARE);
    // Where the limit is told, the shares of it are quick enough.
    this.#mostQuiet = told === null ? MOST_QUIET : 0;
    this.#sent = PROVEN_FACTOR * Math.max(0, proven - this.#atOnce);
  }

  nextAt(now: number): number {
    return this.#sent < this.#atOnce ? now : Math.max(now, this.#nextAt);
  }

  /** A call was let in and answered. */
  answered(): void {
    this.#answered += 1;
  }

  charged(now: number): void {
    this.#sent += 1;
    if (this.#firstAt.length < this.#mostQuiet) this.#firstAt.push(now);
    const quiet = this.#firstAt.filter((at) => now - at >= QUIET_MS * this.#scale).length;
    const perSecond =
      this.#firstPerSecond +
      GROWTH_PER_SECOND * this.#sent +
      GROWTH_PER_ANSWER * this.#answered +
      GROWTH_PER_QUIET * quiet;
    const gapMs = (this.#scale * 1_000) / perSecond;
    // A little may be caught up on: timers fire late.
    this.#nextAt = Math.max(this.#nextAt, now - 10 * this.#scale) + gapMs;
  }
}
