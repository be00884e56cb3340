import { describe, expect, it } from '@jest/globals';
import { inUprightPage } from '../../models/local/page-direction.ts';
import { boxAround } from '../../models/local/rotated-rectangle.ts';
import { unturned } from './boxes.ts';

describe('unturned', () => {
  const image = { width: 400, height: 200 };
  const line = { centerX: 80, centerY: 150, width: 60, height: 20, angle: 0 };

  it.each([0, 1, 2, 3] as const)(
    'puts the box of a line read after %i quarter turns back where the line was',
    (turns) => {
      const running = { ...line, angle: (turns * Math.PI) / 2 };
      const upright = inUprightPage(running, image, turns);
      const [width, height] = turns % 2 === 0 ? [400, 200] : [200, 400];
      const box = unturned(boxAround(upright, width, height), turns);
      const there = boxAround(running, image.width, image.height);
      for (const [index, value] of there.entries()) expect(box[index]).toBeCloseTo(value, 9);
    },
  );
});
