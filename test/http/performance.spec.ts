import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { performanceSampleSchema, performanceSchema } from '../../src/contract/performance.ts';
import { runTimelineSchema, type RunTimeline } from '../../src/contract/timeline.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { named, PARSER_PATHS, runUntil, startAsync, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const TOKEN = 'performance-token';
const bearer = `Bearer ${TOKEN}`;

describe('how the server does', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let dataDir: string;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf, latencyMs: 200 });
    dataDir = await temporaryDirectory();
    await start();
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(dataDir);
  });

  const start = async () => {
    const own = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, ADMIN_TOKEN: TOKEN, DATA_DIR: dataDir };
    server = await startServerProcess({ ...own, CACHE_HOURS: '1', ANALYSIS_CONCURRENCY: '4', MODEL_RPM: '1000' });
  };
  const timeline = async (runId: string, token = TOKEN): Promise<RunTimeline> => {
    const { body } = await request(server.url)
      .get(`/api/runs/${runId}/timeline`)
      .set('Authorization', `Bearer ${token}`)
      .expect(200);
    return runTimelineSchema.strict().parse(body);
  };
  const noOverlap = ({ calls }: RunTimeline) =>
    calls.every((one, index) =>
      calls
        .slice(index + 1)
        .every((other) => one.lane !== other.lane || one.endMs <= other.startMs || other.endMs <= one.startMs),
    );

  it('is told to the admin alone, in samples and in words', async () => {
    await request(server.url).get('/api/performance').expect(401);
    await request(server.url).get('/api/performance/events').expect(401);
    const { body } = await request(server.url).get('/api/performance').set('Authorization', bearer).expect(200);
    expect(performanceSchema.strict().parse(body).advice).toMatchObject([{ code: 'idle' }]);
  });

  it('follows a run live, and keeps each call of it as a bar', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${server.url}/api/performance/events`, {
      headers: { Authorization: bearer },
      signal: stop.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) text += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    const { body: run } = await upload(server.url, PARSER_PATHS.adminParallel, named(await pictures(30)), TOKEN);
    await until(
      () => (text.match(/event: sample/g) ?? []).length >= 4,
      () => text,
    );
    stop.abort();
    await reading;
    const samples = [...text.matchAll(/event: sample\ndata: (.*)\n/g)].map(([, data]) =>
      performanceSampleSchema.strict().parse(JSON.parse(data ?? '')),
    );
    expect(text).toContain('event: advice');
    const last = samples.at(-1);
    expect(last).toMatchObject({
      imagesPerMinute: 30,
      callsMade: 30,
      quota: { requestsPerMinute: { used: 30, allowed: 1_000 } },
      slots: 4,
    });
    expect(last?.latencyMs.p50).toBeGreaterThan(150);

    const picture = await timeline(run.runId);
    expect(picture.calls).toHaveLength(30);
    expect(noOverlap(picture)).toBe(true);
    expect(new Set(picture.calls.map(({ position }) => position)).size).toBe(30);
    expect(
      picture.calls.every(({ kind, outcome, thread }) => kind === 'call' && outcome === 'succeeded' && thread),
    ).toBe(true);
    expect(picture.sequentialMs).toBeGreaterThan(30 * 190);
    expect(picture.sequentialMs / picture.parallelMs).toBeGreaterThan(2);
    expect(picture.advice).toMatchObject([{ code: 'slotsBind', values: { slots: 4 } }]);
  });

  it('shows retries, and answers that were at hand; a stranger sees nothing', async () => {
    const files = named(await pictures(34)).slice(28);
    gemini.set({ script: (index) => (index % 3 === 0 ? { kind: 'unavailable' } : undefined) });
    const { runId, runToken } = await startAsync(server.url, PARSER_PATHS.adminParallel, files, TOKEN);
    await runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed');
    gemini.set({ script: undefined });
    const { calls } = await timeline(runId, runToken);
    const kinds = calls.map(({ kind, outcome }) => `${kind} ${outcome}`);
    expect(kinds).toEqual(expect.arrayContaining(['cached succeeded', 'call failed', 'retry succeeded']));
    expect(calls.find(({ outcome }) => outcome === 'failed')?.code).toBe('model.unavailable');
    await request(server.url).get(`/api/runs/${runId}/timeline`).expect(401);
    await request(server.url).get('/api/runs/run_none/timeline').set('Authorization', bearer).expect(404);
  });

  it('keeps the picture over a kill: what was done before stands before what was done after', async () => {
    gemini.set({ latencyMs: 900 });
    const files = named((await pictures(90)).slice(60));
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminParallel, files, TOKEN);
    await until(async () => (await timeline(runId)).calls.length > 0, 'nothing was kept', 15_000);
    const before = (await timeline(runId)).calls;
    await server.kill();
    await start();
    await runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed');
    const picture = await timeline(runId);
    const bars = ({ calls }: Pick<RunTimeline, 'calls'>) => calls.map(({ position, startMs }) => [position, startMs]);
    expect(bars(picture)).toEqual(expect.arrayContaining(bars({ calls: before })));
    expect(picture.calls.length).toBeGreaterThan(before.length);
    const startsAfter = picture.calls.slice(before.length).map(({ startMs }) => startMs);
    expect(Math.min(...startsAfter)).toBeGreaterThanOrEqual(Math.max(...before.map(({ startMs }) => startMs)));
    expect(noOverlap(picture)).toBe(true);
    expect(picture.wallMs).toBeGreaterThan(5_000);
  }, 60_000);
});

describe('a run that is read on this machine', () => {
  it('has its threads as lanes, from 1', async () => {
    const server = await startServerProcess({ MODEL: 'local', ADMIN_TOKEN: TOKEN });
    try {
      const names = ['01-feed-light.png', '02-flyer.jpg', '03-week-rows.jpg', '05-flyer.jpg'];
      const files = await Promise.all(
        names.map(async (name) => ({
          name,
          bytes: await readFile(new URL(`../../samples/images/${name}`, import.meta.url)),
        })),
      );
      const { body: run } = await upload(server.url, PARSER_PATHS.adminParallel, files, TOKEN).expect(200);
      const { body } = await request(server.url).get(`/api/runs/${run.runId}/timeline`).set('Authorization', bearer);
      const { calls, advice } = runTimelineSchema.strict().parse(body);
      expect(calls.map(({ image }) => image).sort()).toEqual([...names].sort());
      const threads = new Set(calls.map(({ thread }) => thread));
      expect([...threads].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from(threads, (_, index) => index + 1));
      // One thread reads one image at a time.
      expect(calls.every(({ thread, lane }) => lane === (thread ?? 0) - 1)).toBe(true);
      expect(advice).toMatchObject([{ code: expect.stringMatching(/^(threadsBind|latencyBinds)$/) }]);
    } finally {
      await server.stop();
      await removeDirectory(server.dataDir);
    }
  }, 60_000);
});
