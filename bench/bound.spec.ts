import { describe, expect, it } from '@jest/globals';
import type { Admitted } from '../test/support/stand-in-load.ts';
import { greedyBound } from './bound.ts';
import type { BoundInput } from './bound.ts';

function bound(calls: (number | Partial<Admitted>)[], more: Partial<BoundInput> = {}) {
  let place = 0;
  const next = (): Admitted => {
    const call = calls[place++ % calls.length] ?? 0;
    const given = typeof call === 'number' ? { latencyMs: call } : call;
    return { latencyMs: 0, fault: null, inputTokens: null, ...given };
  };
  return greedyBound({
    count: calls.length,
    inFlight: 100,
    requests: null,
    inputTokens: null,
    next,
    timeoutMs: 30_000,
    ...more,
  });
}

describe('greedyBound', () => {
  it('fills each slot as soon as it is free', () => {
    // Two slots: 3 | 1, then 1 after the 1, then 2 after that; the last ends at 4 beside the first, which ended at 3.
    expect(bound([3, 1, 1, 2], { inFlight: 2 })).toEqual({ totalMs: 4, finishedMs: [1, 2, 3, 4], calls: 4 });
  });

  it('waits for the window of calls', () => {
    const requests = { amount: 2, windowMs: 100 };
    // 0, 0 | 100, 100 | 200, each 5 long.
    expect(bound([5, 5, 5, 5, 5], { requests }).finishedMs).toEqual([5, 5, 105, 105, 205]);
    // The first slot is free at 60 only, so the window opens later for the fourth: 0, 60 | 120 → 100 is past, but slot at 120.
    expect(bound([60, 60, 60, 60], { requests, inFlight: 1 }).finishedMs).toEqual([60, 120, 180, 240]);
  });

  it('spends the burst of a bucket, then goes at its rate', () => {
    const requests = { amount: 10, windowMs: 100, kind: 'bucket', burst: 2 } as const;
    expect(bound([1, 1, 1, 1], { requests }).finishedMs).toEqual([1, 1, 11, 21]);
  });

  it('counts tokens beside calls', () => {
    const inputTokens = { amount: 100, windowMs: 100 };
    const cost = (tokens: number) => ({ latencyMs: 1, inputTokens: tokens });
    // 60 + 40 fit; 10 waits until the 60 have left; then 90 wait until the 40 have left, too (both at 100).
    expect(bound([cost(60), cost(40), cost(10), cost(90)], { inputTokens }).finishedMs).toEqual([1, 1, 101, 101]);
    expect(() => bound([cost(101)], { inputTokens })).toThrow(RangeError);
  });

  it('repeats what failed at once: after its latency a 503, after the timeout what hangs', () => {
    const calls: Partial<Admitted>[] = [
      { latencyMs: 10, fault: 'unavailable' },
      { latencyMs: 10, fault: 'hang' },
      { latencyMs: 5 },
      { latencyMs: 7 },
      { latencyMs: 3 },
    ];
    // Three units: calls 1–3 at 0; the 503 ends at 10 and goes again for 7; the hang ends at 50 and goes again for 3.
    expect(bound(calls, { count: 3, timeoutMs: 50 })).toEqual({ totalMs: 53, finishedMs: [5, 17, 53], calls: 5 });
  });
});
