import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import request from 'supertest';
import type { Product } from '../../src/contract/product.ts';
import type { RunResult } from '../../src/contract/run.ts';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { getRun, runUntil, steer } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import type { StandInAsk } from '../support/stand-in-types.ts';
import { until } from '../support/until.ts';

const TOKEN = 'boxes-token';
const COLUMNS = 5;
const KEY = { GEMINI_API_KEY: 'k', ADMIN_TOKEN: TOKEN };

/** Five tins on a shelf, no two alike. */
function shelf(red: number): Promise<Buffer> {
  const tins = Array.from({ length: COLUMNS }, (_, number) => ({
    input: { create: { width: 80, height: 90, channels: 3 as const, background: { r: red, g: number * 40, b: 200 } } },
    left: number * 100 + 10,
    top: 5,
  }));
  const empty = sharp({ create: { width: 500, height: 100, channels: 3, background: '#fff' } });
  return empty.composite(tins).png().toBuffer();
}

/** As a model gives them: in its own order of edges, one twice, one of nothing, one that is none. */
const OBJECTS = [
  ...Array.from({ length: COLUMNS }, (_, number) => ({ box_2d: [50, number * 200 + 20, 950, number * 200 + 180] })),
  { box_2d: [52, 22, 950, 181] },
  { box_2d: [10, 10, 10, 10] },
  { label: 'shelf' },
];

const asksForBoxes = ({ prompt }: Pick<StandInAsk, 'prompt'>) => prompt.startsWith('You find the products');
const asked: boolean[] = [];

function answerFor(ask: StandInAsk): unknown {
  asked.push(asksForBoxes(ask));
  if (asksForBoxes(ask)) return { objects: OBJECTS };
  const name = `Tin ${(ask.imageSha256 ?? '').slice(0, 6)}`;
  return {
    products: [{ name, brand: 'Acme', category: 'tin', confidence: 0.9, left: 0, top: 0, right: 9, bottom: 9 }],
  };
}

describe('products of images without detections over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let one: Buffer;
  let other: Buffer;
  const startServer = async (dataDir?: string) => {
    const own = { GEMINI_BASE_URL: gemini.baseUrl, ...(dataDir !== undefined && { DATA_DIR: dataDir }) };
    server = await startServerProcess({ ...KEY, ...own });
  };
  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor });
    [one, other] = [await shelf(10), await shelf(240)];
    await startServer();
  }, 60_000);
  beforeEach(() => {
    gemini.set({ answerFor });
    asked.length = 0;
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const start = async (images: Record<string, Buffer>, fields: Record<string, string> = {}) => {
    let call = request(server.url).post('/api/runs').set('Authorization', `Bearer ${TOKEN}`);
    for (const [name, value] of Object.entries({ analysis: 'products', ...fields })) call = call.field(name, value);
    for (const [filename, bytes] of Object.entries(images)) call = call.attach('screenshots', bytes, { filename });
    const { body } = await call.expect(202);
    return (body as { runId: string }).runId;
  };
  const ended = (runId: string) => runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed', 30_000);
  const products = (result: RunResult) => (result.records ?? []) as Product[];
  const count = (isBoxes: boolean) => asked.filter((each) => each === isBoxes).length;

  it('are found first, and then asked about one by one, each in its box', async () => {
    const result = await ended(
      await start({ 'one.png': one, 'other.png': other, 'again.png': one, 'broken.png': Buffer.from('no') }),
    );
    expect([count(true), count(false)]).toEqual([2, 2 * COLUMNS]);
    expect(result.progress).toMatchObject({
      totalImages: 4 + 2 * COLUMNS,
      processedImages: 4 + 2 * COLUMNS,
      failedImages: 1,
    });
    expect(result.failures.map(({ image }) => image)).toEqual(['broken.png']);
    const places = products(result).flatMap((each) => each.places);
    expect(places.map(({ image }) => image)).toEqual(
      expect.arrayContaining(['one.png #1', 'one.png #5', 'other.png #1', 'other.png #5']),
    );
    expect(places).toHaveLength(2 * COLUMNS);
    const second = places.find(({ image }) => image === 'one.png #2');
    expect(second?.box?.map((edge) => Math.round(edge * 1_000))).toEqual([220, 50, 160, 900]);
    expect(result.metrics.calls).toMatchObject({ made: 2 + 2 * COLUMNS, succeeded: 2 + 2 * COLUMNS });
  });

  it('in one question for each image, where the run is told so', async () => {
    const result = await ended(await start({ 'one.png': one }, { options: '{"eachByItself": false}' }));
    expect([count(true), count(false)]).toEqual([0, 1]);
    expect(products(result)).toHaveLength(1);
  });

  it('an image whose products could not be found fails alone, and a second try finds them', async () => {
    let isBroken = true;
    gemini.set({
      answerFor: (ask: StandInAsk) =>
        isBroken && asksForBoxes(ask) && ask.imageSha256 === firstSeen(ask) ? 'nonsense' : answerFor(ask),
    });
    let seen: string | null = null;
    function firstSeen({ imageSha256 }: StandInAsk): string | null {
      return (seen ??= imageSha256);
    }
    const runId = await start({ 'one.png': one, 'other.png': other });
    const result = await ended(runId);
    expect(result.failures).toHaveLength(1);
    expect(products(result)).toHaveLength(COLUMNS);
    isBroken = false;
    await steer(server.url, runId, 'retry-failed', TOKEN);
    const again = await ended(runId);
    expect(again.failures).toEqual([]);
    expect(products(again)).toHaveLength(2 * COLUMNS);
  });

  it('after kill -9 nothing that was answered is asked again, boxes neither', async () => {
    let parts = 0;
    gemini.set({ latencyMs: (ask: StandInAsk) => (asksForBoxes(ask) || ++parts <= 4 ? 0 : 60_000) });
    const runId = await start({ 'one.png': one, 'other.png': other });
    await until(async () => (await getRun(server.url, runId, TOKEN)).progress.processedImages === 6, 'not six read');
    const { dataDir } = server;
    // What is counted is stored within a quarter of a second.
    await delay(500);
    await server.kill();
    gemini.set({ latencyMs: 0 });
    asked.length = 0;
    await startServer(dataDir);
    const result = await ended(runId);
    expect([count(true), count(false)]).toEqual([0, 2 * COLUMNS - 4]);
    expect(products(result)).toHaveLength(2 * COLUMNS);
  }, 60_000);

  it('on the command line as well', async () => {
    const file = join(server.dataDir, 'one.png');
    await writeFile(file, one);
    const { code, stdout } = await runCli(['parse', file, '--analysis', 'products', '--format', 'json'], {
      GEMINI_API_KEY: 'k',
      GEMINI_BASE_URL: gemini.baseUrl,
    });
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as RunResult;
    expect(products(result)).toHaveLength(COLUMNS);
    expect([count(true), count(false)]).toEqual([1, COLUMNS]);
  });
});
