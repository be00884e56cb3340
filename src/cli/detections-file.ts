import { readFile } from 'node:fs/promises';
import { CodedError } from '../contract/coded-error.ts';
import { readImageSize } from '../images/read-size.ts';
import { readDetections, unitsOf } from '../runs/detections.ts';
import type { FoundImages } from './find-images.ts';

/**
 * The parts of images that a file of detections names, in place of the images.
 *
 * @throws CodedError `request.invalid` where there is no such file, or it cannot be understood
 */
export async function withDetections(found: FoundImages, file: string): Promise<FoundImages> {
  const pathOf = new Map(found.images.map(({ imageId, position }) => [imageId, found.paths[position] ?? '']));
  const images = await unitsOf(found.images, readDetections(await jsonOf(file)), ({ imageId }) =>
    readImageSize(pathOf.get(imageId) ?? '').catch(() => null),
  );
  return {
    ...found,
    images,
    paths: images.map(({ imageId }) => (imageId === null ? '' : (pathOf.get(imageId) ?? ''))),
  };
}

async function jsonOf(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CodedError('request.invalid', 'The file of detections cannot be read. Is its name right?', { cause });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CodedError('request.invalid', 'The file of detections is no JSON.', { cause });
  }
}
