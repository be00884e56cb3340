import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TimelineCall } from '../../../../src/contract/timeline.ts';
import { barAt, barsIn, countsOf, laneHeight, lanesIn, moved, ticksOf, zoomed } from './timeline-view.ts';

function call(given: Partial<TimelineCall>): TimelineCall {
  const nothing = { position: 0, image: 'a.png', lane: 0, thread: 1, startMs: 0, endMs: 100, code: null } as const;
  return { ...nothing, kind: 'call', outcome: 'succeeded', ...given };
}
const screen = { widthPx: 1_000, lanePx: 20 };

describe('bars of a timeline', () => {
  it('are as long as their calls, in the rows of their lanes', () => {
    const calls = [call({ startMs: 100, endMs: 300 }), call({ lane: 2, startMs: 500, endMs: 1_000 })];
    expect(barsIn(calls, { fromMs: 0, toMs: 1_000 }, screen)).toMatchObject([
      { x: 100, y: 0, width: 200, height: 18 },
      { x: 500, y: 40, width: 500, height: 18 },
    ]);
    expect(lanesIn(calls)).toBe(3);
  });

  it('lie within the picture and can be seen, wherever one looks', () => {
    const time = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(time, time, time, fc.integer({ min: 1, max: 60_000 }), (start, length, fromMs, span) => {
        const bars = barsIn([call({ startMs: start, endMs: start + length })], { fromMs, toMs: fromMs + span }, screen);
        for (const { x, width } of bars) {
          expect(width).toBeGreaterThanOrEqual(2);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(screen.widthPx + 1e-6);
        }
        expect(bars).toHaveLength(start + length >= fromMs && start <= fromMs + span ? 1 : 0);
      }),
    );
  });

  it('are found under the pointer, thin ones a little beside, too', () => {
    const bars = barsIn(
      [call({ startMs: 100, endMs: 100 }), call({ lane: 1, endMs: 500 })],
      { fromMs: 0, toMs: 1_000 },
      screen,
    );
    expect(barAt(bars, 104, 5)?.call.startMs).toBe(100);
    expect(barAt(bars, 110, 5)).toBeNull();
    expect(barAt(bars, 300, 30)?.call.lane).toBe(1);
  });
});

describe('the view of a timeline', () => {
  it('stays within the run and keeps what is under the pointer there', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 100_000 }),
        share,
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (wallMs, anchor, factor) => {
          const view = zoomed(zoomed({ fromMs: 0, toMs: wallMs }, 0.5, anchor, wallMs), factor, anchor, wallMs);
          expect(view.fromMs).toBeGreaterThanOrEqual(0);
          expect(view.toMs).toBeLessThanOrEqual(wallMs + 1e-6);
        },
      ),
    );
    expect(zoomed({ fromMs: 0, toMs: 1_000 }, 0.5, 0.5, 1_000)).toEqual({ fromMs: 250, toMs: 750 });
    expect(moved({ fromMs: 250, toMs: 750 }, 500, 1_000)).toEqual({ fromMs: 500, toMs: 1_000 });
    expect(moved({ fromMs: 250, toMs: 750 }, -500, 1_000)).toEqual({ fromMs: 0, toMs: 500 });
  });

  it('has its marks at round times', () => {
    expect(ticksOf({ fromMs: 0, toMs: 1_000 }, 5)).toEqual([0, 200, 400, 600, 800, 1_000]);
    expect(ticksOf({ fromMs: 130, toMs: 170 }, 4)).toEqual([130, 140, 150, 160, 170]);
  });

  it('gives lanes the height there is, but never less than can be seen', () => {
    expect([laneHeight(4, 300), laneHeight(20, 300), laneHeight(100, 300)]).toEqual([26, 15, 7]);
  });
});

it('calls are counted by kind and end', () => {
  const calls = [call({}), call({}), call({ kind: 'retry', outcome: 'refused' })];
  expect(countsOf(calls)).toEqual([
    { kind: 'call', outcome: 'succeeded', count: 2 },
    { kind: 'retry', outcome: 'refused', count: 1 },
  ]);
});
