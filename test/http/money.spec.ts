import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../src/contract/run.ts';
import { callCostUsd } from '../../src/engine/purse.ts';
import { priceOf, type ModelPrice } from '../../src/models/prices.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { startOpenAiStandIn } from '../support/openai-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult, named, PARSER_PATHS, putSettings, steer, runUntil, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const TOKEN = 'money-token';
const MODEL = 'gemini-2.5-flash';
const TOKENS = { input: 1_290, output: 120 };
const CAP_USD = 0.01;
const IMAGES = 40;
/** Sums of many small numbers. */
const ROUNDING = 1e-9;

describe('the cap of money', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let price: ModelPrice;
  let first = 0;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf, tokens: TOKENS });
    const config = { kind: 'gemini', apiKey: 'k', baseUrl: gemini.baseUrl, model: MODEL } as const;
    const known = await priceOf(config);
    if (!known) throw new Error(`The table does not know ${MODEL}.`);
    price = known;
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, ADMIN_TOKEN: TOKEN });
  });
  beforeEach(() => {
    gemini.set({ script: undefined, latencyMs: 20, tokens: TOKENS });
    first = gemini.calls.length;
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const calls = () => gemini.calls.slice(first);
  const answered = () => calls().filter(({ status }) => status === 200).length;
  /** What the account was charged, going by the table. */
  const paidUsd = () => answered() * callCostUsd(price, TOKENS);
  const limits = () =>
    gemini.asks.slice(first).map(({ body }) => {
      const { generationConfig } = body as { generationConfig: { maxOutputTokens?: number } };
      return generationConfig.maxOutputTokens ?? null;
    });
  const read = async (count: number): Promise<RunResult> => {
    const { body } = await upload(server.url, PARSER_PATHS.adminParallel, named(await pictures(count)), TOKEN);
    return asRunResult(body);
  };
  const cap = (budgetUsdPerRun: number | null) => putSettings(server.url, TOKEN, { budgetUsdPerRun });

  it('without one, calls have no limit on their answers, and the result says what they cost', async () => {
    await cap(null);
    const result = await read(4);
    expect(result).toMatchObject({ state: 'completed', failures: [], notices: expect.not.arrayContaining([/cap/]) });
    expect(limits()).toEqual([null, null, null, null]);
    expect(result.metrics.tokens).toEqual({ input: 4 * TOKENS.input, output: 4 * TOKENS.output });
    expect(result.metrics.costUsd).toBeCloseTo(4 * callCostUsd(price, TOKENS), 9);
  });

  it('is never passed: as many images are read as it pays for, the rest fail and say why', async () => {
    await cap(CAP_USD);
    const result = await read(IMAGES);
    const affordable = Math.floor(CAP_USD / callCostUsd(price, TOKENS));
    expect(paidUsd()).toBeLessThanOrEqual(CAP_USD + ROUNDING);
    // The last ones are left, since an answer could have been longer.
    expect(answered()).toBeGreaterThanOrEqual(affordable - 3);
    expect(result.state).toBe('failed');
    expect(result.progress.processedImages - result.progress.failedImages).toBe(answered());
    expect(new Set(result.failures.map(({ code }) => code))).toEqual(new Set(['budget.exceeded']));
    expect(result.failures).toHaveLength(IMAGES - answered());
    expect(result.notices.join('\n')).toMatch(/the most that it may cost/);
    expect(result.metrics.costUsd).toBeCloseTo(paidUsd(), 9);
    expect(result.shows.length).toBeGreaterThan(1);
    // What the service was told cannot cost more than what was left.
    for (const limit of limits()) {
      expect(limit).toBeGreaterThan(TOKENS.output);
      expect(callCostUsd(price, { input: TOKENS.input, output: limit ?? Infinity })).toBeLessThanOrEqual(CAP_USD);
    }
  });

  it('holds for answers as long as they may be, for calls that fail, and for ones that are tried again', async () => {
    const capUsd = 5 * CAP_USD;
    await cap(capUsd);
    let spentUsd = 0;
    gemini.set({
      // Every other answer is cut off where the request said, and paid for all the same.
      script: (index) => ((index - first) % 2 === 1 ? { kind: 'truncated' } : undefined),
      tokens: ({ body, index }) => {
        const { generationConfig } = body as { generationConfig: { maxOutputTokens: number } };
        const tokens = (index - first) % 2 === 1 ? { ...TOKENS, output: generationConfig.maxOutputTokens } : TOKENS;
        spentUsd += callCostUsd(price, tokens);
        return tokens;
      },
    });
    const result = await read(IMAGES);
    expect(result.state).toBe('failed');
    expect(spentUsd).toBeLessThanOrEqual(capUsd + ROUNDING);
    expect(result.metrics.costUsd).toBeCloseTo(spentUsd, 9);
    expect(calls().length).toBeGreaterThan(3);
  });

  it('is one for a run, whatever it is tried again with: what was spent before counts', async () => {
    await cap(CAP_USD);
    const { runId } = await read(IMAGES);
    const before = answered();
    expect(before).toBeGreaterThan(5);
    await steer(server.url, runId, 'retry-failed', TOKEN);
    const again = await runUntil(server.url, runId, TOKEN, ({ state }) => state === 'failed');
    expect(paidUsd()).toBeLessThanOrEqual(CAP_USD + ROUNDING);
    expect(again.metrics.costUsd).toBeCloseTo(paidUsd(), 9);
    expect(again.progress.failedImages).toBe(IMAGES - answered());
  });
});

it('a cap that cannot be watched, since nobody knows what the model costs, is said in words', async () => {
  const home = await startOpenAiStandIn({ answerFor: showsOf, tokens: TOKENS });
  const server = await startServerProcess({
    MODEL: 'openai',
    OPENAI_BASE_URL: home.baseUrl,
    OPENAI_MODEL: 'qwen2.5vl',
    ADMIN_TOKEN: TOKEN,
  });
  const read = async () =>
    asRunResult((await upload(server.url, PARSER_PATHS.parallel, named(await pictures(2))).expect(200)).body);
  expect((await read()).notices.join('\n')).not.toMatch(/price/);
  await putSettings(server.url, TOKEN, { budgetUsdPerRun: CAP_USD });
  const capped = await read();
  expect(capped).toMatchObject({ state: 'completed', failures: [], metrics: { costUsd: null } });
  expect(capped.notices).toContain(
    'The price of this model is not known, so the cap of money (budgetUsdPerRun) could not be watched.',
  );
  await server.stop();
  await home.close();
  await removeDirectory(server.dataDir);
});
