import { describe, expect, it } from '@jest/globals';
import { lognormalLatency } from '../../test/support/stand-in-chance.ts';
import { LatencyLog } from './latency-log.ts';

/** Calls that began at 0: answered after so many ms, cut off (negative), or still under way (null). */
function logOf(calls: readonly (number | null)[]): LatencyLog {
  const log = new LatencyLog();
  for (const ms of calls) {
    const mark = log.begin(0);
    if (ms !== null) log.end(mark, Math.abs(ms), ms > 0);
  }
  return log;
}

describe('LatencyLog', () => {
  it('knows nothing before an answer', () => {
    expect(logOf([]).summary(0)).toBeNull();
    expect(logOf([null, null, -300]).summary(1_000)).toBeNull();
  });

  it('with all answers in it is mean and quantiles as they are', () => {
    const summary = logOf([400, 100, 300, 200]).summary(9_999);
    expect(summary?.meanMs).toBeCloseTo(250);
    expect([0.25, 0.5, 0.75, 0.76, 1].map((share) => summary?.quantileMs(share))).toEqual([100, 200, 300, 400, 400]);
  });

  it("is Kaplan's and Meier's estimate where calls are under way or were cut off", () => {
    // By hand: of five, one ends at 1 (4/5 left), one is cut off at 2, of three one ends at 3 (4/5 × 2/3 = 8/15 left), one
    // is under way at 4, and the last ends at 5 (none left).
    const log = new LatencyLog();
    const under = log.begin(0);
    for (const [ms, isAnswer] of [
      [1, true],
      [2, false],
      [3, true],
      [5, true],
    ] as const) {
      log.end(log.begin(0), ms, isAnswer);
    }
    expect(under.ms).toBeNull();
    const summary = log.summary(4);
    // 1 × 3/15 + 3 × 4/15 + 5 × 8/15
    expect(summary?.meanMs).toBeCloseTo(55 / 15);
    expect([0.2, 0.21, 7 / 15, 0.47, 1].map((share) => summary?.quantileMs(share))).toEqual([1, 3, 3, 5, 5]);
  });

  it('does not say a quantile that nobody has seen yet; the mean takes the longest for the rest', () => {
    // Of four one ended at 100: three quarters take longer than that.
    const summary = logOf([100, null, null, null]).summary(1_000);
    expect([summary?.quantileMs(0.25), summary?.quantileMs(0.26), summary?.quantileMs(0.95)]).toEqual([
      100,
      null,
      null,
    ]);
    expect(summary?.meanMs).toBeCloseTo(100);
  });

  it('is not misled by the fastest calls, which come back first', () => {
    const latency = lognormalLatency(2_000, 0.5, 1);
    const all = Array.from({ length: 400 }, () => latency({} as Parameters<typeof latency>[0]));
    // 2 s after 400 calls began together only half of them are back.
    const log = logOf(all.map((ms) => (ms <= 2_000 ? ms : null)));
    const summary = log.summary(2_000);
    const truth = all.toSorted((a, b) => a - b);
    expect(summary?.quantileMs(0.4)).toBe(truth[159]);
    expect(summary?.quantileMs(0.95)).toBeNull();
  });

  it('looks back at the last 500 calls, and holds no more than a thousand', () => {
    const log = logOf([...Array<number>(5_000).fill(100), ...Array<number>(500).fill(900)]);
    expect(log.summary(0)?.quantileMs(0.01)).toBe(900);
    expect(log.answered).toBeLessThanOrEqual(1_000);
  });

  it('a call that it no longer holds may still end', () => {
    const log = new LatencyLog();
    const first = log.begin(0);
    for (let call = 0; call < 2_000; call++) log.end(log.begin(0), 100, true);
    log.end(first, 60_000, true);
    expect(log.summary(60_000)?.quantileMs(1)).toBe(100);
  });
});
