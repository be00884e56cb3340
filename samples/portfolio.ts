import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawFigure, FIGURE_HEIGHT, FIGURE_WIDTH, type Outfit } from './figure.ts';
import type { Random } from './random.ts';

/** One look of the portfolio. Colours are measured from the picture, the rest is what a model would say. */
export interface PortfolioLook extends Outfit {
  file: string;
  garments: { kind: string; silhouette: string; fabrics: string[]; pattern: string; construction: string[] }[];
  moods: string[];
  occasions: string[];
  seasons: string[];
  description: string;
}

export interface PortfolioTruth {
  looks: PortfolioLook[];
}

const JPEG_QUALITY = 80;
const [CAMEL, INK, CREAM, RUST, SAGE, STONE] = ['#b98a5a', '#23252e', '#ece4d4', '#a6472f', '#7f9274', '#8b8680'];

const coat = garment('coat', 'oversized', ['wool'], 'plain', ['double-breasted']);
const trousers = garment('trousers', 'wide', ['wool'], 'plain', ['pleats']);
const top = garment('top', 'straight', ['cotton'], 'plain', []);
const knit = garment('knit', 'relaxed', ['cashmere'], 'plain', ['ribbed hem']);
const shirt = garment('shirt', 'straight', ['cotton'], 'striped', ['button-down']);
const skirt = garment('skirt', 'a-line', ['wool'], 'checked', ['pleats']);
const dress = garment('dress', 'a-line', ['silk'], 'plain', ['darts']);
const blazer = garment('blazer', 'straight', ['wool'], 'plain', ['single-breasted']);
const gown = garment('gown', 'bodycon', ['sequins'], 'dotted', ['open back']);

/** Eleven that go together, and one evening gown that stands out. The ground of each picture is its own. */
const LOOKS: readonly Omit<PortfolioLook, 'file'>[] = [
  look('#e3ddd2', [['coat', CAMEL], ['top', CREAM], ['trousers', INK]], [coat, top, trousers], ['calm'], ['autumn', 'winter']),
  look('#d5dadd', [['blazer', INK], ['top', CREAM], ['trousers', STONE]], [blazer, top, trousers], ['precise'], ['spring', 'autumn']),
  look('#e9d9cf', [['knit', CREAM], ['skirt', CAMEL, 'check']], [knit, skirt], ['calm', 'warm'], ['autumn']),
  look('#cfd8cd', [['shirt', CREAM, 'stripes'], ['trousers', CAMEL]], [shirt, trousers], ['calm'], ['spring']),
  look('#dcd6e0', [['coat', STONE], ['top', CREAM], ['skirt', INK]], [coat, top, skirt], ['calm', 'precise'], ['winter']),
  look('#f0e6c8', [['dress', SAGE]], [dress], ['calm', 'light'], ['summer']),
  look('#c9d6df', [['coat', INK], ['top', STONE], ['trousers', CREAM]], [coat, top, trousers], ['precise'], ['winter']),
  look('#e6cfc4', [['knit', RUST], ['trousers', INK]], [knit, trousers], ['warm'], ['autumn', 'winter']),
  look('#d9e3d0', [['blazer', CAMEL], ['top', INK], ['skirt', CREAM, 'check']], [blazer, top, skirt], ['calm'], ['spring']),
  look('#ddd0c0', [['coat', CAMEL], ['dress', CREAM]], [coat, dress], ['calm', 'warm'], ['autumn']),
  look('#c4cdc9', [['shirt', SAGE, 'stripes'], ['skirt', INK]], [shirt, skirt], ['calm'], ['summer']),
  { ...look('#3a1030', [['gown', '#e0218a', 'dots']], [gown], ['dramatic'], []), occasions: ['gala'] },
]; // prettier-ignore

/**
 * Draws a small fashion portfolio: `out/*.jpg` and `truth.json`. What was in `out` is deleted.
 *
 * @returns bytes of the pictures
 */
export async function makePortfolio(out: string, random: Random): Promise<number> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const truth: PortfolioTruth = { looks: [] };
  let sizeBytes = 0;
  for (const [place, each] of LOOKS.entries()) {
    const file = `look-${String(place + 1).padStart(2, '0')}.jpg`;
    const bytes = await drawFigure(each, random.fork(place)).encode('jpeg', JPEG_QUALITY);
    await writeFile(join(out, file), bytes);
    truth.looks.push({ file, ...each });
    sizeBytes += bytes.length;
  }
  await writeFile(join(out, 'truth.json'), `${JSON.stringify({ size: [FIGURE_WIDTH, FIGURE_HEIGHT], ...truth })}\n`);
  return sizeBytes;
}

type Worn = [shape: Outfit['pieces'][number]['shape'], colour: string, pattern?: Outfit['pieces'][number]['pattern']];

function look(
  ground: string,
  worn: readonly Worn[],
  garments: PortfolioLook['garments'],
  moods: string[],
  seasons: string[],
): Omit<PortfolioLook, 'file'> {
  const words = garments.map(({ kind, silhouette }) => `${silhouette} ${kind}`).join(' and ');
  return {
    ground,
    pieces: worn.map(([shape, colour, pattern = 'plain']) => ({ shape, colour, pattern })),
    garments,
    moods,
    occasions: ['office', 'street'],
    seasons,
    description: `A ${moods.join(' and ')} look: ${words}.`,
  };
}

function garment(
  kind: string,
  silhouette: string,
  fabrics: string[],
  pattern: string,
  construction: string[],
): PortfolioLook['garments'][number] {
  return { kind, silhouette, fabrics, pattern, construction };
}
