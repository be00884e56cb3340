import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { CodedError } from '../contract/coded-error.ts';
import type { FailureData } from '../contract/coded-error.ts';
import { imageIdFrom, requireSha256 } from './content-id.ts';
import { emptyFile, fileTooLarge } from './image-limits.ts';

export interface IntakeOptions {
  /** Made where it is missing. Must be one file system: a finished upload is renamed within it. */
  directory: string;
  maxBytes: number;
  /** Of a file whose first bytes are these, instead of {@link maxBytes}; called as they come. */
  maxBytesOf?: (head: Uint8Array) => number;
}

/** What became of one upload. `sizeBytes` counts all bytes that were sent, those that were not kept too. */
export type ReceivedImage =
  | { ok: true; sha256: string; imageId: string; path: string; sizeBytes: number; head: Uint8Array }
  | { ok: false; failure: FailureData; sizeBytes: number };

/** Of the first bytes that came, what is told on. */
const HEAD_BYTES = 4_100;

const TEMPORARY_NAME = /^incoming-[0-9a-f-]{36}\.part$/;

/** Where images are, by their content: the server's, and those that the command line has fetched. */
export function imageDirOf(dataDir: string): string {
  return join(dataDir, 'images');
}

/** Where content is stored: two hex digits as folder keep any one folder small. */
export function storedImagePath(directory: string, sha256: string): string {
  return join(directory, requireSha256(sha256).slice(0, 2), sha256);
}

/** A name in `directory` for a file on its way: one that a killed process leaves behind is removed by {@link removeStaleUploads}. */
export function temporaryImagePath(directory: string): string {
  return join(directory, `incoming-${randomUUID()}.part`);
}

/**
 * Gives a file that is whole its content's name.
 *
 * @returns its path
 * @throws CodedError `internal` where the disk refused
 */
export async function keepImage(temporaryPath: string, directory: string, sha256: string): Promise<string> {
  const path = storedImagePath(directory, sha256);
  await whileStoring(() => moveInto(temporaryPath, path));
  return path;
}

/**
 * Streams an upload to disk and hashes it on the way; it is never whole in memory. The file appears under its content's
 * name only when it is complete, so the same bytes sent twice, even at the same time, are one file.
 *
 * Too many bytes and none at all are results, not errors: the source is read to its end, for the sake of what follows
 * it in the same request. No temporary file stays behind, whatever happens.
 *
 * @throws CodedError `upload.invalid` where the sender went away in the middle, `internal` where the disk refused
 */
export async function receiveImage(source: Readable, options: IntakeOptions): Promise<ReceivedImage> {
  const temporaryPath = temporaryImagePath(options.directory);
  // What goes wrong with the source before the first byte is asked for is met when it is; with nobody to hear of it, it
  // would end the process (an entry of an archive that has more bytes than it claims).
  source.on('error', heardLater);
  try {
    const written = await writeTemporary(source, temporaryPath, options);
    const { sizeBytes, maxBytes, head } = written;
    if (sizeBytes > maxBytes) return { ok: false, failure: fileTooLarge(maxBytes).toData(), sizeBytes };
    if (sizeBytes === 0) return { ok: false, failure: emptyFile().toData(), sizeBytes };
    const path = await keepImage(temporaryPath, options.directory, written.sha256);
    return { ok: true, sha256: written.sha256, imageId: imageIdFrom(written.sha256), path, sizeBytes, head };
  } finally {
    // Where even this fails, removeStaleUploads comes later; the result or the error above matters more.
    await rm(temporaryPath, { force: true }).catch(() => undefined);
  }
}

/**
 * Removes what uploads left behind when the process was killed in the middle of them; stored images stay.
 *
 * @returns how many files were removed
 */
export async function removeStaleUploads(directory: string, olderThanMs: number): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  let removed = 0;
  for (const name of names.filter((candidate) => TEMPORARY_NAME.test(candidate))) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < olderThanMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

function heardLater(): void {}

async function writeTemporary(
  source: Readable,
  temporaryPath: string,
  options: IntakeOptions,
): Promise<{ sha256: string; sizeBytes: number; maxBytes: number; head: Uint8Array }> {
  const hash = createHash('sha256');
  const file = new TemporaryFile(temporaryPath);
  let [sizeBytes, maxBytes] = [0, options.maxBytes];
  let head: Uint8Array = new Uint8Array();
  try {
    await file.open(options.directory);
    for await (const chunk of chunksOf(source)) {
      if (head.length < HEAD_BYTES) {
        // They may come in small pieces.
        head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
        maxBytes = options.maxBytesOf?.(head) ?? maxBytes;
      }
      sizeBytes += chunk.byteLength;
      // Past the limit the rest is read and dropped, and what was written is given back to the disk at once.
      if (sizeBytes > maxBytes) {
        await file.discard();
        continue;
      }
      hash.update(chunk);
      // Awaiting each write is the back-pressure: the next chunk is asked for when this one is on its way.
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  file.throwIfFailed();
  return { sha256: hash.digest('hex'), sizeBytes, maxBytes, head };
}

async function* chunksOf(source: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of source) yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
  } catch (cause) {
    throw new CodedError('upload.invalid', 'The upload broke off before the file was complete.', {
      retryable: true,
      cause,
    });
  }
}

/**
 * A file being written. A disk that refuses (full, say) is remembered instead of thrown, so that the source is still
 * read to its end: a source left half read would hang the request it is part of.
 */
class TemporaryFile {
  #handle: FileHandle | null = null;
  #failure: { cause: unknown } | null = null;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async open(directory: string): Promise<void> {
    await this.#attempt(async () => {
      await mkdir(directory, { recursive: true });
      this.#handle = await open(this.#path, 'wx', 0o600);
    });
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#attempt(async () => this.#handle?.appendFile(chunk));
  }

  async discard(): Promise<void> {
    if (this.#handle === null) return;
    await this.close();
    await this.#attempt(() => rm(this.#path, { force: true }));
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await this.#attempt(async () => handle?.close());
  }

  throwIfFailed(): void {
    if (this.#failure !== null) throw storingFailed(this.#failure.cause);
  }

  async #attempt(step: () => Promise<unknown>): Promise<void> {
    if (this.#failure !== null && this.#handle === null) return;
    try {
      await step();
    } catch (cause) {
      this.#failure ??= { cause };
      const handle = this.#handle;
      this.#handle = null;
      await handle?.close().catch(() => undefined);
    }
  }
}

async function moveInto(temporaryPath: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Renamed even where the name is taken: the bytes are the same, and a file that a power cut left empty is healed.
  await rename(temporaryPath, path);
}

async function whileStoring(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (cause) {
    throw storingFailed(cause);
  }
}

function storingFailed(cause: unknown): CodedError {
  return new CodedError('internal', 'The image could not be stored: the disk may be full or read-only.', {
    retryable: true,
    cause,
  });
}
