import { describe, expect, it } from '@jest/globals';
import { batchSizeFor, ProgressCounter } from './progress.ts';

describe('ProgressCounter', () => {
  it('counts images, batches and the time left', () => {
    const progress = new ProgressCounter(40, 10);
    expect(progress.snapshot(0)).toMatchObject({ remainingImages: 40, currentBatch: 1, totalBatches: 4 });
    for (let image = 0; image < 10; image++) progress.ended(image !== 3, 2_000, true);
    expect(progress.snapshot(5_000)).toEqual({
      totalImages: 40,
      processedImages: 10,
      remainingImages: 30,
      failedImages: 1,
      currentBatch: 2,
      totalBatches: 4,
      averageTimePerImage: 2_000,
      estimatedTimeRemaining: 15_000,
    });
  });

  it('images that took no reading count as processed, not for the rate', () => {
    const progress = new ProgressCounter(4, 1);
    progress.ended(true, null, true);
    progress.ended(true, 100, true);
    expect(progress.snapshot(100)).toMatchObject({
      processedImages: 2,
      averageTimePerImage: 100,
      estimatedTimeRemaining: 200,
    });
  });

  it('images of an earlier life count for the average, not for the time left', () => {
    const progress = new ProgressCounter(10, 1);
    for (let image = 0; image < 5; image++) progress.ended(true, 3_000, false);
    expect(progress.snapshot(1_000)).toMatchObject({ averageTimePerImage: 3_000, estimatedTimeRemaining: 0 });
    progress.ended(true, 3_000, true);
    expect(progress.snapshot(1_000)).toMatchObject({ remainingImages: 4, estimatedTimeRemaining: 4_000 });
  });

  it('says where it may take longer than the engine reckons, as long as something is left', () => {
    const progress = new ProgressCounter(1, 1);
    const atLeast = { ms: 9_000, isAtLeast: true };
    expect(progress.snapshot(1_000, atLeast)).toMatchObject({
      estimatedTimeRemaining: 9_000,
      timeRemainingIsAtLeast: true,
    });
    expect(progress.snapshot(1_000, { ms: 9_000, isAtLeast: false })).not.toHaveProperty('timeRemainingIsAtLeast');
    progress.ended(true, 1_000, true);
    expect(progress.snapshot(1_000, atLeast)).not.toHaveProperty('timeRemainingIsAtLeast');
  });

  it('says nothing odd of an empty pile, and never passes the last batch', () => {
    expect(new ProgressCounter(0, 1).snapshot(10)).toMatchObject({ totalBatches: 1, currentBatch: 1 });
    const full = new ProgressCounter(2, 2);
    full.ended(true, 1, true);
    full.ended(true, 1, true);
    expect(full.snapshot(2)).toMatchObject({ currentBatch: 1, totalBatches: 1, remainingImages: 0 });
  });

  it('auto makes about ten batches, of at most fifty', () => {
    expect([1, 9, 44, 500, 5_000].map((images) => batchSizeFor(images, 'auto'))).toEqual([1, 1, 5, 50, 50]);
    expect(batchSizeFor(44, 7)).toBe(7);
  });
});
