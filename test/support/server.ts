import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../bin/contactsheet.mjs', import.meta.url));
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/** A server in a process of its own: the built program as a person starts it, on a free port of loopback. */
export interface ServerProcess {
  url: string;
  dataDir: string;
  /** The admin token: the one of the environment, or the one the server printed. */
  adminToken: string;
  /** Everything it has printed so far, stdout and stderr. */
  output(): string;
  /** The log alone: what it has printed on stderr. */
  log(): string;
  /** How it ended, as `code 0` or `SIGKILL`; null while it is running. */
  ending(): string | null;
  /** `kill -9`. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends it as a person would, and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/**
 * The environment of a test: nothing of the machine's own settings, so that a key of the person's is never used, and no
 * answer of an earlier test taken for its own. Nothing is held against the print unless the test asks for it: its pictures
 * say nothing, and its times are of calls.
 */
export function cleanEnvironment(env: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR ? { TMPDIR } : {}),
    HOST: '127.0.0.1',
    PORT: '0',
    CACHE_HOURS: '0',
    GROUND: 'off',
    ...env,
  };
}

export async function startServerProcess(env: Record<string, string> = {}): Promise<ServerProcess> {
  const dataDir = env.DATA_DIR ?? (await temporaryDirectory());
  // In a folder without a `.env`: the developer's own must not leak into a test.
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env: cleanEnvironment({ ...env, DATA_DIR: dataDir }),
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  let logged = '';
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    logged += chunk.toString();
  });
  const url = await printedUrl(child, () => printed);
  return {
    url,
    dataDir,
    adminToken: env.ADMIN_TOKEN ?? /admin token +(\S+)/.exec(printed)?.[1] ?? '',
    output: () => printed,
    log: () => logged,
    ending: () =>
      child.exitCode === null && child.signalCode === null ? null : (child.signalCode ?? `code ${child.exitCode}`),
    kill: () => ended(child, 'SIGKILL').then(() => undefined),
    stop: () => ended(child, 'SIGTERM'),
  };
}

export function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'contactsheet-test-'));
}

export async function removeDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

async function printedUrl(child: ChildProcess, printed: () => string): Promise<string> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    const url = /is at (http:\/\/\S+)/.exec(printed())?.[1];
    if (url) return url;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not start. It printed:\n${printed()}`);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  // A server that does not stop fails the test that asked it to; it must not keep the tests from ending.
  const tooLong = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exit;
  clearTimeout(tooLong);
  return child.exitCode;
}
