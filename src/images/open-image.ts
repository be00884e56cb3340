import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import type { EncodedImage, ImageNeeds, RawImage } from '../models/port.ts';
import { decodeHeic } from './heic.ts';
import { checkFileSize, checkPixelSize, DEFAULT_IMAGE_LIMITS } from './image-limits.ts';
import type { ImageLimits } from './image-limits.ts';
import { fromEncoded, fromPixels, readHeader, translatingErrors } from './pixel-library.ts';
import { quickSize } from './quick-header.ts';
import { notReadable, plainFileSize, recogniseBytes } from './recognise.ts';
import type { ImageKind } from './recognise.ts';

export type OpenImageOptions = Partial<ImageLimits>;

/** An image whose kind and size are known and within bounds; its pixels are decoded by what is asked of it. */
export interface OpenedImage {
  readonly kind: ImageKind;
  /** Pixels of the upright image. */
  readonly width: number;
  readonly height: number;
  /** The file as it is, with all its metadata: never to leave the machine. */
  readonly bytes: Uint8Array;
  readonly limits: ImageLimits;
}

/**
 * Reads an image file and checks it by its bytes and its header, before any pixel is decoded. Worker threads only.
 *
 * @throws CodedError `image.unreadable` (no image, damaged, cut off) or `image.tooLarge` (pixels, a side, bytes). Damage
 * further down in the file comes to light in {@link toRaw} and {@link toEncoded}, with the same codes.
 */
export async function openImage(path: string, options: OpenImageOptions = {}): Promise<OpenedImage> {
  const limits = { ...DEFAULT_IMAGE_LIMITS, ...options };
  // From memory and not by its path: the library takes brackets in a path for options, and names paths in its errors.
  const bytes = await readPlainFile(path, limits.maxFileBytes);
  const kind = await recogniseBytes(bytes);
  const { width, height } = quickSize(kind, bytes) ?? (await readHeader(bytes));
  checkPixelSize(width, height, limits);
  return { kind, width, height, bytes, limits };
}

/** Files up to here are read in one go: five hops to the pool of threads that wait for disks take longer than the disk. */
const READ_AT_ONCE_BYTES = 1024 * 1024;

async function readPlainFile(path: string, maxBytes: number): Promise<Uint8Array> {
  const sizeBytes = plainFileSize(path);
  checkFileSize(sizeBytes, maxBytes);
  try {
    return sizeBytes <= READ_AT_ONCE_BYTES ? readFileSync(path) : await readFile(path);
  } catch (cause) {
    throw notReadable(cause);
  }
}

/**
 * The upright pixels, in sRGB, transparency on white, scaled down to `maxSide` at most and never up. Decodes once; a
 * JPEG that is scaled down is decoded at a fraction of its size.
 *
 * @throws CodedError as {@link openImage}, and `image.timeout`
 */
export async function toRaw(opened: OpenedImage, needs: { maxSide: number }): Promise<RawImage> {
  const image = prepared(opened, needs.maxSide).raw({ depth: 'uchar' });
  const { data, info } = await translatingErrors(() => image.toBuffer({ resolveWithObject: true }));
  return { data: plainBytes(data), width: info.width, height: info.height };
}

/**
 * The upright image, encoded anew for sending: sRGB, transparency on white, at most `needs.maxSide`, and none of the
 * file's metadata (EXIF with its GPS position, XMP, IPTC, profiles, comments).
 *
 * @throws CodedError as {@link openImage}, and `image.timeout`
 */
export async function toEncoded(opened: OpenedImage, needs: ImageNeeds): Promise<EncodedImage> {
  return toBytes(encoded(prepared(opened, needs.maxSide), needs), needs);
}

/** Of a thumbnail. The library's own effort, 4, takes twice the time for 3 % fewer bytes (measured on the samples). */
const THUMBNAIL = { quality: 78, effort: 2 };

/**
 * The upright image, small, for people to look at: WebP, at most `maxSide`, none of the file's metadata.
 *
 * @throws CodedError as {@link openImage}, and `image.timeout`
 */
export async function toThumbnail(opened: OpenedImage, { maxSide }: { maxSide: number }): Promise<EncodedImage> {
  return toBytes(prepared(opened, maxSide).webp(THUMBNAIL), { mimeType: 'image/webp', maxSide, ...THUMBNAIL });
}

/**
 * Encodes pixels that {@link toRaw} gave: what {@link toEncoded} gives at the same `maxSide`, in two steps, for where the
 * pixels are wanted too (a fingerprint of pixels costs a quarter), or the time of each step.
 *
 * @throws CodedError whatever the library threw, translated
 */
export async function encodePixels(image: RawImage, needs: ImageNeeds): Promise<EncodedImage> {
  const pixels = fromPixels(image.data, image.width, image.height, 3);
  return toBytes(encoded(scaledDown(pixels, needs.maxSide), needs), needs);
}

function prepared(opened: OpenedImage, maxSide: number): Sharp {
  return scaledDown(pixelsOf(opened, maxSide), maxSide).flatten({ background: '#ffffff' }).toColourspace('srgb');
}

/** Keeps the shape; never enlarges. */
export function scaledDown(image: Sharp, maxSide: number): Sharp {
  return image.resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true });
}

function pixelsOf(opened: OpenedImage, maxSide: number): Sharp {
  if (opened.kind !== 'heic') return fromEncoded(opened.bytes, opened.limits.maxPixels);
  const { data, width, height, channels } = decodeHeic(opened, maxSide);
  return fromPixels(data, width, height, channels);
}

/** The one definition of how images are encoded for models. */
export function encoded(image: Sharp, { mimeType, quality }: ImageNeeds): Sharp {
  switch (mimeType) {
    case 'image/jpeg':
      // Full colour resolution: coloured small print on a dark ground is lost first where colour is halved.
      // The standard code tables: the very same pixels in two thirds of the time, for a tenth more bytes.
      return image.jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: false });
    case 'image/webp':
      return image.webp({ quality });
    case 'image/png':
      return image.png({ compressionLevel: 6 });
  }
}

/** @throws CodedError whatever the library threw, translated */
export async function toBytes(image: Sharp, { mimeType }: ImageNeeds): Promise<EncodedImage> {
  const { data, info } = await translatingErrors(() => image.toBuffer({ resolveWithObject: true }));
  return { bytes: plainBytes(data), mimeType, width: info.width, height: info.height };
}

/** Without the Buffer class, which does not survive the way across threads. */
function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
