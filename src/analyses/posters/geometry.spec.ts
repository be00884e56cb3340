import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PRESET_BOXES } from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';
import { coveredShare, remedyFor } from './geometry.ts';

/** On a grid, so that areas can be counted cell by cell. */
const CELLS = 20;
const gridBox = fc
  .tuple(fc.nat(CELLS - 1), fc.nat(CELLS - 1), fc.integer({ min: 1, max: CELLS }), fc.integer({ min: 1, max: CELLS }))
  .map(([x, y, width, height]): Box => [
    x / CELLS,
    y / CELLS,
    Math.min(width, CELLS - x) / CELLS,
    Math.min(height, CELLS - y) / CELLS,
  ]);

function cellsOf([x, y, width, height]: Box): Set<string> {
  const cells = new Set<string>();
  for (let column = Math.round(x * CELLS); column < Math.round((x + width) * CELLS); column += 1) {
    for (let row = Math.round(y * CELLS); row < Math.round((y + height) * CELLS); row += 1)
      cells.add(`${column} ${row}`);
  }
  return cells;
}

describe('the share of an element that zones cover', () => {
  it('is what counting cells says, whatever the zones have in common', () => {
    fc.assert(
      fc.property(gridBox, fc.array(gridBox, { maxLength: 6 }), (element, zones) => {
        const own = cellsOf(element);
        const covered = new Set(zones.flatMap((zone) => [...cellsOf(zone)]).filter((cell) => own.has(cell)));
        expect(coveredShare(element, zones)).toBeCloseTo(covered.size / own.size, 6);
      }),
    );
  });

  it('is 0 for boxes that only touch, and for what has no area', () => {
    expect(coveredShare([0, 0, 0.5, 0.5], [[0.5, 0, 0.5, 0.5]])).toBe(0);
    expect(coveredShare([0.2, 0.2, 0, 0.5], [[0, 0, 1, 1]])).toBe(0);
  });
});

describe('a remedy', () => {
  it('takes any element out of all zones and keeps it on the poster', () => {
    fc.assert(
      fc.property(gridBox, fc.array(gridBox, { maxLength: 5 }), (element, zones) => {
        const remedy = remedyFor(element, zones);
        if (remedy === null) return;
        const scale = remedy.scale ?? 1;
        const moved: Box = [
          element[0] + (element[2] * (1 - scale)) / 2,
          element[1] + (element[3] * (1 - scale)) / 2,
          element[2] * scale,
          element[3] * scale,
        ];
        for (const { direction, share } of remedy.moves) {
          if (direction === 'left' || direction === 'right') moved[0] += direction === 'left' ? -share : share;
          else moved[1] += direction === 'up' ? -share : share;
        }
        // A thousandth of the poster is what rounding a move up may cost at the next edge.
        expect(coveredShare(moved, zones) * moved[2] * moved[3]).toBeLessThan(0.0025);
        for (const axis of [0, 1] as const) {
          expect(moved[axis]).toBeGreaterThan(-0.0011);
          expect(moved[axis] + moved[axis + 2]!).toBeLessThan(1.0011);
        }
      }),
    );
  });

  it('is the shortest move, as large as it is', () => {
    expect(remedyFor([0.1, 0.88, 0.8, 0.06], PRESET_BOXES['bottom-bar'])).toEqual({
      moves: [{ direction: 'up', share: 0.02 }],
      scale: null,
    });
    expect(remedyFor([0.4, 0.4, 0.1, 0.1], PRESET_BOXES['safe-margin'])).toEqual({ moves: [], scale: null });
  });

  it('makes smaller what is too wide for what is free', () => {
    const remedy = remedyFor([0, 0.4, 1, 0.2], PRESET_BOXES['safe-margin']);
    expect(remedy).toEqual({ moves: [], scale: 0.9 });
  });

  it('is none where all is covered', () => {
    expect(remedyFor([0.1, 0.1, 0.5, 0.5], [[0, 0, 1, 1]])).toBeNull();
  });
});
