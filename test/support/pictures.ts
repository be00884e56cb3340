import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ImageToRead } from '../../src/runs/analysis-runner.ts';

/** A small PNG that differs from every other number's: what it shows is for a stand-in to make up. */
export function picture(number: number): Promise<Buffer> {
  const [r, g, b] = [(number * 47) % 256, (number * 89) % 256, (number * 151) % 256];
  const mark = {
    create: { width: 8 + (number % 8), height: 8, channels: 3 as const, background: { r: b, g: r, b: g } },
  };
  return sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g, b } } })
    .composite([{ input: mark, left: (number * 7) % 40, top: (number * 5) % 32 }])
    .png()
    .toBuffer();
}

/** Pictures 0 to `count` - 1. */
export function pictures(count: number): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => picture(number)));
}

/**
 * The same pictures as files in `folder`, as a run reads them.
 *
 * @param contentOf what is written for a picture; all of it, if missing
 */
export async function picturesIn(
  folder: string,
  count: number,
  contentOf: (bytes: Buffer, position: number) => Buffer = (bytes) => bytes,
): Promise<ImageToRead[]> {
  const images: ImageToRead[] = [];
  for (const [position, bytes] of (await pictures(count)).entries()) {
    const name = `${position}.png`;
    const path = join(folder, name);
    const content = contentOf(bytes, position);
    await writeFile(path, content);
    images.push({ position, imageId: `img_${position}`, name, path, sizeBytes: content.length });
  }
  return images;
}
