import { describe, expect, it } from '@jest/globals';
import { cropLine } from './line-crop.ts';
import type { LineImage } from './line-crop.ts';

/** Red grows to the right and green downwards, two levels a pixel; blue is 255 everywhere. */
function gradient(width: number, height: number) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([x * 2, y * 2, 255], (y * width + x) * 3);
  return { data, width, height };
}

function pixel({ planes, width, height }: LineImage, x: number, y: number) {
  const [blue = NaN, green = NaN, red = NaN] = [0, 1, 2].map((plane) => planes[plane * width * height + y * width + x]);
  const level = (value: number): number => Math.round((value + 1) * 127.5);
  return { red: level(red), green: level(green), blue: level(blue) };
}

describe('a line cut out of an image', () => {
  const image = gradient(120, 100);

  it('has the height the recogniser takes, its own proportion, and a grey end', () => {
    const crop = cropLine(image, { centerX: 60, centerY: 50, width: 96, height: 48, angle: 0 });
    expect([crop.width, crop.height]).toEqual([128, 48]);
    expect(pixel(crop, 0, 0)).toEqual({ red: 24, green: 52, blue: 255 });
    expect(pixel(crop, 95, 47)).toEqual({ red: 214, green: 146, blue: 255 });
    expect(crop.planes[96]).toBe(0);
  });

  it('is turned level', () => {
    const down = cropLine(image, { centerX: 60, centerY: 50, width: 96, height: 48, angle: Math.PI / 2 });
    expect(pixel(down, 0, 0)).toEqual({ red: 166, green: 4, blue: 255 });
    expect(pixel(down, 95, 0)).toEqual({ red: 166, green: 194, blue: 255 });
  });

  it('goes on with the edge of the image beyond it', () => {
    const crop = cropLine(image, { centerX: 0, centerY: 0, width: 96, height: 48, angle: 0 });
    expect(pixel(crop, 0, 0)).toEqual({ red: 0, green: 0, blue: 255 });
    const single = cropLine(gradient(1, 1), { centerX: 0.5, centerY: 0.5, width: 20, height: 5, angle: 0.3 });
    expect(pixel(single, 100, 20)).toEqual({ red: 0, green: 0, blue: 255 });
  });

  it('is bounded in width, and never narrower than the recogniser can take', () => {
    expect(cropLine(image, { centerX: 60, centerY: 50, width: 110, height: 2, angle: 0 }).width).toBe(2_432);
    expect(cropLine(image, { centerX: 60, centerY: 50, width: 1, height: 40, angle: 0 }).width).toBe(48);
  });
});
