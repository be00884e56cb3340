import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const TOKEN = 'an admin token of the test';

describe('settings, health, docs and access', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServerProcess({ MODEL: 'gemini', ADMIN_TOKEN: TOKEN.replaceAll(' ', '-') });
  });
  afterAll(async () => {
    await server?.stop();
    await removeDirectory(server.dataDir);
  });

  const settings = () =>
    request(server.url).get('/api/admin/settings').set('Authorization', `Bearer ${server.adminToken}`);
  const put = (body: object) =>
    request(server.url).put('/api/admin/settings').set('Authorization', `Bearer ${server.adminToken}`).send(body);
  /** As it is: `supertest` would set a type and encode. */
  const putRaw = (body: string, type: string) =>
    fetch(`${server.url}/api/admin/settings`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${server.adminToken}`, ...(type ? { 'Content-Type': type } : {}) },
      // Bytes: a string would be given a type by itself.
      body: Buffer.from(body),
    });

  it('start as the contract says, change one by one, and outlive the process', async () => {
    expect((await settings().expect(200)).body).toEqual(DEFAULT_SETTINGS);
    const changed = await put({ processingMode: 'sequential', maxInFlight: 40, budgetUsdPerRun: 1.5 }).expect(200);
    const wanted = { ...DEFAULT_SETTINGS, processingMode: 'sequential', maxInFlight: 40, budgetUsdPerRun: 1.5 };
    expect(changed.body).toEqual(wanted);
    await server.kill();
    server = await startServerProcess({ MODEL: 'gemini', ADMIN_TOKEN: server.adminToken, DATA_DIR: server.dataDir });
    expect((await settings().expect(200)).body).toEqual(wanted);
    await put({ maxInFlight: 'auto', budgetUsdPerRun: null }).expect(200);
  });

  it.each([
    [{ maxConcurrentWorkers: 0 }, 'maxConcurrentWorkers'],
    [{ maxConcurrentWorkers: 6 }, 'maxConcurrentWorkers'],
    [{ maxConcurrentWorkers: 2.5 }, 'maxConcurrentWorkers'],
    [{ maxConcurrentWorkers: null }, 'maxConcurrentWorkers'],
    [{ maxInFlight: 1_001 }, 'maxInFlight'],
    [{ maxInFlight: 'many' }, 'maxInFlight'],
    [{ processingMode: 'both' }, 'processingMode'],
    [{ timeoutPerImage: 10 }, 'timeoutPerImage'],
    [{ maxRetries: -1 }, 'maxRetries'],
    [{ batchSize: 0 }, 'batchSize'],
    [{ hedging: 'on' }, 'hedging'],
    [{ budgetUsdPerRun: 0 }, 'budgetUsdPerRun'],
    [{ maxWorkers: 3 }, 'maxWorkers'],
    [{ 'max workers': 3 }, 'max workers'],
    [{ constructor: 1 }, 'constructor'],
    [{ toString: 1 }, 'toString'],
    [{ hasOwnProperty: 1, maxRetries: 1 }, 'hasOwnProperty'],
    [{ ['__proto__']: { maxRetries: 1 } }, '__proto__'],
  ])('refuses %j by name, and changes nothing', async (body, name) => {
    const before = (await settings()).body;
    const refused = await put(body);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: 'settings.invalid', detail: expect.stringContaining(name) });
    expect((await settings()).body).toEqual(before);
  });

  it.each([
    ['text', 'text/plain', '{"maxRetries":1}', 'JSON object'],
    ['no type', '', '{"maxRetries":1}', 'JSON object'],
    ['nothing', 'application/json', '', 'JSON object'],
    ['an array', 'application/json', '[{"maxRetries":1}]', 'JSON object'],
  ])('refuses a body that is %s, in words, and changes nothing', async (_name, type, body, words) => {
    const before = (await settings()).body;
    const refused = await putRaw(body, type);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'settings.invalid', detail: expect.stringContaining(words) });
    expect((await settings()).body).toEqual(before);
  });

  it.each(['null', '3', 'true', '"maxRetries"', '{"maxRetries":1'])('refuses the body %s', async (body) => {
    const refused = await putRaw(body, 'application/json');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: expect.stringMatching(/^(settings|request)\.invalid$/) });
  });

  it.each(['constructor', 'toString', '__proto__', 'colour'])('refuses the form field %s by name', async (name) => {
    const form = await request(server.url)
      .post('/api/parser/analyze-screenshots')
      .attach('screenshots', Buffer.from('x'), 'a.png')
      .field(name, '1');
    expect({ status: form.status, code: form.body.code }).toEqual({ status: 400, code: 'request.invalid' });
    expect(form.body.detail).toContain(name);
  });

  it('only the admin may see or change them', async () => {
    await request(server.url).get('/api/admin/settings').expect(401);
    const other = await request(server.url).put('/api/admin/settings').set('Authorization', 'Bearer x').send({});
    expect(other.body).toMatchObject({
      type: 'urn:contactsheet:problem:auth.required',
      status: 401,
      code: 'auth.required',
    });
    expect(other.headers['www-authenticate']).toBe('Bearer');
  });

  it('a run without a model is refused in words, before anything is spent', async () => {
    const { body, status } = await request(server.url)
      .post('/api/parser/analyze-screenshots')
      .attach('screenshots', Buffer.from('x'), 'a.png');
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'model.notConfigured' });
    expect((await request(server.url).get('/api/health').expect(200)).body).toMatchObject({
      status: 'ok',
      model: null,
      modelProblem: expect.stringContaining('GEMINI_API_KEY'),
    });
  });

  it('serves the OpenAPI document of exactly the calls there are, with every reference in place', async () => {
    const { body } = await request(server.url).get('/api/openapi.json').expect(200);
    const calls = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.sort()).toEqual(
      [
        'GET /api/admin/settings',
        'GET /api/audit',
        'GET /api/changesets',
        'GET /api/changesets/{id}',
        'POST /api/changesets',
        'POST /api/changesets/{id}/decisions',
        'POST /api/changesets/{id}/publish',
        'POST /api/changesets/{id}/undo',
        'GET /api/images/{imageId}/original',
        'GET /api/images/{imageId}/{file}',
        'DELETE /api/piles/{id}/files/{fileId}',
        'DELETE /api/piles/{id}/images/{position}',
        'GET /api/piles/{id}',
        'HEAD /api/piles/{id}/files/{fileId}',
        'OPTIONS /api/piles/{id}/files',
        'PATCH /api/piles/{id}/files/{fileId}',
        'POST /api/piles',
        'POST /api/piles/{id}/estimate',
        'POST /api/piles/{id}/files',
        'POST /api/piles/{id}/runs',
        'POST /api/piles/{id}/urls',
        'GET /api/runs/{id}/images',
        'GET /api/admin/model',
        'GET /api/performance',
        'GET /api/performance/events',
        'GET /api/runs/{id}/search',
        'GET /api/runs/{id}/submission',
        'GET /api/runs/{id}/suggestions',
        'GET /api/runs/{id}/timeline',
        'POST /api/admin/model/test',
        'POST /api/changesets/{id}/merge',
        'POST /api/changesets/{id}/split',
        'POST /api/changesets/{id}/unmerge',
        'POST /api/runs/{id}/suggestions',
        'GET /api/search',
        'GET /api/shows',
        'GET /api/shows.ics',
        'GET /api/shows/{id}',
        'GET /api/shows/{id}.jsonld',
        'GET /api/venues',
        'GET /api/health',
        'GET /api/runs',
        'GET /api/runs/{id}',
        'GET /api/runs/{id}/events',
        'GET /api/runs/{id}/export',
        'GET /metrics',
        'POST /api/parser/analyze-admin-screenshots',
        'POST /api/parser/analyze-admin-screenshots-parallel',
        'POST /api/parser/analyze-screenshots',
        'POST /api/parser/analyze-screenshots-parallel',
        'POST /api/runs',
        'POST /api/runs/estimate',
        'POST /api/runs/{id}/cancel',
        'POST /api/runs/{id}/pause',
        'POST /api/runs/{id}/resume',
        'POST /api/runs/{id}/retry-failed',
        'PUT /api/admin/settings',
      ].sort(),
    );
    const references = JSON.stringify(body).matchAll(/#\/components\/schemas\/(\w+)/g);
    for (const [, name] of references) expect(Object.keys(body.components.schemas)).toContain(name);
    const docs = await request(server.url).get('/api/docs').expect(200);
    expect(docs.text).toContain('swagger-ui');
  });

  it('a second server on the same data directory says so and stops', async () => {
    await expect(startServerProcess({ DATA_DIR: server.dataDir })).rejects.toThrow(/data directory|DATA_DIR/);
    await request(server.url).get('/api/health').expect(200);
  });

  it('ends by SIGTERM with code 0', async () => {
    expect(await server.stop()).toBe(0);
  });
});
