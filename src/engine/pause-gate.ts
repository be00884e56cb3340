/** Lets units through while open. Closing it lets calls under way end and starts none. */
export class PauseGate {
  #open = true;
  readonly #watchers = new Set<() => void>();

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    this.#open = false;
  }

  open(): void {
    this.#open = true;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back each time it opens, until the returned function is called. */
  onOpen(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
