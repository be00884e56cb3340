/** In the thread that reads a file which is still being written: waits for its bytes, and asks the other side for them. */
export class FileGrowth {
  readonly #ask: (bytes: number) => void;
  #bytes = 0;
  #asked = 0;
  #stopped: Error | null = null;
  readonly #waiting = new Set<{ bytes: number; resolve: () => void; reject: (error: Error) => void }>();

  /** @param ask told how many bytes of the file are needed; {@link grew} is the answer */
  constructor(ask: (bytes: number) => void) {
    this.#ask = ask;
  }

  /** Resolves when the file has so many bytes. */
  async until(bytes: number): Promise<void> {
    if (this.#stopped !== null) throw this.#stopped;
    if (bytes <= this.#bytes) return;
    if (bytes > this.#asked) {
      this.#asked = bytes;
      this.#ask(bytes);
    }
    await new Promise<void>((resolve, reject) => this.#waiting.add({ bytes, resolve, reject }));
  }

  grew(bytes: number): void {
    this.#bytes = Math.max(this.#bytes, bytes);
    for (const waiter of this.#waiting) {
      if (waiter.bytes > this.#bytes) continue;
      this.#waiting.delete(waiter);
      waiter.resolve();
    }
  }

  stop(): void {
    this.#stopped = new Error('The file is read no further.');
    for (const { reject } of this.#waiting) reject(this.#stopped);
    this.#waiting.clear();
  }
}
