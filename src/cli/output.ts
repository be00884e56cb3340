import { access, constants, open, rm, stat, writeFile } from 'node:fs/promises';
import { CodedError } from '../contract/coded-error.ts';

/**
 * Keeps the command going where nobody reads what it prints any more (`| head`): without a listener Node ends such a
 * process with a stack. To be called before anything is printed.
 */
export function outliveReaders(): void {
  // The caller of `printed` hears of it; what was said on the way is lost, and no reader misses it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/**
 * Finds out before a run, not after it, that its result could not be put there. Leaves no file behind.
 *
 * @throws CodedError `config.invalid`
 */
export async function checkOut(path: string): Promise<void> {
  try {
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory()) throw new CodedError('config.invalid', `--out ${path} is a folder: name a file in it.`);
    // Not opened: that would wait for the reader of a named pipe.
    if (info) await access(path, constants.W_OK);
    else await tryToMake(path);
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    throw new CodedError('config.invalid', `--out ${path} cannot be written: ${whyNot(cause)}.`, { cause });
  }
}

/** Permissions alone do not tell: the disk may be read-only, or full, or the name too long for it. */
async function tryToMake(path: string): Promise<void> {
  const file = await open(path, 'wx').catch((error: unknown) => {
    // A link to a file that is not there yet, or somebody else was faster.
    if (codeOf(error) === 'EEXIST') return null;
    throw error;
  });
  if (file === null) return;
  await file.close();
  await rm(path, { force: true });
}

/**
 * Puts the result into the file; where that fails, on stdout, since it may have cost money.
 *
 * @returns whether it is in the file
 */
export async function writtenTo(path: string, text: string | Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, text);
    process.stderr.write(`Written to ${path}\n`);
    return true;
  } catch (cause) {
    process.stderr.write(`--out ${path} could not be written: ${whyNot(cause)}. The result is printed instead.\n`);
    await printed(text);
    return false;
  }
}

/**
 * Prints, and waits until a pipe has taken it all: a large result would otherwise be cut off at the end of the process.
 *
 * @returns false where it was lost and the person would not know; a reader that went away wanted no more
 */
export function printed(text: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => {
      const lost = Boolean(error) && codeOf(error) !== 'EPIPE';
      if (lost) process.stderr.write(`The result could not be printed: ${whyNot(error)}.\n`);
      resolve(!lost);
    });
  });
}

const REASONS: Record<string, string> = {
  ENOENT: 'its folder is not there, or takes no files',
  ENOTDIR: 'what stands before the name is no folder',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'it is a folder',
};

function whyNot(cause: unknown): string {
  const code = codeOf(cause);
  return REASONS[code] ?? `the system refuses it (${code || 'unknown'})`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
