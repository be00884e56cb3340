import type { ErrorCode } from '../contract/coded-error.ts';
import type { StoredImage } from './run-store.ts';

const NOT_READ = { observations: null, ms: 0, attempts: 0 } as const;

/** An image that is still to be read. */
export function unreadImage(
  image: Pick<StoredImage, 'position' | 'imageId' | 'sha256' | 'name' | 'sizeBytes'>,
): StoredImage {
  const { position, imageId, sha256, name, sizeBytes } = image;
  const stored = { position, imageId, sha256, name, sizeBytes };
  return { ...stored, ...NOT_READ, tokens: { input: 0, output: 0 }, state: 'pending', failure: null };
}

/** An image that failed before anything of it was stored: it is never read. */
export function refusedImage(
  { position, name, sizeBytes }: Pick<StoredImage, 'position' | 'name' | 'sizeBytes'>,
  { code, detail }: { code: ErrorCode; detail: string },
): StoredImage {
  const failure = { image: name, imageId: null, code, detail, retryable: false, attempts: 0 };
  const notStored = { position, imageId: null, sha256: null, name, sizeBytes };
  return { ...notStored, ...NOT_READ, tokens: { input: 0, output: 0 }, state: 'failed', failure };
}
