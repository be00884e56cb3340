import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitted, MAX_SCALE, viewOf } from './image-view.ts';

const place = { width: 600, height: 500 };

describe('viewOf', () => {
  it('shows the whole image in the middle where no place is known', () => {
    const content = fitted({ width: 1_000, height: 2_000 }, place);
    expect(content).toEqual({ width: 250, height: 500 });
    expect(viewOf(null, content, place)).toEqual({ x: 175, y: 0, scale: 1 });
  });

  it('puts the middle of a box into the middle of the place', () => {
    const content = { width: 600, height: 500 };
    const { x, y, scale } = viewOf([0.4, 0.45, 0.2, 0.1], content, place);
    expect(scale).toBeCloseTo(2.2);
    expect(x + 0.5 * content.width * scale).toBeCloseTo(300);
    expect(y + 0.5 * content.height * scale).toBeCloseTo(250);
  });

  it('keeps every box in sight, and leaves no empty edge that the image could fill', () => {
    const unit = fc.double({ min: 0.001, max: 1, noNaN: true });
    const size = fc.record({ width: fc.integer({ min: 20, max: 5_000 }), height: fc.integer({ min: 20, max: 5_000 }) });
    fc.assert(
      fc.property(size, unit, unit, unit, unit, (image, left, top, wide, high) => {
        const [width, height] = [wide * (1 - left * 0.99), high * (1 - top * 0.99)];
        const box: [number, number, number, number] = [left * 0.99, top * 0.99, width, height];
        const content = fitted(image, place);
        const { x, y, scale } = viewOf(box, content, place);
        expect(scale).toBeGreaterThanOrEqual(1);
        expect(scale).toBeLessThanOrEqual(MAX_SCALE);
        for (const [start, at, length, full, room] of [
          [x, box[0], width, content.width, place.width],
          [y, box[1], height, content.height, place.height],
        ] as const) {
          const middle = start + (at + length / 2) * full * scale;
          expect(middle).toBeGreaterThan(-0.01);
          expect(middle).toBeLessThan(room + 0.01);
          if (full * scale > room) {
            expect(start).toBeLessThanOrEqual(0.01);
            expect(start + full * scale).toBeGreaterThan(room - 0.01);
          }
        }
      }),
    );
  });
});
