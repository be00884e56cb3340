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
  readonly #mostExtra: number;
  readonly #latencies: LatencyLog;
  #slowMs: number | null = null;
  #reckonedAt = -Infinity;

  constructor({ units, latencies }: { units: number; latencies: LatencyLog }) {
    this.#mostExtra = Math.floor(units * EXTRA_SHARE);
    this.#latencies = latencies;
  }

  /** @param made second calls so far */
  isAllowed(made: number): boolean {
    return made < this.#mostExtra;
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
