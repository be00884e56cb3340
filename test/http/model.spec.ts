import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { modelInfoSchema, modelTestSchema, type ModelTest } from '../../src/contract/model-test.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import type { StandInFault } from '../support/stand-in-types.ts';

const TOKEN = 'model-token';
const KEY = 'AIza-key-that-must-never-be-shown';

const testModel = async ({ url }: ServerProcess): Promise<ModelTest> => {
  const { body } = await request(url).post('/api/admin/model/test').set('Authorization', `Bearer ${TOKEN}`).expect(200);
  return modelTestSchema.strict().parse(body);
};
const infoOf = async ({ url }: ServerProcess) => {
  const { body } = await request(url).get('/api/admin/model').set('Authorization', `Bearer ${TOKEN}`).expect(200);
  return modelInfoSchema.strict().parse(body);
};

describe('the model, asked by the admin', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ apiKey: KEY, answerFor: () => ({ ok: true }) });
    server = await startServerProcess({ GEMINI_API_KEY: KEY, GEMINI_BASE_URL: gemini.baseUrl, ADMIN_TOKEN: TOKEN });
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  it('is shown to nobody else, and never with its key', async () => {
    await request(server.url).get('/api/admin/model').expect(401);
    await request(server.url).post('/api/admin/model/test').expect(401);
    const info = await infoOf(server);
    expect(info).toEqual({ kind: 'gemini', name: 'gemini:gemini-2.5-flash', problem: null, keySet: true });
    expect(gemini.calls).toHaveLength(0);
  });

  it('is asked once, however many test it at the same time', async () => {
    gemini.set({ latencyMs: 300 });
    const before = gemini.calls.length;
    const tests = await Promise.all([testModel(server), testModel(server), testModel(server)]);
    expect(tests.every(({ ok, code }) => ok && code === null)).toBe(true);
    expect(gemini.calls.length - before).toBe(1);
    gemini.set({ latencyMs: 1 });
  });

  const faults: [StandInFault, ModelTest['code'], string][] = [
    [{ kind: 'keyRefused' }, 'model.keyRefused', 'GEMINI_API_KEY'],
    [{ kind: 'quotaPerMinute' }, 'model.quotaPerMinute', 'The key works'],
    [{ kind: 'quotaPerDay' }, 'model.quotaPerDay', 'The key works'],
    [{ kind: 'unavailable' }, 'model.unavailable', 'overloaded'],
    [{ kind: 'reset' }, 'model.unreachable', 'could not be reached'],
  ];
  it.each(faults)('says in words what is wrong: %j', async (fault, code, words) => {
    gemini.set({ script: () => fault });
    const test = await testModel(server);
    gemini.set({ script: undefined });
    expect(test).toMatchObject({ ok: false, model: 'gemini:gemini-2.5-flash', code });
    expect(test.detail).toContain(words);
    expect(JSON.stringify(test)).not.toContain(KEY);
    expect(server.output()).not.toContain(KEY);
  });

  it('takes an answer that is cut off for an answer', async () => {
    gemini.set({ script: () => ({ kind: 'truncated' }) });
    expect(await testModel(server)).toMatchObject({ ok: true, code: null });
    gemini.set({ script: undefined });
  });
});

describe('a server without a key', () => {
  it.each([
    [{ MODEL: 'gemini' }, { kind: null, keySet: false }, { ok: false, code: 'model.notConfigured' }],
    [{ MODEL: 'local' }, { kind: 'local', name: 'local', keySet: false }, { ok: true, model: 'local', code: null }],
  ])('says so: %j', async (env, info, test) => {
    const server = await startServerProcess({ ...env, ADMIN_TOKEN: TOKEN });
    try {
      expect(await infoOf(server)).toMatchObject(info);
      expect(await testModel(server)).toMatchObject(test);
    } finally {
      await server.stop();
      await removeDirectory(server.dataDir);
    }
  });
});
