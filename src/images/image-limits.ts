import { CodedError } from '../contract/coded-error.ts';

/** What one image may cost at most. Checked on what the header claims, before any pixel is decoded. */
export interface ImageLimits {
  maxPixels: number;
  /** Longer side, pixels: 1 × 80,000,000 is few pixels, but no decoder and no model has a use for it. */
  maxSidePixels: number;
  /** The file is held in memory while it is decoded. */
  maxFileBytes: number;
}

export const DEFAULT_IMAGE_LIMITS: Readonly<ImageLimits> = {
  maxPixels: 100_000_000,
  maxSidePixels: 30_000,
  maxFileBytes: 256 * 1024 * 1024,
};

const inWords = new Intl.NumberFormat('en-US');
const megapixels = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** @throws CodedError `image.tooLarge` or, where a side is no positive number, `image.unreadable` */
export function checkPixelSize(width: number, height: number, limits: ImageLimits): void {
  if (!(width >= 1 && height >= 1)) {
    throw new CodedError('image.unreadable', 'The file is damaged: its header does not say how large the image is.');
  }
  const isTooLong = Math.max(width, height) > limits.maxSidePixels;
  if (!isTooLong && width * height <= limits.maxPixels) return;
  const claimed = `The file claims ${inWords.format(width)} × ${inWords.format(height)} pixels`;
  if (isTooLong) {
    throw new CodedError(
      'image.tooLarge',
      `${claimed}; a side may have at most ${inWords.format(limits.maxSidePixels)}. Send it in parts or smaller.`,
    );
  }
  throw new CodedError(
    'image.tooLarge',
    `${claimed} (${megapixels.format((width * height) / 1e6)} megapixels); ` +
      `at most ${megapixels.format(limits.maxPixels / 1e6)} megapixels can be read. Send it smaller.`,
  );
}

/** @throws CodedError `image.tooLarge` */
export function checkFileSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes > maxBytes) throw fileTooLarge(maxBytes);
}

export function fileTooLarge(maxBytes: number): CodedError {
  const limit =
    maxBytes >= 1024 * 1024 ? `${megapixels.format(maxBytes / (1024 * 1024))} MB` : `${inWords.format(maxBytes)} bytes`;
  return new CodedError('image.tooLarge', `The file is larger than ${limit}, the most that one image may have.`);
}

export function emptyFile(): CodedError {
  return new CodedError('image.unreadable', 'The file is empty (0 bytes).');
}
