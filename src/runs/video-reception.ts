import type { RunVideoState } from '../contract/run.ts';
import { noticesWhileWaiting } from './run-notices.ts';
import type { RunSteps } from './run-steps.ts';
import type { RunPatch, RunVideo, StoredRun } from './run-store.ts';

/** How a video stands whose sender has sent nothing for a while. */
export interface Quiet {
  receivedBytes: number;
  /** How long the run waits for the next byte, in all, ms. */
  waitMs: number;
}

/** A video that is still being sent. */
export interface GrowingVideo {
  path: string;
  /** When it will be whole. */
  sizeBytes: number;
  /**
   * Resolves when so many bytes are here.
   *
   * @param onQuiet told when nothing has come for a while, and with null when something comes again
   * @throws CodedError `upload.brokenOff` where nothing has come for too long; the signal's reason where it aborted
   */
  grown: (bytes: number, signal: AbortSignal, onQuiet?: (quiet: Quiet | null) => void) => Promise<void>;
}

/** The file of a video, or one that is still being sent. */
export type VideoFile = string | GrowingVideo;

/** Videos that come as resumable uploads. Implemented by `piles/`. */
export interface VideoUploads {
  /** @param upload as {@link RunVideo} has it */
  open(upload: string, sizeBytes: number): GrowingVideo;
  /** A run has all it wants of it. What is not whole stays: its sender may go on, for another run. */
  letGo(upload: string): Promise<void>;
}

/** What people are told of the video of a run. */
export function videoState({ name, sizeBytes, upload, stalledAtBytes, taken }: RunVideo): RunVideoState {
  if (!upload || taken) return { name, sizeBytes, uploadUrl: null, stalledAtBytes: null };
  const [pileId, fileId] = upload.split('.');
  return { name, sizeBytes, uploadUrl: `/api/piles/${pileId}/files/${fileId}`, stalledAtBytes: stalledAtBytes ?? null };
}

export interface ReceptionParts {
  steps: RunSteps;
  signal: AbortSignal;
  /** Missing where no video comes as a resumable upload. */
  uploads?: VideoUploads;
  pathOf: (sha256: string) => string;
  letGo: (sha256: string) => Promise<void>;
  update: (change: (run: StoredRun) => RunPatch) => Promise<void>;
}

/** The video of a run as it comes in: from when to when, and whether its sender has fallen silent. */
export class VideoReception {
  readonly file: VideoFile;
  readonly #parts: ReceptionParts;
  readonly #video: RunVideo;
  readonly #ending = new AbortController();
  readonly #watching: Promise<void> = Promise.resolve();

  constructor(video: RunVideo, parts: ReceptionParts) {
    const { uploads, pathOf, steps } = parts;
    this.#parts = parts;
    this.#video = video;
    if (video.upload === undefined || !uploads) {
      this.file = pathOf(video.sha256 ?? '');
      steps.note('upload', 0, video.receivedMs);
      return;
    }
    const growing = uploads.open(video.upload, video.sizeBytes);
    this.file = growing;
    if (video.wholeAtMs === undefined) this.#watching = this.#watch(growing);
    else steps.note('upload', 0, video.wholeAtMs);
  }

  /** All of it has been looked at, or all that there will be. */
  async end(): Promise<void> {
    const { sha256, upload } = this.#video;
    const { uploads, letGo, update } = this.#parts;
    this.#ending.abort();
    await this.#watching;
    await update(({ video }) => ({ video: { ...(video ?? this.#video), taken: true } }));
    if (sha256 !== null) await letGo(sha256);
    if (upload !== undefined) await uploads?.letGo(upload);
  }

  async #watch({ grown, sizeBytes }: GrowingVideo): Promise<void> {
    const { steps, signal, update } = this.#parts;
    const end = steps.begin('upload', 0);
    const say = (quiet: Quiet | null) =>
      update(({ notices, video }) => ({
        notices: noticesWhileWaiting(notices, quiet && wordsFor(quiet, sizeBytes)),
        video: withStall(video, quiet),
      })).catch(noFault);
    let wasQuiet = this.#video.stalledAtBytes !== undefined;
    if (wasQuiet) await say(null);
    const onQuiet = (quiet: Quiet | null) => {
      wasQuiet = true;
      void say(quiet);
    };
    const isWhole = await grown(sizeBytes, AbortSignal.any([signal, this.#ending.signal]), onQuiet).then(
      () => true,
      // Said by whoever waits for these bytes.
      () => false,
    );
    const wholeAtMs = end();
    if (wasQuiet) await say(null);
    // Kept, so that after a restart it is known still.
    if (isWhole) await update(({ video }) => ({ video: video && { ...video, wholeAtMs } })).catch(noFault);
  }
}

/** What people are told in between is no reason to end a run. */
function noFault(): void {}

function withStall(video: RunVideo | null, quiet: Quiet | null): RunVideo | null {
  if (!video) return null;
  const { stalledAtBytes: _before, ...rest } = video;
  return quiet ? { ...rest, stalledAtBytes: quiet.receivedBytes } : rest;
}

function wordsFor({ receivedBytes, waitMs }: Quiet, sizeBytes: number): string {
  const minutes = Math.max(1, Math.round(waitMs / 60_000));
  const most = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return (
    `The rest of the video is not coming: ${megabytes(receivedBytes)} of ${megabytes(sizeBytes)} MB are here. ` +
    `The run waits for at most ${most}, and then makes do with what is here.`
  );
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
