import { defaultOptions, DetailedError, Upload } from 'tus-js-client';
import { errorOf, unreachable, type ApiError } from './api-error.ts';
import { authorization } from './http.ts';
import { pileAccess, pilePath } from './piles.ts';

export interface FileSending {
  pileId: string;
  file: File;
  onProgress: (sentBytes: number) => void;
}

/** A file on its way by tus 1.0. */
export interface TusSending extends FileSending {
  /** Where it was sent to before: what is missing there is sent. Without it the file is announced anew. */
  uploadUrl?: string;
  /** By what the file is known again after the page was left. */
  fingerprint: string;
  /** What else is said of it when it is announced. */
  metadata?: Record<string, string>;
  /** @param uploadUrl where it is sent to; told once it is known, and again whenever sending goes on */
  onAddress?: (uploadUrl: string) => void;
}

/** The reason of a signal by which the file is not to be sent any more: what was sent of it is removed. */
export const GIVEN_UP = new DOMException('The file is not to be sent any more.', 'AbortError');

const RETRY_AFTER_MS = [0, 1_000, 2_000, 5_000, 10_000, 15_000];

/**
 * Sends one file to a pile (tus 1.0): taken up again where it broke off, also after the page was loaded anew, when the same
 * file is given again.
 *
 * @param signal stops sending; what was sent stays on the server
 * @throws ApiError
 */
export function sendFile(sending: FileSending, signal: AbortSignal): Promise<void> {
  const { pileId, file } = sending;
  const fingerprint = `contactsheet-${pileId}-${file.name}-${file.size}-${file.lastModified}`;
  return sendByTus({ ...sending, fingerprint }, signal);
}

/**
 * Sends a file, or what is missing of it.
 *
 * @param signal stops sending; what was sent stays on the server unless the reason is {@link GIVEN_UP}
 * @throws ApiError
 */
export async function sendByTus(sending: TusSending, signal: AbortSignal): Promise<void> {
  const { pileId, file, uploadUrl, fingerprint, metadata, onProgress, onAddress } = sending;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const upload = new Upload(file, {
    // One that is not there any more is not announced anew by itself: whoever waits for it would wait for ever.
    ...(uploadUrl === undefined ? { endpoint: pilePath(pileId, '/files') } : { uploadUrl }),
    metadata: { filename: file.name, filetype: file.type, ...metadata },
    retryDelays: RETRY_AFTER_MS,
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(fingerprint),
    onUploadUrlAvailable: () => {
      if (upload.url !== null) onAddress?.(pathOfUpload(upload.url));
    },
    onBeforeRequest: (request) => {
      for (const [name, value] of Object.entries(authorization(pileAccess(pileId)))) request.setHeader(name, value);
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      return status === 0 || status >= 500 || status === 423 || status === 409;
    },
    onProgress,
    onSuccess: () => resolve(undefined),
    onError: (error) => reject(apiErrorOf(error)),
  });
  const stop = () => {
    void upload.abort(signal.reason === GIVEN_UP).catch(() => undefined);
    reject(unreachable(signal.reason));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const known = await upload.findPreviousUploads();
    const previous = known.find((each) => uploadUrl === undefined || pathOfUpload(each.uploadUrl ?? '') === uploadUrl);
    if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
    if (!signal.aborted) upload.start();
    await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * What was said of a file when it was announced. Whoever sends it at this moment is interrupted, as by anybody who goes on with it.
 *
 * @throws ApiError
 */
export async function metadataOf(pileId: string, uploadUrl: string): Promise<ReadonlyMap<string, string>> {
  const headers = { 'Tus-Resumable': '1.0.0', ...authorization(pileAccess(pileId)) };
  const response = await fetch(uploadUrl, { method: 'HEAD', headers, cache: 'no-store' }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (!response.ok) throw errorOf(response.status, '');
  const pairs = (response.headers.get('Upload-Metadata') ?? '').split(',').map((pair) => pair.trim().split(' '));
  return new Map(pairs.map(([name = '', value = '']) => [name, atob(value)]));
}

/** An upload as the server names it; the library keeps it with the host. */
export function pathOfUpload(url: string): string {
  return new URL(url, globalThis.location.href).pathname;
}

/** Names of files of a pile whose sending broke off when the page was left: they go on when they are given again. */
export async function brokenOffFiles(pileId: string): Promise<string[]> {
  const uploads = (await defaultOptions.urlStorage?.findAllUploads()) ?? [];
  return uploads.flatMap(({ uploadUrl, metadata }) =>
    uploadUrl?.includes(pilePath(pileId, '/')) ? [metadata.filename ?? '?'] : [],
  );
}

function apiErrorOf(error: Error): ApiError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  return response ? errorOf(response.getStatus(), response.getBody()) : unreachable(error);
}
