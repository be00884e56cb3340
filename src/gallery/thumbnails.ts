import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '../contract/coded-error.ts';
import { findImageFile } from './image-files.ts';
import type { ThumbnailWidth } from './image-links.ts';
import type { ImageThreads } from './image-threads.ts';

export interface ThumbnailsParts {
  /** Where they are kept, e.g. `DATA_DIR/thumbnails`; may be emptied at any time. */
  directory: string;
  imageDirectory: string;
  threads: ImageThreads;
  /** Kept at most, all together; the ones that were not looked at for longest go. */
  maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 1024 ** 3;
/** A sweep makes room for a while, not for one picture. */
const KEPT_SHARE = 0.8;
/** That a thumbnail was looked at is noted no more often than this. */
const TOUCH_AFTER_MS = 3_600_000;
/** Images known to give no picture, so that a page that asks again does not have them decoded again. */
const FAILURES_REMEMBERED = 1_000;

/** Thumbnails, made in threads when they are first asked for and kept on the disk. */
export class Thumbnails {
  readonly #parts: ThumbnailsParts;
  /** By the path of the thumbnail: several who ask for one at the same time wait for the same making. */
  readonly #underWay = new Map<string, Promise<string>>();
  readonly #failures = new Map<string, CodedError>();

  constructor(parts: ThumbnailsParts) {
    this.#parts = parts;
  }

  /**
   * @returns the path of a WebP
   * @throws CodedError `image.notFound`, `image.unreadable`, `image.tooLarge`, `image.timeout`
   */
  async pathOf(imageId: string, width: ThumbnailWidth): Promise<string> {
    const path = join(this.#parts.directory, imageId.slice(4, 6), `${imageId}-${width}.webp`);
    const known = this.#failures.get(imageId);
    if (known) throw known;
    const found = await stat(path).catch(() => null);
    if (found) {
      if (Date.now() - found.mtimeMs > TOUCH_AFTER_MS) await utimes(path, new Date(), new Date()).catch(noFault);
      return path;
    }
    const underWay = this.#underWay.get(path);
    if (underWay) return underWay;
    const making = this.#make(imageId, width, path).finally(() => this.#underWay.delete(path));
    this.#underWay.set(path, making);
    return making;
  }

  /** Removes the ones not looked at for longest where they take too much room. @returns how many */
  async sweep(): Promise<number> {
    const { directory, maxBytes = DEFAULT_MAX_BYTES } = this.#parts;
    const files = await filesIn(directory);
    let sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    if (sizeBytes <= maxBytes) return 0;
    let removed = 0;
    for (const file of files.sort((one, other) => one.usedAtMs - other.usedAtMs)) {
      if (sizeBytes <= maxBytes * KEPT_SHARE) break;
      await rm(file.path, { force: true });
      sizeBytes -= file.sizeBytes;
      removed += 1;
    }
    return removed;
  }

  async #make(imageId: string, width: ThumbnailWidth, path: string): Promise<string> {
    const source = await findImageFile(this.#parts.imageDirectory, imageId);
    const bytes = await this.#parts.threads.thumbnail(source, width).catch((error: unknown) => {
      if (error instanceof CodedError && !error.retryable && error.code.startsWith('image.'))
        this.#note(imageId, error);
      throw error;
    });
    // Under another name first: a process that is killed meanwhile must not leave half a picture that is served for ever.
    const unfinished = `${path}.${randomUUID()}.part`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
    return path;
  }

  #note(imageId: string, error: CodedError): void {
    this.#failures.set(imageId, error);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > FAILURES_REMEMBERED && oldest !== undefined) this.#failures.delete(oldest);
  }
}

interface KeptFile {
  path: string;
  sizeBytes: number;
  usedAtMs: number;
}

async function filesIn(directory: string): Promise<KeptFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: KeptFile[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => null);
    if (found) files.push({ path, sizeBytes: found.size, usedAtMs: found.mtimeMs });
  }
  return files;
}

function noFault(): void {}
