import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MinuteLog } from './minute-log.ts';

describe('MinuteLog', () => {
  it('counts what ended in the last minute, and forgets what is older', () => {
    const log = new MinuteLog();
    for (let second = 0; second < 100; second++) log.imageEnded(second * 1_000);
    expect(log.summary(99_000).imagesEnded).toBe(60);
    expect(log.summary(130_000).imagesEnded).toBe(29);
    expect(log.summary(500_000)).toEqual({ imagesEnded: 0, p50: null, p95: null });
  });

  it('knows median and 95th of 100 within 4 of 100', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 200 }), (latencies) => {
        const log = new MinuteLog();
        latencies.forEach((ms, index) => log.answered(1_000_000 + index * 100, ms));
        const sorted = latencies.toSorted((a, b) => a - b);
        const { p50, p95 } = log.summary(1_000_000 + latencies.length * 100);
        for (const [found, share] of [
          [p50, 0.5],
          [p95, 0.95],
        ] as const) {
          const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
          expect(Math.abs((found ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.04 + 1);
        }
      }),
    );
  });
});
