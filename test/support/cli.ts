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

/** How the command is started: arguments of Node itself; whether it leads a process group of its own. */
export interface CliStart {
  nodeArgs?: readonly string[];
  detached?: boolean;
}

/** Starts the built command line as a person would, with nothing of the machine's own settings. */
export function startCli(
  args: readonly string[],
  env: Record<string, string> = {},
  { nodeArgs = [], detached = false }: CliStart = {},
): ChildProcess {
  const command = [...nodeArgs, COMMAND, ...args];
  return spawn(process.execPath, command, { env: cleanEnvironment(env), cwd: tmpdir(), detached });
}

export async function runCli(args: readonly string[], env: Record<string, string> = {}): Promise<CliEnd> {
  return endOf(startCli(args, env));
}

/** Runs it inside a line of shell, where `"$@"` stands for the command. */
export async function runInShell(line: string, args: readonly string[], env: Record<string, string>): Promise<CliEnd> {
  const command = [process.execPath, COMMAND, ...args];
  return endOf(spawn('sh', ['-c', line, 'sh', ...command], { env: cleanEnvironment(env), cwd: tmpdir() }));
}

export async function endOf(child: ChildProcess): Promise<CliEnd> {
  if (!child.stdout || !child.stderr) throw new Error('The command has no output to read.');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
}
