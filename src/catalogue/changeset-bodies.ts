import { z } from 'zod';
import { decisionSchema } from './decisions.ts';

/** More than the records of the largest run. */
const MAX_DECISIONS = 5_000;
const version = z.int().min(1).optional().describe('the version that was seen; another one is refused with 409');

export const makeBody = z.strictObject({ runId: z.string().min(1).max(100) });

export const decideBody = z.strictObject({ decisions: z.array(decisionSchema).min(1).max(MAX_DECISIONS), version });

export const publishBody = z.strictObject({
  acceptRest: z.boolean().optional().describe('accept everything that nobody decided on'),
  acceptClean: z.boolean().optional().describe('accept what nobody decided on and needs no eye'),
  version,
});

export const undoBody = z.strictObject({ version });

/** A body's schema for OpenAPI. */
export function bodyOf(schema: z.ZodType): object {
  const { $schema: _schema, ...body } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return body;
}
