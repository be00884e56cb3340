import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const KEY = 'AIza-cli-key-that-must-never-be-seen';

describe('contactsheet parse', () => {
  let gemini: GeminiStandIn;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    folder = await temporaryDirectory();
    env = { GEMINI_API_KEY: KEY, GEMINI_BASE_URL: gemini.baseUrl, DATA_DIR: join(folder, 'data') };
    await mkdir(join(folder, 'good/below'), { recursive: true });
    await mkdir(join(folder, 'mixed'));
    await mkdir(join(folder, 'none'));
    const images = await pictures(6);
    for (const [index, bytes] of images.entries()) {
      await writeFile(join(folder, index < 3 ? 'good' : 'good/below', `${index}.png`), bytes);
    }
    await writeFile(join(folder, 'mixed/one.png'), images[0] ?? '');
    await writeFile(join(folder, 'mixed/bad.png'), 'no image');
    await writeFile(join(folder, 'mixed/notes.txt'), 'no image, and not called one');
    await writeFile(join(folder, 'none/notes.txt'), 'no image');
  });
  beforeEach(() => gemini.set({ latencyMs: 0, script: undefined, apiKey: null }));
  afterAll(async () => {
    await gemini?.close();
    await removeDirectory(folder);
  });

  it('reads a folder and all below it; json is the RunResult, progress goes to stderr; exit 0', async () => {
    const { code, stdout, stderr } = await runCli(['parse', join(folder, 'good'), '--format', 'json'], env);
    const result = asRunResult(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(result).toMatchObject({ state: 'completed', mode: 'parallel', analysis: 'shows' });
    expect(result.progress.processedImages).toBe(6);
    expect(result.shows).toHaveLength(7);
    expect(stderr).toContain('6/6 images');
  });

  it('exit 1 where some failed, with the result still printed, and what failed and why', async () => {
    const { code, stdout, stderr } = await runCli(['parse', join(folder, 'mixed')], env);
    expect(code).toBe(1);
    expect(stdout).toContain('Rusty Anchor');
    expect(stdout).toMatch(/bad\.png: This file is plain text.*\(image\.unreadable\)/);
    expect(stdout).toMatch(/images +2 given, 1 read, 1 failed/);
    expect(stdout).toMatch(/shows +2 found, 2 after merging/);
    expect(stdout).toMatch(/speedup +[\d.]+ ×/);
    expect(stdout).toMatch(/peak memory +\d+ MB/);
    expect(stderr).toContain('1 other');
  });

  it.each([
    ['a path that is not there', ['parse', '/nowhere/at/all'], 'no file or folder'],
    ['a folder without images', ['parse', 'NONE'], 'no image'],
    ['a glob that matches nothing', ['parse', 'NONE/*.png'], 'No file matches'],
    ['an unknown option', ['parse', '--fast', 'NONE'], 'unknown option'],
    ['more threads than there may be', ['parse', 'NONE', '--workers', '6'], '1 to 5'],
    ['a model that is not set up', ['parse', 'GOOD', '--model', 'openai'], 'OPENAI_BASE_URL'],
    [
      'a calendar of what has no nights',
      ['parse', 'GOOD', '--analysis', 'styles', '--format', 'ics'],
      'json, csv, pdf, or png',
    ],
    ['no argument', ['parse'], 'missing required argument'],
    ['a time zone that is none', ['parse', 'GOOD', '--timezone', 'Mars/Phobos'], 'America/New_York'],
    ['a port that is none', ['doctor', '--data-dir', 'NONE'], 'PORT', { PORT: 'x' }],
    ['an admin token no header can carry', ['doctor', '--data-dir', 'NONE'], 'ADMIN_TOKEN', { ADMIN_TOKEN: 'a b' }],
    ['a base URL that is not of the web', ['parse', 'GOOD'], 'GEMINI_BASE_URL', { GEMINI_BASE_URL: 'ftp://x' }],
  ])('exit 2 and a clear word for %s', async (_name, args, words, own: Record<string, string> = {}) => {
    const paths = args.map((arg) => arg.replace('NONE', join(folder, 'none')).replace('GOOD', join(folder, 'good')));
    const { code, stdout, stderr } = await runCli(paths, { ...env, ...own });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
  });

  it('a refused key ends at once: exit 2, in words, without the key', async () => {
    gemini.set({ apiKey: 'another' });
    const { code, stdout, stderr } = await runCli(['parse', join(folder, 'good')], env);
    expect(code).toBe(2);
    expect(stdout).toMatch(/Note: .*key/i);
    expect(stdout + stderr).not.toContain(KEY);
  });

  it('takes globs and files, and reads the same bytes once', async () => {
    const before = gemini.calls.length;
    const args = ['parse', join(folder, 'good/*.png'), join(folder, 'mixed/one.png'), '--format', 'json'];
    const result = asRunResult(JSON.parse((await runCli(args, env)).stdout));
    expect(result.progress.processedImages).toBe(4);
    expect(gemini.calls.length - before).toBe(3);
  });

  it('--sequential makes one call at a time and gives the same shows', async () => {
    gemini.set({ latencyMs: 40 });
    const args = ['parse', join(folder, 'good'), '--format', 'json'];
    const parallel = asRunResult(JSON.parse((await runCli(args, env)).stdout));
    const sequential = asRunResult(JSON.parse((await runCli([...args, '--sequential'], env)).stdout));
    expect(sequential.mode).toBe('sequential');
    expect(sequential.shows).toEqual(parallel.shows);
    const own = gemini.calls.slice(-6).map(({ startedAt, endedAt }) => ({ startedAt, endedAt: endedAt ?? Infinity }));
    for (const [index, call] of own.entries()) {
      expect(call.startedAt).toBeGreaterThanOrEqual(own[index - 1]?.endedAt ?? 0);
    }
  });

  it('--max-in-flight bounds the calls under way', async () => {
    gemini.set({ latencyMs: 60 });
    const one = await startGeminiStandIn({ answerFor: showsOf, latencyMs: 60 });
    await runCli(['parse', join(folder, 'good'), '--max-in-flight', '2'], { ...env, GEMINI_BASE_URL: one.baseUrl });
    expect(one.maxInFlight).toBe(2);
    await one.close();
  });

  it.each([
    ['csv', /^﻿?id,name,status,venue/],
    ['ics', /^BEGIN:VCALENDAR/],
    ['jsonld', /"@context"/],
  ])('--format %s --out writes a file', async (format, content) => {
    const out = join(folder, `shows.${format}`);
    const { code, stdout } = await runCli(['parse', join(folder, 'good'), '--format', format, '--out', out], env);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(await readFile(out, 'utf8')).toMatch(content);
  });

  it('a table in a pipe is wide enough that nothing is cut', async () => {
    const { stdout } = await runCli(['parse', join(folder, 'good')], { ...env, COLUMNS: '40' });
    expect(stdout).toContain('1420 Harbor View Blvd');
    expect(stdout).not.toContain('…');
  });

  it('a file that may not be read is that file alone, by its own code and in words', async () => {
    const { code, stdout } = await runCli(['parse', await unreadableFile(folder), join(folder, 'mixed/one.png')], env);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Not read: 1\n.*: The file (may not|could not) be read .*\(image\.unreadable\)/);
  });
});

describe('contactsheet doctor', () => {
  it('says what is configured and what is missing, never the key', async () => {
    const dataDir = await temporaryDirectory();
    const fine = await runCli(['doctor', '--data-dir', dataDir]);
    expect(fine.code).toBe(0);
    expect(fine.stdout).toMatch(/ok +model +local/);
    expect(fine.stdout).toMatch(/ok +threads/);
    const missing = await runCli(['doctor', '--data-dir', dataDir], { MODEL: 'gemini' });
    expect(missing.code).toBe(2);
    expect(missing.stdout).toMatch(/MISSING +model +.*GEMINI_API_KEY/);
    const keyed = await runCli(['doctor', '--data-dir', dataDir], { GEMINI_API_KEY: KEY });
    expect(keyed.stdout).toContain('gemini:gemini-2.5-flash');
    expect(keyed.stdout + keyed.stderr).not.toContain(KEY);
    await removeDirectory(dataDir);
  });

  it.each(['/proc/x', '/proc/x/y', '/dev/null/x'])('a data directory that can never be: %s', async (dataDir) => {
    const { code, stdout } = await runCli(['doctor'], { DATA_DIR: dataDir });
    expect(code).toBe(2);
    expect(stdout).toContain(`MISSING  data         ${dataDir} cannot be written: set DATA_DIR`);
  });

  it('makes the data directory with the folders above it', async () => {
    const dataDir = await temporaryDirectory();
    const { code, stdout } = await runCli(['doctor', '--data-dir', join(dataDir, 'a/b/c')]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/ok +data .*c$/m) });
    expect((await stat(join(dataDir, 'a/b/c'))).isDirectory()).toBe(true);
    await removeDirectory(dataDir);
  });
});

/** Root may read whatever its permissions say: for it, a file that gives an error where its first byte should be. */
async function unreadableFile(folder: string): Promise<string> {
  if (process.getuid?.() === 0) return '/proc/self/mem';
  const path = join(folder, 'secret.png');
  await writeFile(path, 'x');
  await chmod(path, 0);
  return path;
}
