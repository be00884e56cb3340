import type { Analysis } from '../../contract/analysis.ts';
import { clockTime } from '../../contract/clock-time.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { aboutFrame, frameFromReply, inOrder, type FrameReading } from './frames.ts';
import { ingredientWords, recipesToJsonLd } from './json-ld.ts';
import { framePrompt, recipePrompt } from './prompts.ts';
import { draftRecipe, writtenRecipe } from './recipe.ts';
import { frameSchema, recipeSchema, type FrameReply, type RecipeReply } from './reply-schema.ts';

/** From a cooking video to its recipe: each frame is described, and the recipe is written from the descriptions in order. */
export const recipesAnalysis: Analysis<FrameReply, FrameReading, Recipe> = {
  name: 'recipes',
  takesVideo: true,
  prompt: framePrompt,
  replySchema: frameSchema,
  fromReply: frameFromReply,
  merge: draftRecipe,
  textOf: aboutFrame,
  conclude: {
    prompt: (frames, context) => (frames.length === 0 ? null : recipePrompt(inOrder(frames), context)),
    replySchema: recipeSchema,
    // Checked against the schema above by whoever asked.
    records: (reply, frames) => writtenRecipe(reply as RecipeReply, frames),
  },
  files: { jsonld: ({ records }) => Promise.resolve(recipesToJsonLd(records)) },
  columns: [
    ['title', ({ title }) => title],
    ['servings', ({ servings }) => servings],
    ['minutes', ({ totalMinutes }) => totalMinutes],
    ['ingredients', ({ ingredients }) => ingredients.map(ingredientWords).join('; ')],
    [
      'steps',
      ({ steps }) =>
        steps
          .map(({ text, timeMs }) =>
            timeMs === null ? text : `[${clockTime(Math.round(timeMs / 1_000) * 1_000)}] ${text}`,
          )
          .join(' / '),
    ],
    ['equipment', ({ equipment }) => equipment.join('; ')],
    ['frames', ({ frames }) => frames.length],
    ['draft', ({ isDraft }) => (isDraft ? 'yes' : 'no')],
    ['id', ({ id }) => id],
  ],
};
