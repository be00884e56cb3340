import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What .gitignore names: for a copy of the sources that is no git checkout. */
const NOT_OURS = /^(?:\.git|node_modules|dist|data|coverage|\.env|.*\.log|.*\.tsbuildinfo)$/;

/** Paths of the repository's files from its root, those that `git add .` would add too. */
export function repositoryFiles(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // A file that was deleted and not yet committed is listed all the same.
    return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
  } catch {
    return walk(ROOT).map((path) => relative(ROOT, path).split(sep).join('/'));
  }
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.test(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Files that people read: pictures, models and the like have a NUL byte near their beginning. */
export function isText(path: string): boolean {
  if (!statSync(join(ROOT, path)).isFile()) return false;
  return !readFileSync(join(ROOT, path)).subarray(0, 8_000).includes(0);
}

/** `file:line: text` of every line that the pattern matches. */
export function linesMatching(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}
