import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where Debian puts the server's programs, a folder a version. */
const VERSIONS_DIR = '/usr/lib/postgresql';
const run = promisify(execFile);

export interface PostgresServer {
  /** `postgres://…` of an empty database. */
  url: string;
  stop(): Promise<void>;
}

/** Whether {@link startPostgres} finds a server's programs here. */
export function postgresIsInstalled(): boolean {
  return newestBinDir() !== null;
}

/**
 * Starts a PostgreSQL cluster of its own on a free loopback port, in a temporary folder that `stop` removes.
 * Resolves with null where PostgreSQL is not installed.
 */
export async function startPostgres(): Promise<PostgresServer | null> {
  const binDir = newestBinDir();
  if (binDir === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'contactsheet-postgres-'));
  const account = unprivilegedAccount();
  if (account !== null) await chown(folder, account.uid, account.gid);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const port = await freePort();
  const program = async (name: string, args: string[]): Promise<void> => {
    // `stdio` of pg_ctl must not be a pipe that the server inherits and keeps open, hence its own log file below.
    await run(join(binDir, name), args, { ...account, cwd: folder });
  };
  try {
    await program('initdb', ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    await program('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-o', options, '-w', '-t', '20', 'start']);
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
  return {
    url: `postgres://tester@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await program('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function newestBinDir(): string | null {
  if (!existsSync(VERSIONS_DIR)) return null;
  const versions = readdirSync(VERSIONS_DIR).sort((a, b) => Number(b) - Number(a));
  const dirs = versions.map((version) => join(VERSIONS_DIR, version, 'bin'));
  return dirs.find((dir) => existsSync(join(dir, 'initdb'))) ?? null;
}

/** PostgreSQL refuses to run as root, as tests in a container do: Debian's own account `postgres` runs it then. */
function unprivilegedAccount(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('No port.')),
      );
    });
  });
}
