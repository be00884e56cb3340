import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockTime } from '../../../../src/contract/clock-time.ts';
import type { Recipe } from '../../../../src/contract/recipe.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { STEPS, type RunStep } from '../../../../src/contract/run.ts';
import { amountWords, framesOf, ingredientKey, stepBars, stepKey, stripFrames } from './recipe-words.ts';

const frame = (imageId: string, timeMs: number | null) => ({ imageId, image: 'a.mp4', timeMs, description: imageId });
const RECIPE: Recipe = {
  id: 'recipe_1',
  title: 'Soup',
  servings: null,
  totalMinutes: null,
  ingredients: [{ name: 'leek', amount: 1, unit: null, note: null, imageIds: ['b', 'c'] }],
  steps: [
    { text: 'Cut', timeMs: 1_000, imageId: 'a' },
    { text: 'Cook', timeMs: 5_000, imageId: 'c' },
    { text: 'Wait', timeMs: null, imageId: null },
  ],
  equipment: [],
  frames: [frame('a', 1_000), frame('b', 3_000), frame('c', 5_000), frame('d', null)],
  isDraft: false,
};

const image = (position: number, imageId: string | null, name: string): RunImage => ({
  position,
  imageId,
  name,
  sizeBytes: 1,
  width: null,
  height: null,
  crop: null,
  state: 'pending',
  duplicateOf: null,
  looksLike: [],
  ms: 0,
  attempts: 0,
  code: null,
  detail: null,
  retryable: false,
  thumbnailUrl: null,
  imageUrl: null,
});

describe('frames of what was chosen', () => {
  const lit = (kind: 'step' | 'ingredient' | 'frame', key: string) => [...framesOf(RECIPE, { kind, key })];

  it('of a step all until the next one, of an ingredient those that show it, of a frame itself', () => {
    const [cut, cook, wait] = RECIPE.steps.map(stepKey);
    expect(lit('step', cut ?? '')).toEqual(['a', 'b']);
    expect(lit('step', cook ?? '')).toEqual(['c']);
    expect(lit('step', wait ?? '')).toEqual([]);
    expect(RECIPE.ingredients.map((each) => lit('ingredient', ingredientKey(each)))).toEqual([['b', 'c']]);
    expect(lit('frame', 'd')).toEqual(['d']);
  });

  it('none of what is not in the recipe any more', () => {
    expect(lit('step', 'gone')).toEqual([]);
    expect(lit('ingredient', 'gone')).toEqual([]);
    expect([...framesOf(undefined, { kind: 'step', key: '' })]).toEqual([]);
  });
});

describe('the strip', () => {
  it('has frames before they are described, with the time that their name says', () => {
    const frames = stripFrames([image(0, 'a', 'a.mp4 0:01'), image(1, 'x', 'a.mp4 1:02:03')], RECIPE);
    expect(frames.map(({ number, time, description, state }) => [number, time, description, state])).toEqual([
      [1, '0:01', 'a', 'done'],
      [2, '1:02:03', null, 'pending'],
    ]);
  });

  it('leaves out what was not stored: a video that cannot be read is no frame', () => {
    expect(stripFrames([image(0, null, 'cut.mp4')], undefined)).toEqual([]);
  });
});

describe('words', () => {
  const number = (value: number, digits: number) => String(Number(value.toFixed(digits)));

  it.each([
    [0.5, '½'],
    [1.5, '1 ½'],
    [1 / 3, '⅓'],
    [200, '200'],
    [0.15, '0.15'],
    [2.9, '2.9'],
  ])('%d as cooks write it: %s', (amount, words) => {
    expect(amountWords(amount, number)).toBe(words);
  });

  it('times as a player shows them', () => {
    expect([0, 65_000, 3_725_999].map(clockTime)).toEqual(['0:00', '1:05', '1:02:05']);
  });
});

describe('bars of steps', () => {
  it('lie within the axis, in the order of their beginnings, whatever the steps', () => {
    const times = fc.tuple(fc.nat(100_000), fc.nat(100_000));
    fc.assert(
      fc.property(fc.array(times, { maxLength: STEPS.length }), (pairs) => {
        const steps = pairs.map(([startMs, tookMs], at): RunStep => {
          const step = STEPS[at] ?? 'store';
          return { step, startMs, endMs: startMs + tookMs, share: 0 };
        });
        const { bars, endMs } = stepBars(steps);
        expect(bars).toHaveLength(steps.length);
        for (const [at, { leftPercent, widthPercent, startMs }] of bars.entries()) {
          expect(leftPercent).toBeGreaterThanOrEqual(0);
          expect(leftPercent + widthPercent).toBeLessThanOrEqual(100.000_001);
          expect(startMs).toBeGreaterThanOrEqual(bars[at - 1]?.startMs ?? 0);
          expect(endMs).toBeGreaterThanOrEqual(startMs);
        }
      }),
    );
  });
});
