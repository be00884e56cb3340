import type { PrintedPrice, Product } from '../../contract/product.ts';
import type { Box } from '../../contract/show.ts';
import { plainWords, UNSTATED_CONFIDENCE } from '../reply-fields.ts';
import { boxOfEdges } from '../reply-boxes.ts';
import type { Reply } from './reply-schema.ts';

/** What one image, or one part of it, says of one product. */
export type ProductReading = Omit<Product, 'id' | 'places' | 'conflicts'> & {
  /** In what was asked about: the whole image, or the part. */
  box: Box | null;
};

const LONGEST_TEXT = 500;
const LONGEST_WORD = 60;

export function productsFromReply(reply: Reply): ProductReading[] {
  return reply.products.flatMap((product) => {
    const { name, brand, category, text, price, colours, materials, confidence } = product;
    if ((name ?? brand ?? category ?? text) === null) return [];
    return [
      {
        name: short(name),
        brand: short(brand),
        category: short(category)?.toLowerCase() ?? null,
        colours: plainWords(colours, LONGEST_WORD),
        materials: plainWords(materials, LONGEST_WORD),
        text: short(text),
        price: price === null ? null : priceOf(price),
        box: boxOfEdges(product),
        confidence: confidence ?? UNSTATED_CONFIDENCE,
      },
    ];
  });
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|\bEUR\b/i, 'EUR'],
  [/£|\bGBP\b/i, 'GBP'],
  [/\bCHF\b/i, 'CHF'],
  [/\bMXN\b|MX\$/i, 'MXN'],
  [/\bCAD\b|C\$/i, 'CAD'],
  [/\$|\bUSD\b/i, 'USD'],
];

/** `$1,299.00`, `12,50 €`; the amount is null where two numbers could be meant. */
export function priceOf(text: string): PrintedPrice {
  const printed = text.trim().replace(/\s+/g, ' ').slice(0, 80);
  const currency = CURRENCIES.find(([pattern]) => pattern.test(printed))?.[1] ?? null;
  const numbers = printed.match(/\d[\d.,\u00a0' ]*\d|\d/g) ?? [];
  return { text: printed, amount: numbers.length === 1 ? amountOf(numbers[0] ?? '') : null, currency };
}

/** The last of two kinds of separators is the decimal one; a single kind is, where two digits or one follow it. */
function amountOf(digits: string): number | null {
  const compact = digits.replace(/[\s'\u00a0]/g, '');
  const last = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','));
  const decimals = last < 0 ? 0 : compact.length - last - 1;
  const isDecimal = decimals === 1 || decimals === 2;
  const whole = (isDecimal ? compact.slice(0, last) : compact).replace(/[.,]/g, '');
  const amount = Number(isDecimal ? `${whole}.${compact.slice(last + 1)}` : whole);
  return Number.isFinite(amount) ? amount : null;
}

function short(text: string | null): string | null {
  return text === null ? null : text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
}
