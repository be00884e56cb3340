import { z } from 'zod';

/** What a run of products can be told. */
export const productOptionsSchema = z.strictObject({
  /** Of images without detections: whether their products are found first, and then asked about one by one. */
  eachByItself: z.boolean().default(true),
});

/** Runs of earlier versions were told nothing, and asked about images as a whole. @param options as a run's context has them */
export function eachProductByItself(options: unknown): boolean {
  return productOptionsSchema.safeParse(options).data?.eachByItself ?? false;
}
