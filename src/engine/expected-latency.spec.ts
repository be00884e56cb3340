import { describe, expect, it } from '@jest/globals';
import { lognormalLatency } from '../../test/support/stand-in-chance.ts';
import { assumedLatency, expectedLatency, UNSEEN_LATENCY } from './expected-latency.ts';
import { LatencyLog } from './latency-log.ts';

/** So many calls that began at 0, as they stand after `now` ms. */
function standing({ calls, now, sigma, seed }: { calls: number; now: number; sigma: number; seed: number }) {
  const latency = lognormalLatency(3_000, sigma, seed);
  const log = new LatencyLog();
  const allMs = Array.from({ length: calls }, () => latency({} as Parameters<typeof latency>[0]));
  for (const ms of allMs) {
    const mark = log.begin(0);
    if (ms <= now) log.end(mark, ms, true);
  }
  return { log, allMs: allMs.toSorted((a, b) => a - b) };
}

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

describe('expectedLatency', () => {
  it('is what was assumed before there is a call', () => {
    const expected = expectedLatency(new LatencyLog(), 0, UNSEEN_LATENCY);
    expect(expected.quantileMs(0.5)).toBeCloseTo(3_000, -2);
    expect(expected.quantileMs(0.95)).toBeCloseTo(4_200, -2);
    expect(expected.quantileMs(0.95)).toBeCloseTo(assumedLatency(UNSEEN_LATENCY).quantileMs(0.95), -2);
  });

  it.each([1, 2, 3, 4, 5, 6])('after the first answers it does not take all calls for as quick: seed %i', (seed) => {
    // A third of the calls are back.
    const { log, allMs } = standing({ calls: 44, now: 2_700, sigma: 0.25, seed });
    const { meanMs, quantileMs, longerThan } = expectedLatency(log, 2_700, UNSEEN_LATENCY);
    const truth = allMs.reduce((sum, ms) => sum + ms, 0) / allMs.length;
    expect(between(meanMs / truth, 0.85, 1.15)).toBe(true);
    expect(between(quantileMs(0.95) / (allMs[41] ?? 0), 0.8, 1.25)).toBe(true);
    expect(between(longerThan(2_700), 0.5, 0.85)).toBe(true);
  });

  it('learns of calls that take quite another time than was assumed', () => {
    const { log } = standing({ calls: 44, now: 3_500, sigma: 0.25, seed: 1 });
    const { meanMs } = expectedLatency(log, 3_500, { meanMs: 600, p95Ms: 900 });
    expect(between(meanMs, 2_400, 3_600)).toBe(true);
  });

  it('once there are answers enough it is what was seen', () => {
    const { log, allMs } = standing({ calls: 300, now: 60_000, sigma: 0.5, seed: 3 });
    const { quantileMs, longerThan } = expectedLatency(log, 60_000, UNSEEN_LATENCY);
    expect(quantileMs(0.5)).toBe(allMs[149]);
    expect(longerThan(allMs[149] ?? 0)).toBeCloseTo(0.5);
    expect([longerThan(0), longerThan(60_000)]).toEqual([1, expect.closeTo(0, 9)]);
  });

  it('shares and quantiles are of one distribution', () => {
    const { quantileMs, longerThan } = assumedLatency({ meanMs: 2_000, p95Ms: 5_000 });
    for (const share of [0.02, 0.2, 0.5, 0.8, 0.98]) expect(longerThan(quantileMs(share))).toBeCloseTo(1 - share, 2);
  });
});
