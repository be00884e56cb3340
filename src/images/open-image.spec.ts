import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { CORNERS, jpegClaiming, pngClaiming, scene, sceneStoredAs } from '../../test/fixtures/images/scene.ts';
import type { Colour } from '../../test/fixtures/images/scene.ts';
import type { RawImage } from '../models/port.ts';
import { openImage, toEncoded, toRaw } from './open-image.ts';

const HEIC = fileURLToPath(new URL('../../test/fixtures/images/phone-portrait.heic', import.meta.url));
const LARGE_HEIC = fileURLToPath(new URL('../../test/fixtures/images/seventeen-megapixels.heic', import.meta.url));
const AS_IT_IS = { maxSide: 30_000 };
const MB = 1024 * 1024;
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
const GIF = await scene().gif().toBuffer();
const AVIF = await scene().avif().toBuffer();
const PHONE = await readFile(HEIC);

/** The GIF with another size of its canvas and of its frame. */
function gifClaiming(width: number, height: number): Buffer {
  const bomb = Buffer.from(GIF);
  const frame = bomb.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 600 & 0xff, 600 >> 8]));
  for (const at of [6, frame + 5]) {
    bomb.writeUInt16LE(width, at);
    bomb.writeUInt16LE(height, at + 2);
  }
  return bomb;
}

/** A HEIC or AVIF with another size in its header; the pixels stay as they are. */
function heifClaiming(heif: Buffer, width: number, height: number): Buffer {
  const bomb = Buffer.from(heif);
  const size = bomb.indexOf('ispe') + 8;
  bomb.writeUInt32BE(width, size);
  bomb.writeUInt32BE(height, size + 4);
  return bomb;
}

/** Random numbers, 0..1, the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
      [kind]()
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

  it('never enlarge', async () => {
    expect(await rawOf(JPEG, 5000)).toMatchObject({ width: 600, height: 400 });
  });
});

describe('what is refused', () => {
  const unreadable = (words: RegExp) => ({ code: 'image.unreadable', message: expect.stringMatching(words) });

  it.each([
    ['a PNG of 1 × 80,000,000', pngClaiming(1, 80_000_000), /1 × 80,000,000 pixels; a side may have at most 30,000/],
    ['a PNG of 80,000 × 80,000', pngClaiming(80_000, 80_000), /80,000 × 80,000/],
    ['a PNG of 11,000 × 11,000', pngClaiming(11_000, 11_000), /121 megapixels\); at most 100 megapixels/],
    ['a JPEG of 65,500 × 65,500', jpegClaiming(JPEG, 65_500, 65_500), /65,500/],
    ['a JPEG of 20,000 × 20,000', jpegClaiming(JPEG, 20_000, 20_000), /400 megapixels/],
    ['a GIF of 29,000 × 29,000', gifClaiming(29_000, 29_000), /841 megapixels/],
    ['an AVIF of 60,000 × 60,000', heifClaiming(AVIF, 60_000, 60_000), /60,000/],
    ['a HEIC of 60,000 × 60,000', heifClaiming(PHONE, 60_000, 60_000), /60,000/],
  ])('%s, at once and without its memory', async (_name, content, words) => {
    const path = await file(content);
    const before = process.memoryUsage().rss;
    const started = performance.now();
    await expect(openImage(path)).rejects.toMatchObject({
      code: 'image.tooLarge',
      retryable: false,
      message: expect.stringMatching(words),
    });
    expect(performance.now() - started).toBeLessThan(500);
    expect(process.memoryUsage().rss - before).toBeLessThan(30 * MB);
  });

  it('a HEIC whose pixels are more than its header says', async () => {
    const heic = heifClaiming(PHONE, 16, 16);
    await expect(rawOf(heic)).rejects.toMatchObject({ code: expect.stringMatching(/^image\./) });
  });

  it('a file of more bytes than may be held', async () => {
    const path = await file(PNG);
    await expect(openImage(path, { maxFileBytes: 100 })).rejects.toMatchObject({
      code: 'image.tooLarge',
      message: 'The file is larger than 100 bytes, the most that one image may have.',
    });
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('%s cut off at half its length', async (kind) => {
    const whole = await scene()[kind]().toBuffer();
    await expect(rawOf(whole.subarray(0, whole.length / 2))).rejects.toMatchObject(unreadable(/cut off/));
  });

  it('JPEG and HEIC cut off near the end', async () => {
    await expect(rawOf(JPEG.subarray(0, -200))).rejects.toMatchObject(unreadable(/cut off/));
    await expect(rawOf(PHONE.subarray(0, -200))).rejects.toMatchObject(unreadable(/cut off/));
  });

  it('a PNG with a damaged chunk', async () => {
    const damaged = Buffer.from(PNG);
    const inPixels = damaged.indexOf('IDAT') + 20;
    damaged.writeUInt8(damaged.readUInt8(inPixels) ^ 0xff, inPixels);
    await expect(rawOf(damaged)).rejects.toMatchObject(unreadable(/damaged/));
  });

  it('SVG, before and by the image library itself', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    );
    await expect(rawOf(svg)).rejects.toMatchObject(unreadable(/SVG drawing/));
    await expect(sharp(svg).png().toBuffer()).rejects.toThrow(/unsupported image format/);
  });

  it('nothing for junk after the end', async () => {
    const junk = Buffer.from('junk \0 after the end');
    for (const whole of [JPEG, PNG]) expectUpright(await rawOf(Buffer.concat([whole, junk])), 24);
  });

  it('damage of any kind, with an image.* code and never a crash', async () => {
    const whole = [JPEG, PNG, GIF, AVIF, await scene().webp().toBuffer(), await scene().tiff().toBuffer(), PHONE];
    const random = seeded(20_261_122);
    for (const original of whole) {
      for (let round = 0; round < 12; round += 1) {
        const damaged = Buffer.from(original);
        const near = round % 2 === 0 ? 600 : damaged.length;
        for (let hits = 0; hits < 8; hits += 1) {
          damaged.writeUInt8(Math.floor(random() * 256), Math.floor(random() * Math.min(near, damaged.length)));
        }
        const outcome = await rawOf(damaged, 300).then(
          () => 'read',
          (failure: { code?: string }) => failure.code ?? String(failure),
        );
        expect(outcome).toMatch(/^(read|image\.unreadable|image\.tooLarge)$/);
      }
    }
  });

  it('never with a path in the words', async () => {
    const failures = [Buffer.from('text'), JPEG.subarray(0, 900), pngClaiming(80_000, 80_000), PNG.subarray(0, 500)];
    for (const content of failures) {
      await expect(rawOf(content)).rejects.toMatchObject({ message: expect.not.stringMatching(/\/|\[page|upload/) });
    }
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

  it('gives plain bytes, which cross threads as they are', async () => {
    const opened = await openImage(await file(JPEG));
    const { bytes } = await toEncoded(opened, needs);
    expect(Buffer.isBuffer(bytes)).toBe(false);
    expect(bytes).toBeInstanceOf(Uint8Array);
  });
});
