import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Piscina } from 'piscina';
import type { Picture } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import { shareLibrarySetup } from '../images/library-setup.ts';
import type { ImageLook } from './image-looks.ts';
import type { ImageReply, ImageTask, Look, PictureMade, Thumbnail } from './image-tasks.ts';

const THREAD_FILE = new URL(`./image-thread${extname(import.meta.url)}`, import.meta.url);

/**
 * Half of the cores, since the image library works in native threads, which no priority holds back: two at a time on two
 * cores were seen to make a run on this machine wait.
 */
const THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
/** They take some 60 MB each with the image library: given back when nobody has asked for this long. */
const IDLE_MS = 30_000;
/**
 * Where no thread has answered for so long, none will: the decoder of HEIC has no clock of its own, and a file made for it
 * would keep all pictures from being shown. Above what the image library allows itself.
 */
const STUCK_AFTER_MS = 60_000;
/** More wait than any page asks for at once: someone is knocking the server over. */
const MOST_WAITING = 5_000;

/**
 * A small pool of threads for what pages and files show: sizes, fingerprints, thumbnails, pictures. Apart from the pool that reads, whose
 * places belong to runs, and less urgent than it. Never uses Piscina's `signal`, which ends a thread in the middle of
 * native work; a picture that decodes for too long is ended by the library's own clock.
 */
export class ImageThreads {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #threadFile: URL;
  readonly #stuckAfterMs: number;
  #piscina: Piscina | null = null;
  #lastAnswerAtMs = 0;
  #closed = false;

  /** @param options for tests */
  constructor(options: { threadFile?: URL; stuckAfterMs?: number } = {}) {
    this.#threadFile = options.threadFile ?? THREAD_FILE;
    this.#stuckAfterMs = options.stuckAfterMs ?? STUCK_AFTER_MS;
  }

  /** @throws CodedError `image.unreadable`, `image.tooLarge`, `image.timeout`, `internal` */
  async look(path: string): Promise<ImageLook> {
    return (await this.#run<Look>({ kind: 'look', path })).look;
  }

  /** @returns a WebP. @throws as {@link look} */
  async thumbnail(path: string, width: number): Promise<Uint8Array> {
    return (await this.#run<Thumbnail>({ kind: 'thumbnail', path, width })).bytes;
  }

  /** @param maxSide px; nothing is enlarged. @throws as {@link look} */
  async picture(path: string, maxSide: number): Promise<Picture> {
    return (await this.#run<PictureMade>({ kind: 'picture', path, maxSide })).picture;
  }

  /** Lets what is under way end, then ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    await this.#piscina?.destroy();
    this.#piscina = null;
  }

  async #run<Content>(task: ImageTask): Promise<Content> {
    if (this.#closed) throw new CodedError('server.stopping', 'The server is stopping.');
    if (this.#underWay.size === 0) this.#lastAnswerAtMs = performance.now();
    const piscina = (this.#piscina ??= this.#start());
    const answer = piscina.run(task) as Promise<ImageReply<Content>>;
    const watch = setInterval(() => this.#replaceIfStuck(piscina), this.#stuckAfterMs);
    const settled: Promise<unknown> = answer.then(
      () => this.#underWay.delete(settled),
      () => this.#underWay.delete(settled),
    );
    this.#underWay.add(settled);
    const reply = await answer
      .catch((cause: unknown) => {
        throw new CodedError('worker.crashed', 'The thread that looked at this image stopped working.', {
          retryable: true,
          cause,
        });
      })
      .finally(() => clearInterval(watch));
    this.#lastAnswerAtMs = performance.now();
    if (reply.ok) return reply;
    const { code, detail, retryable } = reply.failure;
    throw new CodedError(code, detail, { retryable });
  }

  /** Ends threads that hang, and lets what comes next go to fresh ones. */
  #replaceIfStuck(piscina: Piscina): void {
    if (performance.now() - this.#lastAnswerAtMs < this.#stuckAfterMs) return;
    if (this.#piscina === piscina) this.#piscina = null;
    // What was waiting there fails, and may be asked for again.
    void piscina.destroy();
  }

  #start(): Piscina {
    shareLibrarySetup();
    const piscina = new Piscina({
      filename: this.#threadFile.href,
      minThreads: 0,
      maxThreads: THREADS,
      idleTimeout: IDLE_MS,
      maxQueue: MOST_WAITING,
      // The default freezes an idle thread's timers.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      recordTiming: false,
      // What a page shows waits for whatever reads and answers.
      niceIncrement: 10,
    });
    // Each task's own failure is told to who asked; a thread that could not load must not end the process.
    piscina.on('error', () => undefined);
    return piscina;
  }
}
