import type { Observation } from '../../contract/analysis.ts';
import { byCodeUnits } from '../code-units.ts';
import { plainWord, plainWords } from '../reply-fields.ts';
import type { FrameReply } from './reply-schema.ts';

/** An ingredient as one frame has it. */
export interface SeenIngredient {
  name: string;
  amount: number | null;
  unit: string | null;
}

/** What one frame says. */
export interface FrameReading {
  /** Null where it shows no cooking but has words. */
  description: string | null;
  ingredients: SeenIngredient[];
  equipment: string[];
  text: string | null;
}

/** A frame that says nothing gives no reading: it is not sent on, and is in no recipe. */
export function frameFromReply({ description, ingredients, equipment, text }: FrameReply): FrameReading[] {
  const seen = ingredients.flatMap(({ name, amount, unit }) =>
    name === null ? [] : [{ name: plainWord(name), amount, unit }],
  );
  if (description === null && text === null && seen.length === 0) return [];
  return [{ description, ingredients: seen, equipment: plainWords(equipment), text }];
}

/** Those of a video by their time, pictures by their name; one that is there twice counts once. */
export function inOrder(observations: readonly Observation<FrameReading>[]): Observation<FrameReading>[] {
  const sorted = observations.toSorted(
    (one, other) =>
      (one.timeMs ?? 0) - (other.timeMs ?? 0) ||
      byCodeUnits(one.image, other.image) ||
      byCodeUnits(one.imageId, other.imageId) ||
      one.index - other.index,
  );
  return [...new Map(sorted.map((each) => [`${each.imageId} ${each.index}`, each])).values()];
}

/** What a frame is about, to be found by its meaning. */
export function aboutFrame({ description, text, ingredients }: FrameReading): string | null {
  const parts = [description, text, ingredients.map(({ name }) => name).join(', ')].filter((part) => part !== null);
  const about = parts.filter((part) => part !== '').join('. ');
  return about === '' ? null : about;
}
