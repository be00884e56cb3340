import { Random } from '../../samples/random.ts';
import type { MadeRow, MadeSet } from './made-set.ts';
import { byFrequency, slip } from './slips.ts';
import { BRANDS, PRODUCT_KINDS } from './word-stock.ts';

interface Article {
  brand: string;
  kind: (typeof PRODUCT_KINDS)[number];
  name: string;
  words: string[];
  model: string;
  colour: string;
  pack: number;
  priceUsd: number;
}

const COLOURS = ['black', 'white', 'red', 'blue', 'silver', 'pink', 'green', 'gray'];
const CATEGORIES: readonly (readonly [string, string])[] = [
  ['Electronics - General', 'Electronics'],
  ['TV Accessories', 'Accessories'],
  ['Printers', 'Inkjet Printer Ink'],
  ['Camera Accessories', 'Cases Bags'],
  ['Computers', 'Laptop Computers'],
];

/**
 * Articles of two department stores, as Walmart and Amazon list them: title, category, brand, model number and price. Categories are
 * words of each store's own; the model number is missing, in the title, or written apart; lines differ in a colour, a pack or a letter
 * of the model number; the second store has many articles that the first does not.
 */
export function makeStore(seed: number, things: number): MadeSet {
  const random = new Random(seed);
  const files: MadeRow[][] = [[], []];
  let before: Article | null = null;
  for (let thing = 0; thing < things; thing++) {
    const article: Article = before !== null && random.chance(0.4) ? sister(before, random) : newArticle(random);
    before = article;
    const isAtFirst = random.chance(0.5);
    if (isAtFirst) files[0]!.push({ thing, cells: listed(article, 0, random) });
    if (!isAtFirst || random.chance(0.85)) files[1]!.push({ thing, cells: listed(article, 1, random) });
  }
  const columns = ['title', 'category', 'brand', 'modelno', 'price'];
  return { columns, by: columns, files: files.map((rows) => random.shuffled(rows)), acrossOnly: true };
}

function newArticle(random: Random): Article {
  const kind = random.pick(PRODUCT_KINDS);
  const letters = random.chance(0.6) ? kind.letters : random.pick(['F5L', 'C', 'PN', 'VGP', 'TL', 'CN', 'DVP']);
  return {
    brand: byFrequency(BRANDS, random),
    kind,
    name: random.pick(kind.names),
    words: random.shuffled(kind.words).slice(0, random.int(1, 3)),
    model: `${letters}${random.chance(0.4) ? '-' : ''}${random.int(10, 9_999)}${random.chance(0.4) ? random.pick(['B', 'A', 'BK', 'X']) : ''}`,
    colour: random.pick(COLOURS),
    pack: random.chance(0.15) ? random.int(2, 10) : 1,
    priceUsd: Math.round(8 + random.next() ** 3 * 900) - 0.03,
  };
}

function sister(before: Article, random: Random): Article {
  const kind = random.next();
  const model =
    kind < 0.4
      ? before.model.replace(/[A-Z]*$/, random.pick(['BK', 'WH', 'RD', 'BL']))
      : before.model.replace(/\d(?=\D*$)/, String(random.int(0, 9)));
  return {
    ...before,
    colour: random.pick(COLOURS),
    pack: kind > 0.85 ? random.int(2, 10) : before.pack,
    model: model === before.model ? `${before.model}Z` : model,
    priceUsd: Math.round(before.priceUsd * random.between(0.8, 1.3)) - 0.03,
  };
}

function listed(
  { brand, kind, name, words, model, colour, pack, priceUsd }: Article,
  store: number,
  random: Random,
): string[] {
  const plain = random.chance(0.5) ? model.replace('-', '') : model;
  const inTitle = random.chance(store === 0 ? 0.45 : 0.55) ? plain : '';
  const shown = store === 0 || random.chance(0.7) ? name : random.pick(kind.names);
  const extra = random.chance(0.35) ? random.pick(kind.words) : '';
  const packed =
    pack > 1 && random.chance(0.85) ? random.pick([`${pack}-pack`, `(pack of ${pack})`, `${pack} pk`]) : '';
  const parts =
    store === 0
      ? [brand, inTitle, ...words, shown, colour, packed]
      : [brand, ...random.shuffled(words), shown, inTitle, random.chance(0.75) ? colour : '', extra, packed];
  let title = parts.filter(Boolean).join(' ');
  if (random.chance(0.05)) title = slip(title, random);
  const [general, own] = random.pick(CATEGORIES);
  const modelno = random.chance(store === 0 ? 0.12 : 0.25) ? '' : random.chance(0.06) ? slip(plain, random) : plain;
  const price = random.chance(0.08) ? '' : (priceUsd * (random.chance(0.2) ? 1 : random.between(0.75, 1.2))).toFixed(2);
  return [title, store === 0 ? general : own, random.chance(0.06) ? '' : brand, modelno, price];
}
