import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { parseMetrics } from '../support/prometheus-text.ts';
import { getRun, named, PARSER_PATHS, runUntil, startAsync, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { readEvents } from '../support/sse.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const KEY = 'AIza-key-that-must-never-be-logged';
const ADMIN = 'admin-token-that-must-never-be-logged';
const SECRET = 'secret-of-a-request-that-must-never-be-logged';

type Line = Record<string, unknown>;

describe('metrics and logs of a server', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf, apiKey: KEY });
    server = await startServerProcess({
      GEMINI_API_KEY: KEY,
      GEMINI_BASE_URL: gemini.baseUrl,
      ADMIN_TOKEN: ADMIN,
      LOG_LEVEL: 'debug',
    });
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const lines = (): Line[] =>
    server
      .log()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  /** The lines that have these fields, once there is one: they are written a moment after the answer. */
  const logged = async (fields: Line): Promise<Line[]> => {
    for (const limit = Date.now() + 5_000; ;) {
      const found = lines().filter((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
      if (found.length > 0) return found;
      if (Date.now() > limit) throw new Error(`No line with ${JSON.stringify(fields)} in:\n${server.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('gives its metrics to this machine, as text that Prometheus can read', async () => {
    const { text, headers } = await request(server.url).get('/metrics').expect(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const metrics = parseMetrics(text);
    expect([...metrics.keys()]).toEqual(
      expect.arrayContaining([
        'contactsheet_calls_total',
        'contactsheet_stage_duration_seconds',
        'contactsheet_event_loop_delay_seconds',
        'process_resident_memory_bytes',
        'process_cpu_seconds_total',
      ]),
    );
  });

  it('refuses them to whoever comes through a proxy, but not to the admin', async () => {
    const proxied = () => request(server.url).get('/metrics').set('X-Forwarded-For', '203.0.113.9');
    const refused = await proxied();
    expect({ status: refused.status, type: refused.type, code: refused.body.code }).toEqual({
      status: 401,
      type: 'application/problem+json',
      code: 'auth.required',
    });
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    await proxied().set('Authorization', `Bearer ${SECRET}`).expect(401);
    await request(server.url).get('/metrics').set('Host', 'rebound.example').expect(401);
    await proxied().set('Authorization', `Bearer ${ADMIN}`).expect(200);
  });

  it('logs each request once: method, path without its query, status, time, and the run it is about', async () => {
    await request(server.url).get('/api/runs/run_0a1b2c?token=x&format=csv').expect(401);
    const [line, ...more] = await logged({ path: '/api/runs/run_0a1b2c' });
    expect(more).toEqual([]);
    expect(line).toMatchObject({ level: 'info', msg: 'request', method: 'GET', status: 401, runId: 'run_0a1b2c' });
    expect(line?.ms).toEqual(expect.any(Number));
    expect(line?.reqId).toEqual(expect.any(Number));
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    await request(server.url).get('/api/health').expect(200);
    expect(await logged({ path: '/api/health' })).toMatchObject([{ level: 'debug', status: 200 }]);
  });

  it('logs what is refused before any controller sees it', async () => {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${server.url}/api/admin/settings`, { method: 'PUT', headers, body: '{"maxRetries"' });
    expect(await logged({ method: 'PUT', path: '/api/admin/settings' })).toMatchObject([{ status: 400 }]);
    await request(server.url).get('/nowhere').expect(404);
    expect(await logged({ path: '/nowhere' })).toMatchObject([{ level: 'info', status: 404 }]);
  });

  it('tells of a run by ids and codes: its start, what failed in it, its end', async () => {
    const good = named(await pictures(2));
    const bad = { name: 'private-name-of-a-file.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n, and no more') };
    const { runId, runToken } = await startAsync(server.url, PARSER_PATHS.parallel, [...good, bad]);
    await readEvents(`${server.url}/api/runs/${runId}/events?token=${runToken}`);
    await runUntil(server.url, runId, runToken, ({ state }) => state === 'completed');
    expect(await logged({ runId, msg: 'run started' })).toMatchObject([
      { level: 'info', analysis: 'shows', mode: 'parallel', model: 'gemini:gemini-2.5-flash', images: 3 },
    ]);
    const { failures } = await getRun(server.url, runId, runToken);
    expect(await logged({ runId, msg: 'unit failed' })).toMatchObject([
      { level: 'warn', unitId: failures[0]?.imageId, code: 'image.unreadable', attempts: 1, ms: expect.any(Number) },
    ]);
    expect(await logged({ runId, msg: 'unit read' })).toHaveLength(2);
    expect(await logged({ runId, msg: 'run ended' })).toMatchObject([
      { level: 'info', state: 'completed', images: 3, failed: 1, ms: expect.any(Number) },
    ]);
    expect(await logged({ path: `/api/runs/${runId}/events` })).toMatchObject([{ status: 200, runId }]);
    expect(server.log()).not.toContain('private-name');
    expect(server.log()).not.toContain(runToken);
  });

  it('has nothing but JSON lines on stderr, and no key, token, header or path of this machine anywhere', async () => {
    gemini.set({ apiKey: 'another key' });
    const { body } = await upload(server.url, PARSER_PATHS.parallel, named(await pictures(1)));
    expect(body.failures).toMatchObject([{ code: 'model.keyRefused' }]);
    const headers = { Authorization: `Bearer ${SECRET}`, Cookie: `session=${SECRET}`, 'x-goog-api-key': SECRET };
    for (const path of ['/api/runs', '/api/runs/run_1/events', '/api/health', '/metrics', '/', '/nowhere/at/all']) {
      await request(server.url).get(`${path}?token=${SECRET}&key=${SECRET}`).set(headers);
    }
    await request(server.url).get(`/api/runs/run_1%3Ftoken=${SECRET}`);
    await request(server.url).get('/api/runs').set('Authorization', `Bearer ${ADMIN}`).expect(200);
    await logged({ path: '/nowhere/at/all' });
    expect(await server.stop()).toBe(0);
    expect(lines().length).toBeGreaterThan(20);
    for (const word of [SECRET, KEY, ADMIN, 'Bearer', 'Cookie', server.dataDir]) {
      expect(server.log()).not.toContain(word);
    }
    // What is for people is on stdout, and has no token either: it was set by who started the server.
    for (const word of [SECRET, KEY, ADMIN]) expect(server.output()).not.toContain(word);
  });
});

it('a silent server still says where it is, and how it is entered', async () => {
  const server = await startServerProcess({ MODEL: 'gemini', LOG_LEVEL: 'silent' });
  await request(server.url).get('/nowhere').expect(404);
  expect(server.adminToken).toMatch(/^[\w-]{43}$/);
  await server.stop();
  expect(server.log()).toBe('');
  await removeDirectory(server.dataDir);
});
