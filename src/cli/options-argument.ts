import { readFile } from 'node:fs/promises';
import { CodedError } from '../contract/coded-error.ts';

/**
 * What `--options` says: JSON as it stands, or that of the file it names.
 *
 * @returns undefined where it was not given
 * @throws CodedError `request.invalid` where it is neither
 */
export async function optionsOf(argument: string | undefined): Promise<unknown> {
  if (argument === undefined) return undefined;
  const isJson = /^\s*[[{]/.test(argument);
  const text = isJson
    ? argument
    : await readFile(argument, 'utf8').catch((cause: unknown) => {
        throw new CodedError('request.invalid', 'The file of --options cannot be read. Is its name right?', { cause });
      });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CodedError('request.invalid', isJson ? '--options is no JSON.' : 'The file of --options is no JSON.', {
      cause,
    });
  }
}
