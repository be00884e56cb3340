import { statSync, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { CodedError } from '../contract/coded-error.ts';
import { emptyFile } from './image-limits.ts';
import { wordsForOtherContent } from './other-content.ts';

export const IMAGE_KINDS = ['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff', 'heic'] as const;
export type ImageKind = (typeof IMAGE_KINDS)[number];

/** How much of a file is looked at. Type marks stand in the first bytes; SVG and HTML may open with long comments. */
export const HEAD_BYTES = 64 * 1024;

/**
 * Says what kind of image a file is, by its bytes alone; its name and declared type are never looked at. Reads only
 * the first {@link HEAD_BYTES} and decodes nothing, so the main thread may call it.
 *
 * @throws CodedError `image.unreadable`, with words for what the file seems to be instead
 */
export async function recogniseImage(path: string): Promise<ImageKind> {
  return recogniseBytes(await readHead(path));
}

/** The same for bytes in memory; more than the head is not looked at. */
export async function recogniseBytes(bytes: Uint8Array): Promise<ImageKind> {
  if (bytes.length === 0) throw emptyFile();
  const head = bytes.subarray(0, HEAD_BYTES);
  const detected = await detect(head);
  const kind = kindOf(detected?.ext, head);
  if (kind !== null) return kind;
  throw new CodedError('image.unreadable', wordsForOtherContent(head, detected));
}

/** @throws CodedError `image.unreadable` where there is no plain file to read */
export async function requirePlainFile(path: string): Promise<{ sizeBytes: number }> {
  // Before opening: a named pipe would block the open for ever.
  const found = await stat(path).catch((cause: unknown) => {
    throw notReadable(cause);
  });
  return { sizeBytes: sizeOfPlain(found) };
}

/** As {@link requirePlainFile}, at once: for threads that have nothing else to do meanwhile. */
export function plainFileSize(path: string): number {
  let found: Stats;
  try {
    found = statSync(path);
  } catch (cause) {
    throw notReadable(cause);
  }
  return sizeOfPlain(found);
}

function sizeOfPlain(found: Stats): number {
  if (!found.isFile()) throw new CodedError('image.unreadable', 'This is a folder or a device, not a file.');
  return found.size;
}

/** Translates a file system error, whose message holds the path, into one that does not. */
export function notReadable(cause: unknown): CodedError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  if (code === 'ENOENT') return new CodedError('image.unreadable', 'There is no such file.', { cause });
  if (code === 'EACCES' || code === 'EPERM') {
    return new CodedError('image.unreadable', 'The file may not be read by this program (permissions).', { cause });
  }
  return new CodedError('image.unreadable', 'The file could not be read from the disk.', { retryable: true, cause });
}

/**
 * The first {@link HEAD_BYTES} of a file, or all of it where it is smaller.
 *
 * @throws CodedError `image.unreadable`
 */
export async function readHead(path: string): Promise<Uint8Array> {
  const { sizeBytes } = await requirePlainFile(path);
  try {
    await using file = await open(path, 'r');
    const head = new Uint8Array(Math.min(sizeBytes, HEAD_BYTES));
    let filled = 0;
    while (filled < head.length) {
      const { bytesRead } = await file.read(head, filled, head.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return head.subarray(0, filled);
  } catch (cause) {
    throw notReadable(cause);
  }
}

async function detect(head: Uint8Array): Promise<{ ext: string; mime: string } | undefined> {
  try {
    return await fileTypeFromBuffer(head);
  } catch {
    // A file made to confuse the detector is simply not recognised.
    return undefined;
  }
}

function kindOf(extension: string | undefined, head: Uint8Array): ImageKind | null {
  switch (extension) {
    case 'png':
    case 'apng':
      return 'png';
    case 'jpg':
      return 'jpeg';
    case 'webp':
    case 'gif':
    case 'avif':
      return extension;
    case 'tif':
      return 'tiff';
    case 'heic':
      return brandsOf(head).has('avif') && !hasHevcBrand(head) ? 'avif' : 'heic';
    case undefined:
    default:
      return isTiff(head) ? 'tiff' : null;
  }
}

/** A TIFF's directory often stands at the end of the file, where the detector, given the head, cannot look. */
function isTiff(head: Uint8Array): boolean {
  const [first, second, third, fourth] = head;
  const littleEndian = first === 0x49 && second === 0x49 && (third === 0x2a || third === 0x2b) && fourth === 0;
  const bigEndian = first === 0x4d && second === 0x4d && third === 0 && (fourth === 0x2a || fourth === 0x2b);
  return littleEndian || bigEndian;
}

/** `mif1` names the container only; what is inside, HEVC or AV1, stands among the compatible brands. */
function brandsOf(head: Uint8Array): Set<string> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const boxBytes = Math.min(view.getUint32(0), head.length);
  const brands = new Set<string>();
  for (let at = 8; at + 4 <= boxBytes; at += 4) {
    // Bytes 12..16 are the minor version, not a brand.
    if (at !== 12) brands.add(String.fromCharCode(...head.subarray(at, at + 4)));
  }
  return brands;
}

function hasHevcBrand(head: Uint8Array): boolean {
  const brands = brandsOf(head);
  return ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis'].some((brand) => brands.has(brand));
}
