import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observation } from '../../contract/analysis.ts';
import type { Box } from '../../contract/show.ts';
import { priceOf, productsFromReply, type ProductReading } from './from-reply.ts';
import { mergeProducts } from './merge-products.ts';
import { replySchema } from './reply-schema.ts';

const read = (products: unknown) => productsFromReply(replySchema.parse({ products }));

describe('a reply', () => {
  it('has boxes by named edges, or in the order Gemini was trained for; numbers may be text', () => {
    const [named, listed, swapped, none] = read([
      { name: 'Lamp', left: 100, top: '200', right: 300, bottom: 600 },
      { name: 'Lamp', box_2d: [200, 100, 600, 300] },
      { name: 'Lamp', left: 300, top: 600, right: 100, bottom: 200 },
      { name: 'Lamp', left: 100, top: 200 },
    ]).map(({ box }) => box?.map((edge) => Math.round(edge * 100) / 100) ?? null);
    for (const box of [named, listed, swapped]) expect(box).toEqual([0.1, 0.2, 0.2, 0.4]);
    expect(none).toBeNull();
  });

  it('without a word of what it is, is no product', () => {
    expect(read([{ colours: ['red'], confidence: 0.9 }])).toEqual([]);
    expect(productsFromReply(replySchema.parse({ products: null }))).toEqual([]);
  });

  it.each([
    ['$1,299.00', 1_299, 'USD'],
    ['12,50 €', 12.5, 'EUR'],
    ['1.299,00 EUR', 1_299, 'EUR'],
    ['£5', 5, 'GBP'],
    ["CHF 1'250.-", 1_250, 'CHF'],
    ['2 for $5', null, 'USD'],
    ['ask us', null, null],
    ['1,299', 1_299, null],
  ])('the price %s', (text, amount, currency) => {
    expect(priceOf(text)).toEqual({ text, amount, currency });
  });
});

function seen(place: number, reading: Partial<ProductReading>): Observation<ProductReading> {
  const crop: Box = [place / 10, 0, 0.1, 0.1];
  const nothing = { name: null, brand: null, category: null, colours: [], materials: [], text: null };
  const full = { ...nothing, price: null, box: null, confidence: 0.5, ...reading };
  return { imageId: 'img_1', image: `shelf.jpg #${place}`, index: 0, crop, reading: full };
}

const SHELF = [
  seen(1, { name: 'Corn Flakes', brand: "Kellogg's", category: 'cereal', confidence: 0.9, price: priceOf('$3.99') }),
  seen(2, { name: 'CORN FLAKES', brand: 'Kelloggs', category: 'cereal', price: priceOf('$3.99') }),
  seen(3, { name: 'Corn-Flakes', brand: "Kellogg's", category: 'box', price: priceOf('$4.49') }),
  seen(4, { name: 'wooden chair', category: 'chair' }),
  seen(5, { name: 'wooden chair', category: 'chair' }),
];

describe('merging', () => {
  it('makes one product of one name and brand, with all its places; what has no brand stands alone', () => {
    const merged = mergeProducts(SHELF);
    expect(merged.map(({ places }) => places.length)).toEqual([3, 1, 1]);
    const [flakes] = merged;
    expect(flakes).toMatchObject({ brand: "Kellogg's", confidence: 0.9, price: { amount: 3.99 } });
    expect(flakes?.conflicts.map(({ field }) => field)).toEqual(['category', 'price']);
    expect(flakes?.places.map(({ box }) => box?.[0])).toEqual([0.1, 0.2, 0.3]);
  });

  it('loses no place, and does not depend on the order of arrival', () => {
    const inOrder = mergeProducts(SHELF);
    expect(inOrder.flatMap(({ places }) => places)).toHaveLength(SHELF.length);
    expect(new Set(inOrder.map(({ id }) => id)).size).toBe(inOrder.length);
    fc.assert(
      fc.property(fc.shuffledSubarray(SHELF, { minLength: SHELF.length }), (shuffled) => {
        expect(mergeProducts(shuffled)).toEqual(inOrder);
      }),
    );
  });
});
