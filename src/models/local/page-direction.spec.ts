import { describe, expect, it } from '@jest/globals';
import { inUprightPage, isSideways, runningOn } from './page-direction.ts';
import type { QuarterTurns } from './page-direction.ts';

const level = { centerX: 50, centerY: 20, width: 60, height: 10, angle: 0.05 };
const standing = { ...level, width: 10, height: 60 };

describe('the direction of a page', () => {
  it('is sideways where most of the text stands on end', () => {
    expect(isSideways([])).toBe(false);
    expect(isSideways([level, level, standing])).toBe(false);
    expect(isSideways([level, standing, standing])).toBe(true);
  });

  it('is not told by letters, which are about as wide as high', () => {
    const letter = { ...level, width: 9, height: 11 };
    expect(isSideways([letter, letter, letter, letter, letter, letter, letter, level])).toBe(false);
    expect(isSideways([letter, letter])).toBe(false);
  });
});

describe('a line that runs another way', () => {
  it('keeps its place', () => {
    expect(runningOn(level, 0)).toEqual(level);
    expect(runningOn(standing, 1)).toEqual({ ...level, angle: level.angle + Math.PI / 2 });
    expect(runningOn(level, 2)).toEqual({ ...level, angle: level.angle + Math.PI });
  });

  it.each<[QuarterTurns, number, number]>([
    [0, 50, 20],
    [1, 20, 50],
    [2, 50, 180],
    [3, 180, 50],
  ])('after %i quarter turns is found at %i, %i once the page is upright', (turns, centerX, centerY) => {
    const upright = inUprightPage({ ...level, angle: (turns * Math.PI) / 2 }, { width: 100, height: 200 }, turns);
    expect(upright).toEqual({ ...level, centerX, centerY, angle: 0 });
  });
});
