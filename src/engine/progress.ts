import type { BatchProgress } from '../contract/run.ts';
import type { TimeLeft } from './forecast.ts';

/** Units reported together: at most this many batches of equal size, so that a small pile still shows its steps. */
const AUTO_BATCHES = 10;
const AUTO_BATCH_LIMIT = 50;

/** @returns images per batch, at least 1 */
export function batchSizeFor(totalImages: number, setting: 'auto' | number): number {
  if (setting !== 'auto') return Math.max(1, setting);
  return Math.max(1, Math.min(AUTO_BATCH_LIMIT, Math.ceil(totalImages / AUTO_BATCHES)));
}

/** Counts a run's images as they end. Images that ended in an earlier life of the process count, but not for the rate. */
export class ProgressCounter {
  #totalImages: number;
  readonly #batchSize: number;
  #processed = 0;
  #failed = 0;
  #read = 0;
  #msOfRead = 0;
  #readHere = 0;

  constructor(totalImages: number, batchSize: number) {
    this.#totalImages = totalImages;
    this.#batchSize = batchSize;
  }

  /** There is one image more than was thought. */
  added(): void {
    this.#totalImages += 1;
  }

  /**
   * @param ms what the image took; null for one that took no reading of its own (the same bytes as another)
   * @param here false for one that ended in an earlier life of the process: it says nothing of the rate of this one
   */
  ended(ok: boolean, ms: number | null, here: boolean): void {
    this.#processed += 1;
    if (!ok) this.#failed += 1;
    if (ms === null) return;
    this.#read += 1;
    this.#msOfRead += ms;
    if (here) this.#readHere += 1;
  }

  /**
   * @param elapsedMs time this life of the run has been running
   * @param left what the engine reckons; null where it does not, then it goes by the rate so far
   */
  snapshot(elapsedMs: number, left: TimeLeft | null = null): BatchProgress {
    const remaining = this.#totalImages - this.#processed;
    const totalBatches = Math.max(1, Math.ceil(this.#totalImages / this.#batchSize));
    const msPerImage = this.#readHere > 0 ? elapsedMs / this.#readHere : 0;
    return {
      totalImages: this.#totalImages,
      processedImages: this.#processed,
      remainingImages: remaining,
      failedImages: this.#failed,
      currentBatch: Math.min(totalBatches, Math.floor(this.#processed / this.#batchSize) + 1),
      totalBatches,
      averageTimePerImage: this.#read > 0 ? Math.round(this.#msOfRead / this.#read) : 0,
      estimatedTimeRemaining: remaining === 0 ? 0 : Math.round(left?.ms ?? msPerImage * remaining),
      ...(remaining > 0 && left?.isAtLeast ? { timeRemainingIsAtLeast: true as const } : {}),
    };
  }
}
