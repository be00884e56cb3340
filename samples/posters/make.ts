/**
 * Draws posters of films that do not exist, with the truth about what is on them and which of the default zones they
 * violate. `node samples/posters/make.ts [--out DIR]`: images go to DIR/images, the truth to DIR/truth.json.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { loadFonts } from '../fonts.ts';
import { drawPoster, type DrawnElement } from './draw.ts';
import { POSTERS, type PosterPlan } from './plan.ts';

/** What `truth.json` says of each poster. */
export interface PosterTruth {
  file: string;
  /** Boxes in fractions of the poster. */
  elements: DrawnElement[];
  violates: PosterPlan['violates'];
}

const JPEG_QUALITY = 80;

/** An `images` folder of an earlier run is replaced. */
export async function makePosters(out: string): Promise<void> {
  loadFonts();
  const folder = join(out, 'images');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const truth: PosterTruth[] = [];
  for (const plan of POSTERS) {
    const { sheet, elements } = drawPoster(plan);
    const jpeg = await sharp(await sheet.canvas.encode('png'))
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    await writeFile(join(folder, plan.file), jpeg);
    truth.push({ file: plan.file, elements, violates: plan.violates });
  }
  await writeFile(join(out, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  await makePosters(values.out ?? fileURLToPath(new URL('.', import.meta.url)));
}
