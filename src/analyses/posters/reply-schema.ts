import { z } from 'zod';
import { ELEMENT_KINDS } from '../../contract/poster.ts';
import { edge, withEdges } from '../reply-boxes.ts';
import { printed, share, withAllFields } from '../reply-fields.ts';

const element = z.object({
  kind: z
    .preprocess(toKind, z.enum(ELEMENT_KINDS))
    .describe('ratingMark is an age rating; credits is the billing block; text is any other print'),
  text: printed.describe('Its words, as printed; null for a face or a logo without words'),
  left: edge.describe('Box of the element in this image: 0 is the left edge, 1000 the right one'),
  top: edge.describe('0 is the top edge, 1000 the bottom one'),
  right: edge,
  bottom: edge,
  confidence: share.describe('0 to 1'),
});

/** What a vision model answers for one poster. */
export const replySchema = z.object({
  elements: z.preprocess((value) => value ?? [], z.array(z.preprocess((value) => withEdges(withAll(value)), element))),
});
export type Reply = z.infer<typeof replySchema>;

const withAll = withAllFields(Object.keys(element.shape));

/** Parts of what models call them, each tried in its turn. */
const KIND_WORDS = [
  ['rating', 'ratingMark'],
  ['face', 'face'],
  ['person', 'face'],
  ['credit', 'credits'],
  ['billing', 'credits'],
  ['subtitle', 'text'],
  ['title', 'title'],
  ['logo', 'logo'],
] as const;

/** What is none of these is other print: an unknown word must not cost the poster. */
function toKind(value: unknown): unknown {
  const word = String(value).toLowerCase();
  return KIND_WORDS.find(([part]) => word.includes(part))?.[1] ?? 'text';
}
