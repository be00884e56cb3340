import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../src/contract/run.ts';
import { nextDailyReset } from '../../src/models/gemini/gemini-quota.ts';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const IMAGES = 8;

describe('contactsheet parse, twice', () => {
  let gemini: GeminiStandIn;
  let folder: string;
  let images: string;
  let env: Record<string, string>;
  let dirs = 0;
  let dataDir: string;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    folder = await temporaryDirectory();
    images = join(folder, 'images');
    env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, CACHE_HOURS: '' };
    await mkdir(images);
    for (const [index, bytes] of (await pictures(IMAGES)).entries())
      await writeFile(join(images, `${index}.png`), bytes);
  });
  beforeEach(() => {
    gemini.set({ script: undefined, latencyMs: 0 });
    dataDir = join(folder, `data-${(dirs += 1)}`);
  });
  afterAll(async () => {
    await gemini?.close();
    await removeDirectory(folder);
  });

  const parse = async (...options: string[]) => {
    const before = gemini.calls.length;
    const end = await runCli(['parse', images, '--data-dir', dataDir, ...options], env);
    return { ...end, asked: gemini.calls.slice(before) };
  };
  const resultOf = ({ stdout }: { stdout: string }): RunResult => asRunResult(JSON.parse(stdout));

  it('makes no call the second time, and says so; --no-cache asks again', async () => {
    const first = await parse('--format', 'json');
    expect({ code: first.code, calls: first.asked.length }).toEqual({ code: 0, calls: IMAGES });
    const second = await parse('--format', 'json');
    expect({ code: second.code, calls: second.asked.length }).toEqual({ code: 0, calls: 0 });
    expect(resultOf(second).shows).toEqual(resultOf(first).shows);
    expect(resultOf(second).metrics).toMatchObject({ calls: { made: 0, cached: IMAGES }, costUsd: 0 });
    const table = await parse();
    expect(table.asked).toEqual([]);
    expect(table.stdout).toMatch(/images +8 given, 8 read, 8 of them known already, 0 failed/);
    expect(table.stdout).toMatch(/cost +\$0\.0000/);
    const fresh = await parse('--format', 'json', '--no-cache');
    expect({ code: fresh.code, calls: fresh.asked.length }).toEqual({ code: 0, calls: IMAGES });
    expect(resultOf(fresh).metrics.calls).toMatchObject({ made: IMAGES, cached: 0 });
  }, 60_000);

  it('after a daily quota: exit 1, says until when; the same command then pays only for the rest', async () => {
    const first = gemini.calls.length;
    gemini.set({
      latencyMs: 50,
      script: (index) => (index - first < 5 ? undefined : { kind: 'quotaPerDay', limit: 5 }),
    });
    const stopped = await parse('--max-in-flight', '1');
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toContain(
      `renewed at midnight in California, ${nextDailyReset(Date.now()).slice(0, 16)} UTC`,
    );
    expect(stopped.stdout).toContain('the same command then goes on from here');
    expect(stopped.stdout).toMatch(/images +8 given, 5 read, 0 failed/);
    expect(stopped.asked.filter(({ status }) => status === 200)).toHaveLength(5);
    gemini.set({ script: undefined });
    const rest = await parse('--format', 'json');
    expect({ code: rest.code, calls: rest.asked.length }).toEqual({ code: 0, calls: IMAGES - 5 });
    expect(resultOf(rest)).toMatchObject({ state: 'completed', failures: [], notices: [] });
    expect(resultOf(rest).metrics.calls).toMatchObject({ made: IMAGES - 5, succeeded: IMAGES - 5, cached: 5 });
  });

  it('promises nothing where nothing is kept, and ends with 2 where nothing was read', async () => {
    gemini.set({ script: () => ({ kind: 'accountEmpty' }) });
    const { code, stdout } = await parse('--no-cache');
    expect(code).toBe(2);
    expect(stdout).toContain('no credit left');
    expect(stdout).not.toContain('goes on from here');
  });

  it('without a file to keep answers in: it says so, and reads all the same', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'kept.db'), Buffer.alloc(20_000, 'no database'));
    const { code, asked, stderr } = await parse();
    expect({ code, calls: asked.length }).toEqual({ code: 0, calls: IMAGES });
    expect(stderr).toContain('kept.db in the data directory is damaged (delete it and a new one is made)');
  });

  it('on this machine alone it keeps nothing and makes no folder', async () => {
    const before = await readdir(tmpdir());
    const { code } = await runCli(['parse', images, '--model', 'local', '--data-dir', dataDir], env);
    // There is no text on these pictures.
    expect(code).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
    // Nor in the folder it is called in.
    expect((await readdir(tmpdir())).includes('data')).toBe(before.includes('data'));
  });
});
