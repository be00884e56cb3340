import { colorsNamed, differenceEuclidean, nearest, type Color } from 'culori';
import { extractColorsFromImageData } from 'extract-colors';
import type { Pixels } from '../../contract/analysis.ts';
import type { Swatch } from '../../contract/style.ts';

/** Pixels that are looked at: shares are right within a hundredth with these; twice as many take three times as long. */
const SAMPLES = 10_000;
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
  const samples = sampled(pixels);
  const found = extractColorsFromImageData({ data: posterised(samples) }, { pixels: SAMPLES, distance: 0.17 });
  const kept = found.filter(({ area }) => area >= LEAST_SHARE);
  const tones = tonesOf(kept, samples);
  const swatches = kept.map(({ hex: loudest, area }, place) => {
    const hex = tones[place] ?? loudest;
    return { hex, name: colourName(hex), share: Math.round(area * 1_000) / 1_000 };
  });
  return swatches.toSorted((one, other) => other.share - one.share).slice(0, MOST_SWATCHES);
}

/** The nearest of CSS's named colours. @param hex `#rrggbb` */
export function colourName(hex: string): string {
  const value = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((channel) => channel / 255);
  return nearestName({ mode: 'rgb', r: r ?? 0, g: g ?? 0, b: b ?? 0 }, 1)[0] ?? hex;
}

/** In 16 shades a channel: the library counts every colour by itself, and takes a third less time for the same groups. */
function posterised(samples: Uint8ClampedArray): Uint8ClampedArray {
  return samples.map((channel) => channel | 0x0f);
}

/**
 * The commonest tone of each group of colours. The library names a group by its loudest member: a few pixels where two colours
 * meet then stood for four fifths of a picture.
 */
function tonesOf(groups: readonly Rgb[], samples: Uint8ClampedArray): (string | undefined)[] {
  const tones = new Map<number, Rgb & { count: number }>();
  for (let at = 0; at < samples.length; at += 4) {
    const [red, green, blue] = [samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0];
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const tone = tones.get(key);
    if (tone === undefined) {
      tones.set(key, { red, green, blue, count: 1 });
      continue;
    }
    tone.red += red;
    tone.green += green;
    tone.blue += blue;
    tone.count += 1;
  }
  const commonest: { hex: string; count: number }[] = [];
  for (const { red, green, blue, count } of tones.values()) {
    const mean = { red: red / count, green: green / count, blue: blue / count };
    const distances = groups.map((group) => distance(group, mean));
    const place = distances.indexOf(Math.min(...distances));
    if (place >= 0 && count > (commonest[place]?.count ?? 0)) commonest[place] = { hex: hexOf(mean), count };
  }
  return groups.map((_, place) => commonest[place]?.hex);
}

/** 0..255 each. */
interface Rgb {
  red: number;
  green: number;
  blue: number;
}

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(one.red - other.red, one.green - other.green, one.blue - other.blue);
}

function hexOf({ red, green, blue }: Rgb): string {
  return `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
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
