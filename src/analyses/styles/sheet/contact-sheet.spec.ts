import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import type { Observation, PictureOf } from '../../../contract/analysis.ts';
import { firstPageAsPng } from '../../../images/draw-pdf.ts';
import { mergeLooks, type LookReading } from '../looks.ts';
import { contactSheet } from './contact-sheet.ts';
import { contactSheetPng } from './contact-sheet-png.ts';
import { printable } from './printable.ts';

const RED = '#c81e3c';

function observations(count: number, garment = 'coat'): Observation<LookReading>[] {
  return Array.from({ length: count }, (_, number) => ({
    imageId: `img_${number}`,
    image: `look-${number}.jpg`,
    index: 0,
    reading: {
      garments: [{ kind: garment, silhouette: null, fabrics: ['wool'], pattern: null, construction: [] }],
      palette: [{ hex: RED, name: 'crimson', share: 1 }],
      moods: ['calm'],
      occasions: [],
      seasons: ['winter'],
      description: null,
      confidence: 0.9,
    },
  }));
}

const jpeg = sharp({ create: { width: 60, height: 90, channels: 3, background: '#1040ff' } })
  .jpeg()
  .toBuffer();
const blue: PictureOf = async () => ({ jpeg: await jpeg, width: 60, height: 90 });
const none: PictureOf = () => Promise.resolve(null);

function pagesOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  );
}

/** Pixels of about this colour. */
async function countOf(png: Uint8Array, [r, g, b]: readonly [number, number, number]): Promise<number> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const distance = Math.abs(data[at]! - r) + Math.abs(data[at + 1]! - g) + Math.abs(data[at + 2]! - b);
    if (distance < 40) count += 1;
  }
  return count;
}

describe('the contact sheet', () => {
  it.each([
    [0, 1],
    [1, 1],
    [14, 1],
    [15, 2],
    [35, 2],
    [36, 3],
  ])('%i looks take %i pages, and each says of how many', async (looks, pages) => {
    const pdf = await contactSheet({ records: mergeLooks(observations(looks)), picture: none }, 'pages');
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(pagesOf(pdf)).toBe(pages);
  });

  it('shows each picture and its palette; one that is gone leaves its place', async () => {
    const records = mergeLooks(observations(3));
    const drawn = async (picture: PictureOf) =>
      firstPageAsPng({
        pdf: await contactSheet({ records, picture }, 'pages'),
        dotsPerInch: 72,
        maxPixels: 2_000_000,
      });
    const [full, empty] = [await drawn(blue), await drawn(none)];
    expect(await sharp(full).metadata()).toMatchObject({ format: 'png', width: 841, height: 595 });
    // Three pictures, 75 × 112 points each.
    expect(await countOf(full, [16, 64, 255])).toBeGreaterThan(3 * 75 * 112 * 0.9);
    expect(await countOf(empty, [16, 64, 255])).toBe(0);
    // Three strips as wide as their pictures, and the palette of all.
    expect(await countOf(empty, [200, 30, 60])).toBeGreaterThan(3 * 101 * 7 * 0.8 + 370 * 20 * 0.8);
  }, 30_000);

  it('as one picture is as long as it has to be, and no larger than is bearable', async () => {
    const sizeOf = async (looks: number) => {
      const png = await contactSheetPng({ records: mergeLooks(observations(looks)), picture: none });
      const { width, height } = await sharp(png).metadata();
      return { width, height };
    };
    const [few, many] = [await sizeOf(7), await sizeOf(300)];
    expect(few.height).toBeLessThan(few.width);
    expect(many.height / many.width).toBeGreaterThan(3);
    expect(many.width * many.height).toBeLessThan(20_100_000);
  }, 60_000);

  it('prints whatever a model or a file name says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 600 }), async (text) => {
        const pdf = await contactSheet({ records: mergeLooks(observations(1, text)), picture: none }, 'pages');
        expect(pagesOf(pdf)).toBe(1);
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

describe('printable', () => {
  it.each([
    ['crème “brûlée” – 5 €', 'crème “brûlée” – 5 €'],
    ['Dvořák, Kőszeg', 'Dvorák, Koszeg'],
    ['写真.jpg', '??.jpg'],
    ['gown‮gpj.exe', 'gown gpj.exe'],
    ['a\n\tb\u0000', 'a b'],
    ['ﬁt ①', 'fit 1'],
  ])('%j is %j', (text, printed) => expect(printable(text)).toBe(printed));

  it('gives nothing but what the typefaces have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).toMatch(/^[\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u);
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
