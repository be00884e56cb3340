import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { runCli } from '../support/cli.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/images/', import.meta.url));

describe('contactsheet parse on this machine alone', () => {
  it('reads samples, one after another the same as in parallel, and writes and reports nothing of its own', async () => {
    const home = await temporaryDirectory();
    const names = (await readdir(SAMPLES)).filter((name) => /^0[1-6]/.test(name)).map((name) => SAMPLES + name);
    const args = ['parse', ...names, '--model', 'local', '--format', 'json'];
    const parallel = await runCli(args, { HOME: home });
    const sequential = await runCli([...args, '--sequential'], { HOME: home });
    expect([parallel.code, sequential.code]).toEqual([0, 0]);
    const [a, b] = [asRunResult(JSON.parse(parallel.stdout)), asRunResult(JSON.parse(sequential.stdout))];
    expect(a.shows.length).toBeGreaterThan(5);
    expect(a.model).toBe('local');
    expect(b.shows).toEqual(a.shows);
    for (const { schedule } of a.shows) {
      expect(schedule.warnings).toBeInstanceOf(Array);
      expect(schedule.next?.length).toBeLessThanOrEqual(4);
    }
    expect(a.shows.some(({ schedule }) => schedule.next?.length === 4)).toBe(true);
    // The model runtime would note an id for its reports there.
    expect(await readdir(home, { recursive: true })).toEqual([]);
    await removeDirectory(home);
  }, 60_000);
});
