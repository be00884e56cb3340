import type { LatencyLog, LatencySummary } from './latency-log.ts';

/** What calls were like before this run, or are taken to be like, ms. */
export interface AssumedLatency {
  meanMs: number;
  p95Ms: number;
}

/** Before any was seen: answers to one prompt about images of one kind are not far apart. */
export const UNSEEN_LATENCY: AssumedLatency = { meanMs: 3_000, p95Ms: 4_200 };

export interface ExpectedLatency {
  meanMs: number;
  /** What that share (0..1) of the calls takes at most, ms. */
  quantileMs: (share: number) => number;
  /** The share of calls that take longer than so many ms. */
  longerThan: (ms: number) => number;
}

/** From so many answers on what was seen speaks for itself. */
const ENOUGH_ANSWERS = 50;
/** What was assumed counts as much as so many answers. */
const ASSUMED_WEIGHT = 5;
const Z_OF_P95 = 1.645;
/** The fit hardly changes after that. */
const ROUNDS = 15;

/**
 * What calls take. The first answers are those of the quickest calls, and of the others nothing is known but that they take
 * longer than they have so far; so as long as there are few answers it is a distribution that fits both (log-normal), in which
 * the assumption counts for some answers.
 */
export function expectedLatency(log: LatencyLog, now: number, assumed: AssumedLatency): ExpectedLatency {
  const seen = log.answered >= ENOUGH_ANSWERS ? log.summary(now) : null;
  if (seen === null) return fitted(log, now, assumed);
  const { meanMs, steps, quantileMs } = seen;
  return {
    meanMs,
    quantileMs: (share) => quantileMs(share) ?? quantileMs(0.95) ?? meanMs * 2,
    longerThan: (ms) => 1 - (steps[stepsWithin(steps, ms) - 1]?.share ?? 0),
  };
}

/** How many of the ascending steps are at `ms` or before. */
function stepsWithin(steps: LatencySummary['steps'], ms: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.ms ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was assumed, as if it had been seen. */
export function assumedLatency(assumed: AssumedLatency): ExpectedLatency {
  return lognormal(logOf(assumed.meanMs), spreadOf(assumed));
}

/** By expectation and maximisation: what is under way counts as what it may be expected to take. */
function fitted(log: LatencyLog, now: number, assumed: AssumedLatency): ExpectedLatency {
  const [middle, spread] = [logOf(assumed.meanMs), spreadOf(assumed)];
  const calls = log.ages(now).map(({ ms, isAnswer }) => ({ y: logOf(ms), isAnswer }));
  let [mu, sigma] = [middle, spread];
  const count = calls.length + ASSUMED_WEIGHT;
  for (let round = 0; round < ROUNDS; round++) {
    let [sum, squares] = [0, 0];
    for (const { y, isAnswer } of calls) {
      const hazard = isAnswer ? 0 : hazardOf((y - mu) / sigma);
      sum += isAnswer ? y : mu + sigma * hazard;
      squares += isAnswer ? y * y : mu * mu + sigma * sigma + sigma * (y + mu) * hazard;
    }
    mu = (sum + ASSUMED_WEIGHT * middle) / count;
    const scatter = squares - 2 * mu * sum + calls.length * mu * mu;
    sigma = Math.sqrt(Math.max(1e-4, (scatter + ASSUMED_WEIGHT * spread ** 2) / count));
  }
  return lognormal(mu, sigma);
}

function lognormal(mu: number, sigma: number): ExpectedLatency {
  return {
    meanMs: Math.exp(mu + (sigma * sigma) / 2),
    quantileMs: (share) => Math.exp(mu + sigma * normalQuantile(share)),
    longerThan: (ms) => normalTail((logOf(ms) - mu) / sigma),
  };
}

/** Shorter than a millisecond is a millisecond. */
function logOf(ms: number): number {
  return Math.log(Math.max(1, ms));
}

function spreadOf({ meanMs, p95Ms }: AssumedLatency): number {
  return Math.max(0.05, (logOf(p95Ms) - logOf(meanMs)) / Z_OF_P95);
}

/** The density of the normal distribution at `z`, of what is left of it there. */
function hazardOf(z: number): number {
  // Beyond that the two are too small to be divided, and their ratio is `z` and a little more.
  return z > 5 ? z + 1 / z : Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / normalTail(z);
}

/** What is left of the normal distribution above `z`; Abramowitz and Stegun 26.2.17, within 1e-7. */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Tukey's approximation; within 0.01 between 0.5 % and 99.5 %. */
function normalQuantile(share: number): number {
  const p = Math.min(0.9995, Math.max(0.0005, share));
  return 4.91 * (p ** 0.14 - (1 - p) ** 0.14);
}
