import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { webPage } from './fetch-failure.ts';
import { fileTooLarge } from './image-limits.ts';
import { isWebPage } from './other-content.ts';

export interface BodyLimits {
  /** Bytes of any file at most. */
  maxBytes: number;
  /** Bytes of one that begins like this at most, where it depends on what it is. */
  maxBytesOf?: (head: Uint8Array) => number;
  /** What the other side says it will send. More than may be is refused at once; less is not believed. */
  claimedBytes: number | null;
}

/** What a file is judged by. A mark of a PDF may stand behind a kilobyte, that of a page behind comments. */
const HEAD_BYTES = 4_096;

/**
 * Writes a body to a file, hashing it on the way, and stops at the first byte too many. A web page is told by its first
 * bytes, whatever type was claimed, and not read any further.
 *
 * @throws CodedError `image.tooLarge`, `image.unreadable`; what the connection, the disk or `signal` throw
 */
export async function writeBody(
  body: Readable,
  path: string,
  limits: BodyLimits,
  signal: AbortSignal,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const bounded = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let { maxBytes } = limits;
    let head: Uint8Array | null = new Uint8Array();
    const judged = (begin: Uint8Array): Uint8Array => {
      if (isWebPage(begin)) throw webPage();
      maxBytes = Math.min(maxBytes, limits.maxBytesOf?.(begin) ?? maxBytes);
      if (Math.max(sizeBytes, limits.claimedBytes ?? 0) > maxBytes) throw fileTooLarge(maxBytes);
      head = null;
      return begin;
    };
    for await (const chunk of chunks) {
      sizeBytes += chunk.byteLength;
      hash.update(chunk);
      if (sizeBytes > maxBytes) throw fileTooLarge(maxBytes);
      if (head === null) yield chunk;
      else {
        head = Buffer.concat([head, chunk]);
        if (head.byteLength >= HEAD_BYTES) yield judged(head);
      }
    }
    if (head !== null) yield judged(head);
  };
  // A connection that breaks before the pipeline listens must not end the process: the pipeline finds it broken.
  body.on('error', () => {});
  // It may be a name of a file that is kept under another one as well: written over, both would change.
  await rm(path, { force: true });
  // Opened first: a stream that opens it by itself may do so after it was given up, and then a file is left behind.
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    body.destroy();
    throw error;
  });
  await pipeline(body, bounded, file.createWriteStream(), { signal });
  return { sha256: hash.digest('hex'), sizeBytes };
}
