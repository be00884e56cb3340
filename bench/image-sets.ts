import { access, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../test/support/seeded-random.ts';
import type { BenchUnit } from './job.ts';

/** Another name where the drawing changes: sets are kept between runs of the benchmark. */
const ROOT = join(tmpdir(), 'contactsheet-bench-1');

interface Size {
  width: number;
  height: number;
}

/**
 * `count` JPEG files whose pixels all differ (a cache of answers must not find one twice), drawn at the first call and found
 * again later. @param set sets of different names share no picture
 */
export async function imageSet(set: string, count: number, size: Size): Promise<string[]> {
  const folder = join(ROOT, `${set}-${count}-${size.width}x${size.height}`);
  const drawn = underWay.get(folder) ?? draw(folder, set, count, size);
  underWay.set(folder, drawn);
  await drawn;
  return Array.from({ length: count }, (_, index) => join(folder, fileName(index)));
}

/** Several contenders may ask for one set at once. */
const underWay = new Map<string, Promise<void>>();

function fileName(index: number): string {
  return `${String(index).padStart(5, '0')}.jpg`;
}

async function draw(folder: string, set: string, count: number, size: Size): Promise<void> {
  if (await exists(folder)) return;
  // Drawn beside its place and then put there: a set that was broken off is never taken for whole.
  const draft = `${folder}.draft-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const seed = [...set].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 65_521;
  const ground = groundOf(size, seed);
  const queue = Array.from({ length: count }, (_, index) => index);
  const drawRest = async (): Promise<void> => {
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
      const pixels = stamped(ground, size, seed * 65_536 + index);
      await sharp(pixels, { raw: { ...size, channels: 3 } })
        .jpeg({ quality: 85 })
        .toFile(join(draft, fileName(index)));
    }
  };
  await Promise.all([drawRest(), drawRest(), drawRest(), drawRest()]);
  await rename(draft, folder);
}

/** `count` parts of the pictures of `paths`, evenly over them and in their order: a grid on each. */
export function cropsOf(paths: readonly string[], count: number): BenchUnit[] {
  return paths.flatMap((path, place) => {
    const first = Math.round((count * place) / paths.length);
    const own = Math.round((count * (place + 1)) / paths.length) - first;
    const columns = Math.ceil(Math.sqrt(own));
    const side = 1 / columns;
    return Array.from({ length: own }, (_, index): BenchUnit => ({
      path,
      crop: [(index % columns) * side, Math.floor(index / columns) * side, side, side],
    }));
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Something with edges and shades all over: a plain area would compress to nothing. */
function groundOf({ width, height }: Size, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const pixels = new Uint8Array(width * height * 3);
  const shades = Array.from({ length: 97 }, () => random() * 160);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = shades[((x >> 3) * 7 + (y >> 3) * 13 + ((x * y) >> 9)) % 97] ?? 0;
      const place = (y * width + x) * 3;
      pixels[place] = shade + ((x * 95) / width) * 0.9;
      pixels[place + 1] = shade + ((y * 95) / height) * 0.9;
      pixels[place + 2] = 255 - shade;
    }
  }
  return pixels;
}

/** A number as 36 black or white squares along the top: large enough to outlive the JPEG. */
function stamped(ground: Uint8Array, { width, height }: Size, number: number): Uint8Array {
  const pixels = Uint8Array.from(ground);
  const side = Math.max(4, Math.floor(width / 16));
  for (let bit = 0; bit < 36; bit++) {
    const value = Math.floor(number / 2 ** bit) % 2 === 0 ? 0 : 255;
    const [left, top] = [(bit % 12) * side, Math.floor(bit / 12) * side];
    for (let y = top; y < Math.min(top + side, height); y++) {
      pixels.fill(value, (y * width + left) * 3, (y * width + Math.min(left + side, width)) * 3);
    }
  }
  return pixels;
}
