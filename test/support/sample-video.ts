import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { StandInAsk } from './stand-in-types.ts';

/** The cooking video of this project. */
export const PANCAKES = fileURLToPath(new URL('../../samples/videos/pancakes.mp4', import.meta.url));

interface Truth {
  scenes: { id: string; kind: string; captions: string[] }[];
  recipe: {
    title: string;
    servings: number;
    totalMinutes: number;
    ingredients: { amount: string; unit: string | null; name: string }[];
    steps: { text: string }[];
  };
}

const SHOWN: Readonly<Record<string, string | null>> = {
  title: null,
  ingredients: 'The ingredients lie on a table',
  whisk: 'Flour, sugar, baking powder and salt are whisked in a bowl',
  add: 'Buttermilk and eggs are added to the bowl',
  melt: 'Butter melts in a pan',
  fry: 'A pancake is fried and flipped in the pan',
  serve: 'Pancakes are served on a plate with syrup',
};

/** What nobody shows in the video: a recipe that is written has often one such thing. */
const MADE_UP = { name: 'vanilla extract', amount: 1, unit: 'tsp', note: null };

/**
 * Answers as a model would that sees the sample video well and makes one ingredient up: the first frame that is asked about
 * is of its first scene, and so on.
 */
export async function pancakeAnswers(): Promise<(ask: StandInAsk) => unknown> {
  const truth = JSON.parse(await readFile(PANCAKES.replace(/\.mp4$/, '.json'), 'utf8')) as Truth;
  const scenes = truth.scenes.filter(({ kind }) => kind === 'scene');
  const { title, servings, totalMinutes, ingredients, steps } = truth.recipe;
  const seen: string[] = [];
  return ({ imageSha256, prompt }) => {
    if (imageSha256 === null) {
      return {
        title,
        servings: String(servings),
        totalMinutes,
        ingredients: [...ingredients.map((each) => ({ ...each, note: null })), MADE_UP],
        steps: steps.map(({ text }) => ({ text, seconds: secondsOf(text, prompt) })),
        equipment: ['bowl', 'whisk', 'pan'],
      };
    }
    if (!seen.includes(imageSha256)) seen.push(imageSha256);
    const scene = scenes[Math.min(seen.indexOf(imageSha256), scenes.length - 1)];
    const named = ingredients.filter(({ name }) =>
      scene?.captions.some((caption) => caption.toLowerCase().includes(name)),
    );
    return {
      description: SHOWN[scene?.id ?? ''] ?? null,
      ingredients: named,
      equipment: [],
      text: scene?.captions.join(', ') ?? null,
    };
  };
}

/** The time of the first frame whose caption is this step; null where none has it. */
function secondsOf(text: string, prompt: string): number | null {
  const lines = prompt.split('\n').filter((line) => line.startsWith('{') && line.includes(text));
  const [first] = lines.map((line) => JSON.parse(line) as { seconds: number });
  return first?.seconds ?? null;
}

/** The sample as a phone would write it: its table of contents at the end, so that it cannot be read before it is whole. */
export async function pancakesTableLast(): Promise<Buffer> {
  const bytes = await readFile(PANCAKES);
  const start = bytes.readUInt32BE(0);
  const size = bytes.readUInt32BE(start);
  const table = Buffer.from(bytes.subarray(start, start + size));
  for (let at = table.indexOf('stco'); at >= 0; at = table.indexOf('stco', at + 4)) {
    const count = table.readUInt32BE(at + 8);
    for (let place = at + 12; place < at + 12 + 4 * count; place += 4) {
      table.writeUInt32BE(table.readUInt32BE(place) - size, place);
    }
  }
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + size), table]);
}
