import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { glob, isDynamicPattern } from 'tinyglobby';
import { CodedError } from '../contract/coded-error.ts';
import { cleanFileName, imageIdFrom } from '../images/content-id.ts';
import { notReadable, recogniseImage } from '../images/recognise.ts';
import { shownUrl } from '../images/shown-url.ts';
import { refusedImage, unreadImage } from '../runs/new-image.ts';
import type { StoredImage } from '../runs/run-store.ts';
import type { FetchedUrl } from './fetch-urls.ts';
import { isUrl, LIST_ENDINGS, urlsOf } from './url-list.ts';

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

/** Of a list of addresses: 100,000 long ones. */
const MOST_LIST_BYTES = 64 * 2 ** 20;

/** What an argument names: files, each `named` where the person named this very one, or addresses. */
type Named = { files: string[]; named: boolean } | { urls: string[] };

/**
 * Finds the images that the arguments name: files, folders (with all below them), globs, addresses (URLs), and lists of
 * addresses (a file that ends in .csv, .json or .txt).
 *
 * @param fetchAll fetches these addresses, each of which is there once; asked at most once, after all else was found
 * @throws CodedError `request.invalid` for an argument that names nothing
 */
export async function findImages(
  args: readonly string[],
  fetchAll: (urls: readonly string[]) => Promise<ReadonlyMap<string, FetchedUrl>>,
): Promise<FoundImages> {
  const found: FoundImages = { images: [], paths: [], skipped: 0 };
  const all: Named[] = [];
  for (const arg of args) all.push(await namedBy(arg));
  // The same address on two lists is one image.
  const urls = new Set(all.flatMap((each) => ('urls' in each ? each.urls : [])));
  const fetched = urls.size > 0 ? await fetchAll([...urls]) : new Map<string, FetchedUrl>();
  for (const each of all) {
    for (const path of 'files' in each ? each.files : []) {
      if ('named' in each && !each.named && (await isNoImage(path))) {
        found.skipped += 1;
        continue;
      }
      found.images.push(await imageAt(path, found.images.length));
      found.paths.push(path);
    }
    for (const url of 'urls' in each ? each.urls : []) {
      if (!urls.delete(url)) continue;
      const { image, path } = imageFrom(url, fetched.get(url), found.images.length);
      found.images.push(image);
      found.paths.push(path);
    }
  }
  return found;
}

async function namedBy(arg: string): Promise<Named> {
  if (isUrl(arg)) return { urls: [arg.trim()] };
  const info = await stat(arg).catch(() => null);
  if (info?.isFile() && LIST_ENDINGS.has(extname(arg).toLowerCase())) return { urls: await listedIn(arg, info.size) };
  // Skipping this very file would be a surprise.
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

async function listedIn(path: string, sizeBytes: number): Promise<string[]> {
  const name = cleanFileName(basename(path));
  if (sizeBytes > MOST_LIST_BYTES) throw new CodedError('request.invalid', `"${name}" is too large for a list.`);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CodedError('request.invalid', `"${name}" cannot be read: ${notReadable(cause).message}`, { cause });
  });
  // As spreadsheets write it that say "Unicode text".
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return urlsOf(name, new TextDecoder(encoding).decode(bytes));
}

/** Its name is the address, so that each line of a list can be found in the result. */
function imageFrom(
  url: string,
  fetched: FetchedUrl | undefined,
  position: number,
): { image: StoredImage; path: string } {
  const name = shownUrl(url);
  if (fetched === undefined || 'failure' in fetched) {
    const failure = fetched?.failure ?? { code: 'internal' as const, detail: 'It was not fetched.' };
    return { image: refusedImage({ position, name, sizeBytes: 0 }, failure), path: '' };
  }
  const { sha256, sizeBytes, path } = fetched;
  return { image: unreadImage({ position, imageId: imageIdFrom(sha256), sha256, name, sizeBytes }), path };
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
