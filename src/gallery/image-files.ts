import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../contract/coded-error.ts';
import { imageIdFrom } from '../images/content-id.ts';
import { storedImagePath } from '../images/stream-intake.ts';

const IMAGE_ID = /^img_[0-9a-f]{24}$/;
const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * The stored file of an image, by its public id. Looked for on the disk, where an id is the beginning of a name: of images
 * of every run and pile, without a table of them.
 *
 * @throws CodedError `image.notFound`
 */
export async function findImageFile(directory: string, imageId: string): Promise<string> {
  if (IMAGE_ID.test(imageId)) {
    const folder = join(directory, imageId.slice(4, 6));
    const names = await readdir(folder).catch(() => []);
    const sha256 = names.find((name) => SHA256_HEX.test(name) && imageIdFrom(name) === imageId);
    if (sha256 !== undefined) return storedImagePath(directory, sha256);
  }
  throw new CodedError('image.notFound', 'There is no such image. It may have been removed.');
}
