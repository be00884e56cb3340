import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PageText } from '../contract/text-line.ts';
import type { KeptAnswer } from './kept.ts';

/** Raised where the text reader reads otherwise than before: what was kept is then read anew. */
const READER_VERSION = 1;

const share = z.number();
const pageText = z.object({
  width: z.number(),
  height: z.number(),
  turns: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
  lines: z.array(
    z.object({ text: z.string(), confidence: share, box: z.tuple([share, share, share, share]), angle: z.number() }),
  ),
});

/** What the text of an image is kept under, beside the answers: the same bytes have the same text. */
export function textKey(imageId: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['text', READER_VERSION, imageId]))
    .digest('base64url');
}

/** The text that was kept; null for none, or for one of another shape. */
export function keptText(kept: KeptAnswer | null | undefined): PageText | null {
  const read = pageText.safeParse(kept?.json);
  if (!read.success) return null;
  const { turns, ...page } = read.data;
  return turns === undefined ? page : { ...page, turns };
}
