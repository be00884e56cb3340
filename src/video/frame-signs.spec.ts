import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differenceOf, shrunk, signsOf, type Grey } from './frame-signs.ts';

function grey(width: number, height: number, at: (x: number, y: number) => number): Grey {
  const pixels = Uint8Array.from({ length: width * height }, (_, index) =>
    at(index % width, Math.floor(index / width)),
  );
  return { width, height, pixels };
}

const noise = (x: number, y: number): number => ((x * 7919 + y * 104_729) ^ (x * y * 31)) & 255;
const greys = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, pixels })),
  );

/** Each pixel the mean of those about it. */
function blurred(of: Grey, radius: number): Grey {
  return grey(of.width, of.height, (x, y) => {
    let sum = 0;
    let count = 0;
    for (let row = Math.max(0, y - radius); row <= Math.min(of.height - 1, y + radius); row += 1) {
      for (let column = Math.max(0, x - radius); column <= Math.min(of.width - 1, x + radius); column += 1) {
        sum += of.pixels[row * of.width + column] ?? 0;
        count += 1;
      }
    }
    return Math.round(sum / count);
  });
}

describe('signsOf', () => {
  it('finds no contrast and no edges in one colour', () => {
    expect(signsOf(grey(320, 180, () => 77))).toMatchObject({ contrast: 0, sharpness: 0 });
  });

  it('finds a picture the softer the more it is blurred', () => {
    const sharp = grey(160, 90, (x, y) => ((Math.floor(x / 9) + Math.floor(y / 7)) % 2 === 0 ? 40 : 200));
    const values = [sharp, blurred(sharp, 1), blurred(sharp, 3), blurred(sharp, 6)].map(
      (one) => signsOf(one).sharpness,
    );
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values.at(-1)).toBeLessThan((values[0] ?? 0) / 20);
  });
});

describe('differenceOf', () => {
  it('is none of a picture and itself, the same both ways, and never more than 255', () => {
    fc.assert(
      fc.property(greys, greys, (one, other) => {
        const [a, b] = [signsOf(one), signsOf(other)];
        expect(differenceOf(a, a)).toBe(0);
        expect(differenceOf(a, b)).toBe(differenceOf(b, a));
        expect(differenceOf(a, b)).toBeLessThanOrEqual(255);
      }),
      { numRuns: 100 },
    );
  });

  it('sees a caption over the same picture, and not the noise of an encoder', () => {
    const scene = grey(320, 180, (x, y) => (x * 0.5 + y * 0.3) & 255);
    const captioned = grey(320, 180, (x, y) =>
      y > 150 && y < 172 && x > 40 && x < 280 && noise(x, y) > 120 ? 255 : (scene.pixels[y * 320 + x] ?? 0),
    );
    const noisy = grey(320, 180, (x, y) => Math.min(255, (scene.pixels[y * 320 + x] ?? 0) + (noise(x, y) % 4)));
    expect(differenceOf(signsOf(scene), signsOf(captioned))).toBeGreaterThan(20);
    expect(differenceOf(signsOf(scene), signsOf(noisy))).toBeLessThan(3);
  });

  it('is all of pictures of different shapes', () => {
    expect(differenceOf(signsOf(grey(320, 180, noise)), signsOf(grey(180, 320, noise)))).toBe(255);
  });
});

describe('shrunk', () => {
  it('keeps the mean, wherever the plane lies in its bytes', () => {
    const width = 640;
    const height = 200;
    const stride = width * 2 + 64;
    const data = new Uint8Array(100 + stride * height).fill(255);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) data[100 + y * stride + 2 * x] = x < 320 ? 10 : 90;
    const small = shrunk({ data, offset: 100, stride, step: 2, width, height });
    expect([small.width, small.height]).toEqual([320, 100]);
    expect([...new Set(small.pixels)]).toEqual([10, 90]);
  });

  it('never makes a picture larger', () => {
    expect(shrunk({ data: new Uint8Array(12), offset: 0, stride: 4, step: 1, width: 4, height: 3 })).toMatchObject({
      width: 4,
      height: 3,
    });
  });
});
