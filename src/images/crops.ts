import { CodedError, toFailureData } from '../contract/coded-error.ts';
import type { FailureData } from '../contract/coded-error.ts';
import type { Box } from '../contract/show.ts';
import type { EncodedImage, ImageNeeds, RawImage } from '../models/port.ts';
import { encoded, scaledDown, toBytes, toRaw } from './open-image.ts';
import type { OpenedImage } from './open-image.ts';
import { fromPixels } from './pixel-library.ts';

/**
 * One crop, or why there is none. `box` is what was cut: the box asked for, clipped to the image and widened to whole
 * pixels, so that places found in the crop can be told as places in the image. Plain data.
 */
export type EncodedCrop = { ok: true; image: EncodedImage; box: Box } | { ok: false; failure: FailureData };

/**
 * As many as the library has threads by default (libuv's, of the whole process). It bounds memory too: a crop under way
 * reads the shared pixels and holds no copy of them.
 */
const CROPS_AT_ONCE = 4;
/** Fractions that were made from whole pixels come back to them: without it 0.1 + 0.2 takes a column too many. */
const ROUNDING_PIXELS = 1e-6;

interface PixelRectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Cuts many boxes out of one image, which is decoded and turned upright once for all of them. Each crop comes from the
 * full-size pixels (sRGB, transparency on white), is scaled down to `needs.maxSide` at most and never up, and is encoded
 * as whole images are, without metadata. A box partly outside is clipped. Worker threads only.
 *
 * Holds the pixels meanwhile (3 bytes each: 36 MB for 12 megapixels, at most `limits.maxPixels * 3`). 173 crops of 100
 * to 400 px of a 12-megapixel JPEG take, with opening it, 2.2 times as long as decoding it whole where two cores are free
 * (2.8 times its processor time), and 1.5 to 2 times as long as making it ready to send (test/measured/crops.spec.ts).
 *
 * @returns one for each box, in their order. A box that is empty, not a number or wholly outside fails alone
 * (`request.invalid`), and so does a crop that cannot be encoded.
 * @throws CodedError as {@link toRaw}: without its pixels the image has no crops
 */
export async function toCrops(opened: OpenedImage, boxes: readonly Box[], needs: ImageNeeds): Promise<EncodedCrop[]> {
  // Decoding is what costs: nothing is decoded for boxes of which none can be cut.
  if (!boxes.some(isInside)) return boxes.map(outside);
  const pixels = await toRaw(opened, { maxSide: opened.limits.maxSidePixels });
  const crops: EncodedCrop[] = [];
  const waiting = boxes.entries();
  const lane = async () => {
    for (const [index, box] of waiting) crops[index] = await toCrop(pixels, box, needs);
  };
  await Promise.all(Array.from({ length: CROPS_AT_ONCE }, lane));
  return crops;
}

async function toCrop(pixels: RawImage, box: Box, needs: ImageNeeds): Promise<EncodedCrop> {
  if (!isInside(box)) return outside(box);
  try {
    const rectangle = pixelsOf(box, pixels);
    const cut = fromPixels(pixels.data, pixels.width, pixels.height, 3).extract(rectangle);
    const image = await toBytes(encoded(scaledDown(cut, needs.maxSide), needs), needs);
    return { ok: true, image, box: fractionsOf(rectangle, pixels) };
  } catch (thrown) {
    return { ok: false, failure: toFailureData(thrown) };
  }
}

function isInside([x, y, width, height]: Box): boolean {
  if (![x, y, width, height].every(Number.isFinite)) return false;
  return width > 0 && height > 0 && x < 1 && y < 1 && x + width > 0 && y + height > 0;
}

function outside(box: Box): EncodedCrop {
  const written = box.map((value) => Number(value.toFixed(4))).join(', ');
  const failure = new CodedError(
    'request.invalid',
    `The box [${written}] has no part inside the image. Give left, top, width and height as fractions from 0 to 1.`,
  );
  return { ok: false, failure: failure.toData() };
}

/** The pixels a box touches, at least one. */
function pixelsOf([x, y, width, height]: Box, image: RawImage): PixelRectangle {
  const [left, right] = span(x, x + width, image.width);
  const [top, bottom] = span(y, y + height, image.height);
  return { left, top, width: right - left, height: bottom - top };
}

function span(from: number, to: number, sidePixels: number): [first: number, end: number] {
  const first = clamp(Math.floor(from * sidePixels + ROUNDING_PIXELS), 0, sidePixels - 1);
  return [first, clamp(Math.ceil(to * sidePixels - ROUNDING_PIXELS), first + 1, sidePixels)];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function fractionsOf({ left, top, width, height }: PixelRectangle, image: RawImage): Box {
  return [left / image.width, top / image.height, width / image.width, height / image.height];
}
