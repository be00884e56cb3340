import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PageText } from '../../src/contract/text-line.ts';
import type { RawImage } from '../../src/models/port.ts';

export interface ReaderRequest {
  /** Raw pixels, the path of an image file, or paths of images of one width to put below each other. */
  image: RawImage | string | string[];
  /** Scales the file to this width first. */
  width?: number;
  /** Turns the file clockwise first; a multiple of 90. */
  turnDegrees?: number;
  abortAfterMs?: number;
}

export type ReaderReply = { ok: true; page: PageText; decodeMs: number; readMs: number } | { ok: false; error: string };

/**
 * The local text reader in a worker thread, where it belongs. One request at a time. Tests need the thread also because
 * native addons do not take the typed arrays of Jest's sandbox.
 */
export class ReaderThread {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async start(): Promise<ReaderThread> {
    const worker = new Worker(new URL('./reader-thread.worker.ts', import.meta.url));
    await once(worker, 'message');
    return new ReaderThread(worker);
  }

  async request(request: ReaderRequest): Promise<ReaderReply> {
    const reply = once(this.#worker, 'message');
    this.#worker.postMessage(request);
    const [message] = (await reply) as [ReaderReply];
    return message;
  }

  /** @throws Error where the read failed */
  async read(
    image: ReaderRequest['image'],
    options: Omit<ReaderRequest, 'image'> = {},
  ): Promise<ReaderReply & { ok: true }> {
    const reply = await this.request({ image, ...options });
    if (!reply.ok) throw new Error(`The read failed: ${reply.error}`);
    return reply;
  }

  /** Only between requests. Resolves when the thread has ended by itself. */
  async close(): Promise<void> {
    const exited = once(this.#worker, 'exit');
    this.#worker.postMessage('close');
    await exited;
  }
}
