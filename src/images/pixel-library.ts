import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { CodedError } from '../contract/coded-error.ts';
import { setUpOnce } from './library-setup.ts';

/** The one place that loads and sets up the native image library. Its settings hold for the whole process. */

// Each image is read once, so a cache only holds memory.
sharp.cache(false);
// The pool's threads are the parallelism; threads inside the library would fight them for the same cores.
sharp.concurrency(1);
// Allow list: whatever the type detector overlooks can still not reach a loader that runs scripts or opens other files
// (SVG, PDF, ImageMagick …).
setUpOnce(() => {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadNsgif',
      'VipsForeignLoadHeif',
      'VipsForeignLoadTiff',
    ],
  });
});

/** A picture that is made to decode for minutes ends here; a 100-megapixel photo takes a few seconds. */
const DECODE_TIMEOUT_S = 30;

/** What the header of an image says; no pixel is decoded. Sides are those of the upright image. */
export async function readHeader(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  return translatingErrors(async () => {
    const { autoOrient } = await sharp(bytes, { limitInputPixels: false, unlimited: false }).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  });
}

/**
 * Opens encoded bytes: the first frame or page, turned upright by EXIF. A file that is cut off is refused, since half an
 * image would silently give half the records; bytes after its end do no harm.
 */
export function fromEncoded(bytes: Uint8Array, maxPixels: number): Sharp {
  return sharp(bytes, {
    failOn: 'error',
    limitInputPixels: maxPixels,
    unlimited: false,
    autoOrient: true,
    pages: 1,
    page: 0,
  }).timeout({ seconds: DECODE_TIMEOUT_S });
}

/** Opens pixels that another decoder gave; they are taken as upright. */
export function fromPixels(data: Uint8Array, width: number, height: number, channels: 3 | 4): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** Runs a step of the library and translates what it throws; its own messages may hold paths and are for programmers. */
export async function translatingErrors<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw cause instanceof CodedError ? cause : translate(cause);
  }
}

function translate(cause: unknown): CodedError {
  // By shape: an error made by native code is of no class that a test's realm knows.
  const message = typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : '';
  if (/exceeds pixel limit|exceeds the maximum image size|security limit/i.test(message)) {
    return new CodedError('image.tooLarge', 'The image has more pixels than can be read. Send it smaller.', { cause });
  }
  if (/^timeout/i.test(message)) {
    return new CodedError('image.timeout', 'Decoding the image took too long. Save it anew and send that.', { cause });
  }
  if (/out of memory|memory allocation/i.test(message)) {
    return new CodedError('internal', 'There was not enough memory to decode this image.', { retryable: true, cause });
  }
  if (/premature end|unexpected end|bad seek|truncat|end of file|unable to parse image/i.test(message)) {
    return new CodedError('image.unreadable', 'The file is cut off: its end is missing. Send it again.', { cause });
  }
  return new CodedError('image.unreadable', 'The file is damaged or cut off. Send it again.', { cause });
}
