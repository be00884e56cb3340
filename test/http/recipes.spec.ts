import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Recipe } from '../../src/contract/recipe.ts';
import type { RunResult } from '../../src/contract/run.ts';
import type { FoundImage } from '../../src/contract/search.ts';
import { imageDirOf, storedImagePath } from '../../src/images/stream-intake.ts';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { getRun, runUntil, steer } from '../support/requests.ts';
import { until } from '../support/until.ts';
import type { StandInAsk } from '../support/stand-in-types.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';

const TOKEN = 'recipes-token';
const VIDEO = new URL('../../samples/videos/pancakes.mp4', import.meta.url);
const DISHES = ['whisking eggs', 'sifting flour', 'pouring batter', 'flipping pancakes', 'adding syrup'];

/** The first frame that is asked about shows the first of them, and so on. */
const seen: string[] = [];

/** What a frame shows is the frame's own; the recipe is written from the lines that came with the question. */
function answerFor({ imageSha256, prompt }: StandInAsk): unknown {
  if (imageSha256 === null) {
    const lines = prompt.split('\n').filter((line) => line.startsWith('{'));
    const frames = lines.map((line) => JSON.parse(line) as { seconds: number; shows: string });
    return {
      title: 'Pancakes',
      servings: '4',
      totalMinutes: 20,
      ingredients: [
        { name: 'flour', amount: '1 1/2', unit: 'cups', note: 'sifted' },
        { name: 'unicorn dust', amount: 1, unit: 'pinch', note: null },
      ],
      steps: frames.map(({ seconds, shows }) => ({ text: shows, seconds })),
      equipment: ['Pan', 'pan'],
    };
  }
  if (!seen.includes(imageSha256)) seen.push(imageSha256);
  const dish = DISHES[seen.indexOf(imageSha256) % DISHES.length];
  return {
    description: `Somebody is ${dish}`,
    ingredients: [{ name: 'Flour', amount: 200, unit: 'g' }],
    equipment: ['pan'],
  };
}

describe('a recipe from a cooking video over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let video: Buffer;
  const startServer = async (dataDir?: string) => {
    server = await startServerProcess({
      GEMINI_API_KEY: 'k',
      GEMINI_BASE_URL: gemini.baseUrl,
      ADMIN_TOKEN: TOKEN,
      CACHE_HOURS: '24',
      ...(dataDir !== undefined && { DATA_DIR: dataDir }),
    });
  };
  beforeAll(async () => {
    video = await readFile(VIDEO);
    gemini = await startGeminiStandIn({ answerFor });
    await startServer();
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const send = (bytes: Buffer, filename: string, analysis = 'recipes') =>
    request(server.url)
      .post('/api/runs')
      .set('Authorization', `Bearer ${TOKEN}`)
      .field('analysis', analysis)
      .attach('screenshots', bytes, { filename });
  const start = async (bytes: Buffer, filename: string, analysis?: string) => {
    const { body } = await send(bytes, filename, analysis).expect(202);
    return (body as { runId: string }).runId;
  };
  const isOver = ({ state }: RunResult) => !['queued', 'running'].includes(state);
  const ended = (runId: string) => runUntil(server.url, runId, TOKEN, isOver, 60_000);
  const recipeOf = ({ records }: RunResult) => (records as Recipe[])[0];
  const get = (path: string) => request(server.url).get(path).set('Authorization', `Bearer ${TOKEN}`);
  let whole: RunResult;

  it('describes its frames, writes the recipe from them in order, and says what took how long', async () => {
    whole = await ended(await start(video, 'pancakes.mp4'));
    expect(whole).toMatchObject({ state: 'completed', failures: [] });
    const recipe = recipeOf(whole);
    expect(recipe).toMatchObject({
      title: 'Pancakes',
      servings: '4',
      totalMinutes: 20,
      isDraft: false,
      equipment: ['pan'],
    });
    const times = recipe?.frames.map(({ timeMs }) => timeMs ?? -1) ?? [];
    expect(times.length).toBeGreaterThanOrEqual(5);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(recipe?.steps.map(({ imageId }) => imageId)).toEqual(recipe?.frames.map(({ imageId }) => imageId));
    const [flour, dust] = recipe?.ingredients ?? [];
    expect(flour).toMatchObject({ name: 'flour', amount: 1.5, unit: 'cups' });
    expect(flour?.imageIds.length).toBe(times.length);
    // Nobody saw it: it may be made up, and the record says so.
    expect(dust?.imageIds).toEqual([]);
    expect(whole.progress).toMatchObject({ totalImages: times.length, processedImages: times.length, failedImages: 0 });
    expect(whole.metrics.calls.made).toBe(times.length + 1);
    expect(whole.metrics.steps?.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['upload', 'frames', 'describe', 'embed', 'compose', 'store']),
    );
  }, 60_000);

  it('finds frames by what they are about', async () => {
    const { body } = await get(`/api/runs/${whole.runId}/search?q=flipping%20pancakes&limit=3`).expect(200);
    const found = body as FoundImage[];
    const flipped = recipeOf(whole)?.frames.filter(({ description }) => description.includes('flipping')) ?? [];
    expect(flipped.length).toBeGreaterThan(0);
    expect(found).toHaveLength(3);
    expect(flipped.map(({ imageId }) => imageId)).toContain(found[0]?.imageId);
    expect(found[0]?.text).toContain('flipping pancakes');
    expect(found[0]?.likeness).toBeGreaterThan(found[2]?.likeness ?? 1);
    const { body: everywhere } = await get('/api/search?q=flipping%20pancakes&limit=1').expect(200);
    expect((everywhere as FoundImage[])[0]?.runId).toBe(whole.runId);
    await get(`/api/runs/${whole.runId}/search?q=`).expect(400);
  });

  it('asks nothing twice: a second run of the video makes no call, for frames, recipe or vectors', async () => {
    const [calls, vectors] = [gemini.calls.length, gemini.embedded.length];
    const again = await ended(await start(video, 'pancakes.mp4'));
    expect(recipeOf(again)?.title).toBe('Pancakes');
    expect(gemini.calls).toHaveLength(calls);
    expect(gemini.embedded).toHaveLength(vectors);
    expect(again.metrics.calls.made).toBe(0);
  }, 60_000);

  it('can be had as JSON-LD of schema.org', async () => {
    const { text, headers } = await get(`/api/runs/${whole.runId}/export?format=jsonld`).expect(200);
    expect(headers['content-type']).toContain('application/ld+json');
    const graph = (JSON.parse(text) as { '@graph': Record<string, unknown>[] })['@graph'];
    expect(graph[0]).toMatchObject({ '@type': 'Recipe', name: 'Pancakes', recipeYield: '4', totalTime: 'PT20M' });
    expect(graph[0]?.['recipeIngredient']).toEqual(['1.5 cups flour, sifted', '1 pinch unicorn dust']);
  });

  it('a video that is cut off, and one that is none, cost themselves only', async () => {
    const cut = await ended(await start(video.subarray(0, Math.floor(video.length / 3)), 'cut.mp4'));
    expect(cut.failures).toMatchObject([{ image: 'cut.mp4', code: 'video.unreadable', retryable: false }]);
    const text = await ended(await start(Buffer.from('no video at all'), 'text.mp4'));
    expect(text.failures.map(({ code }) => code)).toEqual(['image.unreadable']);
    const asShows = await ended(await start(video, 'pancakes.mp4', 'shows'));
    expect(asShows.failures[0]?.detail).toContain('video');
    expect((await getRun(server.url, whole.runId, TOKEN)).state).toBe('completed');
  }, 60_000);

  it('the command line does the same, with a table and as JSON-LD', async () => {
    const dataDir = await temporaryDirectory();
    const env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, CACHE_HOURS: '24' };
    const parse = (...options: string[]) =>
      runCli(['parse', fileURLToPath(VIDEO), '--analysis', 'recipes', '--data-dir', dataDir, ...options], env);
    const json = await parse('--format', 'jsonld');
    expect({ code: json.code, stderr: json.stderr }).toMatchObject({ code: 0 });
    expect(json.stdout).toContain('"name": "Pancakes"');
    const calls = gemini.calls.length;
    const table = await parse();
    expect(table.code).toBe(0);
    expect(table.stdout).toContain('Pancakes');
    expect(gemini.calls).toHaveLength(calls);
    await removeDirectory(dataDir);
  }, 60_000);

  it('a server killed in the middle goes on with the rest of the video, and asks nothing twice', async () => {
    // Another picture in front, so that no answer is known; half are answered at once, half never.
    const first = gemini.calls.length;
    gemini.set({ script: (index) => (index % 2 === 0 ? undefined : { kind: 'hang' }) });
    const { body } = await send(video, 'killed.mp4').set('Cache-Control', 'no-cache').expect(202);
    const { runId } = body as { runId: string };
    await runUntil(server.url, runId, TOKEN, ({ progress }) => progress.processedImages >= 2);
    // An answer that is on its way when the server dies was never had: it is asked for again, as it should be.
    gemini.set({ script: () => ({ kind: 'hang' }) });
    const isAnswered = ({ status }: { status: number | null }) => status === 200;
    await runUntil(
      server.url,
      runId,
      TOKEN,
      ({ progress }) => progress.processedImages === gemini.calls.slice(first).filter(isAnswered).length,
    );
    await server.kill();
    const before = gemini.calls.slice(first);
    const answered = new Set(before.filter(isAnswered).map(({ imageSha256 }) => imageSha256));
    gemini.set({ script: undefined });
    await startServer(server.dataDir);
    const result = await ended(runId);
    expect(recipeOf(result)).toMatchObject({ title: 'Pancakes', isDraft: false });
    expect(recipeOf(result)?.frames.map(({ timeMs }) => timeMs)).toEqual(
      recipeOf(whole)?.frames.map(({ timeMs }) => timeMs),
    );
    const after = gemini.calls.slice(first + before.length).map(({ imageSha256 }) => imageSha256);
    expect(new Set(after).size).toBe(after.length);
    expect(after.filter((image) => answered.has(image))).toEqual([]);
  }, 60_000);

  it('leaves no video behind where it is cancelled', async () => {
    gemini.set({ script: () => ({ kind: 'hang' }) });
    // Bytes that no other run has.
    const own = Buffer.concat([video, Buffer.from('own')]);
    const { body } = await send(own, 'cancelled.mp4').set('Cache-Control', 'no-cache').expect(202);
    const { runId } = body as { runId: string };
    const path = storedImagePath(imageDirOf(server.dataDir), createHash('sha256').update(own).digest('hex'));
    expect(existsSync(path)).toBe(true);
    await steer(server.url, runId, 'cancel', TOKEN);
    await until(() => !existsSync(path), 'the video is still there');
    gemini.set({ script: undefined });
  }, 40_000);

  it('is refused in words where it comes with another video', async () => {
    const { body } = await send(video, 'one.mp4').attach(
      'screenshots',
      Buffer.concat([video, Buffer.from('x')]),
      'two.mp4',
    );
    expect(body).toMatchObject({ code: 'request.invalid' });
  });
});
