/** Does work in the background, a few pieces at a time, in the order it came. */
export class BackgroundQueue {
  readonly #count: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #underWay = new Set<Promise<void>>();

  /** @param count pieces under way at once */
  constructor(count: number) {
    this.#count = count;
  }

  /** @returns when this piece of work has ended */
  add(work: () => Promise<void>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push(() => work().then(resolve, reject));
    this.#next();
    return promise;
  }

  /** Forgets what has not begun, and waits for what has. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    await Promise.allSettled(this.#underWay);
  }

  #next(): void {
    if (this.#underWay.size >= this.#count) return;
    const work = this.#waiting.shift();
    if (!work) return;
    const running = work().finally(() => {
      this.#underWay.delete(running);
      this.#next();
    });
    this.#underWay.add(running);
  }
}
