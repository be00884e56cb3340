import { readImageSize } from '../images/read-size.ts';
import { storedImagePath } from '../images/stream-intake.ts';
import { readDetections, unitsOf } from './detections.ts';
import type { StoredImage } from './run-store.ts';

/**
 * What a run is to ask about: the images as they are, or each detection in them where some were sent.
 *
 * @param detections as they were sent; undefined for none
 * @param directory where the images are stored
 * @throws CodedError `request.invalid` where the detections cannot be understood
 */
export async function detectedUnits(
  images: readonly StoredImage[],
  detections: unknown,
  directory: string,
): Promise<readonly StoredImage[]> {
  if (detections === undefined) return images;
  return unitsOf(images, readDetections(detections), ({ sha256 }) =>
    sha256 === null ? Promise.resolve(null) : readImageSize(storedImagePath(directory, sha256)).catch(() => null),
  );
}
