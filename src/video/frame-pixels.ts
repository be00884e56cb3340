import type { VideoSample } from 'mediabunny';
import { encoded, toBytes } from '../images/open-image.ts';
import { fromPixels } from '../images/pixel-library.ts';
import { shrunk, type Grey, type Luma } from './frame-signs.ts';

/** Formats whose first plane is the brightness: a byte a pixel, or two with the lower one first. */
const PLANAR = /^(?:I4(?:20|22|44)A?(?:P(10|12))?|NV12)$/;
const JPEG_QUALITY = 85;
/** The types that the library is given do not know this option yet; `layout` makes it one of theirs. */
const COLOURS = { format: 'RGBA', layout: undefined };

let buffer = new Uint8Array(0);

/**
 * One buffer for all pictures, which are looked at one after another: a new one of megabytes for each took the collector of
 * garbage a fifth of all time. What is in it holds until the next is asked for.
 */
function scratch(length: number): Uint8Array<ArrayBuffer> {
  if (buffer.length < length) buffer = new Uint8Array(length);
  return buffer.subarray(0, length);
}

/** The picture, small and grey, to judge it by. It may lie on its side: that changes no judgement. */
export async function greyOf(sample: VideoSample): Promise<Grey> {
  const bits = PLANAR.exec(sample.format ?? '');
  if (bits === null) return shrunk(await lumaOfColours(sample));
  const deep = bits[1] === undefined ? 0 : Number(bits[1]);
  const data = scratch(sample.allocationSize());
  const [plane] = await sample.copyTo(data);
  if (plane === undefined) throw new Error('The picture has no planes.');
  const { width, height } = sample.visibleRect;
  const bytes = deep === 0 ? data : highBits(data, plane.offset, plane.stride * height, deep);
  const offset = deep === 0 ? plane.offset : 0;
  const stride = deep === 0 ? plane.stride : plane.stride / 2;
  return shrunk({ data: bytes, offset, stride, step: 1, width, height });
}

/** Samples of 10 or 12 bits as bytes. */
function highBits(data: Uint8Array, offset: number, length: number, bits: number): Uint8Array {
  const bytes = new Uint8Array(length / 2);
  for (let at = 0, from = offset; at < bytes.length; at += 1, from += 2) {
    bytes[at] = (((data[from + 1] ?? 0) << 8) | (data[from] ?? 0)) >> (bits - 8);
  }
  return bytes;
}

/** For formats that are rare: by way of colours, of which green comes nearest to the brightness. */
async function lumaOfColours(sample: VideoSample): Promise<Luma> {
  const { data, width, height } = await coloursOf(sample);
  return { data, offset: 1, stride: 4 * width, step: 4, width, height };
}

/**
 * The picture upright as a JPEG, at most `maxSide` pixels on its longer side. Once for each sample: the library's filter takes
 * the pixels away from the sample that goes through it.
 */
export async function jpegOf(
  sample: VideoSample,
  maxSide: number,
): Promise<{ jpeg: Uint8Array; width: number; height: number }> {
  const { displayWidth, displayHeight } = sample;
  const scale = Math.min(1, maxSide / Math.max(displayWidth, displayHeight));
  const [width, height] = [displayWidth, displayHeight].map((side) => Math.max(1, Math.round(side * scale)));
  const upright = await sample.transform({ width, height, fit: 'fill' });
  try {
    const { data, ...size } = await coloursOf(upright);
    const image = fromPixels(data, size.width, size.height, 4).removeAlpha();
    const needs = { mimeType: 'image/jpeg', maxSide, quality: JPEG_QUALITY } as const;
    const { bytes } = await toBytes(encoded(image, needs), needs);
    return { jpeg: bytes, ...size };
  } finally {
    upright.close();
  }
}

async function coloursOf(sample: VideoSample): Promise<{ data: Uint8Array; width: number; height: number }> {
  const data = scratch(sample.allocationSize(COLOURS));
  await sample.copyTo(data, COLOURS);
  return { data, width: sample.visibleRect.width, height: sample.visibleRect.height };
}
