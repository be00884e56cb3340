import { Random } from '../../samples/random.ts';
import type { MadeRow, MadeSet } from './made-set.ts';
import { byFrequency, slip } from './slips.ts';
import { BRANDS, PRODUCT_KINDS, SOFTWARE_MAKERS, SOFTWARE_WORDS } from './word-stock.ts';

interface Product {
  brand: string;
  kind: (typeof PRODUCT_KINDS)[number];
  name: string;
  words: string[];
  model: string;
  sizeInches: number;
  priceUsd: number;
}

/**
 * Electronics of two shops, as Abt and Buy.com sell them: long titles with a model number at their end or without one, the
 * number hyphened or not, words in another order, descriptions in the one or the other, prices a little apart or missing.
 * Lines of products differ in one digit or in their colour.
 */
export function makeElectronics(seed: number, things: number): MadeSet {
  const random = new Random(seed);
  const files: MadeRow[][] = [[], []];
  let before: Product | null = null;
  for (let thing = 0; thing < things; thing++) {
    const product: Product = before !== null && random.chance(0.35) ? sibling(before, random) : newProduct(random);
    before = product;
    files[0]!.push({ thing, cells: atAbt(product, random) });
    if (random.chance(0.95)) files[1]!.push({ thing, cells: atBuy(product, random) });
  }
  return {
    columns: ['name', 'description', 'price'],
    by: ['name', 'description', 'price'],
    files: files.map((rows) => random.shuffled(rows)),
    acrossOnly: true,
  };
}

function newProduct(random: Random): Product {
  const kind = random.pick(PRODUCT_KINDS);
  return {
    brand: byFrequency(BRANDS, random),
    kind,
    name: random.pick(kind.names),
    words: random.shuffled(kind.words).slice(0, random.int(2, 4)),
    model: newModel(kind.letters, random),
    sizeInches: random.int(19, 65),
    priceUsd: Math.round(20 + random.next() ** 2 * 2_500) - 0.01,
  };
}

function newModel(letters: string, random: Random): string {
  const tail = random.chance(0.5) ? random.pick(['B', 'S', 'W', 'K', 'BT', 'U']) : '';
  const start = random.chance(0.5)
    ? letters
    : `${random.pick([...'ABCDEFGHKLMNPRSTVWXZ'])}${random.pick([...'ABCDEFGHKLMNPRSTVWXZ'])}`;
  return `${start}${random.chance(0.5) ? '-' : ''}${random.int(10, 9_999)}${tail}`;
}

function sibling(before: Product, random: Random): Product {
  const model = random.chance(0.5)
    ? before.model.replace(/\d(?=\D*$)/, String(random.int(0, 9)))
    : newModel(before.kind.letters, random);
  return {
    ...before,
    model: model === before.model ? `${before.model}X` : model,
    sizeInches: random.int(19, 65),
    priceUsd: Math.round(before.priceUsd * random.between(0.7, 1.5)) - 0.01,
    words: random.shuffled(before.kind.words).slice(0, random.int(2, 4)),
  };
}

function atAbt({ brand, name, words, model, sizeInches, kind, priceUsd }: Product, random: Random): string[] {
  const size = kind.letters === 'KDL' ? `${sizeInches}'` : '';
  const title = [brand, size, random.chance(0.7) ? words[0] : '', name].filter(Boolean).join(' ');
  const plain = random.chance(0.85) ? model.replace('-', '').replace('/', '') : model;
  const shown = random.chance(0.95) ? `${title} - ${plain}` : title;
  const description = `${title}- ${plain}/ ${words.join('/ ')}/ ${random.shuffled(kind.words).slice(0, 3).join('/ ')}`;
  return [titled(shown), titled(description), random.chance(0.6) ? '' : `$${priceUsd.toFixed(2)}`];
}

function atBuy({ brand, name, words, model, sizeInches, kind, priceUsd }: Product, random: Random): string[] {
  const shownModel = random.chance(0.12) ? '' : random.chance(0.2) ? model.replace('-', ' ') : model;
  const size = kind.letters === 'KDL' && random.chance(0.7) ? `${sizeInches}"` : '';
  const other = random.chance(0.3) ? random.pick(kind.names) : name;
  const parts = random.chance(0.6)
    ? [brand, shownModel, size, ...words.slice(0, 2), other]
    : [brand, words[1], other, size, '-', shownModel];
  const description = random.chance(0.4)
    ? ''
    : `${random.shuffled(kind.words).slice(0, 4).join(' ')}${random.chance(0.5) ? ` ${other}` : ''}`;
  const price = random.chance(0.45)
    ? ''
    : `$${(priceUsd * (random.chance(0.3) ? 1 : random.between(0.8, 1.1))).toFixed(2)}`;
  return [titled(parts.filter(Boolean).join(' ')), description, price];
}

const titled = (text: string): string => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/**
 * Software of two shops, as Amazon and Google list it: titles with the maker in front or not, versions and editions that are
 * all the difference between two products, makers missing in most rows of the one shop, prices apart. The second shop has many
 * others, and some twice.
 */
export function makeSoftware(seed: number, things: number): MadeSet {
  const random = new Random(seed);
  const files: MadeRow[][] = [[], []];
  let before: Software | null = null;
  for (let thing = 0; thing < things; thing++) {
    const product: Software = before !== null && random.chance(0.4) ? nextVersion(before, random) : newSoftware(random);
    before = product;
    const isAtFirst = random.chance(0.4);
    if (isAtFirst) files[0]!.push({ thing, cells: listed(product, random, true) });
    if (isAtFirst && random.chance(0.05)) continue;
    files[1]!.push({ thing, cells: listed(product, random, false) });
    if (random.chance(0.06)) files[1]!.push({ thing, cells: listed(product, random, false) });
  }
  return {
    columns: ['title', 'manufacturer', 'price'],
    by: ['title', 'manufacturer', 'price'],
    files: files.map((rows) => random.shuffled(rows)),
    acrossOnly: true,
  };
}

interface Software {
  maker: string;
  words: string[];
  version: string;
  edition: string;
  priceUsd: number;
}

const EDITIONS = [
  '',
  '',
  '',
  'deluxe',
  'professional',
  'standard',
  'upgrade',
  'academic',
  'premium',
  'for mac',
  '5 user',
];

function newSoftware(random: Random): Software {
  return {
    maker: byFrequency(SOFTWARE_MAKERS, random),
    words: Array.from({ length: random.int(1, 4) }, () => random.pick(SOFTWARE_WORDS)),
    version: random.pick(['', '', '2007', '2006', '3.0', '5.5', '8', '10', 'cs3', 'xp', 'v6', '11.0']),
    edition: random.pick(EDITIONS),
    priceUsd: Math.round(10 + random.next() ** 3 * 900) - 0.01,
  };
}

function nextVersion(before: Software, random: Random): Software {
  const next = newSoftware(random);
  const isVersion = random.chance(0.5);
  return {
    ...before,
    version: isVersion ? next.version : before.version,
    edition: isVersion ? before.edition : next.edition,
    words: next.version === before.version && next.edition === before.edition ? next.words : before.words,
    priceUsd: next.priceUsd,
  };
}

function listed({ maker, words, version, edition, priceUsd }: Software, random: Random, isFirst: boolean): string[] {
  const shownEdition = random.chance(0.12) ? '' : random.chance(0.2) ? edition.replace('professional', 'pro') : edition;
  const shownVersion = random.chance(0.08) ? '' : version;
  const extra = random.chance(0.25)
    ? random.pick(['(win/mac)', 'cd-rom', '[old version]', 'software', 'for windows', '(jewel case)', 'win xp/vista'])
    : '';
  const hasMaker = random.chance(isFirst ? 0.5 : 0.7);
  let title = [hasMaker ? maker : '', ...words, shownVersion, shownEdition, extra].filter(Boolean).join(' ');
  if (random.chance(0.06)) title = slip(title, random);
  if (!isFirst && random.chance(0.15)) title = `${title} ${random.int(10_000, 99_999)}`;
  const price = random.chance(0.05)
    ? '0'
    : (priceUsd * (random.chance(0.25) ? 1 : random.between(0.65, 1.1))).toFixed(2);
  return [title, random.chance(isFirst ? 0.9 : 0.1) ? maker : '', price];
}
