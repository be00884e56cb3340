import { defaultOptions, DetailedError, Upload } from 'tus-js-client';
import { errorOf, unreachable, type ApiError } from './api-error.ts';
import { authorization } from './http.ts';
import { pileAccess, pilePath } from './piles.ts';

export interface FileSending {
  pileId: string;
  file: File;
  onProgress: (sentBytes: number) => void;
}

const RETRY_AFTER_MS = [0, 1_000, 2_000, 5_000, 10_000, 15_000];

/**
 * Sends one file to a pile (tus 1.0): taken up again where it broke off, also after the page was loaded anew, when the same
 * file is given again.
 *
 * @param signal stops sending; what was sent stays on the server
 * @throws ApiError
 */
export async function sendFile({ pileId, file, onProgress }: FileSending, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const upload = new Upload(file, {
    endpoint: pilePath(pileId, '/files'),
    metadata: { filename: file.name, filetype: file.type },
    retryDelays: RETRY_AFTER_MS,
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(`contactsheet-${pileId}-${file.name}-${file.size}-${file.lastModified}`),
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
    void upload.abort().catch(() => undefined);
    reject(unreachable(signal.reason));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [previous] = await upload.findPreviousUploads();
    if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
    if (!signal.aborted) upload.start();
    await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
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
