import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PosterRecord } from '../../src/contract/poster.ts';
import { runCli } from '../support/cli.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';

const POSTER = fileURLToPath(new URL('../../samples/posters/images/02-credits-low.jpg', import.meta.url));
const PARSE = ['parse', POSTER, '--model', 'local', '--analysis', 'posters'];

describe('contactsheet parse --analysis posters', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryDirectory();
  });
  afterAll(() => removeDirectory(folder));

  it('judges by the zones of --options, which are JSON or a file with it', async () => {
    const file = join(folder, 'zones.json');
    await writeFile(file, '{ "zones": [{ "name": "top half", "box": [0, 0, 1, 0.5] }] }');
    const judged = async (...options: string[]) => {
      const { code, stdout } = await runCli([...PARSE, ...options, '--format', 'json']);
      expect(code).toBe(0);
      const [record] = (asRunResult(JSON.parse(stdout)).records ?? []) as PosterRecord[];
      return record?.violations.map(({ why }) => why);
    };
    expect(await judged()).toEqual(['“bottom-bar” covers 100 % of the block of credits.']);
    expect(await judged('--options', '{"zones":["top-ten"]}')).toEqual([]);
    expect(await judged('--options', file)).toEqual([]);
  }, 60_000);

  it('writes a report', async () => {
    const out = join(folder, 'report.html');
    const { code } = await runCli([...PARSE, '--format', 'html', '--out', out]);
    expect(code).toBe(0);
    expect(await readFile(out, 'utf8')).toMatch(
      /^<!doctype html>[^]*Move the block of credits up by 7 % of the height/,
    );
  }, 30_000);

  it.each([
    ['{"zones":[', '--options is no JSON.'],
    ['{"zones":["middle"]}', 'options.zones.0: must be a preset'],
    ['nowhere.json', 'The file of --options cannot be read. Is its name right?'],
  ])('refuses --options %s in words', async (options, words) => {
    const { code, stdout, stderr } = await runCli([...PARSE, '--options', options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('refuses them for what takes none', async () => {
    const { code, stderr } = await runCli(['parse', POSTER, '--model', 'local', '--options', '{}']);
    expect(code).toBe(2);
    expect(stderr).toBe('The analysis "shows" takes no options.\n');
  });
});
