import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openKeptStore, type KeptStore } from '../../src/storage/kept-store.ts';
import { startChild, type Child } from './child.ts';

const KEEP_ANSWERS = './keep-answers.ts';

/** What several processes do with one file, and what is left when they die. */
describe('openKeptStore in several processes', () => {
  let dataDir: string;
  const children: Child[] = [];
  const opened: KeptStore[] = [];
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-kept-'));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    for (const store of opened.splice(0)) store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const start = (name: string, count?: number): Child => {
    const child = startChild(KEEP_ANSWERS, [dataDir, name, ...(count === undefined ? [] : [String(count)])]);
    children.push(child);
    return child;
  };
  const open = (): KeptStore => {
    const store = openKeptStore({ dataDir, expireAfterMs: 3_600_000 });
    opened.push(store);
    return store;
  };
  const saidBy = async (child: Child, lines: number): Promise<void> => {
    while (child.lines.length < lines) await child.nextLine();
  };

  it('loses nothing that was put when it is killed with kill -9', async () => {
    for (let round = 0; round < 3; round += 1) {
      const child = start(`round ${round}`);
      await saidBy(child, 100 + 77 * round);
      await child.kill();
      const store = open();
      expect(store.problem).toBeNull();
      const lost = child.lines.filter((key) => store.answers.get(key, 0)?.json !== key.padEnd(2_000, '.'));
      expect(lost).toEqual([]);
    }
  });

  it('three at once make the file, fill it, and none waits or loses', async () => {
    const names = ['one', 'two', 'three'];
    const running = names.map((name) => start(name, 1_000));
    const store = open();
    for (let i = 0; i < 100; i += 1) store.answers.put(`here ${i}`, { json: i, tokens: { input: 1, output: 1 } });
    await Promise.all(running.map((child) => saidBy(child, 1_002)));
    for (const child of running) expect(child.lines.slice(-2)).toEqual(['problem: null', 'first: there']);
    expect(store.problem).toBeNull();
    const keys = running.flatMap((child) => child.lines.slice(0, 1_000));
    expect(keys.filter((key) => store.answers.get(key, 0) === null)).toEqual([]);
    expect(store.answers.get('here 99', 0)?.json).toBe(99);
  });

  const withShell = existsSync('/bin/sh') ? it : it.skip;
  withShell('a disk that takes no more: says so, and still gives what it has', () => {
    const child = fileURLToPath(new URL(KEEP_ANSWERS, import.meta.url));
    // A limit on the size of a file stands in for the disk: 2 MB in blocks of 512 bytes.
    const { status, stdout } = spawnSync(
      '/bin/sh',
      ['-c', 'ulimit -f 4096; exec "$0" "$@"', process.execPath, child, dataDir, 'full', '5000'],
      { encoding: 'utf8' },
    );
    const [problem, first] = stdout.trim().split('\n').slice(-2);
    expect(problem).toMatch(/^problem: The file kept\.db in the data directory cannot (be read or written|grow)/);
    expect(first).toBe('first: there');
    expect(status).toBe(0);
  });
});
