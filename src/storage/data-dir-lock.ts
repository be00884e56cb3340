import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '../contract/coded-error.ts';
import { makeFolder } from './make-folder.ts';

/** Held until `release`, or until the process ends, however it ends. */
export interface DataDirLock {
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  port: number | null;
  host: string;
  since: string;
}

/** SQLite's code for "locked by somebody else". */
const SQLITE_BUSY = 5;

/**
 * Takes the data directory for this process alone; makes the folder where it is missing. Two processes on one embedded
 * database would destroy it.
 *
 * The lock is a SQLite transaction held open on `lock.db`: the one lock in Node's standard library that the operating
 * system itself takes back when the process dies, so that nothing stale is left by `kill -9`.
 *
 * @throws CodedError `dataDir.inUse` saying who holds it; `config.invalid` where the folder cannot be written
 */
export async function lockDataDir(dataDir: string, holder: { port: number | null }): Promise<DataDirLock> {
  const sidePath = join(dataDir, 'lock.json');
  const lock = await takeLock(dataDir, sidePath);
  try {
    await writeHolder(sidePath, holder.port);
  } catch (cause) {
    lock.close();
    throw cannotWrite(cause);
  }
  return {
    async release() {
      if (!lock.isOpen) return;
      await rm(sidePath, { force: true });
      lock.close();
    },
  };
}

async function takeLock(dataDir: string, sidePath: string): Promise<DatabaseSync> {
  let lock: DatabaseSync | null = null;
  try {
    await makeFolder(dataDir);
    lock = new DatabaseSync(join(dataDir, 'lock.db'));
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (thrown) {
    lock?.close();
    if (isBusy(thrown)) throw await inUse(sidePath);
    throw cannotWrite(thrown);
  }
}

function isBusy(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'errcode' in thrown && thrown.errcode === SQLITE_BUSY;
}

/** Replaced whole, so that a second process never reads half of it. */
async function writeHolder(sidePath: string, port: number | null): Promise<void> {
  const holder: Holder = { pid: process.pid, port, host: hostname(), since: new Date().toISOString() };
  await writeFile(`${sidePath}.new`, `${JSON.stringify(holder)}\n`);
  await rename(`${sidePath}.new`, sidePath);
}

async function inUse(sidePath: string): Promise<CodedError> {
  return new CodedError(
    'dataDir.inUse',
    `The data directory is in use by another Contactsheet${await describeHolder(sidePath)}: stop it, or choose another folder with DATA_DIR or --data-dir.`,
  );
}

/** What the side file says, for people: only the lock itself decides. */
async function describeHolder(sidePath: string): Promise<string> {
  try {
    const { pid, port, host, since } = JSON.parse(await readFile(sidePath, 'utf8')) as Partial<Holder>;
    const facts = [
      `process ${pid}`,
      ...(host === undefined || host === hostname() ? [] : [`on ${host}`]),
      ...(typeof port === 'number' ? [`port ${port}`] : []),
      `since ${since}`,
    ];
    return ` (${facts.join(', ')})`;
  } catch {
    return '';
  }
}

function cannotWrite(cause: unknown): CodedError {
  return new CodedError(
    'config.invalid',
    'The data directory cannot be written: check its permissions, or choose another folder with DATA_DIR or --data-dir.',
    { cause },
  );
}
