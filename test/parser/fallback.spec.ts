import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import { PauseGate } from '../../src/engine/pause-gate.ts';
import { callCostUsd } from '../../src/engine/purse.ts';
import { KaraokeParserService } from '../../src/parser/karaoke-parser.service.ts';
import { ParallelGeminiService } from '../../src/parser/parallel-gemini.service.ts';
import type { ImageOutcome, ImageToRead, RunnerEnd } from '../../src/runs/analysis-runner.ts';
import { openKeptStore, type KeptStore } from '../../src/storage/kept-store.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { startOpenAiStandIn, type OpenAiStandIn } from '../support/openai-stand-in.ts';
import { picturesIn } from '../support/pictures.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const IMAGES = 12;
const FIRST_PRICE = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
const SECOND_PRICE = { inputUsdPerToken: 3e-6, outputUsdPerToken: 9e-6 };
const TOKENS = { input: 1_290, output: 120 };

let gemini: GeminiStandIn;
let openai: OpenAiStandIn;
let folder: string;
let images: ImageToRead[];
let service: ParallelGeminiService;
let kept: KeptStore;

beforeEach(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf });
  openai = await startOpenAiStandIn({ answerFor: showsOf });
  folder = await temporaryDirectory();
  images = await picturesIn(folder, IMAGES);
  kept = openKeptStore({ dataDir: folder, expireAfterMs: 3_600_000 });
  service = new ParallelGeminiService({
    model: { kind: 'gemini', apiKey: 'k', baseUrl: gemini.baseUrl, model: 'first' },
    price: FIRST_PRICE,
    maxInFlight: 4,
    answers: kept.answers,
    learnt: kept.learnt,
    fallback: {
      model: { kind: 'openai', apiKey: 'o', baseUrl: openai.baseUrl, model: 'second' },
      price: SECOND_PRICE,
    },
  });
});
afterEach(async () => {
  await service.close();
  kept.close();
  await gemini.close();
  await openai.close();
  await removeDirectory(folder);
});

async function analyse(
  pile: readonly ImageToRead[],
  maxRetries = 1,
): Promise<{ end: RunnerEnd; outcomes: ImageOutcome[] }> {
  const outcomes: ImageOutcome[] = [];
  const end = await service.analyse({
    analysis: 'shows',
    mode: 'parallel',
    context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
    settings: { ...DEFAULT_SETTINGS, maxRetries },
    images: pile,
    answersNotBefore: 0,
    spent: { input: 0, output: 0 },
    wantsFingerprints: true,
    gate: new PauseGate(),
    signal: new AbortController().signal,
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  return { end, outcomes };
}

const readOf = (outcomes: readonly ImageOutcome[]) => outcomes.filter(({ failure }) => failure === null).length;
const answered = ({ calls }: { calls: readonly { status: number | null }[] }) =>
  calls.filter(({ status }) => status === 200).length;

describe('a second model', () => {
  it('is not asked, and starts no thread, while the first answers', async () => {
    const { end, outcomes } = await analyse(images);
    expect([readOf(outcomes), end.notices, openai.calls.length]).toEqual([IMAGES, [], 0]);
  });

  it('reads all where the first cannot be reached, at its own price, and the result says so', async () => {
    await gemini.close();
    const { end, outcomes } = await analyse(images);
    expect(readOf(outcomes)).toBe(IMAGES);
    expect(new Set(outcomes.map(({ position }) => position)).size).toBe(IMAGES);
    expect(openai.calls).toHaveLength(IMAGES);
    expect(new Set(openai.asks.map(({ key }) => key))).toEqual(new Set(['o']));
    expect(end.notices).toEqual([
      expect.stringMatching(
        /^12 images were read by openai:second, since gemini:first did not answer\. Gemini could not be reached/,
      ),
    ]);
    const costUsd = new KaraokeParserService(service).costUsd(end.counts.tokens);
    expect(costUsd).toBeCloseTo(IMAGES * callCostUsd(SECOND_PRICE, TOKENS), 9);
    expect(outcomes.every(({ fingerprint }) => fingerprint !== null)).toBe(true);
    // Asked again, nothing is paid again: whether or not the first is there by now.
    const again = await analyse(images);
    expect([again.end.counts.made, again.end.counts.cached, openai.calls.length]).toEqual([0, IMAGES, IMAGES]);
    expect(again.end.notices[0]).toMatch(/^12 images were read by openai:second/);
  });

  it('takes over in the middle, each image is answered once, and the cost is that of both', async () => {
    gemini.set({ script: (index) => (index < 5 ? undefined : { kind: 'unavailable' }) });
    const { end, outcomes } = await analyse(images);
    expect(readOf(outcomes)).toBe(IMAGES);
    expect([answered(gemini), answered(openai)]).toEqual([5, IMAGES - 5]);
    expect(end.notices[0]).toMatch(/^7 images were read by openai:second, .*overloaded/);
    const costUsd = new KaraokeParserService(service).costUsd(end.counts.tokens);
    const expected = 5 * callCostUsd(FIRST_PRICE, TOKENS) + 7 * callCostUsd(SECOND_PRICE, TOKENS);
    expect(costUsd).toBeCloseTo(expected, 9);
    const usdOfImages = outcomes.reduce((sum, { tokens }) => sum + (tokens.extraUsd ?? 0), 0);
    expect(end.counts.tokens.extraUsd).toBeCloseTo(usdOfImages, 9);
  });

  it('gives the work back once the first answers again', async () => {
    gemini.set({ script: () => ({ kind: 'unavailable' }) });
    openai.set({ latencyMs: 1_500 });
    const running = analyse(images, 0);
    await until(() => openai.calls.length > 0, 'the second is not asked');
    gemini.set({ script: undefined, latencyMs: 100 });
    openai.set({ latencyMs: 4_000 });
    const { outcomes } = await running;
    expect(readOf(outcomes)).toBe(IMAGES);
    const before = openai.calls.length;
    expect(answered(gemini) + answered(openai)).toBe(IMAGES);
    expect(answered(gemini)).toBeGreaterThan(2);
    const more = await picturesIn(folder, IMAGES + 4);
    expect(readOf((await analyse(more.slice(IMAGES))).outcomes)).toBe(4);
    expect(openai.calls).toHaveLength(before);
  }, 30_000);

  it.each([
    ['refuses the key', { kind: 'keyRefused' as const }, 'did not accept your API key'],
    ['has used up its day', { kind: 'quotaPerDay' as const }, 'in a day is used up'],
  ])('takes over where the first %s', async (_name, fault, words) => {
    gemini.set({ script: () => fault });
    const { end, outcomes } = await analyse(images);
    expect(end).toMatchObject({ stoppedBy: null, pausedBy: null });
    expect([readOf(outcomes), answered(openai)]).toEqual([IMAGES, IMAGES]);
    expect(end.notices[0]).toContain(words);
  });

  it('both down: every image ends once, to be tried again; both refuse: the run stops', async () => {
    gemini.set({ script: () => ({ kind: 'unavailable' }) });
    openai.set({ script: () => ({ kind: 'unavailable' }) });
    const { end, outcomes } = await analyse(images.slice(0, 3), 0);
    expect(end).toMatchObject({ stoppedBy: null, notices: [] });
    expect(outcomes).toHaveLength(3);
    for (const { failure } of outcomes) expect(failure).toMatchObject({ code: 'model.unavailable', retryable: true });
    gemini.set({ script: () => ({ kind: 'keyRefused' }) });
    openai.set({ script: () => ({ kind: 'keyRefused' }) });
    const { end: stopped } = await analyse(images.slice(3));
    expect(stopped.stoppedBy).toMatchObject({ code: 'model.keyRefused' });
  }, 20_000);
});
