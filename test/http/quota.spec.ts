import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { performanceSchema } from '../../src/contract/performance.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { getRun, named, PARSER_PATHS, runUntil, startAsync, steer } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const TOKEN = 'quota-token';

let gemini: GeminiStandIn;
let server: ServerProcess;
let dataDir: string;

beforeEach(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf });
  dataDir = await temporaryDirectory();
});
afterEach(async () => {
  await server?.stop();
  await gemini?.close();
  await removeDirectory(dataDir);
});

const start = async (env: Record<string, string> = {}) => {
  const own = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, ADMIN_TOKEN: TOKEN, DATA_DIR: dataDir };
  server = await startServerProcess({ ...own, ...env });
};
const startRun = async (count: number) =>
  (await startAsync(server.url, PARSER_PATHS.adminParallel, named(await pictures(count)), TOKEN)).runId;
const cancel = (runId: string) => steer(server.url, runId, 'cancel', TOKEN);
/** What the server takes to be allowed in a minute; null where it does not know. */
const requestsAllowed = async (): Promise<number | null> => {
  const { body } = await request(server.url)
    .get('/api/performance')
    .set('Authorization', `Bearer ${TOKEN}`)
    .expect(200);
  return performanceSchema.parse(body).samples.at(-1)?.quota.requestsPerMinute.allowed ?? null;
};
const refusals = () => gemini.calls.filter(({ status }) => status === 429);

describe('a quota of 30 requests in any minute, told by MODEL_RPM', () => {
  it('is used up and kept to: 45 images take little more than its minute, and hardly a call is refused', async () => {
    gemini.set({ quota: { requests: 30 }, latencyMs: 200 });
    await start({ MODEL_RPM: '30' });
    const startedAt = Date.now();
    const runId = await startRun(45);
    await until(
      () => gemini.counters.completed >= 30,
      () => `${gemini.counters.completed} answered`,
    );
    await delay(1_000);
    const { progress } = await getRun(server.url, runId, TOKEN);
    expect(progress).not.toHaveProperty('timeRemainingIsAtLeast');
    const estimatedMs = Date.now() - startedAt + progress.estimatedTimeRemaining;
    const result = await runUntil(server.url, runId, TOKEN, ({ state }) => state !== 'running', 72_000);
    const tookMs = Date.now() - startedAt;
    expect(result).toMatchObject({ state: 'completed', failures: [], progress: { processedImages: 45 } });
    // One call finds out whether it is a window or a bucket.
    expect(refusals().length).toBeLessThanOrEqual(1 + 0.03 * 45);
    expect(result.metrics.calls).toMatchObject({ succeeded: 45, refused: refusals().length });
    expect(tookMs).toBeGreaterThan(58_000);
    expect(tookMs).toBeLessThan(66_000);
    expect(Math.abs(estimatedMs - tookMs) / tookMs).toBeLessThan(0.2);
  }, 80_000);
});

describe('an account of which nothing is known', () => {
  it('has the time left said to be at least so much, until a limit is met', async () => {
    gemini.set({ quota: { requests: 3 }, latencyMs: 400 });
    await start();
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminSequential, named(await pictures(6)), TOKEN);
    const { progress } = await runUntil(server.url, runId, TOKEN, (run) => run.progress.processedImages === 1);
    expect(progress).toMatchObject({ timeRemainingIsAtLeast: true });
    await until(() => refusals().length > 0, 'nothing was refused');
    const later = await runUntil(server.url, runId, TOKEN, (run) => !('timeRemainingIsAtLeast' in run.progress));
    expect(later.progress.estimatedTimeRemaining).toBeGreaterThan(40_000);
    await cancel(runId);
  });
});

describe('a quota that was met once', () => {
  it('is known to the next process on the same data directory, and so is what was used of it', async () => {
    gemini.set({ quota: { requests: 10 }, latencyMs: 50 });
    await start();
    const first = await startRun(15);
    await until(() => refusals().length > 0 && gemini.inFlight === 0, 'nothing was refused');
    await until(
      () => gemini.counters.completed === 10,
      () => `${gemini.counters.completed} answered`,
    );
    // What the stand-in has sent the server may not have read yet: a refusal that it never saw teaches nothing.
    await until(async () => (await requestsAllowed()) === 10, 'the server has not learnt the limit');
    await cancel(first);
    await server.stop();
    const before = gemini.calls.length;

    await start();
    const second = await startRun(5);
    await delay(3_000);
    // The minute is used up: to try would be to be refused.
    expect(gemini.calls.length - before).toBe(0);
    const { state, progress } = await getRun(server.url, second, TOKEN);
    expect(state).toBe('running');
    expect(progress.estimatedTimeRemaining).toBeGreaterThan(35_000);
    expect(progress.estimatedTimeRemaining).toBeLessThan(66_000);
    await cancel(second);
  });
});
