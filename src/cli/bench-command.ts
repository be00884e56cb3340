import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CodedError } from '../contract/coded-error.ts';

const BENCHMARK = fileURLToPath(new URL('../../bench/engine.ts', import.meta.url));

/**
 * Runs the benchmark, which comes with a checkout alone: it needs the packages it compares with.
 *
 * @returns its exit code
 * @throws CodedError where there is none
 */
export async function bench(args: readonly string[]): Promise<number> {
  if (!existsSync(BENCHMARK)) {
    throw new CodedError(
      'request.invalid',
      'The benchmark comes with a checkout of the project: clone it, "npm ci", then "npm run bench".',
    );
  }
  const child = spawn(process.execPath, [BENCHMARK, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
