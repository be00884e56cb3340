import { describe, expect, it } from '@jest/globals';
import type { ImageToRead } from '../runs/analysis-runner.ts';
import { largestFirst, quickestFirst } from './image-order.ts';

function images(...sizes: (number | undefined)[]): ImageToRead[] {
  return sizes.map((sizeBytes, position) => ({
    position,
    imageId: `img_${position}`,
    name: `${position}.jpg`,
    path: `/${position}.jpg`,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }));
}
const positions = (ordered: readonly ImageToRead[]): number[] => ordered.map(({ position }) => position);

describe('the order in which images are read', () => {
  it('has the largest first', () => {
    expect(positions(largestFirst(images(20, 90, undefined, 50)))).toEqual([1, 3, 0, 2]);
  });

  it('has as many of the smallest first as calls begin at once, and then the others as they came', () => {
    expect(positions(quickestFirst(images(900, 30, 800, 10, 700, 20), 2))).toEqual([3, 5, 0, 1, 2, 4]);
    expect(positions(quickestFirst(images(900, 30, 800, 10), 60))).toEqual([3, 1, 2, 0]);
  });

  it('leaves those as they came of which nobody knows the size', () => {
    expect(positions(quickestFirst(images(undefined, 30, undefined, 10), 3))).toEqual([3, 1, 0, 2]);
  });

  it('does not take the parts of an image apart', () => {
    const parts = images(900, 30, 10).map((image): ImageToRead => ({ ...image, crop: [0, 0, 0.5, 0.5] }));
    expect(positions(quickestFirst(parts, 2))).toEqual([0, 1, 2]);
  });
});
