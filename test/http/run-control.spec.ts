import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import {
  asRunResult,
  getRun,
  named,
  PARSER_PATHS,
  runUntil,
  startAsync,
  steer,
  upload,
  type NamedFile,
} from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const TOKEN = 'run-control-token';
const IN_FLIGHT = 40;
const IMAGES = 60;
/** Longer than anything that is on its way at that moment: what starts later was started later. */
const QUIET_MS = 400;
/** From the gate through a thread to the service, on a machine that has other work as well. */
const ON_ITS_WAY_MS = 150;

describe('steering a run over HTTP, with the stand-in counting calls', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let dataDir: string;
  let files: NamedFile[];
  /** Of the stand-in, before the test that runs. */
  let first = 0;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    dataDir = await temporaryDirectory();
    files = named(await pictures(IMAGES + 40));
    await start();
  });
  beforeEach(() => {
    gemini.set({ latencyMs: 400, script: undefined });
    first = gemini.calls.length;
  });
  afterEach(async () => {
    // A test that fails must not leave a run under way for the next one to count.
    await until(() => gemini.inFlight === 0, 'a call is still under way');
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
      ANALYSIS_CONCURRENCY: String(IN_FLIGHT),
      ADMIN_TOKEN: TOKEN,
      DATA_DIR: dataDir,
    });
  };
  const startRun = async (pile: readonly NamedFile[]) =>
    (await startAsync(server.url, PARSER_PATHS.adminParallel, pile, TOKEN)).runId;
  const calls = () => gemini.calls.slice(first);
  const run = (runId: string) => getRun(server.url, runId, TOKEN);
  const order = (runId: string, step: 'pause' | 'resume' | 'cancel') => steer(server.url, runId, step, TOKEN);
  const done = (runId: string) => runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed');
  /** How often each image was asked about in this test. */
  const asked = () => {
    const counts = new Map<string | null, number>();
    for (const { imageSha256 } of calls()) counts.set(imageSha256, (counts.get(imageSha256) ?? 0) + 1);
    return counts;
  };
  const expectEachOnce = (images: number) => {
    expect(asked().size).toBe(images);
    expect(calls()).toHaveLength(images);
    expect(calls().every(({ status, aborted }) => status === 200 && !aborted)).toBe(true);
  };
  /** @returns ms from sending the cancel to the end of the last connection */
  const cancelFortyCalls = async () => {
    first = gemini.calls.length;
    // Some wait for their next try at that moment: it never comes.
    gemini.set({ latencyMs: 0, script: (index) => (index - first < 5 ? { kind: 'reset' } : { kind: 'hang' }) });
    const runId = await startRun(files.slice(0, IMAGES));
    await until(
      () => gemini.inFlight === IN_FLIGHT,
      () => `${gemini.inFlight} calls under way`,
    );
    const sentAt = Date.now();
    const cancelled = await order(runId, 'cancel');
    await until(() => gemini.inFlight === 0, 'connections stay open');
    const hung = calls().filter(({ aborted }) => aborted);
    expect(hung).toHaveLength(IN_FLIGHT);
    await delay(QUIET_MS);
    expect(calls()).toHaveLength(IN_FLIGHT + 5);
    expect(cancelled).toMatchObject({ state: 'cancelled', failures: [], notices: [] });
    expect(cancelled.progress).toMatchObject({ totalImages: IMAGES, processedImages: 0 });
    return Math.max(...hung.map(({ endedAt }) => (endedAt ?? Infinity) - sentAt));
  };
  /** Pauses it in the middle, and waits until what was under way has ended and is stored. */
  const pauseInTheMiddle = async (runId: string) => {
    await until(
      () => calls().length >= 20,
      () => `${calls().length} calls made`,
    );
    expect(gemini.inFlight).toBeGreaterThan(5);
    expect((await order(runId, 'pause')).state).toBe('paused');
    const pausedAt = Date.now();
    await until(() => gemini.inFlight === 0, 'calls under way do not end');
    await delay(QUIET_MS);
    // A few may have been between the gate and the socket when the pause came.
    expect(calls().filter(({ startedAt }) => startedAt > pausedAt + ON_ITS_WAY_MS)).toEqual([]);
    const askedBefore = calls().length;
    expect(askedBefore).toBeLessThan(IMAGES);
    expect(calls().every(({ status }) => status === 200)).toBe(true);
    // Each answer is still read, checked and stored: on a busy machine that takes longer than the call did.
    const paused = await runUntil(server.url, runId, TOKEN, ({ progress }) => progress.processedImages === askedBefore);
    expect(paused.state).toBe('paused');
    return askedBefore;
  };

  it('a cancel closes the connections of 40 calls within 100 ms of being sent, and none starts after it', async () => {
    const lastsMs: number[] = [];
    for (let round = 0; round < 3; round += 1) lastsMs.push(await cancelFortyCalls());
    // The best of three: the machine may be busy with something else, and the first one meets code that is still cold.
    expect(Math.min(...lastsMs)).toBeLessThan(100);
  });

  it('a pause lets calls under way end and starts none; in the end every image was asked about once', async () => {
    const runId = await startRun(files.slice(0, IMAGES));
    await pauseInTheMiddle(runId);
    expect((await order(runId, 'resume')).state).toBe('running');
    const result = await done(runId);
    expectEachOnce(IMAGES);
    expect(result.failures).toEqual([]);
    expect(result.metrics.calls).toMatchObject({ made: IMAGES, succeeded: IMAGES, retried: 0, cached: 0 });
  });

  it('paused, killed with kill -9, started and resumed: every image was asked about once', async () => {
    const runId = await startRun(files.slice(0, IMAGES));
    const read = await pauseInTheMiddle(runId);
    await server.kill();
    await start();
    await delay(QUIET_MS);
    expect(calls()).toHaveLength(read);
    expect(await run(runId)).toMatchObject({ state: 'paused', progress: { processedImages: read } });
    expect((await order(runId, 'resume')).state).toMatch(/running|completed/);
    const result = await done(runId);
    expectEachOnce(IMAGES);
    expect(result.failures).toEqual([]);
    expect(result.metrics.calls).toMatchObject({ made: IMAGES, succeeded: IMAGES });
  });

  /** What was read last is merged a moment later. */
  const settledShows = async (runId: string) => {
    let last = (await run(runId)).shows;
    for (;;) {
      await delay(1_000);
      const now = (await run(runId)).shows;
      if (JSON.stringify(now) === JSON.stringify(last)) return now;
      last = now;
    }
  };

  it('a paused run can be cancelled, also after a restart; what was read is kept, and nothing more is asked', async () => {
    const [here, there] = [files.slice(0, IMAGES), files.slice(40)];
    const one = await startRun(here);
    const readOfOne = await pauseInTheMiddle(one);
    const cancelled = await order(one, 'cancel');
    expect(cancelled).toMatchObject({ state: 'cancelled', progress: { processedImages: readOfOne } });
    expect(cancelled.shows.length).toBeGreaterThan(1);

    first = gemini.calls.length;
    const other = await startRun(there);
    const readOfOther = await pauseInTheMiddle(other);
    const shows = await settledShows(other);
    await server.kill();
    await start();
    const afterRestart = await order(other, 'cancel');
    expect(afterRestart).toMatchObject({ state: 'cancelled', failures: [] });
    expect(afterRestart.progress.processedImages).toBe(readOfOther);
    expect(afterRestart.shows).toEqual(shows);
    expect((await run(one)).shows).toEqual(cancelled.shows);
    await delay(QUIET_MS);
    expect(calls()).toHaveLength(readOfOther);
  });

  it('two runs at once share: three images of a visitor are not stuck behind a hundred of the admin', async () => {
    // Long enough that an upload on a busy machine is no round of calls.
    gemini.set({ latencyMs: 1_500 });
    const runId = await startRun(files);
    await until(() => calls().length >= IN_FLIGHT, 'the large run does not start');
    const visitors = named(await pictures(103)).slice(100);
    const { body } = await upload(server.url, PARSER_PATHS.parallel, visitors).expect(200);
    const small = asRunResult(body);
    expect(small).toMatchObject({ state: 'completed', progress: { processedImages: 3 }, failures: [] });
    // They go in turns, call by call, as soon as a place is free: one round of the large run ends before them, no more.
    const large = await run(runId);
    expect(large.state).toBe('running');
    expect(large.progress.remainingImages).toBeGreaterThanOrEqual(20);
    await done(runId);
    expectEachOnce(files.length + 3);
  });
});
