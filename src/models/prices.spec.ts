import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ModelConfig } from './port.ts';
import { PRICE_TABLE_DATE, PRICE_TABLE_VERSION, priceOf } from './prices.ts';

const gemini = (model: string, baseUrl: string | null = null): ModelConfig => ({
  kind: 'gemini',
  apiKey: 'k',
  baseUrl,
  model,
});
const openai = (model: string, baseUrl = 'https://api.openai.com/v1'): ModelConfig => ({
  kind: 'openai',
  apiKey: null,
  baseUrl,
  model,
});
/** Dollars for a million tokens, as price lists write them. */
const perMillion = async (config: ModelConfig): Promise<[number, number] | null> => {
  const price = await priceOf(config);
  const rounded = (usd: number): number => Number((usd * 1e6).toFixed(6));
  return price && [rounded(price.inputUsdPerToken), rounded(price.outputUsdPerToken)];
};

describe('priceOf', () => {
  it.each<[string, [number, number]]>([
    ['gemini-2.5-flash', [0.3, 2.5]],
    ['models/gemini-2.5-flash', [0.3, 2.5]],
    ['gemini-2.5-flash-preview-09-2025', [0.3, 2.5]],
    ['gemini-2.0-flash', [0.1, 0.4]],
    ['gemini-2.5-pro', [1.25, 10]],
    ['gemini-3-pro-preview', [2, 12]],
  ])('%s', async (model, usd) => {
    expect(await perMillion(gemini(model))).toEqual(usd);
  });

  it('a proxy serves the same model at the same price', async () => {
    expect(await perMillion(gemini('gemini-2.5-flash', 'http://127.0.0.1:9/proxy'))).toEqual([0.3, 2.5]);
  });

  it.each<[string, string, [number, number] | null]>([
    ['gpt-4o', 'https://api.openai.com/v1', [2.5, 10]],
    ['gpt-4o-2024-08-06', 'HTTPS://API.OpenAI.com/v1/', [2.5, 10]],
    ['gpt-5.4', 'https://api.openai.com/v1', [2.5, 15]],
    ['openai/gpt-4o', 'https://openrouter.ai/api/v1', [2.5, 10]],
    ['gemini-2.5-flash', 'https://generativelanguage.googleapis.com/v1beta/openai', [0.3, 2.5]],
    ['qwen2.5vl', 'http://127.0.0.1:11434/v1', null],
    ['gpt-4o', 'http://127.0.0.1:11434/v1', null],
    ['gpt-4o', 'http://home.example/https://api.openai.com', null],
    ['gpt-4o', 'no address', null],
    ['no-such-model', 'https://api.openai.com/v1', null],
    ['', 'https://api.openai.com/v1', null],
  ])('%s at %s', async (model, baseUrl, usd) => {
    expect(await perMillion(openai(model, baseUrl))).toEqual(usd);
  });

  it('does not guess what a name means that the table does not know', async () => {
    expect(await priceOf(gemini('gemini-flash-latest'))).toBeNull();
    expect(await priceOf(gemini('my-tuned-model'))).toBeNull();
  });

  it('reading on this machine costs nothing', async () => {
    expect(await priceOf({ kind: 'local' })).toEqual({ inputUsdPerToken: 0, outputUsdPerToken: 0 });
  });

  it('takes any name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (model, baseUrl) => {
        for (const config of [gemini(model), openai(model), openai('gpt-4o', baseUrl)]) {
          const price = await priceOf(config);
          if (price !== null) expect(price.inputUsdPerToken).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('the day is that of the installed version', async () => {
    const read = async (path: string): Promise<Record<string, unknown>> =>
      JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8')) as Record<string, unknown>;
    const ours = await read('../../package.json');
    expect(ours['dependencies']).toMatchObject({ '@pydantic/genai-prices': PRICE_TABLE_VERSION });
    const theirs = await read('../../node_modules/@pydantic/genai-prices/package.json');
    expect(theirs['version']).toBe(PRICE_TABLE_VERSION);
    expect(PRICE_TABLE_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('loads the table only when it is asked, and never the network', () => {
    const script = `
      import { registerHooks } from 'node:module';
      globalThis.fetch = () => { throw new Error('asked the network'); };
      const loaded = [];
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      const { priceOf } = await import('./src/models/prices.ts');
      const before = loaded.join();
      const price = await priceOf({ kind: 'gemini', apiKey: 'k', baseUrl: null, model: 'gemini-2.5-flash' });
      console.log(JSON.stringify({ price, before, after: loaded.join() }));
    `;
    const root = new URL('../..', import.meta.url);
    const args = ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script];
    const said = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as {
      price: unknown;
      before: string;
      after: string;
    };
    expect(said.price).not.toBeNull();
    expect(said.before).not.toContain('genai-prices');
    expect(said.after).toContain('genai-prices');
  });
});
