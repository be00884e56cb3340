import type { StandInAsk, StandInQuota } from './stand-in-types.ts';

/** Seeded numbers in 0..1 (mulberry32): the same seed gives the same run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Latencies as services have them: most near the median, a few very late. `sigma` 0.5 puts p99 at 3.2 times the median. */
export function lognormalLatency(medianMs: number, sigma: number, seed = 1): (ask: StandInAsk) => number {
  const random = seededRandom(seed);
  return () => {
    const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return medianMs * Math.exp(sigma * gauss);
  };
}

/** Counts requests against a quota: 0 where one is let in, else ms until one would be. */
export function quotaGate({ requests, windowMs = 60_000, kind = 'sliding' }: StandInQuota): (nowMs: number) => number {
  return kind === 'sliding' ? slidingWindow(requests, windowMs) : tokenBucket(requests, windowMs);
}

function slidingWindow(requests: number, windowMs: number): (nowMs: number) => number {
  const admitted: number[] = [];
  return (nowMs) => {
    while (admitted.length > 0 && (admitted[0] ?? 0) <= nowMs - windowMs) admitted.shift();
    const oldest = admitted[0];
    if (admitted.length >= requests && oldest !== undefined) return oldest + windowMs - nowMs;
    admitted.push(nowMs);
    return 0;
  };
}

function tokenBucket(requests: number, windowMs: number): (nowMs: number) => number {
  let tokens = requests;
  let filledAtMs: number | null = null;
  return (nowMs) => {
    tokens = Math.min(requests, tokens + ((nowMs - (filledAtMs ?? nowMs)) * requests) / windowMs);
    filledAtMs = nowMs;
    if (tokens < 1) return ((1 - tokens) * windowMs) / requests;
    tokens -= 1;
    return 0;
  };
}
