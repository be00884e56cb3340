import { z } from 'zod';
import { printed, printedList, share, withAllFields } from '../reply-fields.ts';

const edge = z.number().nullable();

const product = z.object({
  name: printed.describe('What it is called, as printed where it is printed, else in two to four plain words'),
  brand: printed.describe('Only where it can be read or is beyond doubt'),
  category: printed.describe('sofa, floor lamp, cereal, running shoe …'),
  colours: printedList,
  materials: printedList,
  text: printed.describe('Other words printed on it, as printed'),
  price: printed.describe('As printed, with its currency'),
  left: edge.describe('Box of the product in this image: 0 is the left edge, 1000 the right one'),
  top: edge.describe('0 is the top edge, 1000 the bottom one'),
  right: edge,
  bottom: edge,
  confidence: share.describe('0 to 1'),
});

/**
 * What a vision model answers for one image or one crop. Edges by name: models of different houses put y before x or x before
 * y in lists of four, and a name cannot be swapped.
 */
export const replySchema = z.object({
  products: z.preprocess((value) => value ?? [], z.array(z.preprocess((value) => withEdges(withAll(value)), product))),
});
export type Reply = z.infer<typeof replySchema>;
export type ReplyProduct = Reply['products'][number];

const withAll = withAllFields(Object.keys(product.shape));

/** Gemini falls back on what it was trained for: `box_2d`, `[top, left, bottom, right]`. Numbers may come as text. */
function withEdges(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { box_2d: list, ...rest } = value as Record<string, unknown>;
  const [top, left, bottom, right] = Array.isArray(list) && list.length === 4 ? list : [];
  const edges = { left: rest['left'] ?? left, top: rest['top'] ?? top, right: rest['right'] ?? right };
  return {
    ...rest,
    left: numberOf(edges.left),
    top: numberOf(edges.top),
    right: numberOf(edges.right),
    bottom: numberOf(rest['bottom'] ?? bottom),
  };
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
