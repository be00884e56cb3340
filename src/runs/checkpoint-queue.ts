import type { Checkpoint } from './run-store.ts';

/** Outcomes that end within this of each other are stored together: a burst of hundreds is a few transactions. */
const GATHER_MS = 100;

/** Ended images on their way to the store, in groups, one group at a time. Each is stored within 250 ms of its end. */
export class CheckpointQueue {
  readonly #storeGroup: (group: readonly Checkpoint[]) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  #waiting: Checkpoint[] = [];
  #timer: NodeJS.Timeout | null = null;
  #storing: Promise<void> = Promise.resolve();

  /** @param storeGroup may be called with an empty group, when there is something else to tell */
  constructor(storeGroup: (group: readonly Checkpoint[]) => Promise<void>, onFailure: (error: unknown) => void) {
    this.#storeGroup = storeGroup;
    this.#onFailure = onFailure;
  }

  add(checkpoint: Checkpoint): void {
    this.#waiting.push(checkpoint);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Stores what waits. Resolves when it is stored, or could not be: that is told to `onFailure`. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#storing = this.#storing.then(() => {
      const group = this.#waiting;
      this.#waiting = [];
      return this.#storeGroup(group).catch(this.#onFailure);
    });
    return this.#storing;
  }
}
