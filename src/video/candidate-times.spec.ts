import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { timesAt } from './candidate-times.ts';

async function timesOf(keys: readonly number[], mostMs: number, endMs: number): Promise<number[]> {
  async function* keyTimes() {
    yield* keys;
  }
  const times: number[] = [];
  for await (const timeMs of timesAt(keyTimes(), mostMs, endMs)) times.push(timeMs);
  return times;
}

describe('timesAt', () => {
  it('looks at the key frames where they are near to each other', async () => {
    await expect(timesOf([0, 2_000, 3_500], 2_000, 5_000)).resolves.toEqual([0, 2_000, 3_500]);
  });

  it('looks between them where they are not', async () => {
    await expect(timesOf([0, 9_000], 3_000, 10_000)).resolves.toEqual([0, 3_000, 6_000, 9_000]);
    await expect(timesOf([], 3_000, 6_000)).resolves.toEqual([0, 3_000]);
  });

  it('is in order, with every key frame, and no gap larger than asked for', async () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(gaps, fc.integer({ min: 500, max: 10_000 }), async (lengths, mostMs) => {
        let endMs = 0;
        const keys = lengths.map((length) => (endMs += length) - length);
        const times = await timesOf(keys, mostMs, endMs);
        expect(keys.every((key) => times.includes(key))).toBe(true);
        for (const [at, timeMs] of [...times.slice(1), endMs].entries()) {
          expect(timeMs).toBeGreaterThan(times[at] ?? -1);
          expect(timeMs - (times[at] ?? 0)).toBeLessThanOrEqual(mostMs + 1e-6);
        }
      }),
    );
  });
});
