import { describe, expect, it } from '@jest/globals';
import { separated, union } from './neighbours.ts';

const angle = 0.1;
const first = { centerX: 50, centerY: 20, width: 60, height: 20, angle };
/** A line further along the same row and across it. */
function placed(along: number, across: number, width = 60) {
  return {
    ...first,
    centerX: first.centerX + along * Math.cos(angle) - across * Math.sin(angle),
    centerY: first.centerY + along * Math.sin(angle) + across * Math.cos(angle),
    width,
  };
}

describe('neighbours in a row', () => {
  it('are cut apart in the middle of what they share', () => {
    const [left, right] = separated([first, placed(54, 1)]);
    expect(left?.width).toBeCloseTo(57, 6);
    expect(right?.width).toBeCloseTo(57, 6);
    const distance = Math.hypot(
      (right?.centerX ?? 0) - (left?.centerX ?? 0),
      (right?.centerY ?? 0) - (left?.centerY ?? 0),
    );
    expect(distance).toBeCloseTo(Math.hypot(57, 1), 6);
  });

  it.each([
    ['apart', placed(70, 0)],
    ['in the next row', placed(54, 15)],
    ['inside one another', placed(10, 0, 20)],
    ['sloping differently', { ...placed(54, 0), angle: 0.3 }],
  ])('stay as they are where they are %s', (_, other) => {
    expect(separated([first, other])).toEqual([first, other]);
  });
});

describe('the union of two looks at a page', () => {
  it('takes what only the second one saw', () => {
    const below = placed(0, 40);
    expect(union([first], [below])).toEqual([first, below]);
  });

  it('takes once what both saw, whole or in pieces', () => {
    expect(union([first], [placed(1, 1)])).toEqual([first]);
    expect(union([first], [placed(-15, 0, 30), placed(15, 0, 30)])).toEqual([first]);
    expect(union([placed(-15, 0, 30)], [placed(0, 0, 200)])).toHaveLength(1);
  });
});
