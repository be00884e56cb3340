import { createRequire } from 'node:module';
import { CodedError } from '../contract/coded-error.ts';
import { checkPixelSize } from './image-limits.ts';
import type { ImageLimits } from './image-limits.ts';

/** Decoded pixels, upright (the decoder applies the file's own rotation and mirroring), rows without gaps. */
export interface HeicPixels {
  data: Uint8Array;
  width: number;
  height: number;
  /** RGB, or RGB with alpha */
  channels: 3 | 4;
}

export interface HeicFile {
  bytes: Uint8Array;
  limits: ImageLimits;
}

/** The part of libheif-js that is used; its handles are opaque. */
interface Libheif {
  heif_context_alloc(): object | null;
  heif_context_read_from_memory(context: object, bytes: Uint8Array): { code: { value: number }; message: string };
  heif_js_context_get_primary_image_handle(context: object): object & Partial<HeifError>;
  heif_image_handle_get_width(handle: object): number;
  heif_image_handle_get_height(handle: object): number;
  heif_image_handle_has_alpha_channel(handle: object): number;
  heif_js_decode_image2(handle: object, colorspace: object, chroma: object): DecodedImage | HeifError;
  heif_colorspace: { heif_colorspace_RGB: object };
  heif_chroma: { heif_chroma_interleaved_RGB: object; heif_chroma_interleaved_RGBA: object };
}

interface HeifError {
  code: { value: number };
  message: string;
}

interface DecodedImage {
  channels: Plane[];
}

interface Plane {
  width: number;
  height: number;
  /** Bytes from one row to the next. */
  stride: number;
  /** A view into the decoder's own memory: it ends with the image. */
  data: Uint8Array;
}

type LibheifFactory = (options: { print: () => void; printErr: () => void }) => Libheif;

let factory: LibheifFactory | null = null;

/**
 * Decodes the primary image of a HEIC file. The image library's own build has no HEVC decoder, hence this one
 * (WebAssembly, about 1.1 s for 12 megapixels); it is loaded when the first HEIC comes.
 *
 * It blocks its thread while it decodes, so it is for worker threads only.
 *
 * It takes about 9 bytes a pixel meanwhile (12 megapixels: 110 MB; 100: 900 MB).
 *
 * @param maxSide how large the pixels are needed: they come at a whole fraction of the full size, at least this large
 * @throws CodedError `image.tooLarge`, `image.unreadable`
 */
export function decodeHeic({ bytes, limits }: HeicFile, maxSide: number): HeicPixels {
  const libheif = newInstance();
  try {
    return decodePrimary(libheif, bytes, limits, maxSide);
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    // An abort inside WebAssembly: out of its memory, or a file made to break it. The instance is not used again.
    throw damaged(cause);
  }
}

/**
 * A new instance for each image (7 ms): the memory of an instance only ever grows, and one that has aborted is dead.
 */
function newInstance(): Libheif {
  factory ??= createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif-bundle.js') as LibheifFactory;
  return factory({ print: () => undefined, printErr: () => undefined });
}

function decodePrimary(libheif: Libheif, bytes: Uint8Array, limits: ImageLimits, maxSide: number): HeicPixels {
  const context = libheif.heif_context_alloc();
  if (context === null) throw damaged('no context');
  const parsed = libheif.heif_context_read_from_memory(context, bytes);
  if (parsed.code.value !== 0) throw translate(parsed);
  const handle = libheif.heif_js_context_get_primary_image_handle(context);
  if (isError(handle)) throw translate(handle);
  const width = libheif.heif_image_handle_get_width(handle);
  const height = libheif.heif_image_handle_get_height(handle);
  // The decoder refuses a stream that is larger than the header says, so that checking the header bounds its memory.
  checkPixelSize(width, height, limits);
  const hasAlpha = libheif.heif_image_handle_has_alpha_channel(handle) !== 0;
  const { heif_chroma_interleaved_RGBA: rgba, heif_chroma_interleaved_RGB: rgb } = libheif.heif_chroma;
  const decoded = libheif.heif_js_decode_image2(
    handle,
    libheif.heif_colorspace.heif_colorspace_RGB,
    hasAlpha ? rgba : rgb,
  );
  if (isError(decoded)) throw translate(decoded);
  const [plane] = decoded.channels;
  if (plane === undefined) throw damaged('no interleaved channel');
  return shrunk(plane, hasAlpha ? 4 : 3, Math.max(1, Math.floor(Math.max(plane.width, plane.height) / maxSide)));
}

/**
 * Copies pixels out of the decoder's memory, each the mean of `factor` × `factor` ones: the copy of a large photo would
 * cost more memory than all that comes after it. Where the sides do not divide, up to `factor - 1` pixels at the right
 * and at the bottom fall away.
 */
function shrunk(plane: Plane, channels: 3 | 4, factor: number): HeicPixels {
  const width = Math.floor(plane.width / factor);
  const height = Math.floor(plane.height / factor);
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row += 1) {
    const target = data.subarray(row * width * channels, (row + 1) * width * channels);
    if (factor === 1) target.set(plane.data.subarray(row * plane.stride, row * plane.stride + target.length));
    else averageRow(plane, channels, factor, row, target);
  }
  return { data, width, height, channels };
}

function averageRow(plane: Plane, channels: 3 | 4, factor: number, row: number, target: Uint8Array): void {
  const sums = new Uint32Array(target.length);
  for (let line = row * factor; line < (row + 1) * factor; line += 1) {
    let source = line * plane.stride;
    for (let at = 0; at < sums.length; at += channels) {
      for (let column = 0; column < factor; column += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          sums[at + channel] = (sums[at + channel] ?? 0) + (plane.data[source] ?? 0);
          source += 1;
        }
      }
    }
  }
  const area = factor * factor;
  for (let at = 0; at < sums.length; at += 1) target[at] = Math.round((sums[at] ?? 0) / area);
}

function isError(answer: object): answer is HeifError {
  return 'code' in answer && answer.code !== undefined;
}

function translate(error: HeifError): CodedError {
  if (/security limit|exceeds the maximum image size/i.test(error.message)) {
    return new CodedError('image.tooLarge', 'The image has more pixels than can be read. Send it smaller.', {
      cause: error.message,
    });
  }
  if (/end of file/i.test(error.message)) {
    return new CodedError('image.unreadable', 'The file is cut off: its end is missing. Send it again.', {
      cause: error.message,
    });
  }
  return damaged(error.message);
}

function damaged(cause: unknown): CodedError {
  return new CodedError('image.unreadable', 'The HEIC file is damaged. Send it again, or as JPEG.', { cause });
}
