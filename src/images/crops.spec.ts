import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { CORNERS, scene, sceneStoredAs } from '../../test/fixtures/images/scene.ts';
import type { Box } from '../contract/show.ts';
import type { ImageNeeds } from '../models/port.ts';
import { toCrops } from './crops.ts';
import type { EncodedCrop } from './crops.ts';
import { openImage, toRaw } from './open-image.ts';
import type { OpenedImage } from './open-image.ts';

const HEIC = fileURLToPath(new URL('../../test/fixtures/images/phone-portrait.heic', import.meta.url));
const EXACT: ImageNeeds = { mimeType: 'image/png', maxSide: 2048, quality: 100 };
const AS_JPEG: ImageNeeds = { mimeType: 'image/jpeg', maxSide: 2048, quality: 90 };
const WIDTH = 120;
const HEIGHT = 90;

let directory: string;
let count = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contactsheet-crops-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function opened(content: Uint8Array): Promise<OpenedImage> {
  const path = join(directory, `image-${(count += 1)}`);
  await writeFile(path, content);
  return openImage(path);
}

/** Every pixel differs from its neighbours, so that a crop that is off by one is seen. */
const CHEQUERED = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
  const pixel = Math.floor(at / 3);
  return [(pixel % WIDTH) * 2, Math.floor(pixel / WIDTH) * 2, (pixel * 53) % 256][at % 3] ?? 0;
});
const chequered = () => sharp(CHEQUERED, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

function cutOut(crop: EncodedCrop | undefined): Extract<EncodedCrop, { ok: true }> {
  if (crop?.ok !== true) throw new Error(`no crop: ${JSON.stringify(crop)}`);
  return crop;
}

async function pixelsOf(crop: EncodedCrop | undefined): Promise<{ data: number[]; width: number; height: number }> {
  const { data, info } = await sharp(cutOut(crop).image.bytes).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { data: Array.from(data), width: info.width, height: info.height };
}

/** The same rectangle of the upright image, by plain indexing. */
async function regionOf(image: OpenedImage, left: number, top: number, width: number, height: number) {
  const whole = await toRaw(image, { maxSide: 30_000 });
  const data: number[] = [];
  for (let row = top; row < top + height; row += 1) {
    const start = (row * whole.width + left) * 3;
    data.push(...whole.data.subarray(start, start + width * 3));
  }
  return { data, width, height };
}

function boxOf(image: OpenedImage, left: number, top: number, width: number, height: number): Box {
  return [left / image.width, top / image.height, width / image.width, height / image.height];
}

describe('toCrops', () => {
  it('cuts exactly the pixels of the upright image, in the order of the boxes', async () => {
    const image = await opened(await chequered().png().toBuffer());
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.nat(WIDTH - 1),
            fc.nat(HEIGHT - 1),
            fc.integer({ min: 1, max: WIDTH }),
            fc.integer({ min: 1, max: HEIGHT }),
          ),
          { minLength: 1, maxLength: 12 },
        ),
        async (rectangles) => {
          const within = rectangles.map(
            ([left, top, width, height]) =>
              [left, top, Math.min(width, WIDTH - left), Math.min(height, HEIGHT - top)] as const,
          );
          const crops = await toCrops(
            image,
            within.map((rectangle) => boxOf(image, ...rectangle)),
            EXACT,
          );
          expect(crops).toHaveLength(within.length);
          for (const [index, rectangle] of within.entries()) {
            expect(await pixelsOf(crops[index])).toEqual(await regionOf(image, ...rectangle));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('cuts from the image turned upright: EXIF orientation %i', async (orientation) => {
    const image = await opened(await sceneStoredAs(orientation));
    const [crop] = await toCrops(image, [boxOf(image, 500, 0, 100, 100)], EXACT);
    const pixels = await pixelsOf(crop);
    expect(pixels).toEqual(await regionOf(image, 500, 0, 100, 100));
    const middle = pixels.data.slice((50 * 100 + 50) * 3, (50 * 100 + 50) * 3 + 3);
    for (const [channel, value] of CORNERS.topRight.entries()) {
      expect(Math.abs((middle[channel] ?? 999) - value)).toBeLessThan(10);
    }
  });

  it('cuts HEIC, transparent, deep, print and grey images as they are read whole', async () => {
    const png = await scene().png().toBuffer();
    const clear = await sharp(png).ensureAlpha(0.5).png().toBuffer();
    const kinds = {
      clear,
      deep: await sharp(png).toColourspace('rgb16').png().toBuffer(),
      print: await sharp(png).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
      grey: await sharp(png).toColourspace('b-w').png().toBuffer(),
    };
    const images = [await openImage(HEIC)];
    for (const content of Object.values(kinds)) images.push(await opened(content));
    for (const image of images) {
      const [crop] = await toCrops(image, [boxOf(image, 30, 40, 120, 90)], EXACT);
      expect(await pixelsOf(crop)).toEqual(await regionOf(image, 30, 40, 120, 90));
    }
  });

  it('cuts from full-size pixels, then scales down to what is needed, and never up', async () => {
    const image = await opened(await scene(3000, 2000).png().toBuffer());
    const needs = { ...EXACT, maxSide: 50 };
    const [small, large] = await toCrops(image, [boxOf(image, 10, 10, 40, 20), boxOf(image, 0, 0, 100, 80)], needs);
    expect(cutOut(small).image).toMatchObject({ width: 40, height: 20, mimeType: 'image/png' });
    expect(await pixelsOf(small)).toEqual(await regionOf(image, 10, 10, 40, 20));
    expect(cutOut(large).image).toMatchObject({ width: 50, height: 40 });
  });

  it('clips what is partly outside and says what was cut', async () => {
    const image = await opened(await chequered().png().toBuffer());
    const boxes: Box[] = [
      [-0.5, -0.5, 1, 1],
      [0.5, 0.5, 9, 9],
      [-1, -1, 3, 3],
      [0.5, 0.5, 1e-9, 1e-9],
      [1 - 1e-12, 0, 1, 1],
    ];
    const cut = (await toCrops(image, boxes, EXACT)).map(cutOut);
    expect(cut.map(({ box }) => box)).toEqual([
      [0, 0, 0.5, 0.5],
      [0.5, 0.5, 0.5, 0.5],
      [0, 0, 1, 1],
      [0.5, 0.5, 1 / WIDTH, 1 / HEIGHT],
      [(WIDTH - 1) / WIDTH, 0, 1 / WIDTH, 1],
    ]);
    expect(await pixelsOf(cut[0])).toEqual(await regionOf(image, 0, 0, 60, 45));
  });

  it('a box that cannot be cut fails alone and is named', async () => {
    const image = await opened(await chequered().png().toBuffer());
    const hopeless: Box[] = [
      [0.2, Number.NaN, 0.1, 0.1],
      [0, 0, Infinity, 1],
      [0.2, 0.2, 0, 0.1],
      [0.2, 0.2, 0.1, -0.1],
      [1, 0, 0.5, 0.5],
      [-0.5, 0, 0.5, 0.5],
    ];
    const good: Box = [0.25, 0.25, 0.5, 0.5];
    const crops = await toCrops(
      image,
      hopeless.flatMap((box) => [good, box]),
      AS_JPEG,
    );
    expect(crops.map(({ ok }) => ok)).toEqual(hopeless.flatMap(() => [true, false]));
    expect(crops[1]).toMatchObject({
      failure: { code: 'request.invalid', retryable: false, detail: expect.stringContaining('[0.2, NaN, 0.1, 0.1]') },
    });
  });

  it('decodes nothing where no box can be cut, and throws where the image cannot be decoded', async () => {
    const whole = await scene().jpeg().toBuffer();
    const damaged = await opened(whole.subarray(0, whole.length - 500));
    expect(await toCrops(damaged, [], AS_JPEG)).toEqual([]);
    expect(await toCrops(damaged, [[2, 2, 1, 1]], AS_JPEG)).toMatchObject([{ ok: false }]);
    await expect(toCrops(damaged, [[0, 0, 1, 1]], AS_JPEG)).rejects.toMatchObject({ code: 'image.unreadable' });
  });

  it('gives plain bytes without metadata, of the type asked for', async () => {
    const withMetadata = await sharp(await sceneStoredAs(6))
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Make: 'ExamplePhone' } })
      .toBuffer();
    const image = await opened(withMetadata);
    for (const mimeType of ['image/jpeg', 'image/png', 'image/webp'] as const) {
      const [crop] = await toCrops(image, [[0, 0, 0.5, 0.5]], { ...AS_JPEG, mimeType });
      const { bytes } = cutOut(crop).image;
      expect(Buffer.isBuffer(bytes)).toBe(false);
      expect(Buffer.from(bytes).includes('ExamplePhone')).toBe(false);
      const { format, exif, icc } = await sharp(bytes).metadata();
      expect({ format: `image/${format}`, exif, icc }).toEqual({ format: mimeType, exif: undefined, icc: undefined });
    }
  });

  it('a JPEG crop has the quality of whole images: the same pixels, only packed faster', async () => {
    const image = await opened(await chequered().png().toBuffer());
    const [crop] = await toCrops(image, [[0, 0, 1, 1]], AS_JPEG);
    const whole = await sharp(await chequered().jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer())
      .raw()
      .toBuffer();
    expect((await pixelsOf(crop)).data).toEqual(Array.from(whole));
  });
});
