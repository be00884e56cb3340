import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withLanes } from './lanes.ts';

const bars = fc.array(
  fc
    .record({
      thread: fc.option(fc.integer({ min: 1, max: 5 })),
      startMs: fc.nat(1_000),
      lengthMs: fc.nat(300),
    })
    .map(({ thread, startMs, lengthMs }) => ({ thread, startMs, endMs: startMs + lengthMs })),
  { maxLength: 60 },
);

describe('withLanes', () => {
  it('lets no bar overlap another one of its lane, and keeps the lanes of a thread together', () => {
    fc.assert(
      fc.property(bars, (given) => {
        const placed = withLanes(given);
        expect(placed).toHaveLength(given.length);
        for (const one of placed) {
          for (const other of placed) {
            if (one === other || one.lane !== other.lane) continue;
            expect(one.thread).toBe(other.thread);
            expect(one.startMs < other.endMs && other.startMs < one.endMs).toBe(false);
          }
        }
        const used = [...new Set(placed.map(({ lane }) => lane))].sort((a, b) => a - b);
        expect(used).toEqual(used.map((_, index) => index));
      }),
    );
  });

  it('needs no more lanes for a thread than it ever had calls at once', () => {
    const placed = withLanes([
      { thread: 1, startMs: 0, endMs: 10 },
      { thread: 1, startMs: 10, endMs: 20 },
      { thread: 1, startMs: 5, endMs: 15 },
      { thread: 2, startMs: 0, endMs: 5 },
    ]);
    expect(placed.map(({ thread, lane }) => [thread, lane])).toEqual([
      [2, 2],
      [1, 0],
      [1, 1],
      [1, 0],
    ]);
  });
});
