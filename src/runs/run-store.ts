import type { RunContext, Observation } from '../contract/analysis.ts';
import type { AnalysisName, Failure, ProcessingMode, RunMetrics, RunState } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import type { Box } from '../contract/show.ts';
import type { Tokens } from '../engine/unit.ts';

export type Audience = 'public' | 'admin';

/**
 * The settings of one run; `cache` is off where answers from before the run shall not count, `ground` is on where answers
 * are held against the printed words of their image (missing in runs of earlier versions, and for off), `batch` where questions
 * go out in batches.
 */
export type RunSettings = Settings & { cache?: 'off'; ground?: 'on'; batch?: 'on' };

/** A run as stored. Instants are RFC 3339 strings. */
export interface StoredRun {
  id: string;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  audience: Audience;
  context: RunContext;
  /** The settings the run was started with; later changes do not touch it. */
  settings: RunSettings;
  /** SHA-256 (hex) of the token that lets the submitter read this run. */
  tokenHash: string;
  createdAt: string;
  endedAt: string | null;
  /** ms spent running, over all lives of the process. */
  activeMs: number;
  notices: string[];
  /** Set when the run has ended. */
  metrics: RunMetrics | null;
  /** The merged records; null until the run has ended. Re-derivable from the observations. */
  records: unknown[] | null;
  /** Whose frames are the images of the run, as they are found; null for a run of images. */
  video: RunVideo | null;
}

/** A video that a run was started with. */
export interface RunVideo {
  /** SHA-256 (hex) of its content, from which the stored file is found; null where it came as a resumable upload. */
  sha256: string | null;
  /** That upload, which may not be whole yet; missing for a video that was here before its run began. */
  upload?: string;
  /** Display name. */
  name: string;
  sizeBytes: number;
  /** What receiving it took before the run began, ms. */
  receivedMs: number;
  /** When it was whole, ms since its first byte; missing where that was before the run began, or is still to come. */
  wholeAtMs?: number;
  /** Its sender has fallen silent: so many bytes are here; missing while bytes come, and of a whole one. */
  stalledAtBytes?: number;
  /** The position of its first frame. */
  firstPosition: number;
  /** All its frames are images of the run by now: it is not needed any more. */
  taken: boolean;
}

/**
 * `pending` has no outcome yet; `duplicate` has the same bytes as an earlier image of the run and is never read;
 * `done` and `failed` are checkpointed outcomes.
 */
export type ImageState = 'pending' | 'duplicate' | 'done' | 'failed';

/** One image of a run as stored, by its position in the upload (from 0). */
export interface StoredImage {
  position: number;
  /** Derived from the content's SHA-256; null where nothing was stored (refused while it streamed in). */
  imageId: string | null;
  /** SHA-256 (hex) of the content, from which the stored file is found again; null where `imageId` is. */
  sha256: string | null;
  /** Display name: cleaned, data for people, never a path. */
  name: string;
  sizeBytes: number;
  /** The part of the upright image that is asked about; missing for the whole. */
  crop?: Box;
  /** Of a frame of a video: its time in it, ms. */
  timeMs?: number;
  state: ImageState;
  observations: Observation<unknown>[] | null;
  failure: Failure | null;
  /** What reading it took, ms, the last attempt and those before it. */
  ms: number;
  attempts: number;
  tokens: Tokens;
}

/** A finished unit, to be stored. */
export interface Checkpoint {
  position: number;
  state: 'done' | 'failed';
  observations: Observation<unknown>[] | null;
  failure: Failure | null;
  ms: number;
  attempts: number;
  tokens: Tokens;
}

/** How many images of a run there are, were read, and could not be. */
export interface ImageCounts {
  images: number;
  done: number;
  failed: number;
}

export interface StoredEvent {
  /** 1, 2, 3 … within the run: the `id` of the server-sent event. */
  seq: number;
  type: 'progress' | 'image' | 'record' | 'done';
  data: unknown;
}

export type RunPatch = Partial<
  Pick<StoredRun, 'state' | 'endedAt' | 'activeMs' | 'notices' | 'metrics' | 'records' | 'mode' | 'video'>
>;

/** Where runs live. Implemented by `storage/` on the embedded database and on a PostgreSQL server alike. */
export interface RunStore {
  create(run: StoredRun, images: readonly StoredImage[]): Promise<void>;
  /** Images that a run got while it went on. */
  addImages(runId: string, images: readonly StoredImage[]): Promise<void>;
  get(runId: string): Promise<StoredRun | null>;
  /** Newest first; without the records. `before` is a run id of the last page. */
  list(options: { limit: number; before?: string }): Promise<StoredRun[]>;
  /** Of runs that are known; without duplicates, which are never read. */
  imageCounts(runIds: readonly string[]): Promise<Map<string, ImageCounts>>;
  /** In order of position. */
  images(runId: string): Promise<StoredImage[]>;
  update(runId: string, patch: RunPatch): Promise<void>;
  /**
   * Stores finished units, the events that tell of them and the time spent so far, all or nothing. Once it resolves,
   * a killed process loses none of it.
   *
   * @param patch what changes of the run itself in the same moment: its end
   * @param added images that join the run in the same moment
   */
  checkpoint(
    runId: string,
    units: readonly Checkpoint[],
    events: readonly StoredEvent[],
    activeMs: number,
    patch?: RunPatch,
    added?: readonly StoredImage[],
  ): Promise<void>;
  /** Puts the failed images whose failure can be retried back to `pending`; resolves with how many. */
  resetFailed(runId: string): Promise<number>;
  /** Which of these contents (SHA-256, hex) belong to an image of some run, or are a video that is still needed. */
  referenced(sha256s: readonly string[]): Promise<Set<string>>;
  /** Uploads of videos that runs which have not ended still need. */
  uploadsNeeded(): Promise<Set<string>>;
  /** Events with a seq above `after`, in order. */
  events(runId: string, after: number): Promise<StoredEvent[]>;
  /** The highest seq stored, 0 where there is none. */
  lastEventSeq(runId: string): Promise<number>;
  /** Runs that were queued or running when the process ended, oldest first. */
  unfinished(): Promise<StoredRun[]>;
}

/** Small named values that outlive the process: the settings, the hash of the admin token. */
export interface ValueStore {
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
}
