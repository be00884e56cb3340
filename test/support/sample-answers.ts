import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { PortfolioTruth } from '../../samples/portfolio.ts';
import type { ShelvesTruth } from '../../samples/shelves.ts';
import type { StandInAsk } from './stand-in-types.ts';

export const SHELVES = fileURLToPath(new URL('../../samples/shelves/', import.meta.url));
export const PORTFOLIO = fileURLToPath(new URL('../../samples/portfolio/', import.meta.url));

export async function shelvesTruth(): Promise<ShelvesTruth> {
  return JSON.parse(await readFile(`${SHELVES}truth.json`, 'utf8')) as ShelvesTruth;
}

export async function portfolioTruth(): Promise<PortfolioTruth> {
  return JSON.parse(await readFile(`${PORTFOLIO}truth.json`, 'utf8')) as PortfolioTruth;
}

/** What a model says of a detection of the sample shelves: known by the colour of its pack. */
export async function shelfAnswer(ask: StandInAsk): Promise<unknown> {
  const { products } = await shelvesTruth();
  // The upper third of a pack, below its lid, is of its own colour from side to side.
  const colour = await colourAt(ask, { x: 0.3, y: 0.22, width: 0.4, height: 0.12 });
  const { name, brand, category, price } = nearest(products, colour, (each) => each.colour);
  return { products: [{ name, brand, category, price, confidence: 0.95 }] };
}

/** What a model says of a look of the sample portfolio: known by the ground it stands before. */
export async function lookAnswer(ask: StandInAsk): Promise<unknown> {
  const { looks } = await portfolioTruth();
  const colour = await colourAt(ask, { x: 0.02, y: 0.02, width: 0.1, height: 0.1 });
  const { garments, moods, occasions, seasons, description } = nearest(looks, colour, (each) => each.ground);
  return { garments, moods, occasions, seasons, description, confidence: 0.9 };
}

type Colour = readonly [r: number, g: number, b: number];

/** @param part of the image that was sent, in shares of its sides */
async function colourAt(
  { body }: StandInAsk,
  part: { x: number; y: number; width: number; height: number },
): Promise<Colour> {
  const base64 = /"data":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  if (base64 === undefined) throw new Error('There is no image in this request, or it is too large.');
  const image = sharp(Buffer.from(base64, 'base64'));
  const { width, height } = await image.metadata();
  const cut = image.extract({
    left: Math.round(part.x * width),
    top: Math.round(part.y * height),
    width: Math.max(1, Math.round(part.width * width)),
    height: Math.max(1, Math.round(part.height * height)),
  });
  const { channels } = await sharp(await cut.png().toBuffer()).stats();
  const [r = 0, g = 0, b = 0] = channels.map(({ mean }) => mean);
  return [r, g, b];
}

function nearest<Item>(items: readonly Item[], [r, g, b]: Colour, colourOf: (item: Item) => string): Item {
  const distance = (item: Item): number => {
    const value = Number.parseInt(colourOf(item).slice(1), 16);
    return Math.hypot((value >> 16) - r, ((value >> 8) & 255) - g, (value & 255) - b);
  };
  const [first] = items.toSorted((one, other) => distance(one) - distance(other));
  if (first === undefined) throw new Error('There is nothing to choose from.');
  return first;
}
