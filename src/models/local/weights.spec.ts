import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runModel } from '../../../test/support/model-run.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const weights = join(root, 'weights');
const originals = join(root, 'node_modules', '@gutenye', 'ocr-models', 'assets');

/** A smooth picture with some grain, the same each time. */
function picture(width: number, height: number): { values: Float32Array; dims: number[] } {
  let seed = 7;
  const values = Float32Array.from({ length: 3 * width * height }, (_, index) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.sin(index / 9) * 0.7 + (seed / 2_147_483_647 - 0.5) * 0.6;
  });
  return { values, dims: [1, 3, height, width] };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? NaN))), 0);
}

describe('the shipped weights', () => {
  let made: string;
  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), 'weights-'));
    execFileSync(process.execPath, [join(root, 'scripts', 'make-models.ts'), made]);
  });
  afterAll(() => {
    rmSync(made, { recursive: true });
  });

  it.each(['text-detector.onnx', 'text-recogniser.onnx', 'text-recogniser-classes.json', 'NOTICE'])(
    '%s is what the script makes',
    (name) => {
      const hashOf = (folder: string): string =>
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex');
      expect(hashOf(weights)).toBe(hashOf(made));
    },
  );

  it('find text where the original detector finds it', async () => {
    const input = picture(320, 256);
    const original = await runModel({ file: join(originals, 'ch_PP-OCRv4_det_infer.onnx'), ...input });
    const folded = await runModel({ file: join(weights, 'text-detector.onnx'), ...input });
    expect(folded.dims).toEqual(original.dims);
    expect(largestDifference(folded.values, original.values)).toBeLessThan(0.001);
  });

  it('recognise what the original recogniser recognises, among the characters that were kept', async () => {
    const input = picture(320, 48);
    const original = await runModel({ file: join(originals, 'ch_PP-OCRv4_rec_infer.onnx'), ...input });
    const folded = await runModel({ file: join(weights, 'text-recogniser.onnx'), ...input });
    const all = ['', ...readFileSync(join(originals, 'ppocr_keys_v1.txt'), 'utf8').trimEnd().split('\n'), ' '];
    const kept = JSON.parse(readFileSync(join(weights, 'text-recogniser-classes.json'), 'utf8')) as string[];
    const columns = kept.map((character) => all.indexOf(character));
    const stepCount = original.dims[1] ?? 0;
    const cut = Float32Array.from({ length: stepCount * kept.length }, (_, index) => {
      const step = Math.floor(index / kept.length);
      return original.values[step * all.length + (columns[index % kept.length] ?? 0)] ?? NaN;
    });
    expect(folded.dims).toEqual([1, stepCount, kept.length]);
    expect(largestDifference(folded.values, sharedOut(cut, kept.length))).toBeLessThan(0.001);
  });
});

/** The rows scaled to a sum of 1: the probability of the classes that were cut goes to the kept ones in proportion. */
function sharedOut(values: Float32Array, classCount: number): Float32Array {
  return values.map((value, index) => {
    const start = index - (index % classCount);
    return value / values.subarray(start, start + classCount).reduce((sum, other) => sum + other, 0);
  });
}
