import type { LatencyLog } from './latency-log.ts';

/** A call is slow from this multiple of what 95 of 100 calls take at most. */
const SLOW_FACTOR = 1.5;
/** Answers that must have been seen before anything is called slow. */
const LEAST_ANSWERS = 20;
/** Second calls at most, as a share of the run's units. */
const EXTRA_SHARE = 0.02;
const CHECK_EVERY_MS = 100;
/** The quantile is worked out anew no more often than this. */
const QUANTILE_EVERY_MS = 500;

/** Decides when a call is so slow that a second one is worth its price. */
export class Hedging {
  readonly checkEveryMs = CHECK_EVERY_MS;
  readonly #units: () => number;
  readonly #latencies: LatencyLog;
  #slowMs: number | null = null;
  #reckonedAt = -Infinity;

  /** @param parts `units` says how many the run has, so far */
  constructor({ units, latencies }: { units: () => number; latencies: LatencyLog }) {
    this.#units = units;
    this.#latencies = latencies;
  }

  /** @param made second calls so far */
  isAllowed(made: number): boolean {
    return made < Math.floor(this.#units() * EXTRA_SHARE);
  }

  /**
   * Those of the calls under way that a second one may be made for.
   *
   * @param calls in the order of their beginning
   * @param made second calls so far
   */
  *slow<Call extends { startedAt: number }>(calls: Iterable<Call>, now: number, made: () => number): Generator<Call> {
    const slowMs = this.slowMs(now);
    if (slowMs === null) return;
    for (const call of calls) {
      // Those that follow are younger.
      if (now - call.startedAt < slowMs || !this.isAllowed(made())) return;
      yield call;
    }
  }

  /** From what age on a call is slow; null while that is not known. */
  slowMs(now: number): number | null {
    if (now - this.#reckonedAt < QUANTILE_EVERY_MS) return this.#slowMs;
    this.#reckonedAt = now;
    const p95 = this.#latencies.answered >= LEAST_ANSWERS ? this.#latencies.summary(now)?.quantileMs(0.95) : null;
    this.#slowMs = p95 === null || p95 === undefined ? null : p95 * SLOW_FACTOR;
    return this.#slowMs;
  }
}
