import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './server.ts';

const COMMAND = fileURLToPath(new URL('../../bin/contactsheet.mjs', import.meta.url));

export interface CliEnd {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the built command line as a person would, with nothing of the machine's own settings. */
export function startCli(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...args], { env: cleanEnvironment(env), cwd: tmpdir() });
}

export async function runCli(args: readonly string[], env: Record<string, string> = {}): Promise<CliEnd> {
  return endOf(startCli(args, env));
}

export async function endOf(child: ChildProcess): Promise<CliEnd> {
  if (!child.stdout || !child.stderr) throw new Error('The command has no output to read.');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
}
