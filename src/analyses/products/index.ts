import type { Analysis } from '../../contract/analysis.ts';
import type { Product } from '../../contract/product.ts';
import { productBoxes } from './boxes.ts';
import { productsFromReply, type ProductReading } from './from-reply.ts';
import { mergeProducts } from './merge-products.ts';
import { productOptionsSchema } from './options.ts';
import { productsPrompt } from './prompt.ts';
import { replySchema, type Reply } from './reply-schema.ts';

/** Product details: of every detected object where detections are given, else of every product that is found in an image. */
export const productsAnalysis: Analysis<Reply, ProductReading, Product> = {
  name: 'products',
  prompt: productsPrompt,
  replySchema,
  fromReply: productsFromReply,
  optionsSchema: productOptionsSchema,
  detect: productBoxes,
  merge: mergeProducts,
  columns: [
    ['name', ({ name }) => name],
    ['brand', ({ brand }) => brand],
    ['category', ({ category }) => category],
    ['colours', ({ colours }) => colours.join('; ')],
    ['materials', ({ materials }) => materials.join('; ')],
    ['text', ({ text }) => text],
    ['price', ({ price }) => price?.text ?? null],
    ['amount', ({ price }) => price?.amount ?? null],
    ['currency', ({ price }) => price?.currency ?? null],
    ['confidence', ({ confidence }) => confidence],
    ['places', ({ places }) => places.length],
    ['images', ({ places }) => places.map(({ image }) => image).join('; ')],
    ['boxes', ({ places }) => places.map(({ box }) => box?.map((edge) => edge.toFixed(4)).join(' ') ?? '').join('; ')],
    ['id', ({ id }) => id],
  ],
};
