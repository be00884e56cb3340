import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { scene, sceneStoredAs } from '../../test/fixtures/images/scene.ts';
import { openImage, toEncoded } from './open-image.ts';
import { readImageSize, sizeAsSent } from './read-size.ts';

let directory: string;
let count = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contactsheet-size-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A name that the library would take for options, if it were given paths. */
async function file(content: Uint8Array): Promise<string> {
  const path = join(directory, `upload ${(count += 1)} [page=7].jpg`);
  await writeFile(path, content);
  return path;
}

/** Larger than the head of a file that is read first, since noise cannot be compressed. */
const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });

describe('readImageSize', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('%s, small and large', async (kind) => {
    expect(await readImageSize(await file(await scene()[kind]().toBuffer()))).toEqual({ width: 600, height: 400 });
    const large = await noise(601, 500)[kind]({ quality: 90, effort: 1 }).toBuffer();
    expect(large.length).toBeGreaterThan(64 * 1024);
    expect(await readImageSize(await file(large))).toEqual({ width: 601, height: 500 });
  });

  it.each(['phone-portrait', 'seventeen-megapixels'])('HEIC as it is opened: %s', async (name) => {
    const path = fileURLToPath(new URL(`../../test/fixtures/images/${name}.heic`, import.meta.url));
    const { width, height } = await openImage(path);
    expect(await readImageSize(path)).toEqual({ width, height });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('upright: EXIF orientation %i', async (orientation) => {
    expect(await readImageSize(await file(await sceneStoredAs(orientation)))).toEqual({ width: 600, height: 400 });
    for (const kind of ['jpeg', 'png', 'webp', 'tiff'] as const) {
      const path = await file(await noise(500, 300)[kind]().withMetadata({ orientation }).toBuffer());
      const { width, height } = await openImage(path);
      expect(await readImageSize(path)).toEqual({ width, height });
      expect(width > height).toBe(orientation < 5);
    }
  });

  it('a header that stands behind a long comment', async () => {
    const jpeg = await noise(500, 300).jpeg().toBuffer();
    const comment = Buffer.alloc(65_535, 'x');
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(65_533, 2);
    const path = await file(Buffer.concat([jpeg.subarray(0, 2), comment, comment, jpeg.subarray(2)]));
    expect(await readImageSize(path)).toEqual({ width: 500, height: 300 });
  });

  it('says what the header claims of an image that is cut off: only decoding finds out', async () => {
    const path = await file((await noise(901, 700).jpeg().toBuffer()).subarray(0, 70_000));
    expect(await readImageSize(path)).toEqual({ width: 901, height: 700 });
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('no image at all')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['PNG without its header', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['JPEG of noise', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100_000, 7)])],
  ])('refuses as openImage does: %s', async (_, content) => {
    const path = await file(content);
    const opened = await openImage(path).catch((error: unknown) => error);
    const refused = await readImageSize(path).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'image.unreadable', message: (opened as Error).message });
    expect(String(refused)).not.toContain(directory);
  });

  it('refuses what is too large, what is no file and what is not there', async () => {
    const path = await file(await scene().png().toBuffer());
    await expect(readImageSize(path, { maxPixels: 1_000 })).rejects.toMatchObject({ code: 'image.tooLarge' });
    await expect(readImageSize(path, { maxFileBytes: 100 })).rejects.toMatchObject({ code: 'image.tooLarge' });
    await mkdir(join(directory, 'folder'));
    for (const name of ['folder', 'missing']) {
      await expect(readImageSize(join(directory, name))).rejects.toMatchObject({ code: 'image.unreadable' });
    }
  });
});

describe('sizeAsSent', () => {
  it('is what the library makes of it, to a pixel', async () => {
    const side = fc.integer({ min: 1, max: 700 });
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer({ min: 1, max: 700 }), async (width, height, maxSide) => {
        const path = await file(await noise(width, height).png({ compressionLevel: 0 }).toBuffer());
        const sent = await toEncoded(await openImage(path), { mimeType: 'image/jpeg', maxSide, quality: 50 });
        const expected = sizeAsSent({ width, height }, maxSide);
        expect(Math.abs(expected.width - sent.width)).toBeLessThanOrEqual(1);
        expect(Math.abs(expected.height - sent.height)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('never enlarges, keeps the longer side, and has no side of 0', () => {
    expect(sizeAsSent({ width: 300, height: 200 }, 2048)).toEqual({ width: 300, height: 200 });
    expect(sizeAsSent({ width: 4000, height: 3000 }, 2048)).toEqual({ width: 2048, height: 1536 });
    expect(sizeAsSent({ width: 1080, height: 2340 }, 2048)).toEqual({ width: 945, height: 2048 });
    expect(sizeAsSent({ width: 30_000, height: 1 }, 2048)).toEqual({ width: 2048, height: 1 });
  });
});
