import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { named, PARSER_PATHS, runUntil, startAsync, type NamedFile } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import type { StandInCall } from '../support/stand-in-types.ts';
import { until } from '../support/until.ts';

const TOKEN = 'kill-and-resume-token';
const IN_FLIGHT = 20;
const IMAGES = 120;
const KILLS = 2;
/** From the service through a thread to the disk, on a machine that has other work as well. */
const ON_ITS_WAY_MS = 400;

describe('a server that is killed with 20 calls under way', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let dataDir: string;
  let files: NamedFile[];

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    dataDir = await temporaryDirectory();
    files = named(await pictures(IMAGES));
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(dataDir);
  });

  const start = async (cacheHours: string) => {
    server = await startServerProcess({
      GEMINI_API_KEY: 'k',
      GEMINI_BASE_URL: gemini.baseUrl,
      ANALYSIS_CONCURRENCY: String(IN_FLIGHT),
      ADMIN_TOKEN: TOKEN,
      DATA_DIR: dataDir,
      CACHE_HOURS: cacheHours,
    });
  };
  const startRun = async (pile: readonly NamedFile[]) =>
    (await startAsync(server.url, PARSER_PATHS.adminParallel, pile, TOKEN)).runId;
  const done = (runId: string) => runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed');

  it.each([
    // No answer is kept for later runs then; what a run that is killed has paid for must be there all the same.
    ['with CACHE_HOURS=0', '0'],
    ['with answers kept as long as by default', ''],
  ])('asks again about exactly those whose call was under way, %s', async (_name, cacheHours) => {
    await server?.stop();
    await start(cacheHours);
    const first = gemini.calls.length;
    const pile = cacheHours === '0' ? files.slice(0, 40) : files.slice(40, 80);
    // Half are answered at once, half never: at the kill nothing is between the two.
    gemini.set({ script: (index) => (index % 2 === 0 ? undefined : { kind: 'hang' }) });
    const runId = await startRun(pile);
    await until(
      () => gemini.inFlight === IN_FLIGHT,
      () => `${gemini.inFlight} calls under way`,
    );
    await delay(ON_ITS_WAY_MS);
    await server.kill();
    const before = gemini.calls.slice(first);
    const underWay = new Set(before.filter(({ status }) => status === null).map(({ imageSha256 }) => imageSha256));
    const answered = new Set(before.filter(({ status }) => status === 200).map(({ imageSha256 }) => imageSha256));
    expect(underWay.size).toBe(IN_FLIGHT);
    gemini.set({ script: undefined });
    await start(cacheHours);
    const result = await done(runId);
    expect(result.progress).toMatchObject({ processedImages: pile.length, failedImages: 0 });
    const after = gemini.calls.slice(first + before.length).map(({ imageSha256 }) => imageSha256);
    // Each once, and none that was answered; the rest are those it had not come to.
    expect(new Set(after).size).toBe(after.length);
    expect(after.filter((image) => answered.has(image))).toEqual([]);
    expect(after).toHaveLength(pile.length - answered.size);
    expect(after.filter((image) => underWay.has(image))).toHaveLength(IN_FLIGHT);
  });

  it('killed at random moments, it asks again about no image whose answer had come', async () => {
    await server.stop();
    await start('0');
    const pile = files.slice(80);
    const random = seededRandom(20_261_126);
    gemini.set({ latencyMs: ({ index }) => 100 + ((index * 83) % 900) });
    const first = gemini.calls.length;
    const runId = await startRun(pile);
    const kills: number[] = [];
    while (kills.length < KILLS) {
      const known = gemini.calls.length;
      await until(() => gemini.calls.length > known, 'no call begins');
      await delay(random() * 350);
      kills.push(Date.now());
      await server.kill();
      await start('0');
    }
    const result = await done(runId);
    expect(result).toMatchObject({ failures: [], progress: { processedImages: pile.length } });
    const byImage = Map.groupBy(gemini.calls.slice(first), ({ imageSha256 }) => imageSha256);
    expect(byImage.size).toBe(pile.length);
    for (const calls of byImage.values()) {
      // Asked once more for each kill that its call was under way at, and for nothing else.
      expect(calls.slice(0, -1).filter((call) => !wasUnderWayAtOneOf(kills, call))).toEqual([]);
      expect(calls.at(-1)).toMatchObject({ status: 200, aborted: false });
    }
  }, 60_000);
});

function wasUnderWayAtOneOf(kills: readonly number[], { startedAt, endedAt }: StandInCall): boolean {
  const end = (endedAt ?? Infinity) + ON_ITS_WAY_MS;
  return kills.some((at) => startedAt <= at + ON_ITS_WAY_MS && at <= end);
}
