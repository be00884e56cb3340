import { z } from 'zod';
import { edge, withEdges } from '../reply-boxes.ts';
import { printed, printedList, share, withAllFields } from '../reply-fields.ts';

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

/** What a vision model answers for one image or one crop. */
export const replySchema = z.object({
  products: z.preprocess((value) => value ?? [], z.array(z.preprocess((value) => withEdges(withAll(value)), product))),
});
export type Reply = z.infer<typeof replySchema>;

const withAll = withAllFields(Object.keys(product.shape));
