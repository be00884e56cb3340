import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../src/contract/settings.ts';
import { PauseGate } from '../../src/engine/pause-gate.ts';
import { openBatches } from '../../src/models/open-model.ts';
import { callCostUsd } from '../../src/engine/purse.ts';
import { BatchDesk } from '../../src/parser/batch/batch-desk.ts';
import { KaraokeParserService } from '../../src/parser/karaoke-parser.service.ts';
import { ParallelGeminiService } from '../../src/parser/parallel-gemini.service.ts';
import type { ImageOutcome, ImageToRead, RunnerEnd } from '../../src/runs/analysis-runner.ts';
import { LEFT_FOR_LATER } from '../../src/runs/left-for-later.ts';
import { openKeptStore, type KeptStore } from '../../src/storage/kept-store.ts';
import { startOpenAiBatchStandIn, type OpenAiBatchStandIn } from '../support/openai-batch-stand-in.ts';
import { picturesIn } from '../support/pictures.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const IMAGES = 10;
const PRICE = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
const TOKENS = { input: 1_290, output: 120 };

let openai: OpenAiBatchStandIn;
let folder: string;
let images: ImageToRead[];
let service: ParallelGeminiService;
let kept: KeptStore;

function openService(requests = 50_000): ParallelGeminiService {
  const model = { kind: 'openai', apiKey: 'o', baseUrl: openai.baseUrl, model: 'm' } as const;
  const desk = new BatchDesk({
    book: kept.batches,
    directory: join(folder, 'batches'),
    openService: () => openBatches(model),
    limits: { requests, bytes: 10_000_000 },
    poll: { firstMs: 50, longestMs: 100 },
  });
  const { answers, learnt } = kept;
  return new ParallelGeminiService({ model, price: PRICE, maxInFlight: 4, answers, learnt, batches: desk });
}

beforeEach(async () => {
  openai = await startOpenAiBatchStandIn({ answerFor: showsOf, stepMs: 60 });
  folder = await temporaryDirectory();
  images = await picturesIn(folder, IMAGES);
  kept = openKeptStore({ dataDir: folder, expireAfterMs: 3_600_000 });
  service = openService();
});
afterEach(async () => {
  await service.close();
  kept.close();
  await openai.close();
  await removeDirectory(folder);
});

interface Ended {
  end: RunnerEnd;
  outcomes: ImageOutcome[];
  said: (string | null)[];
}

async function analyse(
  pile: readonly ImageToRead[] = images,
  { stop = new AbortController(), settings = {} }: { stop?: AbortController; settings?: Partial<Settings> } = {},
): Promise<Ended> {
  const outcomes: ImageOutcome[] = [];
  const said: (string | null)[] = [];
  const end = await service.analyse({
    analysis: 'shows',
    mode: 'parallel',
    context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
    settings: { ...DEFAULT_SETTINGS, ...settings },
    images: pile,
    answersNotBefore: 0,
    spent: { input: 0, output: 0 },
    wantsFingerprints: true,
    batch: true,
    gate: new PauseGate(),
    signal: stop.signal,
    onOutcome: (outcome) => outcomes.push(outcome),
    onWaiting: async (what) => void said.push(what),
  });
  return { end, outcomes, said };
}

const readOf = ({ outcomes }: Ended) => outcomes.filter(({ failure }) => failure === null).length;
const mostSent = () => Math.max(...openai.sent.values());

describe('a run in batches', () => {
  it('reads every image once, at half the price, and leaves nothing behind', async () => {
    const ended = await analyse();
    const { end, outcomes, said } = ended;
    expect([readOf(ended), openai.batches.length, openai.lines.length]).toEqual([IMAGES, 1, IMAGES]);
    expect(new Set(outcomes.map(({ position }) => position)).size).toBe(IMAGES);
    expect(outcomes.every(({ observations }) => observations.length === 2)).toBe(true);
    const costUsd = new KaraokeParserService(service).costUsd(end.counts.tokens);
    expect(costUsd).toBeCloseTo((IMAGES * callCostUsd(PRICE, TOKENS)) / 2, 9);
    expect(end.notices).toEqual(['10 images were read in batches, at half the price of single calls.']);
    expect(said.join('\n')).toMatch(/Waiting for the batch(: 0 of 10 answered)?\. A batch may/);
    expect(said.at(-1)).toBeNull();
    expect([openai.files.size, openai.otherCalls]).toEqual([0, 0]);
    const { line } = { line: openai.lines[0]?.body };
    expect(line).toMatchObject({ model: 'm', temperature: 0, response_format: { type: 'json_schema' } });
    // The second time nothing is sent, in a batch or by itself.
    const again = await analyse();
    expect([readOf(again), again.end.counts.cached, openai.batches.length]).toEqual([IMAGES, IMAGES, 1]);
  });

  it('goes into several batches where it is too much for one', async () => {
    await service.close();
    service = openService(4);
    expect([readOf(await analyse()), openai.batches.length]).toEqual([IMAGES, 3]);
    expect(mostSent()).toBe(1);
  });

  it('lines that failed fail alone, and can be tried again; a second try sends only those', async () => {
    openai.set({
      faultFor: ({ imageSha256 }) =>
        imageSha256 < '8' ? { status: 500, body: { error: { message: 'oops', code: null } } } : undefined,
    });
    const first = await analyse();
    const failed = first.outcomes.filter(({ failure }) => failure !== null);
    expect(failed.length).toBeGreaterThan(0);
    for (const { failure } of failed) expect(failure).toMatchObject({ code: 'model.unavailable', retryable: true });
    openai.set({ faultFor: undefined });
    const second = await analyse();
    expect([readOf(second), second.end.counts.made]).toEqual([IMAGES, failed.length]);
  });

  it('takes what an expired batch has answered; the rest can be tried again', async () => {
    openai.set({ expiresAfter: 6 });
    const ended = await analyse();
    expect([readOf(ended), ended.outcomes.length]).toEqual([6, IMAGES]);
    const failure = ended.outcomes.find((each) => each.failure)?.failure;
    expect(failure).toMatchObject({ code: 'model.unavailable', retryable: true });
    openai.set({ expiresAfter: undefined });
    expect([readOf(await analyse()), openai.lines.length]).toEqual([IMAGES, IMAGES + 4]);
  });

  it('a batch that is not accepted fails its images, in words', async () => {
    openai.set({ refusesWith: 'token_limit_exceeded' });
    const { outcomes } = await analyse();
    expect(outcomes).toHaveLength(IMAGES);
    expect(outcomes[0]?.failure).toMatchObject({
      retryable: true,
      detail: expect.stringMatching(/waiting in batches/),
    });
  });

  it('a cancel cancels the batch; what it had answered by then is not paid for again', async () => {
    openai.set({ isHeld: true });
    const stop = new AbortController();
    const running = analyse(images, { stop });
    await until(() => openai.batches.length === 1, 'no batch');
    stop.abort();
    const { end, outcomes } = await running;
    expect([end.cancelled, outcomes.length]).toEqual([true, 0]);
    expect(openai.batches[0]?.cancelledMs).not.toBeNull();
    openai.set({ isHeld: false });
    const again = await analyse();
    expect([readOf(again), openai.lines.length]).toEqual([IMAGES, IMAGES + IMAGES - 1]);
  });

  it('left for later, the batch goes on, and the next run takes its answers', async () => {
    openai.set({ isHeld: true });
    const stop = new AbortController();
    const running = analyse(images, { stop });
    await until(() => openai.batches.length === 1, 'no batch');
    stop.abort(LEFT_FOR_LATER);
    expect((await running).end.cancelled).toBe(true);
    expect(openai.batches[0]?.cancelledMs).toBeNull();
    openai.set({ isHeld: false });
    expect([readOf(await analyse()), openai.batches.length]).toEqual([IMAGES, 1]);
  });

  it('a batch whose making nobody heard of is found again, not made twice', async () => {
    openai.set({ cutsCreate: true });
    const running = analyse();
    await until(() => openai.batches.length === 1, 'no batch');
    openai.set({ cutsCreate: false });
    expect([readOf(await running), openai.batches.length]).toEqual([IMAGES, 1]);
  });

  it('two runs with the same images share what they ask', async () => {
    const both = await Promise.all([analyse(), analyse(images.slice(3))]);
    expect([both.map(readOf), openai.lines.length, mostSent()]).toEqual([[IMAGES, IMAGES - 3], IMAGES, 1]);
  });

  it('keeps to its cap of money', async () => {
    const capUsd = 0.012;
    const ended = await analyse(images, { settings: { budgetUsdPerRun: capUsd } });
    expect(ended.end.stoppedBy).toMatchObject({ code: 'budget.exceeded' });
    expect(readOf(ended)).toBeGreaterThan(0);
    expect(readOf(ended)).toBeLessThan(IMAGES);
    expect(new KaraokeParserService(service).costUsd(ended.end.counts.tokens)).toBeLessThan(capUsd);
  });
});
