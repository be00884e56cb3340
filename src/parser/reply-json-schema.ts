import { z } from 'zod';
import type { Analysis } from '../contract/analysis.ts';

const schemas = new Map<string, Record<string, unknown>>();

/** A question with the form of its answer. */
export interface Asked {
  /** No two have the same. */
  name: string;
  replySchema: z.ZodType;
}

/** The JSON Schema that the model is given, made once for each question. */
export function replyJsonSchema({ name, replySchema }: Asked): Record<string, unknown> {
  const known = schemas.get(name);
  if (known) return known;
  const schema: Record<string, unknown> = { ...z.toJSONSchema(replySchema, { io: 'input' }) };
  schemas.set(name, schema);
  return schema;
}

/** The question that an analysis asks after all images. */
export function conclusionOf({ name, conclude }: Analysis): Asked {
  if (!conclude) throw new Error(`The analysis "${name}" concludes nothing.`);
  return { name: `${name}, concluded`, replySchema: conclude.replySchema };
}
