import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Sheet } from './paint.ts';
import type { Random } from './random.ts';

/** What a photo of a shelf is made of. Every brand is invented. */
export interface ShelfProduct {
  name: string;
  brand: string;
  category: 'can' | 'bottle' | 'box' | 'jar';
  /** Of its pack, `#rrggbb`: no other product has it, so that a reader can be tested by it. */
  colour: string;
  price: string;
}

export interface ShelvesTruth {
  products: readonly ShelfProduct[];
  /** `product` is a place in `products`; `bbox` as COCO has it: x, y, width, height in pixels. */
  images: { file: string; detections: { product: number; bbox: [number, number, number, number] }[] }[];
}

const PRODUCTS: readonly ShelfProduct[] = [
  { name: 'Tomato Soup', brand: 'Hollis', category: 'can', colour: '#b3202a', price: '$1.89' },
  { name: 'Sweet Corn', brand: 'Hollis', category: 'can', colour: '#e8b417', price: '$1.29' },
  { name: 'Green Peas', brand: 'Hollis', category: 'can', colour: '#4f8f2f', price: '$1.19' },
  { name: 'Black Beans', brand: 'Casa Vela', category: 'can', colour: '#2c2430', price: '$0.99' },
  { name: 'Coconut Milk', brand: 'Palmera', category: 'can', colour: '#8fd0c8', price: '$2.49' },
  { name: 'Tuna Flakes', brand: 'Norrsund', category: 'can', colour: '#1f5fa8', price: '$2.15' },
  { name: 'Olive Oil', brand: 'Casa Vela', category: 'bottle', colour: '#6c7a1c', price: '$8.99' },
  { name: 'Soy Sauce', brand: 'Kitami', category: 'bottle', colour: '#5a2d1a', price: '$3.49' },
  { name: 'Apple Juice', brand: 'Orchard Row', category: 'bottle', colour: '#a6cf3c', price: '$2.79' },
  { name: 'Grape Juice', brand: 'Orchard Row', category: 'bottle', colour: '#6b2a7d', price: '$2.99' },
  { name: 'Sparkling Water', brand: 'Clarion', category: 'bottle', colour: '#5cb8e6', price: '$1.09' },
  { name: 'Chili Sauce', brand: 'Kitami', category: 'bottle', colour: '#e2572b', price: '$4.25' },
  { name: 'Corn Flakes', brand: 'Morning Bell', category: 'box', colour: '#f29a2e', price: '$3.99' },
  { name: 'Oat Hoops', brand: 'Morning Bell', category: 'box', colour: '#c98a5a', price: '$4.29' },
  { name: 'Cocoa Puffs', brand: 'Morning Bell', category: 'box', colour: '#7d4a2d', price: '$4.49' },
  { name: 'Earl Grey', brand: 'Fenwick', category: 'box', colour: '#31527a', price: '$5.19' },
  { name: 'Peppermint Tea', brand: 'Fenwick', category: 'box', colour: '#2f8f76', price: '$4.79' },
  { name: 'Rye Crisps', brand: 'Norrsund', category: 'box', colour: '#d9c79b', price: '$2.69' },
  { name: 'Strawberry Jam', brand: 'Orchard Row', category: 'jar', colour: '#d94a6a', price: '$3.29' },
  { name: 'Blueberry Jam', brand: 'Orchard Row', category: 'jar', colour: '#3f3f99', price: '$3.59' },
  { name: 'Peanut Butter', brand: 'Dixie Mill', category: 'jar', colour: '#b8833a', price: '$4.99' },
  { name: 'Honey', brand: 'Dixie Mill', category: 'jar', colour: '#d6a400', price: '$6.49' },
  { name: 'Mayonnaise', brand: 'Clarion', category: 'jar', colour: '#f0eedb', price: '$3.89' },
  { name: 'Pickles', brand: 'Hollis', category: 'jar', colour: '#7fa05a', price: '$3.15' },
];

const PHOTOS = 8;
const [WIDTH, HEIGHT] = [1_040, 900];
const [COLUMNS, ROWS] = [8, 5];
const SPACE = { width: 120, height: 170, left: 40, top: 25 };
/** Width and height of a pack, px. */
const SIZES: Record<ShelfProduct['category'], readonly [number, number]> = {
  can: [74, 98],
  bottle: [52, 132],
  box: [88, 128],
  jar: [72, 92],
};
const JPEG_QUALITY = 70;
const PAPER = '#fbf8ef';
const DARK = '#221d1a';

/**
 * Draws photos of shelves: `out/*.jpg`, with `detections.json` (COCO JSON) and `truth.json`. What was in `out` is deleted.
 *
 * @returns bytes of the photos
 */
export async function makeShelves(out: string, random: Random): Promise<number> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const truth: ShelvesTruth = { products: PRODUCTS, images: [] };
  let sizeBytes = 0;
  for (let photo = 0; photo < PHOTOS; photo++) {
    const file = `shelf-${photo + 1}.jpg`;
    const { sheet, detections } = drawShelf(random.fork(photo));
    const bytes = await sheet.canvas.encode('jpeg', JPEG_QUALITY);
    await writeFile(join(out, file), bytes);
    truth.images.push({ file, detections });
    sizeBytes += bytes.length;
  }
  await writeFile(join(out, 'truth.json'), `${JSON.stringify(truth)}\n`);
  await writeFile(join(out, 'detections.json'), `${JSON.stringify(cocoOf(truth))}\n`);
  return sizeBytes;
}

function cocoOf({ products, images }: ShelvesTruth): object {
  const categories = Object.keys(SIZES);
  const annotations = images.flatMap(({ detections }, image) =>
    detections.map(({ product, bbox }) => ({
      image_id: image + 1,
      category_id: categories.indexOf(products[product]?.category ?? '') + 1,
      bbox,
    })),
  );
  return {
    images: images.map(({ file }, image) => ({ id: image + 1, file_name: file, width: WIDTH, height: HEIGHT })),
    categories: categories.map((name, place) => ({ id: place + 1, name })),
    annotations: annotations.map((annotation, place) => ({ id: place + 1, ...annotation })),
  };
}

function drawShelf(random: Random): { sheet: Sheet; detections: ShelvesTruth['images'][number]['detections'] } {
  const sheet = new Sheet(WIDTH, HEIGHT, random.pick(['#e9e4da', '#dfe4e6', '#e6dfd2']));
  const detections: ShelvesTruth['images'][number]['detections'] = [];
  // A product stands two or three times beside itself, as on a real shelf.
  const facings = random.shuffled(PRODUCTS.map((_, product) => product));
  let [product, times] = [0, 0];
  for (let place = 0; place < COLUMNS * ROWS; place++) {
    if (times === 0) [product, times] = [facings.pop() ?? random.int(0, PRODUCTS.length - 1), random.int(1, 3)];
    times -= 1;
    const pack = PRODUCTS[product];
    if (pack === undefined) throw new Error('no such product');
    const [width, height] = SIZES[pack.category];
    const floor = SPACE.top + (Math.floor(place / COLUMNS) + 1) * SPACE.height - 24;
    const centre = SPACE.left + (place % COLUMNS) * SPACE.width + SPACE.width / 2 + random.int(-8, 8);
    if (place % COLUMNS === 0) drawBoard(sheet, floor);
    drawPack(sheet, pack, centre - width / 2, floor - height, width, height);
    drawPrice(sheet, pack.price, centre, floor);
    detections.push({ product, bbox: [Math.round(centre - width / 2), floor - height, width, height] });
  }
  return { sheet, detections };
}

function drawBoard(sheet: Sheet, floor: number): void {
  sheet.fill(0, floor, WIDTH, 22, '#8d7f70');
  sheet.fill(0, floor, WIDTH, 4, '#b5a797');
}

function drawPrice(sheet: Sheet, price: string, centre: number, floor: number): void {
  sheet.fill(centre - 27, floor + 4, 54, 16, '#fff6c4', 2);
  sheet.write(price, centre, floor + 17, { face: 'uiBold', sizePx: 13, color: DARK }, 'center');
}

/** The upper third is of the pack's own colour from side to side; the label with the words is below it. */
function drawPack(
  sheet: Sheet,
  { name, brand, category, colour }: ShelfProduct,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  sheet.fill(x, y, width, height, colour, category === 'box' ? 2 : 7);
  if (category === 'can') for (const top of [y, y + height - 6]) sheet.fill(x, top, width, 6, '#c9ccd0', 3);
  if (category === 'jar') sheet.fill(x - 1, y, width + 2, 12, DARK, 3);
  if (category === 'bottle') sheet.fill(x + width / 2 - 8, y - 8, 16, 12, DARK, 3);
  const label = { x: x + 4, y: y + height * 0.42, width: width - 8, height: height * 0.46 };
  sheet.fill(label.x, label.y, label.width, label.height, PAPER, 3);
  const ink = { face: 'uiBold', sizePx: 15, color: DARK } as const;
  const middle = x + width / 2;
  const words = [brand.toUpperCase(), ...name.split(' ')];
  const leading = label.height / (words.length + 0.4);
  for (const [line, word] of words.entries()) {
    const face = line === 0 ? 'narrowBold' : 'uiBold';
    sheet.write(
      word,
      middle,
      label.y + leading * (line + 0.95),
      sheet.fit(word, { ...ink, face }, label.width - 6),
      'center',
    );
  }
}
