import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import type { EncodedImage, RawImage } from '../models/port.ts';
import { differingBits, fingerprintOf, lookAlikes, LOOKS_THE_SAME_BITS } from './fingerprint.ts';
import { encodePixels, openImage, toEncoded, toRaw } from './open-image.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/images/', import.meta.url));
const CUT_OFF = '24-truncated.jpg';
const FLAT = '0000000000000000';

interface Sample {
  name: string;
  raw: RawImage;
  fingerprint: string;
}

const samples: Sample[] = [];
for (const name of (await readdir(SAMPLES)).filter((each) => each !== CUT_OFF).sort()) {
  const raw = await toRaw(await openImage(SAMPLES + name), { maxSide: 2048 });
  samples.push({ name, raw, fingerprint: await fingerprintOf(raw) });
}

const asImage = async (colour: string, width = 300, height = 200): Promise<RawImage> => {
  const data = await sharp({ create: { width, height, channels: 3, background: colour } })
    .raw()
    .toBuffer();
  return { data, width, height };
};

describe('fingerprintOf', () => {
  it.each([
    ['image/jpeg', 2048, 40],
    ['image/jpeg', 1024, 70],
    ['image/jpeg', 500, 80],
    ['image/webp', 1024, 70],
    ['image/png', 700, 100],
  ] as const)('is near for the same picture as %s of at most %i px', async (mimeType, maxSide, quality) => {
    for (const { name, raw, fingerprint } of samples) {
      const again = await fingerprintOf(await encodePixels(raw, { mimeType, maxSide, quality }));
      expect(again).toMatch(/^[0-9a-f]{16}$/);
      const bits = differingBits(fingerprint, again);
      expect({ name, bits, near: bits <= LOOKS_THE_SAME_BITS }).toEqual({ name, bits, near: true });
    }
  });

  it('is far for nearly all different pictures', () => {
    const pairs = samples.flatMap((one, index) => samples.slice(0, index).map((other) => [one, other] as const));
    const near = pairs.filter(
      ([one, other]) => differingBits(one.fingerprint, other.fingerprint) <= LOOKS_THE_SAME_BITS,
    );
    expect(pairs.length).toBeGreaterThan(500);
    expect(near.length).toBeLessThanOrEqual(1);
  });

  it('has no bit set for a picture of one colour, and the first for any other', async () => {
    for (const colour of ['#000000', '#ffffff', '#7f3a10'])
      expect(await fingerprintOf(await asImage(colour))).toBe(FLAT);
    for (const { fingerprint } of samples) expect(Number.parseInt(fingerprint.charAt(0), 16)).toBeGreaterThanOrEqual(8);
    const dot = await asImage('#000000');
    dot.data.fill(255, 0, 90);
    expect(await fingerprintOf({ ...dot, data: dot.data.fill(255, 300 * 3 * 20, 300 * 3 * 60) })).toMatch(/^[89a-f]/);
  });

  it('takes pictures of any shape', async () => {
    for (const [width, height] of [
      [1, 1],
      [3000, 2],
      [2, 3000],
    ] as const) {
      expect(await fingerprintOf(await asImage('#123456', width, height))).toBe(FLAT);
    }
  });

  it('refuses an encoded image that is damaged', async () => {
    const opened = await openImage(`${SAMPLES}02-flyer.jpg`);
    const encoded = await toEncoded(opened, { mimeType: 'image/jpeg', maxSide: 500, quality: 80 });
    const cut: EncodedImage = { ...encoded, bytes: encoded.bytes.subarray(0, encoded.bytes.length / 2) };
    await expect(fingerprintOf(cut)).rejects.toMatchObject({ code: 'image.unreadable' });
  });
});

const fingerprints = fc.bigInt({ min: 1n << 63n, max: (1n << 64n) - 1n }).map((bits) => bits.toString(16));

describe('differingBits', () => {
  it('counts the bits that differ', () => {
    fc.assert(
      fc.property(fingerprints, fingerprints, (one, other) => {
        const different = (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;
        expect(differingBits(one, other)).toBe(different);
      }),
    );
    expect(differingBits(FLAT, 'ffffffffffffffff')).toBe(64);
  });

  it.each(['', 'xyz', '8123456789ABCDEF', '8123456789abcdef0'])('refuses %j', (text) => {
    expect(() => differingBits(text, FLAT)).toThrow(TypeError);
  });
});

describe('lookAlikes', () => {
  /** Near ones are rare among random fingerprints: a few originals, each with bits turned. */
  const piles = fc
    .tuple(
      fc.array(fingerprints, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(), fc.array(fc.nat(62), { maxLength: 9 })), { maxLength: 60 }),
    )
    .map(([originals, copies]) =>
      copies.map(([which, bits], index) => {
        const original = BigInt(`0x${originals[which % originals.length] ?? FLAT}`);
        const turned = bits.reduce((value, bit) => value ^ (1n << BigInt(bit)), original);
        return { id: `img_${index}`, fingerprint: turned.toString(16).padStart(16, '0') };
      }),
    );

  it('finds what comparing every picture with every original finds', () => {
    fc.assert(
      fc.property(piles, (pile) => {
        expect(lookAlikes(pile)).toEqual(byComparingAll(pile));
      }),
      { numRuns: 300 },
    );
  });

  it('names an earlier picture that is no look-alike itself', () => {
    const near = ['8000000000000000', '8000000000000003', '80000000000000ff'];
    const pile = near.map((fingerprint, index) => ({ id: `img_${index}`, fingerprint }));
    // The third is near the second, and not near the first.
    expect(lookAlikes(pile)).toEqual([{ id: 'img_1', sameLookAs: 'img_0' }]);
  });

  it('takes no flat picture for another', () => {
    const flat = { fingerprint: FLAT };
    expect(
      lookAlikes([
        { id: 'a', ...flat },
        { id: 'b', ...flat },
        { id: 'c', fingerprint: '8000000000000000' },
      ]),
    ).toEqual([]);
  });
});

function byComparingAll(pile: { id: string; fingerprint: string }[]): { id: string; sameLookAs: string }[] {
  const originals: typeof pile = [];
  const found: { id: string; sameLookAs: string }[] = [];
  for (const item of pile) {
    const near = originals
      .map(({ id, fingerprint }) => ({ id, bits: differingBits(fingerprint, item.fingerprint) }))
      .filter(({ bits }) => bits <= LOOKS_THE_SAME_BITS)
      .sort((a, b) => a.bits - b.bits);
    if (near[0] === undefined) originals.push(item);
    else found.push({ id: item.id, sameLookAs: near[0].id });
  }
  return found;
}
