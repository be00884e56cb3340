/** Probing begins with so many calls in a second of a minute's window, and doubles every half second. */
const FIRST_PER_WINDOW = 240;
const DOUBLINGS_PER_WINDOW = 120;

/** Finds out an unknown rate: after a refusal calls go out slowly, then faster, until the next one. */
export class RateProbe {
  readonly #windowMs: number;
  /** When the call was made whose refusal began this. */
  readonly at: number;
  /** When the next one would have been let in. */
  readonly availableAt: number;
  readonly #letInBefore: number;
  readonly #fullMs: number;
  #startedAt: number;
  #lastRefusedAt: number;
  #lastAt = -Infinity;

  /** @param full what was let in before, and in how many ms: a bucket was full when that began */
  constructor(refusal: {
    windowMs: number;
    at: number;
    waitMs: number | null;
    full: { letIn: number; elapsedMs: number };
  }) {
    const { windowMs, at, waitMs, full } = refusal;
    this.#windowMs = windowMs;
    this.#letInBefore = full.letIn;
    this.#fullMs = full.elapsedMs;
    this.at = at;
    this.availableAt = at + (waitMs ?? 0);
    this.#startedAt = this.availableAt;
    this.#lastRefusedAt = at;
  }

  /**
   * When the last call was made that was refused together with the first one. Only what is let in after it shows that there
   * is room again: calls overtake each other on their way, so some that began in between were there before the first one.
   */
  get lastRefusedAt(): number {
    return this.#lastRefusedAt;
  }

  /** Another call of the same moment was refused. */
  refusedAgain(at: number): void {
    this.#lastRefusedAt = Math.max(this.#lastRefusedAt, at);
  }

  nextAt(now: number): number {
    const doublings = (Math.max(0, now - this.#startedAt) * DOUBLINGS_PER_WINDOW) / this.#windowMs;
    const gapMs = this.#windowMs / (FIRST_PER_WINDOW * 2 ** Math.min(doublings, 20));
    return Math.max(now, this.#lastAt + gapMs);
  }

  charged(now: number): void {
    this.#lastAt = now;
  }

  startOver(from: number): void {
    this.#startedAt = from;
  }

  /** What a bucket with this limit held when it was full. */
  burstFor(limit: number): number {
    return Math.max(1, this.#letInBefore - (limit * this.#fullMs) / this.#windowMs);
  }

  /** @param letIn since {@link at}. @returns the limit of a window, null where nothing was let in yet */
  limitFrom(letIn: number, refusedAt: number, waitMs: number | null): number | null {
    const elapsedMs = refusedAt + (waitMs ?? 0) - this.availableAt;
    return letIn > 0 && elapsedMs > 0 ? (letIn / elapsedMs) * this.#windowMs : null;
  }
}
