import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { pictures } from '../support/pictures.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import {
  asRunResult,
  getRun,
  named,
  PARSER_PATHS,
  runUntil,
  startAsync,
  upload,
  type NamedFile,
} from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { readEvents } from '../support/sse.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const KEY = 'AIza-test-key-that-must-never-be-seen';

describe('runs over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let files: NamedFile[];

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf, apiKey: KEY });
    server = await startServerProcess({ GEMINI_API_KEY: KEY, GEMINI_BASE_URL: gemini.baseUrl });
    files = named(await pictures(20));
  });
  beforeEach(() => gemini.set({ latencyMs: 5, script: undefined, apiKey: KEY, quota: null }));
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const admin = () => ({ Authorization: `Bearer ${server.adminToken}` });

  it('all four parser calls answer with the same shows', async () => {
    const four = files.slice(0, 4);
    const results = [];
    for (const [way, path] of Object.entries(PARSER_PATHS)) {
      const token = way.startsWith('admin') ? server.adminToken : undefined;
      const { body } = await upload(server.url, path, four, token).field('timezone', 'America/New_York').expect(200);
      results.push(asRunResult(body));
    }
    expect(results.map(({ mode }) => mode)).toEqual(['sequential', 'parallel', 'sequential', 'parallel']);
    for (const { shows, state } of results) {
      expect(state).toBe('completed');
      expect(shows).toEqual(results[0]?.shows);
    }
    // Four rooms, and the tavern that all four images tell of, once.
    expect(results[0]?.shows).toHaveLength(5);
    const tavern = results[0]?.shows.find(({ venue }) => venue.name === 'Rusty Anchor Tavern');
    expect(tavern?.evidence).toHaveLength(4);
    expect(tavern?.schedule).toMatchObject({
      days: ['FR'],
      startTime: '20:00',
      endTime: '00:00',
      timezone: 'America/New_York',
      warnings: [],
    });
    expect(tavern?.schedule.next).toHaveLength(4);
    for (const start of tavern?.schedule.next ?? []) expect(start).toMatch(/T20:00:00-0[45]:00$/);
    expect(results[0]?.model).toBe('gemini:gemini-2.5-flash');
  });

  it('with Prefer: respond-async it answers 202 at once, and the token reads the run', async () => {
    gemini.set({ latencyMs: 300 });
    const response = await upload(server.url, PARSER_PATHS.parallel, files.slice(0, 3)).set('Prefer', 'respond-async');
    expect(response.status).toBe(202);
    const { runId, runToken } = response.body as { runId: string; runToken: string };
    expect(response.headers.location).toBe(`/api/runs/${runId}`);
    expect((await getRun(server.url, runId, runToken)).state).toMatch(/queued|running/);
    await request(server.url).get(`/api/runs/${runId}`).expect(401);
    await request(server.url).get(`/api/runs/${runId}?token=${runToken}x`).expect(401);
    await request(server.url).get(`/api/runs/run_000?token=${runToken}`).expect(401);
    const ended = await runUntil(server.url, runId, runToken, ({ state }) => state === 'completed');
    expect(ended.progress).toMatchObject({ totalImages: 3, processedImages: 3, failedImages: 0, remainingImages: 0 });
    // The sender may look, not steer.
    const steer = request(server.url).post(`/api/runs/${runId}/cancel`).set('Authorization', `Bearer ${runToken}`);
    expect((await steer).body).toMatchObject({ code: 'auth.required', status: 401 });
  });

  it('tells of progress, images, records and the end as events, and goes on after the last one seen', async () => {
    gemini.set({ latencyMs: 60 });
    const { runId, runToken } = await startAsync(server.url, PARSER_PATHS.sequential, files.slice(0, 5));
    const url = `${server.url}/api/runs/${runId}/events?token=${runToken}`;
    const all = await readEvents(url);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    expect(all.filter(({ event }) => event === 'image')).toHaveLength(5);
    expect(all.at(-1)).toMatchObject({ event: 'done', data: { runId, state: 'completed' } });
    expect(all.at(-1)?.data).not.toHaveProperty('shows');
    const records = new Set(all.filter(({ event }) => event === 'record').map(({ data }) => data.id));
    const result = await getRun(server.url, runId, runToken);
    for (const { id } of result.shows) expect(records).toContain(id);
    const rest = await readEvents(url, all[6]?.id);
    expect(rest).toEqual(all.slice(7));
    const again = await fetch(url, { headers: { 'Last-Event-ID': String(all.at(-1)?.id) } });
    expect(again.status).toBe(204);
  });

  it('pauses, goes on, and cancels; what was read is kept', async () => {
    gemini.set({ latencyMs: 100 });
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminSequential, files, server.adminToken);
    await runUntil(server.url, runId, server.adminToken, ({ progress }) => progress.processedImages >= 2);
    const paused = await request(server.url).post(`/api/runs/${runId}/pause`).set(admin()).expect(200);
    expect(paused.body).toMatchObject({ state: 'paused' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = gemini.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(gemini.calls.length).toBe(before);
    await request(server.url).post(`/api/runs/${runId}/pause`).set(admin()).expect(409);
    await request(server.url).post(`/api/runs/${runId}/resume`).set(admin()).expect(200);
    await runUntil(server.url, runId, server.adminToken, ({ progress }) => progress.processedImages >= 5);
    const cancelled = await request(server.url).post(`/api/runs/${runId}/cancel`).set(admin()).expect(200);
    const result = asRunResult(cancelled.body);
    expect(result.state).toBe('cancelled');
    expect(result.progress.remainingImages).toBeGreaterThan(0);
    expect(result.shows.length).toBeGreaterThanOrEqual(5);
    await request(server.url).post(`/api/runs/${runId}/cancel`).set(admin()).expect(409);
  });

  it('a cancel stops calls under way at the socket within 100 ms', async () => {
    gemini.set({ script: () => ({ kind: 'hang' }) });
    const first = gemini.calls.length;
    const { runId } = await startAsync(server.url, PARSER_PATHS.parallel, files.slice(0, 10));
    while (gemini.inFlight < 10) await new Promise((resolve) => setTimeout(resolve, 10));
    const askedAt = Date.now();
    await request(server.url).post(`/api/runs/${runId}/cancel`).set(admin()).expect(200);
    while (gemini.inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const stopped = gemini.calls.slice(first).map(({ endedAt }) => (endedAt ?? Infinity) - askedAt);
    expect(Math.max(...stopped)).toBeLessThan(100);
    expect(gemini.calls.slice(first).every(({ aborted }) => aborted)).toBe(true);
  });

  it('tries again what may pass, gives up on the rest, and retry-failed reads only those', async () => {
    const broken = { name: 'broken.png', bytes: Buffer.from('this is no image') };
    gemini.set({ script: (_index, ask) => (ask.earlier === 0 ? { kind: 'unavailable' } : undefined) });
    const three = named(await pictures(33)).slice(30);
    const passing = asRunResult((await upload(server.url, PARSER_PATHS.parallel, three).expect(200)).body);
    expect(passing).toMatchObject({ state: 'completed', failures: [] });
    expect(passing.metrics.calls).toMatchObject({ made: 6, succeeded: 3, retried: 3 });

    gemini.set({ script: () => ({ kind: 'blocked' }) });
    const before = gemini.calls.length;
    const { runId } = await startAsync(
      server.url,
      PARSER_PATHS.adminParallel,
      [...files.slice(0, 2), broken],
      server.adminToken,
    );
    const failed = await runUntil(server.url, runId, server.adminToken, ({ state }) => state === 'completed');
    expect(failed.failures.map(({ code }) => code)).toEqual(['model.blocked', 'model.blocked', 'image.unreadable']);
    expect(gemini.calls.length - before).toBe(2);
    expect(failed.failures[2]).toMatchObject({ image: 'broken.png', retryable: false });
  });

  it('counts the tokens of answers that were cut off: they are paid for, too', async () => {
    const tokens = { input: 1_000, output: 100 };
    gemini.set({ tokens, script: (_index, ask) => (ask.earlier === 0 ? { kind: 'truncated' } : undefined) });
    const two = named(await pictures(42)).slice(40);
    const result = asRunResult((await upload(server.url, PARSER_PATHS.parallel, two).expect(200)).body);
    expect(result).toMatchObject({ state: 'completed', failures: [] });
    expect(result.metrics.tokens).toEqual({ input: 4_000, output: 400 });
  });

  it('retry-failed reads the failed images again in the same run, and no other', async () => {
    gemini.set({
      script: (_index, ask) => (ask.imageBytes % 2 === 0 ? { kind: 'text', text: 'no JSON here' } : undefined),
    });
    await request(server.url).put('/api/admin/settings').set(admin()).send({ maxRetries: 0 }).expect(200);
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminParallel, files, server.adminToken);
    const first = await runUntil(server.url, runId, server.adminToken, ({ state }) => state === 'completed');
    expect(first.failures.length).toBeGreaterThan(0);
    expect(first.failures.every(({ code }) => code === 'model.replyInvalid')).toBe(true);
    gemini.set({ script: undefined });
    const before = gemini.calls.length;
    await request(server.url).post(`/api/runs/${runId}/retry-failed`).set(admin()).expect(200);
    const second = await runUntil(server.url, runId, server.adminToken, ({ state }) => state === 'completed');
    expect(second.failures).toEqual([]);
    expect(gemini.calls.length - before).toBe(first.failures.length);
    await request(server.url).post(`/api/runs/${runId}/retry-failed`).set(admin()).expect(409);
    await request(server.url).put('/api/admin/settings').set(admin()).send({ maxRetries: 3 }).expect(200);
    const events = await readEvents(`${server.url}/api/runs/${runId}/events?token=${server.adminToken}`);
    expect(events.at(-1)?.event).toBe('done');
    expect(events.filter(({ event }) => event === 'done')).toHaveLength(2);
  });

  it('a refused key stops the run at once with a clear word, and the key is nowhere to be seen', async () => {
    gemini.set({ apiKey: 'another key' });
    const before = gemini.calls.length;
    const { body } = await upload(server.url, PARSER_PATHS.adminParallel, files, server.adminToken).expect(200);
    const result = asRunResult(body);
    expect(result.state).toBe('failed');
    expect(result.notices.join(' ')).toMatch(/key/i);
    expect(result.failures).toHaveLength(20);
    expect(new Set(result.failures.map(({ code }) => code))).toEqual(new Set(['model.keyRefused']));
    expect(gemini.calls.length - before).toBeLessThanOrEqual(20);
    expect(JSON.stringify(body)).not.toContain(KEY);
    expect(server.output()).not.toContain(KEY);
    // Nor in the database or any other file; the admin's token neither.
    for (const entry of await readdir(server.dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect({ file: entry.name, holds: bytes.includes(KEY) || bytes.includes(server.adminToken) }).toEqual({
        file: entry.name,
        holds: false,
      });
    }
  });

  it('reads the same bytes once, and counts them as often as they were sent', async () => {
    const before = gemini.calls.length;
    const [one] = files;
    const twins = [one, one, one].map((file, index) => ({
      name: `copy-${index}.png`,
      bytes: file?.bytes ?? Buffer.alloc(0),
    }));
    const result = asRunResult((await upload(server.url, PARSER_PATHS.parallel, twins).expect(200)).body);
    expect(gemini.calls.length - before).toBe(1);
    expect(result.progress).toMatchObject({ totalImages: 3, processedImages: 3, remainingImages: 0 });
    expect(result.metrics.calls).toMatchObject({ made: 1, cached: 2 });
    expect(result.shows).toHaveLength(2);
  });

  it('lists runs for the admin, and hands a result out in every format', async () => {
    const { body: list } = await request(server.url).get('/api/runs?limit=3').set(admin()).expect(200);
    expect(list).toHaveLength(3);
    await request(server.url).get('/api/runs').expect(401);
    const started = await request(server.url)
      .post('/api/runs')
      .set(admin())
      .field('analysis', 'shows')
      .attach('screenshots', files[0]?.bytes ?? Buffer.alloc(0), 'one.png')
      .expect(202);
    const { runId, runToken } = started.body as { runId: string; runToken: string };
    await runUntil(server.url, runId, runToken, ({ state }) => state === 'completed');
    const wanted = {
      json: [/^application\/json/, /"shows"/],
      csv: [/^text\/csv/, /Rusty Anchor Tavern/],
      ics: [/^text\/calendar/, /BEGIN:VEVENT/],
      jsonld: [/^application\/ld\+json/, /schema\.org/],
    } as const;
    for (const [format, [type, content]] of Object.entries(wanted)) {
      const file = await fetch(`${server.url}/api/runs/${runId}/export?format=${format}&token=${runToken}`);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toMatch(type);
      expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(await file.text()).toMatch(content);
    }
    const { body } = await request(server.url).get(`/api/runs/${runId}/export?format=exe`).set(admin()).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid' });
  });
});
