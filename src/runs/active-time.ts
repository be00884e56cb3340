/** How long a run has been under way, over all lives of the process and without the time it was paused, ms. */
export class ActiveTime {
  #beforeMs: number;
  /** Null while the run is paused. */
  #since: number | null = performance.now();

  /** @param beforeMs in earlier lives */
  constructor(beforeMs: number) {
    this.#beforeMs = beforeMs;
  }

  get ms(): number {
    return this.#beforeMs + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  /** @returns {@link ms}, which from now on stays as it is */
  pause(): number {
    this.#beforeMs = this.ms;
    this.#since = null;
    return this.#beforeMs;
  }

  resume(): void {
    this.#since ??= performance.now();
  }
}
