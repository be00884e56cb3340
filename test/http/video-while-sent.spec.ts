import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Recipe } from '../../src/contract/recipe.ts';
import type { RunResult, RunStep } from '../../src/contract/run.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { announce, beginPile, getPile, offsetOf } from '../support/piles.ts';
import { getRun, runUntil } from '../support/requests.ts';
import { PANCAKES, pancakeAnswers, pancakesTableLast } from '../support/sample-video.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { StagedUpload } from '../support/staged-upload.ts';
import { until } from '../support/until.ts';

const TOKEN = 'sending-token';
const LIMIT_MS = 60_000;

describe('a run of a video that is still being sent', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let video: Buffer;
  /** The same without its table of contents in front. */
  let lateTable: Buffer;
  let usualTimes: (number | null | undefined)[];

  const start = (env: Record<string, string> = {}) =>
    startServerProcess({
      GEMINI_API_KEY: 'k',
      GEMINI_BASE_URL: gemini.baseUrl,
      ADMIN_TOKEN: TOKEN,
      CACHE_HOURS: '24',
      ...env,
    });
  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: await pancakeAnswers(), latencyMs: 60 });
    [server, video, lateTable] = await Promise.all([start(), readFile(PANCAKES), pancakesTableLast()]);
  }, LIMIT_MS);
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const begin = async (bytes: Buffer, name = 'video.mp4') => {
    const pile = await beginPile(server.url, TOKEN);
    return { pile, upload: await StagedUpload.begin(server.url, pile, name, bytes) };
  };
  const startRun = (pileId: string, body: object) =>
    request(server.url).post(`/api/piles/${pileId}/runs`).set('Authorization', `Bearer ${TOKEN}`).send(body);
  /** Announced, and its run begun, before one byte is sent. */
  const beginRun = async (bytes: Buffer, name?: string) => {
    const { pile, upload } = await begin(bytes, name);
    const wish = { analysis: 'recipes', video: upload.fileId, fresh: true };
    const { body } = await startRun(pile.pileId, wish).expect(202);
    return { pile, upload, runId: (body as { runId: string }).runId };
  };
  const isOver = ({ state }: RunResult) => !['queued', 'running'].includes(state);
  const ended = (runId: string) => runUntil(server.url, runId, TOKEN, isOver, LIMIT_MS);
  const timesOf = ({ records }: RunResult) => (records as Recipe[])[0]?.frames.map(({ timeMs }) => timeMs);
  const spanOf = (step: RunStep | undefined) => (step ? step.endMs - step.startMs : 0);

  it(
    'describes its first frames before the last byte has come, and is over soon after',
    async () => {
      const calls = gemini.calls.length;
      const { pile, upload, runId } = await beginRun(video);
      await upload.sendUpTo(0.6);
      await until(() => gemini.calls.length > calls, 'a frame is asked about');
      const before = await getRun(server.url, runId, TOKEN);
      expect(before).toMatchObject({ state: 'running', video: { name: 'video.mp4', uploadUrl: upload.location } });
      expect(await upload.finish()).toBe(204);
      const run = await ended(runId);
      expect(run).toMatchObject({ state: 'completed', failures: [], notices: [] });
      expect(run.video).toMatchObject({ name: 'video.mp4', sizeBytes: video.length, uploadUrl: null });
      usualTimes = timesOf(run) ?? [];
      expect(usualTimes.length).toBeGreaterThanOrEqual(5);
      const [sending, frames, describing, writing] = (['upload', 'frames', 'describe', 'compose'] as const).map(
        (name) => run.metrics.steps?.find(({ step }) => step === name),
      );
      expect(frames?.startMs).toBeLessThan(sending?.endMs ?? 0);
      expect(describing?.startMs).toBeLessThan(sending?.endMs ?? 0);
      // One after another it would take what all of them take; at the same time, hardly more than the longest chain.
      const inAll = writing?.endMs ?? Infinity;
      expect(inAll).toBeLessThan(spanOf(sending) + spanOf(frames) + spanOf(describing) + spanOf(writing));
      expect(inAll).toBeLessThan(
        1.1 * Math.max(sending?.endMs ?? 0, frames?.endMs ?? 0, describing?.endMs ?? 0) + 2_000,
      );
      // Nobody needs it any more.
      expect(await getPile(server.url, pile)).toMatchObject({ videos: [], problems: [], underWay: 0 });
      expect(await offsetOf(server.url, pile.pileToken, upload.location)).toBe(video.length);
    },
    LIMIT_MS,
  );

  it(
    'goes on where a line was cut, and after the server was killed, and pays for no frame twice',
    async () => {
      const first = gemini.calls.length;
      // Two are answered, the others never: what is answered at the moment of the kill may be lost with it.
      gemini.set({ script: (index) => (index < first + 2 ? undefined : { kind: 'hang' }) });
      const { pile, upload, runId } = await beginRun(video, 'killed.mp4');
      await upload.sendUpTo(0.3);
      await upload.breakOff();
      const offset = await offsetOf(server.url, pile.pileToken, upload.location);
      expect(offset).toBeLessThan(video.length / 2);
      upload.goOn(offset);
      await upload.sendUpTo(0.7);
      await runUntil(server.url, runId, TOKEN, ({ progress }) => progress.processedImages >= 2, LIMIT_MS);
      await server.kill();
      const before = gemini.calls.slice(first);
      gemini.set({ script: undefined });
      server = await start({ DATA_DIR: server.dataDir, UPLOAD_WAIT_SECONDS: '3' });
      const there = await offsetOf(server.url, pile.pileToken, upload.location);
      expect(there).toBeGreaterThan(video.length / 2);
      upload.goOn(there, server.url);
      expect(await upload.finish()).toBe(204);
      const run = await ended(runId);
      expect(run).toMatchObject({ state: 'completed', failures: [] });
      expect(timesOf(run)).toEqual(usualTimes);
      const answered = new Set(before.filter(({ status }) => status === 200).map(({ imageSha256 }) => imageSha256));
      const after = gemini.calls.slice(first + before.length).map(({ imageSha256 }) => imageSha256);
      expect(answered.size).toBeGreaterThanOrEqual(2);
      expect(after.filter((image) => answered.has(image))).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'makes do with what is here when nothing comes any more; sent on, it is read to its end',
    async () => {
      const { pile, upload, runId } = await beginRun(video, 'broken.mp4');
      await upload.sendUpTo(0.6);
      const run = await ended(runId);
      expect(run.state).toBe('completed');
      expect(run.failures).toMatchObject([
        { image: 'broken.mp4', code: 'upload.brokenOff', detail: expect.stringMatching(/at [56]\d %/) },
      ]);
      const times = timesOf(run) ?? [];
      expect(times.length).toBeGreaterThanOrEqual(2);
      expect(times).toEqual(usualTimes.slice(0, times.length));
      expect(await upload.finish()).toBe(204);
      expect((await getPile(server.url, pile)).videos).toMatchObject([{ fileId: upload.fileId, name: 'broken.mp4' }]);
      // All of it was described in a run before.
      const calls = gemini.calls.length;
      const wish = { analysis: 'recipes', video: upload.fileId };
      const { body } = await startRun(pile.pileId, wish).expect(202);
      const again = await ended((body as { runId: string }).runId);
      expect(timesOf(again)).toEqual(usualTimes);
      expect(gemini.calls).toHaveLength(calls);
    },
    LIMIT_MS,
  );

  it(
    'waits for all of it where its table of contents is at its end',
    async () => {
      const { upload, runId } = await beginRun(lateTable);
      await upload.sendUpTo(0.9);
      expect(await getRun(server.url, runId, TOKEN)).toMatchObject({ failures: [], progress: { totalImages: 0 } });
      await upload.finish();
      const run = await ended(runId);
      expect(run).toMatchObject({ state: 'completed', failures: [] });
      expect(timesOf(run)).toEqual(usualTimes);
    },
    LIMIT_MS,
  );

  it(
    'says at once of what is no video that it is none, and of what was given up that it was',
    async () => {
      const words = await beginRun(Buffer.alloc(20_000, 'Two eggs. '), 'words.mp4');
      await words.upload.sendUpTo(0.5);
      const unread = await ended(words.runId);
      expect(unread.failures).toMatchObject([{ image: 'words.mp4', code: 'video.unreadable' }]);
      await words.upload.breakOff();
      const dropped = await beginRun(video, 'dropped.mp4');
      await dropped.upload.sendUpTo(0.01);
      await dropped.upload.breakOff();
      const call = request(server.url).delete(dropped.upload.location).set('Tus-Resumable', '1.0.0');
      await call.set('Authorization', `Bearer ${dropped.pile.pileToken}`).expect(204);
      const gone = await ended(dropped.runId);
      expect(gone.failures).toMatchObject([{ code: 'upload.brokenOff', detail: expect.stringContaining('given up') }]);
    },
    LIMIT_MS,
  );

  it('does not wait for the rest where its run has stopped for another reason', async () => {
    const { upload, runId } = await beginRun(video, 'refused.mp4');
    gemini.set({ script: () => ({ kind: 'keyRefused' }) });
    await upload.sendUpTo(0.6);
    const run = await ended(runId);
    gemini.set({ script: undefined });
    expect(run).toMatchObject({ state: 'failed', video: { uploadUrl: upload.location } });
    const { totalImages } = run.progress;
    expect(await upload.finish()).toBe(204);
    // What comes now is no frame of a run that is over.
    expect((await getRun(server.url, runId, TOKEN)).progress).toMatchObject({ totalImages, remainingImages: 0 });
  });

  it('is refused in words where it is too large, unknown, a visitor’s, or asked for something else', async () => {
    const { pile, upload } = await begin(video);
    const { body } = await announce(server.url, pile, 'film.mp4', 501 * 2 ** 20).expect(413);
    expect(body).toMatchObject({ code: 'upload.tooLarge', detail: expect.stringContaining('500 MB') });
    const nobody = { analysis: 'recipes', video: 'file_000000000000000000' };
    expect((await startRun(pile.pileId, nobody).expect(400)).body).toMatchObject({ code: 'request.invalid' });
    const shows = await startRun(pile.pileId, { video: upload.fileId }).expect(400);
    expect(shows.body).toMatchObject({ detail: expect.stringContaining('no video') });
    const visitors = await beginPile(server.url);
    const theirs = await StagedUpload.begin(server.url, visitors, 'video.mp4', video);
    await startRun(visitors.pileId, { analysis: 'recipes', video: theirs.fileId }).expect(400);
    await theirs.finish();
    expect((await getPile(server.url, visitors)).problems).toMatchObject([{ file: 'video.mp4' }]);
  });
});
