import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one by one: where one can never be made although the folder above it is there
 * (`/proc/x`), Node's own recursive `mkdir` tries again for ever, and its thread keeps the process from ending.
 */
export async function makeFolder(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    // Another process may have made it in the meantime.
    const now = await stat(path).catch(() => null);
    if (!now?.isDirectory()) throw error;
  });
}

/** The same for a caller that cannot wait. */
export function makeFolderSync(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolderSync(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
