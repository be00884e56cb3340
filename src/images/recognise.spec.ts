import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scene, withPngText } from '../../test/fixtures/images/scene.ts';
import { recogniseBytes, recogniseImage } from './recognise.ts';

const HEIC = fileURLToPath(new URL('../../test/fixtures/images/phone-portrait.heic', import.meta.url));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contactsheet-recognise-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function file(name: string, content: Buffer | string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

describe('recogniseImage', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)(
    'knows %s by its bytes, under any name',
    async (kind) => {
      const path = await file(`${kind}.txt`, await scene()[kind]().toBuffer());
      expect(await recogniseImage(path)).toBe(kind);
    },
  );

  it('knows the HEIC of a phone', async () => {
    expect(await recogniseImage(HEIC)).toBe('heic');
  });

  it('knows a TIFF whose directory stands beyond the head of the file', async () => {
    const tiff = await scene(1000, 800).tiff({ compression: 'none' }).toBuffer();
    expect(tiff.readUInt32LE(4)).toBeGreaterThan(1_000_000);
    expect(await recogniseImage(await file('far.tif', tiff))).toBe('tiff');
  });

  it('knows a PNG with more text in front of its pixels than the head holds', async () => {
    const png = withPngText(await scene().png().toBuffer(), 'x'.repeat(200_000));
    expect(await recogniseImage(await file('wordy.png', png))).toBe('png');
  });

  it('tells by the compatible brands what a mif1 file holds', async () => {
    const ftyp = (...brands: string[]) => {
      const box = Buffer.from(`\0\0\0\0ftypmif1\0\0\0\0${brands.join('')}`, 'latin1');
      box.writeUInt32BE(box.length);
      return box;
    };
    expect(await recogniseBytes(ftyp('mif1', 'avif', 'miaf'))).toBe('avif');
    expect(await recogniseBytes(ftyp('mif1', 'heic', 'miaf'))).toBe('heic');
  });

  it.each([
    ['nothing', '', /empty/],
    ['text', 'Karaoke every Tuesday, 9 pm\n', /plain text, not an image/],
    ['text in UTF-16', Buffer.from('\ufeffKaraoke', 'utf16le'), /plain text, not an image/],
    [
      'SVG with an external entity',
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
      /an SVG drawing, not a photo or screenshot/,
    ],
    ['bare SVG after a comment', `<!-- ${'c'.repeat(5000)} --><svg width="1" height="1"></svg>`, /SVG drawing/],
    ['HTML', '<!doctype html><p>Karaoke', /web page/],
    ['PDF', '%PDF-1.7\n%\xe2\xe3', /PDF document/],
    ['ZIP', Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\0\0'), Buffer.alloc(60)]), /ZIP archive/],
    ['BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), /image in the format BMP/],
    ['noise', Buffer.from([1, 2, 3, 4, 0, 0, 250, 251]), /not an image of a kind/],
  ])('says in words that the file is %s, whatever its name claims', async (name, content, words) => {
    const path = await file(`${name}.png`, content);
    await expect(recogniseImage(path)).rejects.toMatchObject({
      code: 'image.unreadable',
      retryable: false,
      message: expect.stringMatching(words),
    });
  });

  it('names no path where there is no file or a folder', async () => {
    const missing = recogniseImage(join(directory, 'gone.png'));
    await expect(missing).rejects.toMatchObject({ code: 'image.unreadable', message: 'There is no such file.' });
    await expect(recogniseImage(directory)).rejects.toMatchObject({ message: expect.stringContaining('folder') });
  });
});
