import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { jpegClaiming, pngClaiming, scene } from '../../test/fixtures/images/scene.ts';
import type { RawImage } from '../models/port.ts';
import { openImage, toRaw } from './open-image.ts';

const HEIC = fileURLToPath(new URL('../../test/fixtures/images/phone-portrait.heic', import.meta.url));
const AS_IT_IS = { maxSide: 30_000 };
const MB = 1024 * 1024;

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
          (failure: { code?: string }) => failure.code ?? 'an error without a code',
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
