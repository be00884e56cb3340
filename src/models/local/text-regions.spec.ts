import { describe, expect, it } from '@jest/globals';
import { textRegions } from './text-regions.ts';

/** A map of 100 × 60 with the given rectangles of one probability. */
function mapWith(...cores: { x: number; y: number; width: number; height: number; probability: number }[]) {
  const values = new Float32Array(100 * 60);
  for (const { x, y, width, height, probability } of cores) {
    for (let row = y; row < y + height; row++) values.fill(probability, row * 100 + x, row * 100 + x + width);
  }
  return { values, width: 100, height: 60 };
}

describe('regions of text in a detector map', () => {
  it('are none in an empty map', () => {
    expect(textRegions(mapWith())).toEqual([]);
  });

  it('are the groups of likely pixels, grown by area over perimeter', () => {
    const [region, ...more] = textRegions(mapWith({ x: 20, y: 10, width: 40, height: 8, probability: 0.9 }));
    expect(more).toEqual([]);
    const margin = (40 * 8 * 1.5) / (2 * (40 + 8));
    expect(region?.centerX).toBeCloseTo(40, 6);
    expect(region?.centerY).toBeCloseTo(14, 6);
    expect(region?.width).toBeCloseTo(40 + 2 * margin, 6);
    expect(region?.height).toBeCloseTo(8 + 2 * margin, 6);
    expect(region?.angle).toBeCloseTo(0, 6);
  });

  it('stay apart where a row of unlikely pixels is between them, and touch over corners', () => {
    const upper = { x: 10, y: 10, width: 20, height: 5, probability: 0.9 };
    expect(textRegions(mapWith(upper, { ...upper, y: 16 }))).toHaveLength(2);
    expect(textRegions(mapWith(upper, { ...upper, x: 30, y: 15 }))).toHaveLength(1);
  });

  it('leave out what is faint, tiny or thin', () => {
    expect(textRegions(mapWith({ x: 10, y: 10, width: 30, height: 8, probability: 0.5 }))).toEqual([]);
    expect(textRegions(mapWith({ x: 10, y: 10, width: 2, height: 2, probability: 0.9 }))).toEqual([]);
    expect(textRegions(mapWith({ x: 10, y: 10, width: 60, height: 2, probability: 0.9 }))).toEqual([]);
  });

  it('may fill the whole map', () => {
    expect(textRegions(mapWith({ x: 0, y: 0, width: 100, height: 60, probability: 0.9 }))).toHaveLength(1);
  });
});
