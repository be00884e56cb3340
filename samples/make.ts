/**
 * Draws a pile of screenshots and flyers of karaoke shows, with the truth about what they say; photos of shelves with their
 * detections; and a fashion portfolio.
 * `node samples/make.ts [--count N] [--seed S] [--out DIR]`: images go to DIR/images (what was
 * in that folder is deleted), the truth to DIR/truth.json; the others to DIR/shelves and DIR/portfolio, whatever N is.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encode } from './effects.ts';
import { loadFonts } from './fonts.ts';
import { Pile } from './pile.ts';
import { DEFAULT_COUNT, stepAt } from './plan.ts';
import { makePortfolio } from './portfolio.ts';
import { Random } from './random.ts';
import { makeShelves } from './shelves.ts';
import { World } from './world.ts';

const DEFAULT_SEED = 2024;
/** Enough for any decoder to see a JPEG, too little for it to give a picture. */
const TRUNCATED_BYTES = 1200;

interface MakeOptions {
  count: number;
  seed: number;
  /** Folder that gets `images/`, `truth.json`, `shelves/` and `portfolio/`. Those of an earlier run are replaced. */
  out: string;
}

/** Draws everything; resolves with the total size of the images in bytes. */
export async function makeSamples({ count, seed, out }: MakeOptions): Promise<number> {
  loadFonts();
  const folder = join(out, 'images');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const random = new Random(seed);
  const pile = new Pile(new World(random.fork(1), Math.max(1, Math.round(count / 9))));
  let sizeBytes = 0;
  for (let position = 0; position < count; position++) {
    const own = random.fork(position + 2);
    const step = stepAt(position, own);
    const drawing = pile.draw(step, own);
    const sample = await encode(drawing.canvas, step.effect, own);
    const file = `${String(position + 1).padStart(count > 99 ? 3 : 2, '0')}-${step.kind}.${sample.extension}`;
    const bytes = step.expect === 'unreadable' ? sample.bytes.subarray(0, TRUNCATED_BYTES) : sample.bytes;
    await writeFile(join(folder, file), bytes);
    sizeBytes += bytes.length;
    pile.add(file, step, step.expect === 'unreadable' ? ['cut short'] : sample.effects, drawing);
  }
  sizeBytes += await makeShelves(join(out, 'shelves'), new Random(seed + 1));
  sizeBytes += await makePortfolio(join(out, 'portfolio'), new Random(seed + 2));
  await writeFile(join(out, 'truth.json'), `${JSON.stringify(pile.truth(seed), null, 2)}\n`);
  return sizeBytes;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { count: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
  });
  const count = Number(values.count ?? DEFAULT_COUNT);
  const seed = Number(values.seed ?? DEFAULT_SEED);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
    console.error('--count and --seed are whole numbers, --count at least 1');
    process.exit(2);
  }
  const out = values.out ?? fileURLToPath(new URL('.', import.meta.url));
  const sizeBytes = await makeSamples({ count, seed, out });
  console.log(`${count} images, shelves and a portfolio, ${(sizeBytes / 1e6).toFixed(1)} MB`);
}
