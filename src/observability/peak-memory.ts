/** Samples the process's resident memory, threads included, until it is stopped. */
export class PeakMemory {
  #peakBytes = process.memoryUsage.rss();
  readonly #timer: NodeJS.Timeout;

  constructor(everyMs = 200) {
    this.#timer = setInterval(() => this.#sample(), everyMs);
    this.#timer.unref();
  }

  /** @returns the most that was seen, MB (2^20 bytes) */
  stop(): number {
    clearInterval(this.#timer);
    this.#sample();
    return this.#peakBytes / 2 ** 20;
  }

  #sample(): void {
    this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage.rss());
  }
}
