/** Does what is to be done about one thing one after another: two at once would each find it as it was before the other. */
export class Turns {
  /** The last that was asked for, by the name of the thing. */
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(name: string, operation: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(operation, operation);
    const settled = turn.catch(() => undefined);
    this.#last.set(name, settled);
    void settled.then(() => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    return turn;
  }

  /** Resolves when what has been asked for about this thing is over, however it ended. */
  async over(name: string): Promise<void> {
    await this.#last.get(name);
  }

  /** {@link over}, of all things. */
  async allOver(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
