import { RecordChanges } from './record-changes.ts';

/** A merge may take this share of the time at most, so that thousands of images are not merged again at every one. */
const MERGE_SHARE = 0.1;
/** Nobody sees a list change faster; each change of a record is stored and sent whole. */
const MIN_GAP_MS = 400;

/** Keeps the merged records of a run up to date while it goes on, one merge at a time, beside the reading. */
export class LiveMerge {
  readonly #merge: () => Promise<unknown[]>;
  readonly #onChanges: () => void;
  readonly #changes = new RecordChanges();
  #records: unknown[] = [];
  #untold: Record<string, unknown>[] = [];
  #underWay: Promise<void> | null = null;
  #nextAt = -Infinity;
  #later: NodeJS.Timeout | null = null;
  /** Something came while a merge was under way. */
  #isWanted = false;

  /**
   * @param merge of all that has been read so far
   * @param onChanges called when there are changes to be taken
   */
  constructor(merge: () => Promise<unknown[]>, onChanges: () => void) {
    this.#merge = merge;
    this.#onChanges = onChanges;
  }

  get records(): unknown[] {
    return this.#records;
  }

  /**
   * There is more to merge: it is merged now or, where the last merge was a moment ago, later. Without the latter a run
   * that pauses, or waits for its quota, would not show what it read last. A failure is left to the last merge.
   */
  nudge(): void {
    if (this.#underWay) {
      this.#isWanted = true;
      return;
    }
    if (this.#later) return;
    const waitMs = this.#nextAt - performance.now();
    if (waitMs > 0) {
      this.#later = setTimeout(() => {
        this.#later = null;
        this.nudge();
      }, waitMs);
      return;
    }
    this.#underWay = this.#mergeNow()
      .then(() => {
        if (this.#untold.length > 0) this.#onChanges();
      })
      .catch(() => {})
      .finally(() => {
        this.#underWay = null;
        if (this.#isWanted) this.nudge();
        this.#isWanted = false;
      });
  }

  /** Nothing is merged later any more. */
  stop(): void {
    if (this.#later) clearTimeout(this.#later);
    this.#later = null;
    this.#isWanted = false;
  }

  /** Merges all there is, whatever the time. */
  async now(): Promise<void> {
    this.stop();
    await this.#underWay;
    await this.#mergeNow();
  }

  /** What was written from all of it, in place of what was merged. */
  replace(records: unknown[]): void {
    this.#records = records;
    this.#untold.push(...this.#changes.next(records));
  }

  /** New and changed records that were not told of yet. */
  takeChanges(): Record<string, unknown>[] {
    const changes = this.#untold;
    this.#untold = [];
    return changes;
  }

  async #mergeNow(): Promise<void> {
    const startedAt = performance.now();
    this.#records = await this.#merge();
    this.#untold.push(...this.#changes.next(this.#records));
    const endedAt = performance.now();
    this.#nextAt = endedAt + Math.max(MIN_GAP_MS, (endedAt - startedAt) / MERGE_SHARE);
  }
}
