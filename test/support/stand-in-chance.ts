import { gaussian, seededRandom } from './seeded-random.ts';
import { quotaMeter } from './stand-in-quota.ts';
import type { StandInAsk, StandInQuota } from './stand-in-types.ts';

/** Latencies as services have them: most near the median, a few very late. `sigma` 0.5 puts p99 at 3.2 times the median. */
export function lognormalLatency(medianMs: number, sigma: number, seed = 1): (ask: StandInAsk) => number {
  const random = seededRandom(seed);
  return () => medianMs * Math.exp(sigma * gaussian(random));
}

/** Counts requests against a quota: 0 where one is let in, else ms until one would be. */
export function quotaGate({ requests, ...limit }: StandInQuota): (nowMs: number) => number {
  const meter = quotaMeter({ ...limit, amount: requests });
  return (nowMs) => {
    const waitMs = meter.waitMs(nowMs, 1);
    if (waitMs <= 0) meter.take(nowMs, 1);
    return waitMs;
  };
}
