import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a log line says of an error. */
export interface ErrorFields {
  type: string;
  message: string;
  code?: string | number;
  stack?: string;
  cause?: ErrorFields;
}

/** The folder that `src` and `dist` are in. First, since only of this one it is known where in it a space may be. */
const PROJECT_URL = new URL('../../', import.meta.url).href;
const PROJECT = fileURLToPath(PROJECT_URL);
/** Causes of causes; more is a circle. */
const MOST_CAUSES = 5;
/** An absolute path, perhaps as a URL, outside of a web address. One in quotes may have spaces. */
const PATH_IN_QUOTES = /(['"`])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)[^'"`\n]*\1/g;
const PATH = /(?<![\w:/\\.<>~-])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][^\s\\/'"`():,]+){2,}/g;

/**
 * An error as it may be logged. Only these fields: libraries hang requests with their headers, keys and bodies on the
 * errors they throw. Paths lose their folders, which tell the name of an account and how its disk is laid out.
 */
export function errorFields(thrown: unknown, depth = 0): ErrorFields {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: withoutFolders(String(thrown)) };
  const { name, message, stack, cause } = thrown;
  const code = 'code' in thrown ? thrown.code : undefined;
  return {
    type: name,
    message: withoutFolders(message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(stack ? { stack: withoutFolders(stack) } : {}),
    ...(cause !== undefined && depth < MOST_CAUSES ? { cause: errorFields(cause, depth + 1) } : {}),
  };
}

/** What is left of a path: of ours what is below the project's folder, of a library what is below `node_modules`, else its name. */
function withoutFolders(text: string): string {
  return text
    .replaceAll(PROJECT_URL, '')
    .replaceAll(PROJECT, '')
    .replace(PATH_IN_QUOTES, (path, quote: string) => quote + lastOf(path.slice(1, -1)) + quote)
    .replace(PATH, lastOf);
}

function lastOf(path: string): string {
  return /^.*[\\/](node_modules[\\/].*)$/.exec(path)?.[1] ?? basename(path.replaceAll('\\', '/'));
}
