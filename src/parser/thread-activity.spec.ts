import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ThreadActivity } from './thread-activity.ts';

const WINDOW = 60;
const call = fc.record({ thread: fc.nat(2), startedAt: fc.nat(WINDOW - 1), tookMs: fc.nat(12) });

describe('ThreadActivity', () => {
  it('counts a moment of a thread once, however many calls it had then and in whatever order they are added', () => {
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        const activity = new ThreadActivity();
        for (const { thread, startedAt, tookMs } of calls) activity.add(thread, startedAt, startedAt + tookMs);
        const busy = Array.from({ length: WINDOW }, (_, at) => {
          const threads = calls.filter(({ startedAt, tookMs }) => startedAt <= at && at < startedAt + tookMs);
          return new Set(threads.map(({ thread }) => thread)).size;
        });
        const { utilisation, peak } = activity.summary(0, WINDOW, 3);
        expect(utilisation).toBeCloseTo(busy.reduce((sum, count) => sum + count, 0) / (WINDOW * 3), 9);
        expect(peak).toBe(Math.max(...busy));
      }),
    );
  });
});
