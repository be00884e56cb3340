import { clockTime } from '../../../../src/contract/clock-time.ts';
import type { Ingredient, Recipe, RecipeStep } from '../../../../src/contract/recipe.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { RunStep } from '../../../../src/contract/run.ts';
import { imageKey } from '../../stores/ParserStore.ts';

/** What was chosen on the page, for its frames to light up. By what it says: places change while a draft grows. */
export interface Chosen {
  kind: 'step' | 'ingredient' | 'frame';
  /** {@link stepKey}, {@link ingredientKey}, or the id of the frame. */
  key: string;
}

export function stepKey({ text, timeMs }: Pick<RecipeStep, 'text' | 'timeMs'>): string {
  return `${timeMs ?? ''} ${text}`;
}

export function ingredientKey({ name, note }: Pick<Ingredient, 'name' | 'note'>): string {
  return `${name} ${note ?? ''}`;
}

/** A frame as the strip shows it: from the moment it was taken out of the video. */
export interface StripFrame {
  key: string;
  imageId: string | null;
  /** 1, 2, 3 … in the order of the video. */
  number: number;
  /** In the video, `1:05`; null for a picture of no video. */
  time: string | null;
  /** Null until a model has said what it shows. */
  description: string | null;
  state: RunImage['state'];
  thumbnailUrl: string | null;
  /** Under which the store has how it ended, before the image itself was asked for again. */
  liveKey: string;
}

/** Frames of a run in the order of the video, those that are not described yet among them. What could not be stored is none. */
export function stripFrames(images: readonly RunImage[], recipe: Recipe | undefined): StripFrame[] {
  const described = new Map(recipe?.frames.map((frame) => [frame.imageId, frame]));
  return images
    .filter(({ imageId }) => imageId !== null)
    .map(({ position, imageId, name, state, thumbnailUrl }, at): StripFrame => {
      const frame = described.get(imageId ?? '');
      return {
        key: `frame-${position}`,
        imageId,
        number: at + 1,
        time: frame === undefined ? timeInName(name) : frame.timeMs === null ? null : clockTime(frame.timeMs),
        description: frame === undefined || frame.description === '' ? null : frame.description,
        state: frame === undefined ? state : 'done',
        thumbnailUrl,
        liveKey: imageKey({ imageId, image: name }),
      };
    });
}

/** A frame that nobody has described yet says its time in its name alone: `pancakes.mp4 0:12`. */
function timeInName(name: string): string | null {
  return / (\d+(?::\d\d){1,2})$/.exec(name)?.[1] ?? null;
}

/** Ids of the frames that bear out what was chosen. Of a step, all from its beginning to that of the next. */
export function framesOf(recipe: Recipe | undefined, chosen: Chosen | null): ReadonlySet<string> {
  if (chosen?.kind === 'frame') return new Set([chosen.key]);
  if (recipe === undefined || chosen === null) return new Set();
  if (chosen.kind === 'ingredient') {
    return new Set(recipe.ingredients.find((each) => ingredientKey(each) === chosen.key)?.imageIds);
  }
  const step = recipe.steps.find((each) => stepKey(each) === chosen.key);
  if (step === undefined) return new Set();
  const own = step.imageId === null ? [] : [step.imageId];
  const { timeMs } = step;
  if (timeMs === null) return new Set(own);
  const later = recipe.steps.flatMap((each) => (each.timeMs !== null && each.timeMs > timeMs ? [each.timeMs] : []));
  const endMs = Math.min(...later);
  const during = recipe.frames.filter(
    (frame) => frame.timeMs !== null && frame.timeMs >= timeMs && frame.timeMs < endMs,
  );
  return new Set([...own, ...during.map(({ imageId }) => imageId)]);
}

const FRACTIONS: readonly (readonly [number, string])[] = [
  [1 / 8, '⅛'],
  [1 / 4, '¼'],
  [1 / 3, '⅓'],
  [1 / 2, '½'],
  [2 / 3, '⅔'],
  [3 / 4, '¾'],
];
const NEAR = 0.01;

/**
 * An amount as cooks write it: `1 ½`, `⅓`, `200`.
 *
 * @param number writes what is no such fraction in the language of the page
 */
export function amountWords(amount: number, number: (value: number, digits: number) => string): string {
  const whole = Math.floor(amount);
  const sign = FRACTIONS.find(([value]) => Math.abs(amount - whole - value) < NEAR)?.[1];
  if (sign === undefined) return number(amount, 2);
  return whole === 0 ? sign : `${number(whole, 0)} ${sign}`;
}

/** A step as a bar on the axis of the run, in percent of the whole. */
export interface StepBar extends RunStep {
  leftPercent: number;
  widthPercent: number;
}

/** Bars on one axis from 0 to the end of the last step, in the order in which the steps begin. */
export function stepBars(steps: readonly RunStep[]): { bars: StepBar[]; endMs: number } {
  const endMs = Math.max(0, ...steps.map((step) => step.endMs));
  const percent = (ms: number) => (endMs === 0 ? 0 : (100 * ms) / endMs);
  const bars = steps
    .toSorted((one, other) => one.startMs - other.startMs)
    .map((step) => ({
      ...step,
      leftPercent: percent(step.startMs),
      widthPercent: percent(step.endMs - step.startMs),
    }));
  return { bars, endMs };
}
