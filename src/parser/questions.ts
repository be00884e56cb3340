import type { z } from 'zod';
import { toJSONSchema } from 'zod';
import { findAnalysis } from '../analyses/registry.ts';
import type { Analysis } from '../contract/analysis.ts';
import type { WhichQuestion } from './worker-protocol.ts';

/** A question with the form of its answer. */
export interface Asked {
  /** No two have the same. */
  name: string;
  replySchema: z.ZodType;
}

/** A question about an image, or a part of one. */
export type ImageQuestion = Asked & Pick<Analysis, 'prompt' | 'fromReply' | 'measure'>;

const schemas = new Map<string, Record<string, unknown>>();

/** The JSON Schema that the model is given, made once for each question. */
export function replyJsonSchema({ name, replySchema }: Asked): Record<string, unknown> {
  const known = schemas.get(name);
  if (known) return known;
  const schema: Record<string, unknown> = { ...toJSONSchema(replySchema, { io: 'input' }) };
  schemas.set(name, schema);
  return schema;
}

/** What is asked about an image: the analysis' own question, or where its objects are (what it reads are boxes then). */
export function imageQuestion({ analysis: name, asks }: Pick<WhichQuestion, 'analysis' | 'asks'>): ImageQuestion {
  const analysis = findAnalysis(name);
  if (asks === undefined) return analysis;
  const { detect } = analysis;
  if (!detect) throw new Error(`The analysis "${name}" finds no objects.`);
  return {
    name: `${name}, ${asks}`,
    replySchema: detect.replySchema,
    prompt: (context) => detect.prompt(context),
    fromReply: (reply) => detect.boxes(reply),
  };
}

/** What tells a thread which question of a run is meant. */
export function whichQuestion(
  { analysis, context }: Pick<WhichQuestion, 'analysis' | 'context'>,
  { asks }: Pick<WhichQuestion, 'asks'>,
): WhichQuestion {
  return { analysis, context, ...(asks && { asks }) };
}

/** The question that an analysis asks after all images. */
export function conclusionOf({ name, conclude }: Analysis): Asked {
  if (!conclude) throw new Error(`The analysis "${name}" concludes nothing.`);
  return { name: `${name}, concluded`, replySchema: conclude.replySchema };
}
