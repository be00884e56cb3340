import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { nextDailyReset } from '../../src/models/gemini/gemini-quota.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult, getRun, named, PARSER_PATHS, runUntil, startAsync, steer, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { readEvents } from '../support/sse.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import type { StandInFault } from '../support/stand-in-types.ts';

const TOKEN = 'run-out-token';

let gemini: GeminiStandIn;
let server: ServerProcess;
let dataDir: string;
/** Of the stand-in, before the test that runs. */
let first = 0;

beforeAll(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf });
  dataDir = await temporaryDirectory();
  await start();
});
afterAll(async () => {
  await server?.stop();
  await gemini?.close();
  await removeDirectory(dataDir);
});

const start = async () => {
  server = await startServerProcess({
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: gemini.baseUrl,
    ANALYSIS_CONCURRENCY: '8',
    ADMIN_TOKEN: TOKEN,
    DATA_DIR: dataDir,
  });
};
const startRun = async (count: number) =>
  (await startAsync(server.url, PARSER_PATHS.adminParallel, named(await pictures(count)), TOKEN)).runId;
const order = (runId: string, step: 'resume' | 'cancel') => steer(server.url, runId, step, TOKEN);
const calls = () => gemini.calls.slice(first);
const refusals = () => calls().filter(({ status }) => status === 429 || status === 402);

describe.each<[string, StandInFault, RegExp, number]>([
  [
    'a daily quota',
    { kind: 'quotaPerDay', limit: 5 },
    new RegExp(`^Paused: .*midnight in California, ${nextDailyReset(Date.now()).slice(0, 16)} UTC`),
    429,
  ],
  ['an empty account', { kind: 'accountEmpty' }, /^Paused: .*no credit left/, 402],
])('%s', (_name, fault, words, status) => {
  const IMAGES = 20;
  const ALLOWED = 5;

  beforeEach(() => {
    first = gemini.calls.length;
    gemini.set({
      latencyMs: ({ index }) => (index - first < ALLOWED ? 300 : 0),
      script: (index) => (index - first < ALLOWED ? undefined : fault),
    });
  });
  const isPaused = (runId: string) => runUntil(server.url, runId, TOKEN, ({ state }) => state === 'paused');
  /** What the stand-in was asked, without what it refused, by image. */
  const answeredTwice = () => {
    const images = calls()
      .filter((call) => call.status === 200)
      .map(({ imageSha256 }) => imageSha256);
    return images.length - new Set(images).size;
  };

  it('pauses the run and says until when; resumed, it reads the rest and pays for nothing twice', async () => {
    const runId = await startRun(IMAGES);
    const following = readEvents(`${server.url}/api/runs/${runId}/events?token=${TOKEN}`);
    const paused = await isPaused(runId);
    expect(paused.notices).toEqual([expect.stringMatching(words)]);
    // What was under way was still answered, nothing was lost, and it knocked no further.
    expect(paused).toMatchObject({ failures: [], progress: { processedImages: ALLOWED, failedImages: 0 } });
    expect(paused.shows.length).toBeGreaterThan(1);
    expect(refusals().every((call) => call.status === status)).toBe(true);
    expect(refusals().length).toBeLessThanOrEqual(8);
    const asked = calls().length;
    await delay(500);
    expect(calls()).toHaveLength(asked);

    gemini.set({ script: undefined });
    const resumedAt = Date.now();
    await order(runId, 'resume');
    const result = await runUntil(server.url, runId, TOKEN, ({ state }) => state !== 'running');
    expect(Date.now() - resumedAt).toBeLessThan(8_000);
    expect(result).toMatchObject({ state: 'completed', failures: [], progress: { processedImages: IMAGES } });
    expect(result.notices.join('\n')).not.toContain('Paused');
    expect(calls().length - refusals().length).toBe(IMAGES);
    expect(answeredTwice()).toBe(0);
    // The stream that was opened before it paused stayed open, and tells the end once.
    const events = await following;
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ event }) => event === 'image')).toHaveLength(IMAGES);
    expect(events.filter(({ event }) => event === 'done')).toHaveLength(1);
  });

  it('a synchronous call is answered with the paused run, which outlives a kill and can be cancelled', async () => {
    const { body } = await upload(server.url, PARSER_PATHS.adminParallel, named(await pictures(IMAGES)), TOKEN);
    const paused = asRunResult(body);
    expect(paused).toMatchObject({ state: 'paused', progress: { processedImages: ALLOWED } });
    expect(paused.notices).toEqual([expect.stringMatching(words)]);
    const asked = calls().length;
    await server.kill();
    await start();
    const still = await getRun(server.url, paused.runId, TOKEN);
    expect(still).toMatchObject({ state: 'paused', notices: paused.notices, shows: paused.shows });
    const cancelled = await order(paused.runId, 'cancel');
    expect(cancelled).toMatchObject({ state: 'cancelled', failures: [], progress: { processedImages: ALLOWED } });
    expect(cancelled.shows).toEqual(paused.shows);
    expect(calls()).toHaveLength(asked);
  });
});
