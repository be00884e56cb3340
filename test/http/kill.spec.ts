import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../src/contract/run.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { getRun, named, PARSER_PATHS, runUntil, startAsync, asRunResult, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { readEvents } from '../support/sse.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const IMAGES = 40;
const KILLS = 20;
const IN_FLIGHT = 2;
const TOKEN = 'kill-test-token';

describe('a server that is killed with kill -9, twenty times in a row, in one run of 40 images', () => {
  let gemini: GeminiStandIn;
  let dataDir: string;
  let server: ServerProcess;

  beforeAll(async () => {
    // Two at a time and a quarter of a second each: every life of the server gets some images done, none all.
    gemini = await startGeminiStandIn({ answerFor: showsOf, latencyMs: ({ index }) => 150 + ((index * 83) % 200) });
    dataDir = await temporaryDirectory();
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

  it('ends with every image read once after its last checkpoint, and the shows of an unbroken run', async () => {
    const files = named(await pictures(IMAGES));
    await start();
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminParallel, files, TOKEN);
    let before = await getRun(server.url, runId, TOKEN);
    let wasted = 0;
    let kills = 0;
    const random = seeded(20_261_122);
    while (kills < KILLS) {
      // From before its first image to several images in: a random moment of this life.
      await new Promise((resolve) => setTimeout(resolve, random() * 350));
      before = await getRun(server.url, runId, TOKEN);
      await server.kill();
      const answered = gemini.calls.filter(({ status }) => status === 200).length;
      kills += 1;
      await start();
      const after = await getRun(server.url, runId, TOKEN);
      // What a client had been told is still so.
      expect(after.progress.processedImages).toBeGreaterThanOrEqual(before.progress.processedImages);
      // Answers that were on their way to the disk at that moment are the only ones asked for again: two at a time.
      const wastedNow = Math.max(0, answered - after.progress.processedImages - wasted);
      expect(wastedNow).toBeLessThanOrEqual(IN_FLIGHT);
      wasted += wastedNow;
      if (after.state === 'completed') break;
    }
    expect(kills).toBe(KILLS);
    const result = await runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed', 60_000);
    expect(result.failures).toEqual([]);
    expect(result.progress).toMatchObject({ totalImages: IMAGES, processedImages: IMAGES, failedImages: 0 });
    // An answer that had come, but was not stored with its image at the kill, is taken from what is kept.
    const { succeeded, cached } = result.metrics.calls;
    expect(succeeded + cached).toBe(IMAGES);
    // Each image has one outcome that counted; besides, at most the calls under way at each kill were made in vain.
    const completeAnswers = gemini.calls.filter(({ status, aborted }) => status === 200 && !aborted).length;
    expect(completeAnswers).toBeLessThanOrEqual(IMAGES + IN_FLIGHT * KILLS);
    await expectEachImageOnce(runId);
    expect(result.shows).toEqual((await unbroken(files)).shows);
  }, 240_000);

  /** Every image ended exactly once in the run's own account, over all lives of the server. */
  async function expectEachImageOnce(runId: string): Promise<void> {
    const events = await readEvents(`${server.url}/api/runs/${runId}/events?token=${TOKEN}`);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    const names = events.filter(({ event }) => event === 'image').map(({ data }) => data.image);
    expect(names).toHaveLength(IMAGES);
    expect(new Set(names).size).toBe(IMAGES);
    expect(events.filter(({ event }) => event === 'done')).toHaveLength(1);
    // The stand-in is never asked again about an image whose end was told before the call began.
    expect(events.at(-1)?.event).toBe('done');
  }

  async function unbroken(files: ReturnType<typeof named>): Promise<RunResult> {
    gemini.set({ latencyMs: 0 });
    return asRunResult((await upload(server.url, PARSER_PATHS.adminParallel, files, TOKEN).expect(200)).body);
  }
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
