import type { AnalysisName } from '../../../src/contract/run.ts';
import { errorOf, unreachable } from './api-error.ts';
import { authorization } from './http.ts';
import { adminToken, signOut } from './session.ts';

export interface VideoSending {
  file: File;
  analysis: AnalysisName;
  /** @param sentBytes of the file; the form around it does not count */
  onProgress: (sentBytes: number) => void;
}

/**
 * Sends a video and starts its run (the admin's). By XMLHttpRequest, since fetch tells nothing of how much was sent.
 *
 * @param signal breaks it off: then no run is started, and nothing stays on the server
 * @returns the run
 * @throws ApiError
 */
export async function sendVideo({ file, analysis, onProgress }: VideoSending, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const form = new FormData();
  // Before the file: whoever reads the body as it comes knows what it is for.
  form.append('analysis', analysis);
  form.append('screenshots', file, file.name);
  const request = new XMLHttpRequest();
  request.open('POST', '/api/runs');
  request.setRequestHeader('Accept', 'application/json');
  for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
  request.upload.addEventListener('progress', ({ loaded }) => onProgress(Math.min(loaded, file.size)));
  request.addEventListener('load', () => {
    const { status, responseText } = request;
    if (status === 401 && adminToken() !== null) signOut({ wasRefused: true });
    const runId = status === 202 ? runIdIn(responseText) : null;
    if (runId === null) reject(errorOf(status, responseText));
    else resolve(runId);
  });
  request.addEventListener('error', () => reject(unreachable(new Error('The connection broke off.'))));
  request.addEventListener('abort', () => reject(unreachable(signal.reason)));
  const stop = () => request.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    request.send(form);
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function runIdIn(body: string): string | null {
  try {
    const { runId } = JSON.parse(body) as { runId?: unknown };
    return typeof runId === 'string' ? runId : null;
  } catch {
    return null;
  }
}
