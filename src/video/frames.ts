import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../contract/coded-error.ts';
import { shareLibrarySetup } from '../images/library-setup.ts';
import {
  checkVideoBytes,
  damaged,
  DEFAULT_VIDEO_LIMITS,
  threadDied,
  tooSlow,
  type VideoLimits,
} from './video-limits.ts';
import type {
  FrameSettings,
  VideoFrame,
  VideoInfo,
  VideoThreadData,
  VideoThreadMessage,
  VideoThreadOrder,
} from './video-messages.ts';

const THREAD_FILE = new URL(`./video-thread${extname(import.meta.url)}`, import.meta.url);
const HEAP_MEGABYTES = 512;
/** A thread that says nothing for so long hangs. It says something every second while it decodes. */
const SILENCE_LIMIT_MS = 30_000;
/** For a thread that was told to stop; ending it in the midst of its native work could take the process along. */
const STOP_LIMIT_MS = 5_000;

/** A file that is still being written. */
export interface GrowingFile {
  path: string;
  /** When it will be whole. */
  sizeBytes: number;
  /**
   * Resolves when the file has so many bytes (never more than `sizeBytes`); rejects where it never will, and frames end with
   * that error.
   *
   * @param signal nobody waits for it any more
   */
  grown: (bytes: number, signal: AbortSignal) => Promise<void>;
}

export interface FrameOptions {
  /** Within a scene a frame is due so long after the one before, ms; longer in a video that `maxFrames` would not last for. */
  intervalMs?: number;
  maxFrames?: number;
  /** Longer side of the JPEGs, px. Never scaled up. */
  maxSide?: number;
  limits?: Partial<VideoLimits>;
  /** How long the thread may say nothing, ms. */
  silenceLimitMs?: number;
  /** What the thread may hold of JavaScript's own; the pictures of the decoder are besides, a few at a time. */
  heapMegabytes?: number;
  /** Told what the video is, before its first frame. */
  onInfo?: (info: VideoInfo) => void;
}

const DEFAULTS: Omit<FrameSettings, 'limits'> = { intervalMs: 10_000, maxFrames: 200, stepMs: 500, maxSide: 1_280 };

/**
 * The frames of a video that are worth a look, in order of time, each as soon as it is chosen: see `frame-chooser.ts`. The
 * same video gives the same frames. Decoded in a thread of its own, which is ended with the iteration; at most a few frames
 * wait to be taken.
 *
 * A file that is still being written is read as it grows: its frames come before it is whole, where its table of contents
 * is at its start.
 *
 * @throws CodedError `video.unreadable` (no video, damaged or cut off: after the frames before the damage; too slow),
 * `video.noPicture`, `video.tooLong`, `video.tooLarge`; the signal's reason where it aborted
 */
export async function* framesOf(
  source: string | GrowingFile,
  options: FrameOptions = {},
  signal?: AbortSignal,
): AsyncGenerator<VideoFrame, void, undefined> {
  await using thread = await VideoThread.start('frames', source, options, signal);
  for (let told = await thread.next(); told.kind !== 'end'; told = await thread.next()) {
    if (told.kind === 'info') options.onInfo?.(told.info);
    if (told.kind !== 'frame') continue;
    yield told.frame;
    thread.order({ kind: 'taken' });
  }
}

/**
 * What a video is, by its header; no picture is decoded.
 *
 * @throws CodedError as {@link framesOf}
 */
export async function videoInfo(path: string, options: FrameOptions = {}, signal?: AbortSignal): Promise<VideoInfo> {
  await using thread = await VideoThread.start('info', path, options, signal);
  const told = await thread.next();
  if (told.kind !== 'info') throw damaged();
  return told.info;
}

class VideoThread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #source: string | GrowingFile;
  readonly #signal: AbortSignal | undefined;
  readonly #silenceLimitMs: number;
  readonly #told: VideoThreadMessage[] = [];
  readonly #exited: Promise<void>;
  readonly #disposed = new AbortController();
  #failure: { error: unknown } | null = null;
  #wake: () => void = () => undefined;
  /** Requests for bytes of a growing file that are not there yet: no silence then is the thread's fault. */
  #growing = 0;

  private constructor(
    data: VideoThreadData,
    source: string | GrowingFile,
    options: FrameOptions,
    signal?: AbortSignal,
  ) {
    this.#source = source;
    this.#signal = signal;
    this.#silenceLimitMs = options.silenceLimitMs ?? SILENCE_LIMIT_MS;
    this.#worker = new Worker(THREAD_FILE, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: options.heapMegabytes ?? HEAP_MEGABYTES },
    });
    this.#worker.on('message', (message: VideoThreadMessage) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(threadDied(error)));
    this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    void this.#exited.then(() => this.#fail(threadDied()));
    signal?.addEventListener('abort', this.#abort);
  }

  static async start(
    task: VideoThreadData['task'],
    source: string | GrowingFile,
    options: FrameOptions,
    signal?: AbortSignal,
  ): Promise<VideoThread> {
    signal?.throwIfAborted();
    const isGrowing = typeof source !== 'string';
    const path = isGrowing ? source.path : source;
    const sizeBytes = isGrowing ? source.sizeBytes : await sizeOf(path);
    const { intervalMs, maxFrames, maxSide } = { ...DEFAULTS, ...options };
    const limits = { ...DEFAULT_VIDEO_LIMITS, ...options.limits };
    checkVideoBytes(sizeBytes, limits);
    shareLibrarySetup();
    const settings = { intervalMs, maxFrames, maxSide, stepMs: DEFAULTS.stepMs, limits };
    return new VideoThread({ task, path, sizeBytes, isGrowing, settings }, source, options, signal);
  }

  /** The next of what the thread tells, in order; what it told before an error comes first. */
  async next(): Promise<VideoThreadMessage> {
    for (;;) {
      this.#signal?.throwIfAborted();
      const told = this.#told.shift();
      if (told?.kind === 'failed') throw failed(told);
      if (told !== undefined) return told;
      if (this.#failure !== null) throw this.#failure.error;
      await this.#something();
    }
  }

  order(order: VideoThreadOrder): void {
    this.#worker.postMessage(order);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#disposed.abort();
    this.order({ kind: 'stop' });
    const limit = Promise.withResolvers<void>();
    const timer = setTimeout(limit.resolve, STOP_LIMIT_MS);
    await Promise.race([this.#exited, limit.promise]);
    clearTimeout(timer);
    // Not waited for: a thread that hangs in native code may never end, and is no longer heard.
    void this.#worker.terminate();
  }

  readonly #abort = (): void => this.#wake();

  #hear(message: VideoThreadMessage): void {
    if (message.kind === 'needs') void this.#grow(message.bytes);
    else this.#told.push(message);
    this.#wake();
  }

  async #grow(bytes: number): Promise<void> {
    if (typeof this.#source === 'string') return;
    this.#growing += 1;
    try {
      await this.#source.grown(bytes, this.#disposed.signal);
      this.order({ kind: 'grown', bytes });
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#growing -= 1;
      this.#wake();
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Until something is told, has failed, or was silent for too long. */
  async #something(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.#growing > 0 ? undefined : setTimeout(() => this.#fail(tooSlow()), this.#silenceLimitMs);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (cause) {
    throw damaged(cause);
  }
  throw damaged();
}

function failed({ failure, cause }: Extract<VideoThreadMessage, { kind: 'failed' }>): CodedError {
  return new CodedError(failure.code, failure.detail, { ...failure, cause: cause ?? undefined });
}
