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

const itemId = z.string().min(1).max(200);
/** More than the images of the largest run. */
const MAX_IMAGES = 5_000;

export const mergeBody = z.strictObject({ itemIds: z.array(itemId).min(2).max(100), version });

export const splitBody = z.strictObject({
  itemId,
  imageIds: z.array(z.string().min(1).max(200)).min(1).max(MAX_IMAGES).describe('what these say becomes its own item'),
  version,
});

export const unmergeBody = z.strictObject({ itemId, version });

/** A body's schema for OpenAPI. */
export function bodyOf(schema: z.ZodType): object {
  const { $schema: _schema, ...body } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return body;
}
