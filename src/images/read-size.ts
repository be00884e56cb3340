import { readFile } from 'node:fs/promises';
import { checkFileSize, checkPixelSize, DEFAULT_IMAGE_LIMITS } from './image-limits.ts';
import type { ImageLimits } from './image-limits.ts';
import { readHeader } from './pixel-library.ts';
import { notReadable, readHead, recogniseBytes, requirePlainFile } from './recognise.ts';
import type { ImageKind } from './recognise.ts';

export interface PixelSize {
  width: number;
  height: number;
}

/** Whose header stands before the pixels: the head of the file is enough, and where it is not, reading it fails. */
const HEADER_FIRST: ReadonlySet<ImageKind> = new Set(['jpeg', 'png']);

/**
 * Pixels of the upright image, from its header alone: the same that `openImage` says, HEIC too. No pixel is decoded and the
 * header is parsed in the library's own threads, so the main thread may call it (1 ms a file). Of JPEG and PNG mostly 64 KB are
 * read; other kinds are held in memory whole meanwhile, so call it for a few files at a time.
 *
 * @throws CodedError as `openImage`: `image.unreadable`, or `image.tooLarge` (pixels, a side, bytes)
 */
export async function readImageSize(path: string, limits: Partial<ImageLimits> = {}): Promise<PixelSize> {
  const allLimits = { ...DEFAULT_IMAGE_LIMITS, ...limits };
  const { sizeBytes } = await requirePlainFile(path);
  checkFileSize(sizeBytes, allLimits.maxFileBytes);
  const head = await readHead(path);
  const kind = await recogniseBytes(head);
  const { width, height } = await sizeFrom(path, head, kind, sizeBytes);
  checkPixelSize(width, height, allLimits);
  return { width, height };
}

async function sizeFrom(path: string, head: Uint8Array, kind: ImageKind, sizeBytes: number): Promise<PixelSize> {
  if (head.length >= sizeBytes) return readHeader(head);
  if (HEADER_FIRST.has(kind)) {
    // A long profile or preview may stand before what is looked for.
    const size = await readHeader(head).catch(() => null);
    if (size !== null) return size;
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw notReadable(cause);
  });
  return readHeader(bytes);
}

/** What an image of this size has when it is sent: its longer side at most `maxSide`, never enlarged; as the library rounds. */
export function sizeAsSent({ width, height }: PixelSize, maxSide: number): PixelSize {
  const shrink = Math.max(1, Math.max(width, height) / maxSide);
  const scaled = (side: number): number => Math.max(1, Math.round(side / shrink));
  return { width: scaled(width), height: scaled(height) };
}
