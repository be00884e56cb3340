import type { BatchStanding } from '../../models/batch-port.ts';

/** How the batches stand that a run waits for, as they said last. */
export class BatchStandings {
  readonly #byTag = new Map<string, BatchStanding>();
  readonly #startedAt = performance.now();

  set(tag: string, standing: BatchStanding): void {
    this.#byTag.set(tag, standing);
  }

  delete(tag: string): void {
    this.#byTag.delete(tag);
  }

  /** ms: by the answers so far, or what a batch takes at most. */
  remainingMs(): number {
    const { total, done } = this.#counts();
    if (done > 0) return ((performance.now() - this.#startedAt) / done) * Math.max(1, total - done);
    const ends = [...this.#byTag.values()].flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
    return ends.length > 0 ? Math.max(0, Math.max(...ends) - Date.now()) : 0;
  }

  /** For the people who wait. */
  inWords(): string {
    const { total, done } = this.#counts();
    const batches = this.#byTag.size === 1 ? 'the batch' : `${this.#byTag.size} batches`;
    // While it is looked through nobody says how many there are.
    const answered = total > 0 ? `: ${done} of ${total} answered` : '';
    return `Waiting for ${batches}${answered}. A batch may take up to 24 hours.`;
  }

  #counts(): { total: number; done: number } {
    let [total, done] = [0, 0];
    for (const { counts } of this.#byTag.values()) {
      total += counts.total;
      done += counts.completed;
    }
    return { total, done };
  }
}
