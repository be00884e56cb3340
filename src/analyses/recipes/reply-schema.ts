import { z } from 'zod';
import { printed, printedList, withAllFields } from '../reply-fields.ts';

/** Numbers may come as text; what is none is not said. */
const number = z.preprocess(toNumber, z.number().nullable());

const listOf = <Item extends z.ZodType>(item: Item) => z.preprocess((value) => value ?? [], z.array(item));
const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(withAllFields(Object.keys(shape)), z.object(shape));

const ingredient = fields({
  name: printed.describe('Without amount and unit: "onion"'),
  amount: number.describe('Only where it is written or said; half is 0.5'),
  unit: printed.describe('g, ml, cups, tbsp, cloves …'),
});

/** What a vision model answers for one frame. */
export const frameSchema = fields({
  description: printed.describe('What is done and with what, in one sentence; null for a frame that shows no cooking'),
  ingredients: listOf(ingredient).describe('Those that can be seen or are written in this frame'),
  equipment: printedList.describe('Pans, knives, an oven … that are in use'),
  text: printed.describe('Captions and other words in the frame, as written'),
});
export type FrameReply = z.infer<typeof frameSchema>;

/** What a model answers when it is asked to write the recipe. */
export const recipeSchema = fields({
  title: printed,
  servings: printed.describe('Only where the frames say so'),
  totalMinutes: number.describe('Only where the frames say so, or the times of the steps add up'),
  ingredients: listOf(
    fields({
      name: printed,
      amount: number,
      unit: printed,
      note: printed.describe('How it is prepared, where the frames show it: "finely chopped"'),
    }),
  ),
  steps: listOf(
    fields({
      text: printed.describe('What to do, in the imperative'),
      seconds: number.describe('Where it begins in the video: the time of the first frame that shows it'),
    }),
  ),
  equipment: printedList,
});
export type RecipeReply = z.infer<typeof recipeSchema>;

const FRACTIONS: Readonly<Record<string, number>> = {
  '½': 0.5,
  '¼': 0.25,
  '¾': 0.75,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅛': 0.125,
};

/** `1/2`, `1 1/2`, `1½` and `0,5` are numbers, too. */
function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const match = /^\s*(\d+(?:[.,]\d+)?)?\s*(?:(\d+)\s*\/\s*(\d+)|([½¼¾⅓⅔⅛]))?/.exec(value);
  const [, whole, over, under, sign] = match ?? [];
  // "1/2" alone: what was taken for the whole number stands above the line.
  const fraction = /^\s*(\d+)\s*\/\s*(\d+)/.exec(value);
  if (fraction) return Number(fraction[1]) / Math.max(1, Number(fraction[2]));
  if (whole === undefined && sign === undefined) return null;
  const part =
    sign === undefined ? (over === undefined ? 0 : Number(over) / Math.max(1, Number(under))) : FRACTIONS[sign];
  return Number((whole ?? '0').replace(',', '.')) + (part ?? 0);
}
