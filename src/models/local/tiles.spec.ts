import { describe, expect, it } from '@jest/globals';
import { tilesOf } from './tiles.ts';

/** Each pixel's red is its row, modulo 251. */
function image(width: number, height: number) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => Math.floor(index / (width * 3)) % 251);
  return { data, width, height };
}

describe('tiles', () => {
  it.each([
    [108, 234],
    [234, 108],
    [100, 250],
    [1, 2],
  ])('are one for a picture of %i × %i', (width, height) => {
    const whole = image(width, height);
    expect(tilesOf(whole)).toEqual([{ image: whole, top: 0, ownTop: 0, ownBottom: height }]);
  });

  it.each([
    [100, 251],
    [100, 1_999],
    [1, 500],
    [7, 3_001],
  ])('of a long picture of %i × %i own every row once and overlap', (width, height) => {
    const tiles = tilesOf(image(width, height));
    expect(tiles.length).toBeGreaterThan(1);
    expect(tiles[0]?.ownTop).toBe(0);
    expect(tiles.at(-1)?.ownBottom).toBe(height);
    for (const [index, tile] of tiles.entries()) {
      expect(tile.image.data).toHaveLength(tile.image.height * width * 3);
      expect(tile.image.data[0]).toBe(tile.top % 251);
      expect(tile.ownTop).toBeLessThan(tile.ownBottom);
      const next = tiles[index + 1];
      if (!next) continue;
      expect(Math.abs(next.ownTop - tile.ownBottom)).toBeLessThanOrEqual(2);
      expect(next.top).toBeLessThan(tile.top + tile.image.height);
    }
  });
});
