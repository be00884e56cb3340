import { z } from 'zod';
import type { Analysis } from '../contract/analysis.ts';

const schemas = new Map<string, Record<string, unknown>>();

/** The JSON Schema that the model is given, made once for each analysis. */
export function replyJsonSchema(analysis: Pick<Analysis, 'name' | 'replySchema'>): Record<string, unknown> {
  const known = schemas.get(analysis.name);
  if (known) return known;
  const schema: Record<string, unknown> = { ...z.toJSONSchema(analysis.replySchema, { io: 'input' }) };
  schemas.set(analysis.name, schema);
  return schema;
}
