import type { Response } from 'express';
import type { StoredEvent } from './run-store.ts';

/** Below the idle limits of common proxies. */
const HEARTBEAT_MS = 15_000;
/** What a reader may leave unread before its connection is given up. */
const MAX_UNREAD_BYTES = 8 * 2 ** 20;
/** How soon a browser comes back after a lost connection. */
const RECONNECT_MS = 2_000;

/** A response as a stream of server-sent events, kept alive by comments. */
export class EventStream {
  readonly #response: Response;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(response: Response) {
    this.#response = response;
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // Proxies that buffer would hold progress back until the run has ended.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    response.write(`retry: ${RECONNECT_MS}\n\n`);
    this.#heartbeat = setInterval(() => this.#write(':\n\n'), HEARTBEAT_MS);
    response.on('close', () => clearInterval(this.#heartbeat));
    // A reader that went away between two events is no fault; without a listener it would end the process.
    response.on('error', () => clearInterval(this.#heartbeat));
  }

  send(event: StoredEvent): void {
    // JSON.stringify leaves no line break in the data, so one `data:` line is enough.
    this.#write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
  }

  /** An event that a reader who comes back does not need. */
  tell(type: string, data: unknown): void {
    this.#write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    // A reader that has stalled comes back and goes on after the last event it took.
    if (this.#response.writableLength > MAX_UNREAD_BYTES) this.#response.destroy();
    else this.#response.write(text);
  }

  onClose(callback: () => void): void {
    if (this.#response.closed) callback();
    else this.#response.on('close', callback);
  }
}
