import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productBoxes } from './boxes.ts';

const boxesOf = (objects: unknown) => productBoxes.boxes(productBoxes.replySchema.parse({ objects }));
const thousandths = (boxes: readonly (readonly number[])[]) =>
  boxes.map((box) => box.map((edge) => Math.round(edge * 1_000)));

describe('where the products are', () => {
  it('by named edges or in the order Gemini was trained for, each once; what is no box is left out', () => {
    const boxes = boxesOf([
      { left: 100, top: 200, right: 300, bottom: 600 },
      { box_2d: [205, 101, 600, 300] },
      { box_2d: ['500', 0, 1_200, 90] },
      { box_2d: [10, 10, 10, 400] },
      { box_2d: [10, 10, 12, 400] },
      { label: 'shelf' },
    ]);
    expect(thousandths(boxes)).toEqual([
      [100, 200, 200, 400],
      [0, 500, 90, 500],
    ]);
    expect(boxesOf(null)).toEqual([]);
  });

  it('are never more than can be paid for, and always within the image, whatever the reply says', () => {
    const number = fc.oneof(fc.integer({ min: -5_000, max: 5_000 }), fc.constant(null));
    const edges = fc.record({ left: number, top: number, right: number, bottom: number });
    fc.assert(
      fc.property(fc.array(edges, { maxLength: 30 }), (objects) => {
        for (const [x, y, width, height] of boxesOf(objects)) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
    const many = Array.from({ length: 900 }, (_, at) => {
      const [left, top] = [(at % 30) * 33, Math.floor(at / 30) * 33];
      return { left, top, right: left + 30, bottom: top + 30 };
    });
    expect(boxesOf(many)).toHaveLength(400);
  });

  it('are asked for where a run is told so, and was told anything at all', () => {
    const told = [{}, { eachByItself: true }, { eachByItself: false }, undefined];
    expect(told.map((options) => productBoxes.isWanted(options))).toEqual([true, true, false, false]);
  });
});
