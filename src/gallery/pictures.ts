import type { PictureOf } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { ImageThreads } from './image-threads.ts';

/**
 * Pictures for the files that are made of a result. Images are untrusted, so they are opened in the threads.
 *
 * @param pathOf where the image lies; rejects with a {@link CodedError} where it lies nowhere
 */
export function picturesFrom(threads: ImageThreads, pathOf: (imageId: string) => Promise<string>): PictureOf {
  return async (imageId, maxSide) => {
    try {
      return await threads.picture(await pathOf(imageId), maxSide);
    } catch (error) {
      // One image that is gone or damaged must not cost the whole file.
      if (error instanceof CodedError && error.code !== 'server.stopping') return null;
      throw error;
    }
  };
}
