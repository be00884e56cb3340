import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxAround, convexHull, levelled, smallestRectangle } from './rotated-rectangle.ts';
import type { Point, RotatedRectangle } from './rotated-rectangle.ts';

function cornersOf({ centerX, centerY, width, height, angle }: RotatedRectangle): Point[] {
  const signs = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  return signs.map(([signX = 0, signY = 0]) => {
    const along = (signX * width) / 2;
    const across = (signY * height) / 2;
    return {
      x: centerX + along * Math.cos(angle) - across * Math.sin(angle),
      y: centerY + along * Math.sin(angle) + across * Math.cos(angle),
    };
  });
}

const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 50 }), y: fc.integer({ min: 0, max: 50 }) }), {
  minLength: 3,
  maxLength: 40,
});

describe('the convex hull', () => {
  it('leaves out what is inside or on an edge', () => {
    const square = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
      { x: 0, y: 4 },
    ];
    const hull = convexHull([...square, { x: 2, y: 2 }, { x: 2, y: 0 }, { x: 4, y: 4 }]);
    expect(hull).toHaveLength(4);
    expect(hull).toEqual(expect.arrayContaining(square));
  });

  it('has every point on the same side of each of its edges', () => {
    fc.assert(
      fc.property(points, (cloud) => {
        const hull = convexHull([...cloud]);
        for (const [index, from] of hull.entries()) {
          const to = hull[(index + 1) % hull.length] ?? from;
          for (const point of cloud) {
            const turn = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
            expect(turn).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});

describe('the smallest rectangle', () => {
  it.each([0, 2, -2, 30, -44, 44])('finds a rectangle that slopes by %i degrees again', (degrees) => {
    const original = { centerX: 100, centerY: 60, width: 80, height: 20, angle: (degrees * Math.PI) / 180 };
    const found = levelled(smallestRectangle(convexHull(cornersOf(original))));
    for (const key of ['centerX', 'centerY', 'width', 'height', 'angle'] as const) {
      expect(found[key]).toBeCloseTo(original[key], 6);
    }
  });

  it('holds every point', () => {
    fc.assert(
      fc.property(points, (cloud) => {
        const { centerX, centerY, width, height, angle } = smallestRectangle(convexHull([...cloud]));
        for (const { x, y } of cloud) {
          const along = (x - centerX) * Math.cos(angle) + (y - centerY) * Math.sin(angle);
          const across = (y - centerY) * Math.cos(angle) - (x - centerX) * Math.sin(angle);
          expect(Math.abs(along)).toBeLessThanOrEqual(width / 2 + 1e-6);
          expect(Math.abs(across)).toBeLessThanOrEqual(height / 2 + 1e-6);
        }
      }),
    );
  });
});

describe('the box around a line', () => {
  it('is in fractions of the image', () => {
    const [left, top, width, height] = boxAround(
      { centerX: 50, centerY: 20, width: 20, height: 10, angle: 0 },
      100,
      100,
    );
    expect([left, top]).toEqual([0.4, 0.15]);
    expect(width).toBeCloseTo(0.2, 9);
    expect(height).toBeCloseTo(0.1, 9);
  });

  it('grows with the slope, and ends at the edges of the image', () => {
    const [, , width, height] = boxAround(
      { centerX: 50, centerY: 50, width: 20, height: 10, angle: Math.PI / 6 },
      100,
      100,
    );
    expect(width).toBeCloseTo(0.2 * Math.cos(Math.PI / 6) + 0.1 * Math.sin(Math.PI / 6), 9);
    expect(height).toBeCloseTo(0.2 * Math.sin(Math.PI / 6) + 0.1 * Math.cos(Math.PI / 6), 9);
    expect(boxAround({ centerX: 0, centerY: 100, width: 40, height: 40, angle: 0 }, 100, 100)).toEqual([
      0, 0.8, 0.2, 0.19999999999999996,
    ]);
  });
});
