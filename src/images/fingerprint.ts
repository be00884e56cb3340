import type { EncodedImage, RawImage } from '../models/port.ts';
import { DEFAULT_IMAGE_LIMITS } from './image-limits.ts';
import { fromEncoded, fromPixels, translatingErrors } from './pixel-library.ts';

/**
 * Fingerprints of how a picture looks, to tell people that two pictures of a pile look the same. That is all they are
 * for: never skip, merge or reuse a reading by them. Flyers of two different nights of one venue differ in a line of
 * small print, which a fingerprint does not see: real ones were found 4 bits apart.
 */

/** Cells a side that a picture is averaged to before its frequencies are taken. */
const CELLS = 32;
/**
 * Pixels a side that the library scales a picture to, as a step to the cells: straight to 32 it unpacks JPEGs at an eighth
 * of their size, whose rounded edges changed up to 16 bits of a picture with fine print.
 */
const STEP = 4 * CELLS;
/** The lowest frequencies each way that make the fingerprint: 8 × 8 bits. */
const FREQUENCIES = 8;
/** Cells that differ by less are one colour: a picture without anything in it to compare. */
const FLAT_LEVELS = 4;
/** What a flat picture gives. No other picture does: the first bit of theirs is set. */
const FLAT = '0'.repeat(16);
const FINGERPRINT = /^[0-9a-f]{16}$/;

/**
 * At most so many of 64 bits differ between two pictures that look the same.
 *
 * Measured on 192 pictures (the samples, 150 more of another seed, screenshots of other apps): all are found again that
 * were saved anew (JPEG down to quality 30, WebP, PNG) or scaled down to 25 % (at most 4 bits), 98 % of those made
 * brighter, 93 % of those cropped by 1 % on each side, 27 % of those cropped by 3 %. Of their 18,336 pairs of different
 * pictures, 3 look the same to it: pages of one app, and flyers of one design, with other words. (A gradient hash, dHash,
 * found 97 % of those scaled to 30 % and 92 % of those cropped by 1 %, and took 11 pairs for the same.)
 */
export const LOOKS_THE_SAME_BITS = 6;

const COSINES = Array.from({ length: FREQUENCIES }, (_, frequency) =>
  Float64Array.from({ length: CELLS }, (__, cell) => Math.cos(((2 * cell + 1) * frequency * Math.PI) / (2 * CELLS))),
);

/**
 * The perceptual hash (pHash) of a picture: 64 bits as 16 hex digits. Each bit says whether one of its 8 × 8 lowest
 * frequencies is above their median, so scaling, recompression and brightness change few of them. A picture of one colour
 * gives only zeros, and looks like no other.
 *
 * Give it pixels where they are at hand: 3 ms for 2048 × 1536. A JPEG of that size takes 5 to 14 ms, since all its
 * coefficients have to be unpacked whatever the scale, and a PNG 45 ms.
 *
 * @throws CodedError `image.unreadable` where an encoded image cannot be decoded
 */
export async function fingerprintOf(image: EncodedImage | RawImage): Promise<string> {
  const source =
    'data' in image
      ? fromPixels(image.data, image.width, image.height, 3)
      : fromEncoded(image.bytes, DEFAULT_IMAGE_LIMITS.maxPixels);
  const small = source.resize(STEP, STEP, { fit: 'fill', fastShrinkOnLoad: false }).raw({ depth: 'uchar' });
  const { data, info } = await translatingErrors(() => small.toBuffer({ resolveWithObject: true }));
  const greys = greysOf(data, info.channels);
  return isFlat(greys) ? FLAT : hexOf(bitsOf(frequenciesOf(greys)));
}

/**
 * How many of the 64 bits differ.
 *
 * @throws TypeError where one is no fingerprint
 */
export function differingBits(one: string, other: string): number {
  return bitsBetween(wordsOf(one), wordsOf(other));
}

export interface LookAlike {
  id: string;
  /** The earlier picture that it looks the same as; that one is itself in no `id` of the list. */
  sameLookAs: string;
}

/**
 * The pictures that look the same as an earlier one of the list: for each the nearest such picture, of equally near ones
 * the earliest. Pictures are compared with those only that are no look-alikes themselves, so that no chain of small
 * differences joins pictures that do not look the same. To be shown, never to skip work (see above).
 *
 * Near-linear: 10,000 pictures take about 20 ms, 100,000 half a second; less where many look the same.
 *
 * @throws TypeError where a fingerprint is none
 */
export function lookAlikes(items: readonly { id: string; fingerprint: string }[]): LookAlike[] {
  const found: LookAlike[] = [];
  const earlier = new FingerprintIndex();
  for (const { id, fingerprint } of items) {
    const words = wordsOf(fingerprint);
    if (fingerprint === FLAT) continue;
    const nearest = earlier.nearest(words);
    if (nearest === null) earlier.add(id, words);
    else found.push({ id, sameLookAs: nearest });
  }
  return found;
}

/** A fingerprint as two halves of 32 bits. */
type Words = readonly [high: number, low: number];

const BAND_BITS = 16;
const BANDS = 64 / BAND_BITS;
/** What to turn in a band: nothing, or one bit. */
const BAND_CHANGES = [0, ...Array.from({ length: BAND_BITS }, (_, bit) => 1 << bit)];

/**
 * Finds near fingerprints without comparing all: 6 differing bits in 4 bands leave one band with at most 1, so what is
 * near is among those that agree with one of four bands to one bit (multi-index hashing). That holds up to 7 bits.
 */
class FingerprintIndex {
  readonly #ids: string[] = [];
  readonly #words: Words[] = [];
  readonly #bands = Array.from({ length: BANDS }, () => new Band());

  add(id: string, words: Words): void {
    this.#ids.push(id);
    this.#words.push(words);
    for (const [at, band] of this.#bands.entries()) band.add(bandOf(words, at));
  }

  /** The id of the nearest within {@link LOOKS_THE_SAME_BITS}, of equally near ones the earliest. */
  nearest(words: Words): string | null {
    let nearest = -1;
    let fewest = LOOKS_THE_SAME_BITS + 1;
    for (const [at, band] of this.#bands.entries()) {
      const value = bandOf(words, at);
      for (const change of BAND_CHANGES) {
        for (let index = band.latest(value ^ change); index >= 0; index = band.before(index)) {
          const bits = bitsBetween(words, this.#words[index] ?? words);
          if (bits > fewest || (bits === fewest && index >= nearest)) continue;
          nearest = index;
          fewest = bits;
        }
      }
    }
    return nearest < 0 ? null : (this.#ids[nearest] ?? null);
  }
}

/** Which fingerprints have which value in one band: linked lists in numbers, since maps of arrays took ten times as long. */
class Band {
  readonly #latest = new Int32Array(1 << BAND_BITS).fill(-1);
  readonly #before: number[] = [];

  add(value: number): void {
    this.#latest[value] = this.#before.push(this.latest(value)) - 1;
  }

  /** The last fingerprint added with this value, or -1. */
  latest(value: number): number {
    return this.#latest[value] ?? -1;
  }

  /** The one added before it with the same value, or -1. */
  before(index: number): number {
    return this.#before[index] ?? -1;
  }
}

function bandOf(words: Words, at: number): number {
  const word = at < BANDS / 2 ? words[0] : words[1];
  return at % 2 === 0 ? word >>> BAND_BITS : word & 0xffff;
}

function wordsOf(fingerprint: string): Words {
  if (!FINGERPRINT.test(fingerprint)) throw new TypeError('Not a fingerprint of 16 lower-case hex digits.');
  return [Number.parseInt(fingerprint.slice(0, 8), 16), Number.parseInt(fingerprint.slice(8), 16)];
}

function bitsBetween(one: Words, other: Words): number {
  return setBits(one[0] ^ other[0]) + setBits(one[1] ^ other[1]);
}

/** How many of 32 bits are set. */
function setBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * The mean luma of each cell, 0..255, row by row. Here and not by the library: turning the whole picture grey takes it
 * six times as long.
 */
function greysOf(pixels: Uint8Array, channels: number): Float64Array {
  const greys = new Float64Array(CELLS * CELLS);
  const perCell = STEP / CELLS;
  for (let at = 0; at < STEP * STEP; at += 1) {
    const cell = Math.floor(at / STEP / perCell) * CELLS + Math.floor((at % STEP) / perCell);
    greys[cell] = (greys[cell] ?? 0) + lumaAt(pixels, at * channels, channels) / (perCell * perCell);
  }
  return greys;
}

function lumaAt(pixels: Uint8Array, start: number, channels: number): number {
  const red = pixels[start] ?? 0;
  if (channels < 3) return red;
  return 0.299 * red + 0.587 * (pixels[start + 1] ?? 0) + 0.114 * (pixels[start + 2] ?? 0);
}

function isFlat(greys: Float64Array): boolean {
  return Math.max(...greys) - Math.min(...greys) < FLAT_LEVELS;
}

/** The lowest frequencies of a cosine transform (DCT-II, not normalised), the mean first. */
function frequenciesOf(greys: Float64Array): number[] {
  const rows = COSINES.map((cosine) =>
    Float64Array.from({ length: CELLS }, (_, row) => {
      const start = row * CELLS;
      return cosine.reduce((sum, factor, column) => sum + factor * (greys[start + column] ?? 0), 0);
    }),
  );
  return COSINES.flatMap((cosine) =>
    rows.map((row) => cosine.reduce((sum, factor, at) => sum + factor * (row[at] ?? 0), 0)),
  );
}

/** The mean counts as above the median: no frequency of a picture is larger, so the first bit only says "not flat". */
function bitsOf(frequencies: number[]): boolean[] {
  const sorted = frequencies.slice(1).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return frequencies.map((value) => value > median);
}

function hexOf(bits: boolean[]): string {
  return Array.from({ length: bits.length / 4 }, (_, digit) =>
    bits
      .slice(digit * 4, digit * 4 + 4)
      .reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0)
      .toString(16),
  ).join('');
}
