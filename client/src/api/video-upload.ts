import { defaultOptions } from 'tus-js-client';
import type { AnalysisName } from '../../../src/contract/run.ts';
import { rememberToken } from './access-tokens.ts';
import { call } from './http.ts';
import { GIVEN_UP, metadataOf, pathOfUpload, sendByTus, type TusSending } from './pile-upload.ts';
import { pileAccess, pilePath, startPile } from './piles.ts';
import { fetchRun, isOver } from './runs.ts';
import { tableFirst } from './table-first.ts';
import { rememberRun, runOfUpload } from './video-runs.ts';

export interface VideoSending {
  file: File;
  onProgress: (sentBytes: number) => void;
}

export interface NewVideo extends VideoSending {
  analysis: AnalysisName;
  /** Its run has begun: it reads the video while that is sent. @param uploadUrl where the video is sent to */
  onRun: (runId: string, uploadUrl: string) => void;
}

const MOVED = { order: 'tableFirst' };
const UPLOAD_PATH = /^\/api\/piles\/(pile_\w+)\/files\/(file_\w+)$/;

/**
 * Sends a video and starts its run (the admin's) as soon as the server knows of it. One that broke off before goes on where it
 * was: for the run that waits for it, or for a new one where that has made do with what was there.
 *
 * @param signal breaks it off; by the reason `GIVEN_UP` what was sent is removed
 * @throws ApiError
 */
export async function sendVideo(video: NewVideo, signal: AbortSignal): Promise<void> {
  const uploadUrl = await knownUpload(video.file);
  let hasRun = false;
  const onRun = (runId: string, url: string) => {
    hasRun = true;
    video.onRun(runId, url);
  };
  if (uploadUrl !== null) {
    const waiting = await waitingRunOf(uploadUrl, signal);
    if (waiting !== null) {
      video.onRun(waiting, uploadUrl);
      return sendRest(video, uploadUrl, signal);
    }
    try {
      return await sendWithRun({ ...video, onRun }, pileOf(uploadUrl), uploadUrl, signal);
    } catch (error) {
      // Its pile may have expired, or the server has what it wanted of it: then it is sent as one that nobody knows.
      if (hasRun || signal.aborted) throw error;
      await forgetUploads(video.file);
    }
  }
  const { pileId } = await startPile();
  await sendWithRun(video, pileId, undefined, signal);
}

/** Sends what is missing of a video whose run waits for it. @throws ApiError */
export async function sendRest(
  { file, onProgress }: VideoSending,
  uploadUrl: string,
  signal: AbortSignal,
): Promise<void> {
  const pileId = pileOf(uploadUrl);
  const ordered = await orderedAsBefore(file, uploadUrl);
  await sendByTus({ ...ordered, onProgress, pileId, uploadUrl, fingerprint: fingerprintOf(file) }, signal);
}

/** A video in the order of bytes in which it is sent, and what is said of that. */
type Ordered = Pick<TusSending, 'file' | 'metadata'>;

/** So that it can be looked at before it is whole, wherever that can be done. */
async function wellOrdered(file: File): Promise<Ordered> {
  const moved = await tableFirst(file);
  return moved === null ? { file } : { file: moved, metadata: MOVED };
}

/** As its first part was sent, from here or by somebody else. @throws ApiError */
async function orderedAsBefore(file: File, uploadUrl: string): Promise<Ordered> {
  const metadata = await metadataOf(pileOf(uploadUrl), uploadUrl);
  return metadata.get('order') === MOVED.order ? wellOrdered(file) : { file };
}

async function sendWithRun(
  { file, analysis, onProgress, onRun }: NewVideo,
  pileId: string,
  uploadUrl: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const noRun = new AbortController();
  // By the first address that is told; told again, it is the same.
  const started: Promise<void>[] = [];
  const onAddress = (url: string) => {
    if (started.length > 0) return;
    const start = startRunOf(pileId, url, analysis).then((runId) => onRun(runId, url));
    started.push(start);
    // Without a run nobody wants the video; why is told below.
    start.catch(() => noRun.abort(GIVEN_UP));
  };
  const ordered = uploadUrl === undefined ? await wellOrdered(file) : await orderedAsBefore(file, uploadUrl);
  const sending = { ...ordered, pileId, onProgress, onAddress, fingerprint: fingerprintOf(file) };
  try {
    const either = AbortSignal.any([signal, noRun.signal]);
    await sendByTus({ ...sending, ...(uploadUrl !== undefined && { uploadUrl }) }, either);
  } catch (error) {
    if (noRun.signal.aborted) await Promise.all(started);
    throw error;
  }
  await Promise.all(started);
}

async function startRunOf(pileId: string, uploadUrl: string, analysis: AnalysisName): Promise<string> {
  const [, , video] = UPLOAD_PATH.exec(uploadUrl) ?? [];
  const { runId, runToken } = await call<{ runId: string; runToken: string }>(pilePath(pileId, '/runs'), {
    method: 'POST',
    body: { analysis, video },
    token: pileAccess(pileId),
  });
  rememberToken(runId, runToken);
  rememberRun(uploadUrl, runId);
  return runId;
}

/** The run that reads this upload and is not over; null where there is none. */
async function waitingRunOf(uploadUrl: string, signal: AbortSignal): Promise<string | null> {
  const runId = runOfUpload(uploadUrl);
  if (runId === null) return null;
  const run = await fetchRun(runId, signal).catch(() => null);
  return run !== null && !isOver(run.state) && run.video?.uploadUrl === uploadUrl ? runId : null;
}

/** Where a part of this file is, if it was sent from here and broke off. */
async function knownUpload(file: File): Promise<string | null> {
  const found = (await defaultOptions.urlStorage?.findUploadsByFingerprint(fingerprintOf(file))) ?? [];
  const path = pathOfUpload(found.at(-1)?.uploadUrl ?? '');
  return UPLOAD_PATH.test(path) ? path : null;
}

async function forgetUploads(file: File): Promise<void> {
  const storage = defaultOptions.urlStorage;
  const found = (await storage?.findUploadsByFingerprint(fingerprintOf(file))) ?? [];
  await Promise.all(found.map(({ urlStorageKey }) => storage?.removeUpload(urlStorageKey)));
}

function pileOf(uploadUrl: string): string {
  const [, pileId = ''] = UPLOAD_PATH.exec(uploadUrl) ?? [];
  return pileId;
}

function fingerprintOf({ name, size, lastModified }: File): string {
  return `contactsheet-video-${name}-${size}-${lastModified}`;
}
