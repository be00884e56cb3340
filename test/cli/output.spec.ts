import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { endOf, runCli, runInShell, startCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

/** Not every system has one. */
const withFullDisk = existsSync('/dev/full') ? it : it.skip;

describe('where the result goes', () => {
  let gemini: GeminiStandIn;
  let folder: string;
  let images: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    folder = await temporaryDirectory();
    images = join(folder, 'images');
    env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, DATA_DIR: join(folder, 'data') };
    await mkdir(images);
    for (const [index, bytes] of (await pictures(3)).entries()) await writeFile(join(images, `${index}.png`), bytes);
  });
  beforeEach(() => gemini.set({ latencyMs: 0, script: undefined, apiKey: null }));
  afterAll(async () => {
    await gemini?.close();
    await removeDirectory(folder);
  });

  it.each([
    ['in a folder that is not there', 'nowhere/shows.json', 'its folder is not there'],
    ['below a file', 'images/0.png/shows.json', 'no folder'],
    ['that is a folder', 'images', 'is a folder'],
    ['with a name that is too long', 'x'.repeat(300), 'too long'],
    ['with no name', '', 'is not there'],
  ])('--out %s: exit 2 in words, before anything is read', async (_name, name, words) => {
    const before = gemini.calls.length;
    const out = name && join(folder, name);
    const { code, stdout, stderr } = await runCli(['parse', images, '--format', 'json', '--out', out], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^--out /);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect(gemini.calls).toHaveLength(before);
  });

  it('a run that comes to nothing leaves no file, and an older one as it was', async () => {
    gemini.set({ apiKey: 'another' });
    await mkdir(join(folder, 'results'));
    const fresh = join(folder, 'results/fresh.csv');
    expect((await runCli(['parse', join(folder, 'missing'), '--out', fresh], env)).code).toBe(2);
    expect(await readdir(join(folder, 'results'))).toEqual([]);
    const older = join(folder, 'results/older.csv');
    await writeFile(older, 'of last week');
    expect((await runCli(['parse', join(folder, 'missing'), '--out', older], env)).code).toBe(2);
    expect(await readFile(older, 'utf8')).toBe('of last week');
  });

  it('an older file is replaced; a link that leads nowhere yet is followed', async () => {
    const target = join(folder, 'target.json');
    const link = join(folder, 'link.json');
    await symlink(target, link);
    for (const path of [link, target]) {
      expect((await runCli(['parse', images, '--format', 'json', '--out', path], env)).code).toBe(0);
      expect(asRunResult(JSON.parse(await readFile(target, 'utf8'))).state).toBe('completed');
    }
  });

  it('a folder that goes away during the run: the result is printed instead, exit 1', async () => {
    gemini.set({ latencyMs: 400 });
    const gone = join(folder, 'gone');
    await mkdir(gone);
    const end = endOf(startCli(['parse', images, '--format', 'json', '--out', join(gone, 'x.json')], env));
    while (gemini.inFlight === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await rm(gone, { recursive: true });
    const { code, stdout, stderr } = await end;
    expect(code).toBe(1);
    expect(asRunResult(JSON.parse(stdout)).progress.processedImages).toBe(3);
    expect(stderr).toMatch(/could not be written: its folder is not there.*printed instead/);
    expect(stderr).not.toContain('    at ');
  });

  it('a table in a file is as wide as in a pipe', async () => {
    const out = join(folder, 'shows.txt');
    await runCli(['parse', images, '--out', out], env);
    expect(await readFile(out, 'utf8')).toContain('1420 Harbor View Blvd');
  });

  it.each(['json', 'table'])(
    'a reader of %s that goes away is no crash: the run ends with its own code',
    async (format) => {
      const quiet = await runInShell(
        '{ "$@"; echo "code $?" >&2; } | true',
        ['parse', images, '--format', format],
        env,
      );
      expect(quiet.stderr).toMatch(/3\/3 images[^\n]*\s+code 0\n$/);
      await writeFile(join(images, 'bad.png'), 'no image');
      const some = await runInShell('{ "$@"; echo "code $?" >&2; } | true', ['parse', images, '--format', format], env);
      expect(some.stderr).toMatch(/1 failed[^\n]*\s+code 1\n$/);
      await rm(join(images, 'bad.png'));
    },
  );

  it('nobody to hear of the progress either: it still ends with its own code', async () => {
    const { stdout } = await runInShell('exec 3>&1; { "$@"; echo "code $?" >&3; } 2>&1 | true', ['parse', images], env);
    expect(stdout).toBe('code 0\n');
  });

  it.each([['--help'], ['doctor']])('%s into a reader that goes away', async (command) => {
    const { stderr } = await runInShell('"$@" | true', [command], { ...env, DATA_DIR: folder });
    expect(stderr).toBe('');
  });

  withFullDisk('a full disk behind stdout is told of', async () => {
    const { code, stderr } = await runInShell('"$@" > /dev/full', ['parse', images], env);
    expect(code).toBe(1);
    expect(stderr).toContain('The result could not be printed: the disk is full.');
    expect(stderr).not.toContain('    at ');
  });
});
