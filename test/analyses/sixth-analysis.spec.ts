import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { RunResult } from '../../src/contract/run.ts';
import { endOf } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { cleanEnvironment, removeDirectory, temporaryDirectory } from '../support/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_LINES = 100;

/** Two photos of one receipt, one of another, and one of none: each a plain picture, known by its size. */
const PHOTOS: Record<string, unknown> = {
  'a-70.png': { shop: 'Corner  Bakery', day: '2026-03-01', total: '12.50', currency: 'eur', confidence: 0.7 },
  'b-71.png': { shop: 'CORNER BAKERY', day: '2026-03-01', total: 12.5, currency: 'EUR', confidence: '95%' },
  'c-72.png': { shop: '=HYPERLINK("x")', day: 'yesterday', total: 'N/A' },
  'd-73.png': null,
};

describe('a sixth analysis', () => {
  let copy: string;
  let code: string;
  let gemini: GeminiStandIn;
  beforeAll(async () => {
    const pages = await readFile(join(ROOT, 'docs/analyses.md'), 'utf8');
    code = /```ts\n(\/\/ src\/analyses\/receipts\/index\.ts\n[^]*?)```/.exec(pages)?.[1] ?? '';
    copy = await temporaryDirectory();
    // Node runs the sources as they are, so a copy of them is the whole program.
    await cp(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json']) await cp(join(ROOT, name), join(copy, name));
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    await put('src/analyses/receipts/index.ts', () => code);
    await put('src/contract/run.ts', (text) => text.replace(/ANALYSES = \[/, "ANALYSES = ['receipts', "));
    await put('src/analyses/registry.ts', (text) =>
      `import { receiptsAnalysis } from './receipts/index.ts';\n${text}`.replace(
        /new Map\(\s*\[/,
        'new Map([receiptsAnalysis as Analysis, ',
      ),
    );
    await mkdir(join(copy, 'photos'));
    for (const name of Object.keys(PHOTOS)) {
      const side = Number(/\d+/.exec(name)?.[0]);
      const plain = sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } });
      await plain.png().toFile(join(copy, 'photos', name));
    }
    gemini = await startGeminiStandIn({
      async answerFor({ body }) {
        const base64 = /"data":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
        const { width } = await sharp(Buffer.from(base64, 'base64')).metadata();
        const found = Object.entries(PHOTOS).find(([name]) => name.includes(String(width)))?.[1];
        return { receipts: found === null ? [] : [found] };
      },
    });
  }, 60_000);
  afterAll(async () => {
    await gemini?.close();
    await removeDirectory(copy);
  });

  const put = async (path: string, change: (text: string) => string): Promise<void> => {
    const before = await readFile(join(copy, path), 'utf8').catch(() => '');
    const after = change(before);
    expect(after).not.toBe(before);
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), after);
  };
  const run = (...args: string[]) => {
    const env = cleanEnvironment({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, HOME: copy });
    return endOf(spawn(process.execPath, args, { env, cwd: copy }));
  };
  const parse = (format: string) => run('src/cli.ts', 'parse', 'photos', '--analysis', 'receipts', '--format', format);

  it(`is written in less than ${MOST_LINES} lines, of which none is in the engine`, () => {
    expect(code.split('\n').length).toBeGreaterThan(20);
    expect(code.split('\n').length).toBeLessThan(MOST_LINES);
  });

  it('runs, merges across images and bears what models do to texts and numbers', async () => {
    const { code: exit, stdout, stderr } = await parse('json');
    expect([exit, stderr]).toEqual([0, expect.any(String)]);
    const { records, ...result } = JSON.parse(stdout) as RunResult;
    expect(result).toMatchObject({ analysis: 'receipts', state: 'completed', failures: [], shows: [] });
    const bakery = { shop: 'CORNER BAKERY', day: '2026-03-01', total: 12.5, currency: 'EUR', confidence: 0.95 };
    expect(records).toEqual([
      expect.objectContaining({ day: null, total: null, currency: null, images: ['c-72.png'] }),
      { ...bakery, id: expect.any(String), images: ['a-70.png', 'b-71.png'] },
    ]);
  }, 60_000);

  it('has a CSV without formulas, and no format that nobody wrote for it', async () => {
    const { stdout } = await parse('csv');
    expect(stdout.split('\r\n')[0]).toBe('shop,day,total,currency,confidence,images');
    expect(stdout).toContain(`"'=HYPERLINK(""x"")"`);
    const refused = await parse('pdf');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('json or csv, not as pdf')]);
  }, 60_000);

  it('is typed to the letter', async () => {
    await writeFile(
      join(copy, 'tsconfig.sixth.json'),
      JSON.stringify({ extends: './tsconfig.json', include: ['src/analyses/registry.ts'] }),
    );
    const { code: exit, stdout } = await run(
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      'tsconfig.sixth.json',
    );
    expect([exit, stdout]).toEqual([0, '']);
  }, 120_000);
});
