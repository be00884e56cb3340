import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { CORNERS, scene, sceneStoredAs } from '../../test/fixtures/images/scene.ts';
import type { Colour } from '../../test/fixtures/images/scene.ts';
import type { RawImage } from '../models/port.ts';
import { encodePixels, openImage, toEncoded, toRaw } from './open-image.ts';

const HEIC = fileURLToPath(new URL('../../test/fixtures/images/phone-portrait.heic', import.meta.url));
const LARGE_HEIC = fileURLToPath(new URL('../../test/fixtures/images/seventeen-megapixels.heic', import.meta.url));
const AS_IT_IS = { maxSide: 30_000 };
const CORNER_NAMES = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const;

let directory: string;
let count = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contactsheet-open-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A name that the library would take for options, if it were given paths. */
async function file(content: Buffer): Promise<string> {
  const path = join(directory, `upload ${(count += 1)} [page=7].jpg`);
  await writeFile(path, content);
  return path;
}

async function rawOf(content: Buffer, maxSide = AS_IT_IS.maxSide): Promise<RawImage> {
  return toRaw(await openImage(await file(content)), { maxSide });
}

function expectUpright(image: RawImage, tolerance: number): void {
  expect(image.data).toHaveLength(image.width * image.height * 3);
  const inset = Math.round(Math.min(image.width, image.height) / 16);
  const at = (x: number, y: number) => {
    const start = (y * image.width + x) * 3;
    return Array.from(image.data.subarray(start, start + 3));
  };
  const right = image.width - 1 - inset;
  const bottom = image.height - 1 - inset;
  const seen = {
    topLeft: at(inset, inset),
    topRight: at(right, inset),
    bottomLeft: at(inset, bottom),
    bottomRight: at(right, bottom),
  };
  for (const corner of CORNER_NAMES) {
    const colour: Colour = CORNERS[corner];
    const distance = Math.max(...colour.map((value, channel) => Math.abs(value - (seen[corner][channel] ?? 999))));
    expect({ corner, seen: seen[corner], near: distance <= tolerance }).toEqual({
      corner,
      seen: seen[corner],
      near: true,
    });
  }
}

const JPEG = await scene().jpeg({ quality: 95 }).toBuffer();
const PNG = await scene().png().toBuffer();
const PHONE = await readFile(HEIC);

describe('openImage and toRaw', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('read %s', async (kind) => {
    const opened = await openImage(await file(await scene()[kind]({ quality: 95 }).toBuffer()));
    expect(opened).toMatchObject({ kind, width: 600, height: 400 });
    const image = await toRaw(opened, AS_IT_IS);
    expect(image).toMatchObject({ width: 600, height: 400 });
    expectUpright(image, 24);
  });

  it('read HEIC turned once, by its own rotation and not by EXIF again', async () => {
    const opened = await openImage(HEIC);
    expect(opened).toMatchObject({ kind: 'heic', width: 400, height: 600 });
    const image = await toRaw(opened, AS_IT_IS);
    expect(image).toMatchObject({ width: 400, height: 600 });
    expectUpright(image, 24);
    expect(await toRaw(opened, { maxSide: 300 })).toMatchObject({ width: 200, height: 300 });
  });

  it('read large HEIC, scaled down on the way', async () => {
    const large = await readFile(LARGE_HEIC);
    const [first, second, cut] = await Promise.allSettled([
      rawOf(large, 600),
      rawOf(large, 1000),
      rawOf(large.subarray(0, -900)),
    ]);
    expect(cut).toMatchObject({ status: 'rejected', reason: { code: 'image.unreadable' } });
    if (first.status === 'rejected' || second.status === 'rejected') throw new Error('not read');
    expect(first.value).toMatchObject({ width: 600, height: 400 });
    expect(second.value).toMatchObject({ width: 1000, height: 667 });
    for (const { value } of [first, second]) expectUpright(value, 24);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turn EXIF orientation %i upright', async (orientation) => {
    const opened = await openImage(await file(await sceneStoredAs(orientation)));
    expect(opened).toMatchObject({ width: 600, height: 400 });
    expectUpright(await toRaw(opened, AS_IT_IS), 24);
    const small = await toRaw(opened, { maxSide: 300 });
    expect(small).toMatchObject({ width: 300, height: 200 });
    expectUpright(small, 24);
  });

  it.each(['gif', 'webp'] as const)('take the first frame of an animated %s', async (kind) => {
    const frames = [await scene().png().toBuffer(), await scene().negate().png().toBuffer()];
    const animated = await sharp(frames, { join: { animated: true } })
      .toFormat(kind)
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    const image = await rawOf(animated);
    expect(image).toMatchObject({ width: 600, height: 400 });
    expectUpright(image, 40);
  });

  it('read 16 bits a channel, grey and CMYK as 8-bit RGB', async () => {
    const deep = await sharp(PNG).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expectUpright(await rawOf(deep), 2);

    const print = await sharp(PNG).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(print).metadata()).space).toBe('cmyk');
    // Print inks cannot show this blue: far from it, and yet its own.
    expectUpright(await rawOf(print), 90);

    const grey = await sharp(PNG).toColourspace('b-w').png().toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    const image = await rawOf(grey);
    expect(image.data).toHaveLength(600 * 400 * 3);
  });

  it('convert an embedded colour profile to sRGB', async () => {
    const wide = await sharp(PNG).withIccProfile('p3').png().toBuffer();
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(Array.from(stored.subarray(0, 3))).not.toEqual(CORNERS.topLeft);
    expectUpright(await rawOf(wide), 4);
  });

  it('lay transparency on white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const png = await sharp({ create: { width: 8, height: 8, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect((await rawOf(png)).data.every((value) => value === 255)).toBe(true);
  });

  it('in spite of junk after the end', async () => {
    const junk = Buffer.from('junk \0 after the end');
    for (const whole of [JPEG, PNG]) expectUpright(await rawOf(Buffer.concat([whole, junk])), 24);
  });

  it('never enlarge', async () => {
    expect(await rawOf(JPEG, 5000)).toMatchObject({ width: 600, height: 400 });
  });
});

describe('toEncoded', () => {
  const needs = { mimeType: 'image/jpeg', maxSide: 300, quality: 85 } as const;

  it.each(['image/jpeg', 'image/png', 'image/webp'] as const)('encodes %s at the size asked for', async (mimeType) => {
    const opened = await openImage(await file(JPEG));
    const encoded = await toEncoded(opened, { ...needs, mimeType });
    expect(encoded).toMatchObject({ mimeType, width: 300, height: 200 });
    const { data, info } = await sharp(encoded.bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 300, height: 200, channels: 3 });
    expectUpright({ data, width: info.width, height: info.height }, 24);
  });

  it('lets no metadata through: not the position, not the camera, not the profile', async () => {
    const withProfiles = await sharp(await sceneStoredAs(6))
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD0: { Make: 'ExamplePhone', Copyright: 'Jane Doe', Orientation: '6' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '27/1 46/1 0/1',
          GPSLongitudeRef: 'W',
          GPSLongitude: '82/1 38/1 0/1',
        },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
      .toBuffer();
    const commented = Buffer.concat([
      withProfiles.subarray(0, 2),
      Buffer.from('\xff\xfe\0\x08secret', 'latin1'),
      withProfiles.subarray(2),
    ]);
    const telling = ['Exif', 'ExamplePhone', 'Jane Doe', 'xmpmeta', 'secret', 'ICC_PROFILE'];
    for (const word of telling) expect(commented.includes(word)).toBe(true);
    expect(PHONE.includes('ExamplePhone')).toBe(true);

    for (const content of [commented, PHONE]) {
      const opened = await openImage(await file(content));
      for (const mimeType of ['image/jpeg', 'image/png', 'image/webp'] as const) {
        const bytes = Buffer.from((await toEncoded(opened, { ...needs, mimeType })).bytes);
        for (const word of [...telling, 'eXIf', 'tEXt', 'iTXt', 'iCCP', 'http'])
          expect(bytes.includes(word)).toBe(false);
        const { exif, xmp, iptc, icc, orientation, comments } = await sharp(bytes).metadata();
        expect([exif, xmp, iptc, icc, orientation, comments]).toEqual(Array(6).fill(undefined));
      }
    }
  });

  it('is the same in two steps, where the pixels are wanted too', async () => {
    const opened = await openImage(await file(JPEG));
    const pixels = await toRaw(opened, needs);
    for (const mimeType of ['image/jpeg', 'image/webp'] as const) {
      const whole = await toEncoded(opened, { ...needs, mimeType });
      expect(await encodePixels(pixels, { ...needs, mimeType })).toEqual(whole);
    }
    // A PNG tells the density of its file; pixels in memory have none.
    const png = await encodePixels(pixels, { ...needs, mimeType: 'image/png' });
    expect(Array.from(await sharp(png.bytes).raw().toBuffer())).toEqual(Array.from(pixels.data));
  });

  it('gives plain bytes, which cross threads as they are', async () => {
    const opened = await openImage(await file(JPEG));
    const { bytes } = await toEncoded(opened, needs);
    expect(Buffer.isBuffer(bytes)).toBe(false);
    expect(bytes).toBeInstanceOf(Uint8Array);
  });
});
