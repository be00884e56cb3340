import { colorsNamed, differenceEuclidean, nearest, type Color } from 'culori';
import { extractColorsFromImageData } from 'extract-colors';
import type { Pixels } from '../../contract/analysis.ts';
import type { Swatch } from '../../contract/style.ts';

/** Pixels that are looked at: shares are right within a hundredth with these. */
const SAMPLES = 20_000;
const MOST_SWATCHES = 6;
/** A colour of less than this share of an image is a button, not a colour of the look. */
const LEAST_SHARE = 0.02;

const NAMES = Object.keys(colorsNamed);
const nearestName = nearest(NAMES, differenceEuclidean('oklab'), (name: string): Color => ({
  mode: 'rgb',
  ...channels(name),
}));

/**
 * The colours of an image with their shares, largest first, at most six. Of the pixels themselves: models are bad at
 * shares, and a colour that is measured costs nothing.
 */
export function paletteOf(pixels: Pixels): Swatch[] {
  const found = extractColorsFromImageData({ data: sampled(pixels) }, { pixels: SAMPLES, distance: 0.17 });
  const swatches = found
    .filter(({ area }) => area >= LEAST_SHARE)
    .map(({ hex, area }) => ({ hex, name: colourName(hex), share: Math.round(area * 1_000) / 1_000 }));
  return swatches.toSorted((one, other) => other.share - one.share).slice(0, MOST_SWATCHES);
}

/** The nearest of CSS's named colours. @param hex `#rrggbb` */
export function colourName(hex: string): string {
  const value = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((channel) => channel / 255);
  return nearestName({ mode: 'rgb', r: r ?? 0, g: g ?? 0, b: b ?? 0 }, 1)[0] ?? hex;
}

/** RGBA of pixels at even steps over the image. */
function sampled({ data, width, height }: Pixels): Uint8ClampedArray {
  const count = width * height;
  const step = Math.max(1, Math.floor(count / SAMPLES));
  const samples = new Uint8ClampedArray(Math.ceil(count / step) * 4);
  for (let pixel = 0, to = 0; pixel < count; pixel += step, to += 4) {
    samples[to] = data[pixel * 3] ?? 0;
    samples[to + 1] = data[pixel * 3 + 1] ?? 0;
    samples[to + 2] = data[pixel * 3 + 2] ?? 0;
    samples[to + 3] = 255;
  }
  return samples;
}

function channels(name: string): { r: number; g: number; b: number } {
  const value: unknown = (colorsNamed as Record<string, unknown>)[name];
  const number = typeof value === 'number' ? value : 0;
  return { r: ((number >> 16) & 255) / 255, g: ((number >> 8) & 255) / 255, b: (number & 255) / 255 };
}
