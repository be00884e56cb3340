import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { glob, isDynamicPattern } from 'tinyglobby';
import { CodedError } from '../contract/coded-error.ts';
import { cleanFileName, imageIdFrom } from '../images/content-id.ts';
import { notReadable, recogniseImage } from '../images/recognise.ts';
import { refusedImage, unreadImage } from '../runs/new-image.ts';
import type { StoredImage } from '../runs/run-store.ts';

/** Endings by which a person would call a file an image. Used only to tell whether skipping it would surprise them. */
const IMAGE_ENDINGS = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.avif', '.tif', '.tiff', '.heic', '.heif']);

export interface FoundImages {
  /** In the order of the arguments, files of a folder by name. */
  images: StoredImage[];
  /** Where the bytes of each are, by position. */
  paths: string[];
  /** Files of folders that are no images by their bytes nor by their name. */
  skipped: number;
}

/**
 * Finds the images that the arguments name: files, folders (with all below them) and globs.
 *
 * @throws CodedError `request.invalid` for an argument that names nothing
 */
export async function findImages(args: readonly string[]): Promise<FoundImages> {
  const found: FoundImages = { images: [], paths: [], skipped: 0 };
  for (const arg of args) {
    const { files, named } = await filesOf(arg);
    for (const path of files) {
      if (!named && (await isNoImage(path))) {
        found.skipped += 1;
        continue;
      }
      found.images.push(await imageAt(path, found.images.length));
      found.paths.push(path);
    }
  }
  return found;
}

/** `named` is true where the person named this very file, so that skipping it would be a surprise. */
async function filesOf(arg: string): Promise<{ files: string[]; named: boolean }> {
  const info = await stat(arg).catch(() => null);
  if (info?.isFile()) return { files: [resolve(arg)], named: true };
  if (info?.isDirectory()) {
    const files = await glob('**/*', { cwd: arg, absolute: true, onlyFiles: true, followSymbolicLinks: false });
    return { files: files.sort(), named: false };
  }
  if (!isDynamicPattern(arg)) throw new CodedError('request.invalid', `There is no file or folder "${arg}".`);
  const files = await glob(arg, { absolute: true, onlyFiles: true });
  if (files.length === 0) throw new CodedError('request.invalid', `No file matches "${arg}".`);
  return { files: files.sort(), named: false };
}

async function isNoImage(path: string): Promise<boolean> {
  if (IMAGE_ENDINGS.has(extname(path).toLowerCase())) return false;
  return recogniseImage(path).then(
    () => false,
    () => true,
  );
}

async function imageAt(path: string, position: number): Promise<StoredImage> {
  const name = cleanFileName(basename(path));
  try {
    const { sha256, sizeBytes } = await hashOf(path);
    return unreadImage({ position, imageId: imageIdFrom(sha256), sha256, name, sizeBytes });
  } catch (error) {
    const { code, message: detail } = notReadable(error);
    return refusedImage({ position, name, sizeBytes: 0 }, { code, detail });
  }
}

async function hashOf(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  const file = createReadStream(path);
  await pipeline(file, hash);
  return { sha256: hash.digest('hex'), sizeBytes: file.bytesRead };
}
