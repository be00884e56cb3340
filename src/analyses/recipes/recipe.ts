import { createHash } from 'node:crypto';
import type { Observation } from '../../contract/analysis.ts';
import type { Ingredient, Recipe, RecipeFrame, RecipeStep } from '../../contract/recipe.ts';
import { plainWord, plainWords } from '../reply-fields.ts';
import { aboutFrame, inOrder, type FrameReading, type SeenIngredient } from './frames.ts';
import type { RecipeReply } from './reply-schema.ts';

type Frames = readonly Observation<FrameReading>[];

/** What the frames say by themselves: each that shows something is a step, each ingredient is in the list once. */
export function draftRecipe(observations: Frames): Recipe[] {
  const frames = inOrder(observations);
  if (frames.length === 0) return [];
  const byName = Map.groupBy(
    frames.flatMap(({ reading }) => reading.ingredients),
    ({ name }) => name,
  );
  const ingredients = [...byName].map(([name, seen]) => ({ name, note: null, ...statedAmount(seen) }));
  return [
    {
      ...headOf(frames),
      title: null,
      servings: null,
      totalMinutes: null,
      ingredients: ingredients.map((each) => withFrames(each, frames)),
      steps: frames.flatMap(({ imageId, timeMs, reading: { description } }) =>
        description === null ? [] : [{ text: description, timeMs: timeMs ?? null, imageId }],
      ),
      equipment: plainWords(frames.flatMap(({ reading }) => reading.equipment)),
      isDraft: true,
    },
  ];
}

/** The recipe as it was written, each part with the frames that bear it out. */
export function writtenRecipe(reply: RecipeReply, observations: Frames): Recipe[] {
  const frames = inOrder(observations);
  if (frames.length === 0) return [];
  const named = reply.ingredients.flatMap(({ name, ...rest }) =>
    name === null ? [] : [{ name: plainWord(name), ...rest }],
  );
  return [
    {
      ...headOf(frames),
      title: reply.title,
      servings: reply.servings,
      totalMinutes: reply.totalMinutes !== null && reply.totalMinutes > 0 ? Math.round(reply.totalMinutes) : null,
      ingredients: named.map((each) => withFrames(each, frames)),
      steps: reply.steps.flatMap(({ text, seconds }) => (text === null ? [] : [stepAt(text, seconds, frames)])),
      equipment: plainWords(reply.equipment),
      isDraft: false,
    },
  ];
}

/** The same frames make the same recipe, however far it has come. */
function headOf(frames: Frames): Pick<Recipe, 'id' | 'frames'> {
  const [first] = frames;
  const id = `recipe_${createHash('sha256')
    .update(first?.image.replace(/ [\d:]+$/, '') ?? '')
    .digest('hex')
    .slice(0, 16)}`;
  const shown = frames.map(({ imageId, image, timeMs, reading }): RecipeFrame => ({
    imageId,
    image,
    timeMs: timeMs ?? null,
    description: aboutFrame(reading) ?? '',
  }));
  return { id, frames: shown };
}

/** The amount that most frames state; without one, none. */
function statedAmount(seen: readonly SeenIngredient[]): Pick<SeenIngredient, 'amount' | 'unit'> {
  const stated = seen.filter(({ amount }) => amount !== null);
  const groups = [...Map.groupBy(stated, ({ amount, unit }) => `${amount} ${unit}`).values()];
  const [most] = groups.toSorted((one, other) => other.length - one.length)[0] ?? [];
  return { amount: most?.amount ?? null, unit: most?.unit ?? null };
}

function withFrames(ingredient: Omit<Ingredient, 'imageIds'>, frames: Frames): Ingredient {
  const words = wordsOf(ingredient.name);
  const bearing = frames.filter(({ reading }) => {
    const said = new Set(wordsOf(aboutFrame(reading) ?? ''));
    return words.length > 0 && words.every((word) => said.has(word));
  });
  return { ...ingredient, imageIds: [...new Set(bearing.map(({ imageId }) => imageId))] };
}

/** Without what a plural adds: `onions` and `onion` are the same word. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/(?:(?<=[hosx])es|s)$/, ''));
}

/** A time that is in no frame is still the model's word for where to look; the frame beside it is the nearest one. */
function stepAt(text: string, seconds: number | null, frames: Frames): RecipeStep {
  const timed = frames.filter(({ timeMs }) => timeMs !== undefined);
  const last = timed.at(-1)?.timeMs ?? 0;
  if (seconds === null || seconds < 0 || timed.length === 0) return { text, timeMs: null, imageId: null };
  const wanted = Math.min(seconds * 1_000, last);
  const nearest = timed.reduce((best, each) =>
    Math.abs((each.timeMs ?? 0) - wanted) < Math.abs((best.timeMs ?? 0) - wanted) ? each : best,
  );
  return { text, timeMs: nearest.timeMs ?? null, imageId: nearest.imageId };
}
