import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataDir } from '../../src/storage/data-dir-lock.ts';
import { startChild, type Child } from './child.ts';

describe('lockDataDir', () => {
  let dataDir: string;
  const children: Child[] = [];
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-lock-'));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    await rm(dataDir, { recursive: true, force: true });
  });
  const start = (port: number): Child => {
    const child = startChild('./hold-data-dir.ts', [dataDir, String(port)]);
    children.push(child);
    return child;
  };

  it('tells a second process who holds the folder and what to do', async () => {
    const first = start(3000);
    expect(await first.nextLine()).toBe('locked');
    const answer = await start(3001).nextLine();
    expect(answer).toMatch(
      new RegExp(
        `^dataDir.inUse The data directory is in use by another Contactsheet \\(process ${first.pid}, port 3000, since 20.+Z\\): ` +
          'stop it, or choose another folder with DATA_DIR or --data-dir\\.$',
      ),
    );
    expect(first.stderr()).toBe('');
  });

  it('is free at once when its holder is killed with kill -9', async () => {
    const first = start(3000);
    await first.nextLine();
    await first.kill();
    const second = start(3001);
    expect(await second.nextLine()).toBe('locked');
    expect(await start(3002).nextLine()).toContain(`process ${second.pid}, port 3001`);
  });

  it('is given to one only of several that start at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((port) => start(port).nextLine()));
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
    expect(answers.filter((answer) => answer.startsWith('dataDir.inUse'))).toHaveLength(3);
  });

  it('can be released and taken again, in a folder that it makes', async () => {
    const folder = join(dataDir, 'not', 'there');
    const lock = await lockDataDir(folder, { port: null });
    await expect(lockDataDir(folder, { port: null })).rejects.toMatchObject({
      code: 'dataDir.inUse',
      message: expect.stringContaining(`(process ${process.pid}, since `),
    });
    await lock.release();
    await lock.release();
    await (await lockDataDir(folder, { port: null })).release();
  });

  it('does not need the side file to say that the folder is taken', async () => {
    const lock = await lockDataDir(dataDir, { port: 1 });
    await writeFile(join(dataDir, 'lock.json'), 'broken');
    await expect(lockDataDir(dataDir, { port: null })).rejects.toMatchObject({
      code: 'dataDir.inUse',
      message: expect.stringMatching(/another Contactsheet: stop it/),
    });
    await lock.release();
  });

  it('says in words that the folder cannot be made', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    await expect(lockDataDir(join(file, 'data'), { port: null })).rejects.toMatchObject({ code: 'config.invalid' });
  });
});
