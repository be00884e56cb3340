import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startGeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { named, PARSER_PATHS, runUntil, startAsync, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory } from '../support/server.ts';
import { readEvents } from '../support/sse.ts';

describe('a server that is told to stop', () => {
  it('ends within a second though readers are connected, and tells those who wait for a run', async () => {
    const gemini = await startGeminiStandIn({ script: () => ({ kind: 'hang' }) });
    const server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl });
    const files = named(await pictures(3));
    const { runId, runToken } = await startAsync(server.url, PARSER_PATHS.parallel, files);
    const following = readEvents(`${server.url}/api/runs/${runId}/events?token=${runToken}`);
    following.catch(() => {});
    const waiting = upload(server.url, PARSER_PATHS.parallel, files).then(({ status, body }) => ({ status, body }));
    while (gemini.inFlight < 6) await new Promise((resolve) => setTimeout(resolve, 20));
    const askedAt = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(2_000);
    expect(await waiting).toMatchObject({ status: 503, body: { code: 'server.stopping' } });
    await gemini.close();
    await removeDirectory(server.dataDir);
  });

  it('a first start that fails keeps no token that nobody has seen', async () => {
    const taken = await startServerProcess({ MODEL: 'local' });
    const dataDir = await temporaryDirectory();
    const port = new URL(taken.url).port;
    await expect(startServerProcess({ MODEL: 'local', PORT: port, DATA_DIR: dataDir })).rejects.toThrow(/PORT/);
    const second = await startServerProcess({ MODEL: 'local', DATA_DIR: dataDir });
    expect(second.adminToken).toMatch(/^[\w-]{43}$/);
    await second.stop();
    const third = await startServerProcess({ MODEL: 'local', DATA_DIR: dataDir });
    expect(third.adminToken).toBe('');
    const { body } = await request(third.url)
      .get('/api/runs')
      .set('Authorization', `Bearer ${second.adminToken}`)
      .expect(200);
    expect(body).toEqual([]);
    const unknown = await request(third.url)
      .get('/api/runs/run_0/events')
      .set('Authorization', `Bearer ${second.adminToken}`);
    expect({ status: unknown.status, code: unknown.body.code }).toEqual({ status: 404, code: 'run.notFound' });
    await request(third.url)
      .get('/api/runs?before=a&before=b')
      .set('Authorization', `Bearer ${second.adminToken}`)
      .expect(400);
    await Promise.all([third.stop(), taken.stop()]);
    await Promise.all([removeDirectory(dataDir), removeDirectory(taken.dataDir)]);
  }, 60_000);

  it('ends cleanly while two threads read images by themselves', async () => {
    const server = await startServerProcess({ MODEL: 'local' });
    const folder = new URL('../../samples/images/', import.meta.url);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).slice(0, 12);
    const files = await Promise.all(
      names.map(async (name) => ({ name, bytes: await readFile(new URL(name, folder)) })),
    );
    const { runId } = await startAsync(server.url, PARSER_PATHS.parallel, files);
    await runUntil(server.url, runId, server.adminToken, ({ progress }) => progress.processedImages >= 2);
    expect(await server.stop()).toBe(0);
    expect(server.output()).not.toMatch(/Napi|terminate called/);
    await removeDirectory(server.dataDir);
  }, 60_000);
});
