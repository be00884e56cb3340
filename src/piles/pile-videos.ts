import { rm, stat } from 'node:fs/promises';
import { CodedError } from '../contract/coded-error.ts';
import { readHead } from '../images/recognise.ts';
import type { RunVideo } from '../runs/run-store.ts';
import type { GrowingVideo, VideoUploads } from '../runs/video-reception.ts';
import { kindOfVideo } from '../video/video-kind.ts';
import { checkVideoBytes, DEFAULT_VIDEO_LIMITS } from '../video/video-limits.ts';
import { growingUpload } from './growing-upload.ts';
import type { PileSource, PileStore, StoredPile } from './pile-store.ts';
import { Turns } from '../runs/turns.ts';

export interface PileVideosParts {
  store: PileStore;
  /** Where a file of a pile is. */
  pathOf: (pileId: string, fileId: string) => string;
  /** Uploads of videos that runs still need. */
  uploadsNeeded: () => Promise<Set<string>>;
  /** How long a run waits for the next byte of a video, ms. */
  uploadWaitMs: number;
}

/**
 * Videos of piles: no image is made of them, they lie where they were sent to until a run has their frames. A run may read one
 * while its bytes still come. To runs, an upload is `pileId.fileId`.
 */
export class PileVideos implements VideoUploads {
  readonly #parts: PileVideosParts;
  /** Of each file: a run may be done with a video at the moment in which its last byte comes. */
  readonly #turns = new Turns();

  constructor(parts: PileVideosParts) {
    this.#parts = parts;
  }

  open(upload: string, sizeBytes: number): GrowingVideo {
    const path = this.#parts.pathOf(...partsOf(upload));
    return growingUpload({ path, sizeBytes, waitMs: this.#parts.uploadWaitMs });
  }

  /**
   * A file of a pile as the video of a run: whole, or still being sent. What it is its bytes say, to the run.
   *
   * @throws CodedError `request.invalid` where the pile has no such file; `video.tooLarge`
   */
  async videoOf(pileId: string, fileId: string): Promise<Omit<RunVideo, 'firstPosition'>> {
    const source = await this.#source(pileId, fileId);
    const found = await stat(this.#parts.pathOf(pileId, fileId)).catch(() => null);
    if (!found || (source?.state !== 'receiving' && source?.state !== 'kept')) {
      throw new CodedError('request.invalid', `The pile has no video ${fileId}: announce the file, and send it.`);
    }
    const { name, sizeBytes } = source;
    checkVideoBytes(sizeBytes, DEFAULT_VIDEO_LIMITS);
    // It was made when the file was announced, and written to last when its last byte came.
    const untilMs = found.size === sizeBytes ? found.mtimeMs : Date.now();
    const receivedMs = found.birthtimeMs > 0 ? Math.max(0, untilMs - found.birthtimeMs) : 0;
    const wholeAt = found.size === sizeBytes ? { wholeAtMs: receivedMs } : {};
    return { sha256: null, upload: `${pileId}.${fileId}`, name, sizeBytes, receivedMs, ...wholeAt, taken: false };
  }

  /** @returns whether a file that is here as a whole is to be left where it is: it is a video, or was one */
  keep({ id: pileId, audience }: StoredPile, fileId: string): Promise<boolean> {
    return this.#turns.take(fileId, async () => {
      const source = await this.#source(pileId, fileId);
      if (source?.state === 'kept' || source?.state === 'done') return true;
      // A visitor asks for shows alone: there a video is a picture that cannot be read, and that is said.
      if (audience === 'public') return false;
      const head = await readHead(this.#parts.pathOf(pileId, fileId)).catch(() => new Uint8Array());
      if (kindOfVideo(head) === null) return false;
      await this.#parts.store.updateSource(pileId, fileId, { state: 'kept' });
      return true;
    });
  }

  letGo(upload: string): Promise<void> {
    const [pileId, fileId] = partsOf(upload);
    return this.#turns.take(fileId, async () => {
      if ((await this.#parts.uploadsNeeded()).has(upload)) return;
      const path = this.#parts.pathOf(pileId, fileId);
      const source = await this.#source(pileId, fileId);
      const found = await stat(path).catch(() => null);
      if (source && found && found.size < source.sizeBytes) return;
      // First, so that nobody takes in what is not there any more.
      if (source) await this.#parts.store.updateSource(pileId, fileId, { state: 'done' });
      await removeUpload(path);
    });
  }

  async #source(pileId: string, fileId: string): Promise<PileSource | undefined> {
    const sources = await this.#parts.store.sources(pileId);
    return sources.find(({ id, kind }) => id === fileId && kind === 'file');
  }
}

/** A file that was sent, and what the upload noted of it. */
export async function removeUpload(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.json`, { force: true });
}

function partsOf(upload: string): [pileId: string, fileId: string] {
  const [pileId = '', fileId = ''] = upload.split('.');
  return [pileId, fileId];
}
