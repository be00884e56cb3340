import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { picture } from '../../support/pictures.ts';
import { temporaryDirectory } from '../../support/server.ts';

const SAMPLES = fileURLToPath(new URL('../../../samples/images/', import.meta.url));

/** Pictures as files of a folder, each different. @returns their paths */
export async function picturesOnDisk(count: number): Promise<string[]> {
  const folder = await temporaryDirectory();
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const path = join(folder, `screenshot-${String(number + 1).padStart(2, '0')}.png`);
      await writeFile(path, await picture(number));
      return path;
    }),
  );
}

/** Sample images of this project whose names begin so. @returns their paths */
export async function samples(...beginnings: string[]): Promise<string[]> {
  const names = (await readdir(SAMPLES)).sort();
  const wanted = names.filter((name) => beginnings.length === 0 || beginnings.some((start) => name.startsWith(start)));
  return wanted.map((name) => join(SAMPLES, name));
}

/** The photos in a folder of samples. @returns their paths, by name */
export async function photosOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  return names.sort().map((name) => join(folder, name));
}

export const bytesOf = (path: string): Promise<Buffer> => readFile(path);

/** Lets files go over the middle of the page, as a person does who has dragged them out of a folder. */
export async function dropFiles(page: Page, files: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { width = 800, height = 600 } = page.viewportSize() ?? {};
  const at = { x: width / 2, y: height / 2, data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, ...at });
  }
  await devtools.detach();
}
