import { JPG } from 'image-size/types/jpg';
import type { ImageKind } from './recognise.ts';

/** EXIF orientations from here on lie on their side. */
const FIRST_SIDEWAYS = 5;

/**
 * Pixels of the upright image, without the native library (which takes longer for it than for opening the file): only of
 * JPEG, and only where the header is plain to see. It decides nothing but the words of a refusal: how many pixels are
 * decoded at most is up to the decoder itself.
 *
 * @returns null where the native library has to say
 */
export function quickSize(kind: ImageKind, bytes: Uint8Array): { width: number; height: number } | null {
  if (kind !== 'jpeg') return null;
  try {
    const { width, height, orientation = 1 } = JPG.calculate(bytes);
    if (!(width >= 1 && height >= 1)) return null;
    return orientation >= FIRST_SIDEWAYS ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
