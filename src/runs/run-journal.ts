import type { LiveRunParts } from './live-run-parts.ts';
import type { RunLedger } from './run-ledger.ts';
import type { Checkpoint, RunPatch, StoredEvent, StoredImage } from './run-store.ts';

/** What happens to a run, numbered: stored first, and only then told to those who follow it. */
export class RunJournal {
  readonly #parts: LiveRunParts;
  readonly #ledger: RunLedger;
  readonly #activeMs: () => number;
  #seq = 0;

  constructor(parts: LiveRunParts, ledger: RunLedger, activeMs: () => number) {
    this.#parts = parts;
    this.#ledger = ledger;
    this.#activeMs = activeMs;
  }

  /** Goes on after what was told in earlier lives of the run. */
  async open(): Promise<void> {
    this.#seq = await this.#parts.store.lastEventSeq(this.#parts.run.id);
  }

  event(type: StoredEvent['type'], data: unknown): StoredEvent {
    return { seq: ++this.#seq, type, data };
  }

  /** Notes how images ended. @returns the events that tell of them */
  ended(group: readonly Checkpoint[]): StoredEvent[] {
    return group.flatMap((checkpoint) => this.#ledger.end(checkpoint)).map((data) => this.event('image', data));
  }

  /** An image came while the run goes on. */
  async add(image: StoredImage): Promise<void> {
    const { store, run } = this.#parts;
    await store.addImages(run.id, [image]);
    const events = this.#ledger.add(image).map((data) => this.event('image', data));
    if (events.length > 0) await this.write([], events);
  }

  /**
   * All or nothing: a process killed before or after it finds the run as it was, or as it is.
   *
   * @param more `patch`: what changes of the run; `added`: images that join it
   */
  async write(
    group: readonly Checkpoint[],
    events: readonly StoredEvent[],
    { patch, added }: { patch?: RunPatch; added?: readonly StoredImage[] } = {},
  ): Promise<void> {
    const { store, hub, run, onCheckpoint } = this.#parts;
    const startedAt = performance.now();
    await store.checkpoint(run.id, group, events, this.#activeMs(), patch, added);
    if (!patch) onCheckpoint?.(performance.now() - startedAt);
    hub.publish(run.id, events);
  }
}
