import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startOpenAiBatchStandIn, type OpenAiBatchStandIn } from '../support/openai-batch-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { getRun, named, runUntil, steer, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const TOKEN = 'batch-token';
const IMAGES = 6;

let openai: OpenAiBatchStandIn;
let server: ServerProcess;
let dataDir: string;

beforeEach(async () => {
  openai = await startOpenAiBatchStandIn({ answerFor: showsOf });
  dataDir = await temporaryDirectory();
  await start();
});
afterEach(async () => {
  await server.stop();
  await openai.close();
  await removeDirectory(dataDir);
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const model = { MODEL: 'openai', OPENAI_BASE_URL: openai.baseUrl, OPENAI_MODEL: 'm' };
  server = await startServerProcess({ ...model, ADMIN_TOKEN: TOKEN, DATA_DIR: dataDir, ...env });
}

const startRun = async (fields: Record<string, string> = { batch: 'true' }) => {
  let call = upload(server.url, '/api/runs', named(await pictures(IMAGES)), TOKEN);
  for (const [name, value] of Object.entries(fields)) call = call.field(name, value);
  return call;
};
const done = (runId: string) => runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed', 40_000);

describe('POST /api/runs with batch=true', () => {
  it('reads all through a batch, over kills and restarts of the server, and sends nothing twice', async () => {
    openai.set({ isHeld: true });
    const { runId } = (await startRun()).body as { runId: string };
    const waiting = await runUntil(server.url, runId, TOKEN, ({ notices }) => /of 6 answered/.test(notices.join()));
    expect(waiting.notices).toEqual(['Now: Waiting for the batch: 0 of 6 answered. A batch may take up to 24 hours.']);
    await server.kill();
    await start();
    await until(
      async () => /Waiting/.test((await getRun(server.url, runId, TOKEN)).notices.join()),
      'it does not wait',
    );
    // A stop of the server is no cancel.
    await server.stop();
    await start();
    openai.set({ isHeld: false });
    const result = await done(runId);
    expect(result).toMatchObject({ failures: [], progress: { processedImages: IMAGES } });
    expect(result.notices).toContain('6 images were read in batches, at half the price of single calls.');
    expect(result.notices.join()).not.toMatch(/Now:/);
    expect([openai.batches.length, openai.batches[0]?.cancelledMs, openai.otherCalls]).toEqual([1, null, 0]);
    expect([...openai.sent.values()]).toEqual(Array.from({ length: IMAGES }, () => 1));
  }, 90_000);

  it('a cancel cancels the batch', async () => {
    openai.set({ isHeld: true });
    const { runId } = (await startRun()).body as { runId: string };
    await until(() => openai.batches.length === 1, 'no batch');
    expect(await steer(server.url, runId, 'cancel', TOKEN)).toMatchObject({ state: 'cancelled' });
    expect(openai.batches[0]?.cancelledMs).not.toBeNull();
  }, 40_000);

  it('lines that failed, or had expired, are tried again by retry-failed', async () => {
    openai.set({ expiresAfter: 4 });
    const { runId } = (await startRun()).body as { runId: string };
    const first = await done(runId);
    expect(first.failures.map(({ code, retryable }) => [code, retryable])).toEqual([
      ['model.unavailable', true],
      ['model.unavailable', true],
    ]);
    openai.set({ expiresAfter: undefined });
    await steer(server.url, runId, 'retry-failed', TOKEN);
    const again = await done(runId);
    expect(again).toMatchObject({ failures: [], progress: { processedImages: IMAGES } });
    expect(openai.lines).toHaveLength(IMAGES + 2);
  }, 60_000);

  it('products are found in one batch and described in the next, also over a kill between the two', async () => {
    // No two alike: the same pixels would be asked about once.
    const edges = [0, 400, 1_000].map((left, place, all) => ({ left, right: all[place + 1] ?? left }));
    const parts = edges.map((each) => ({ ...each, top: 0, bottom: 1_000 }));
    openai.set({
      answerFor: ({ prompt, imageSha256 }) =>
        prompt.startsWith('You find the products')
          ? { objects: parts }
          : { products: [{ name: imageSha256.slice(0, 8), brand: 'Acme' }] },
    });
    const { runId } = (await startRun({ batch: 'true', analysis: 'products' })).body as { runId: string };
    await runUntil(server.url, runId, TOKEN, ({ progress }) => progress.totalImages === 3 * IMAGES);
    openai.set({ isHeld: true });
    await server.kill();
    await start();
    openai.set({ isHeld: false });
    const result = await done(runId);
    expect(result).toMatchObject({ failures: [], progress: { totalImages: 3 * IMAGES, processedImages: 3 * IMAGES } });
    expect(result.records).toHaveLength(2 * IMAGES);
    expect([openai.lines.length, openai.otherCalls]).toEqual([3 * IMAGES, 0]);
    expect(Math.max(...openai.sent.values())).toBe(1);
  }, 60_000);

  it('is refused in words where the model takes no batches, and for what is neither true nor false', async () => {
    const odd = await startRun({ batch: 'perhaps' });
    expect([odd.status, odd.body]).toMatchObject([400, { code: 'request.invalid' }]);
    await server.stop();
    await start({ MODEL: 'local' });
    const refused = await startRun();
    expect([refused.status, refused.body]).toMatchObject([400, { code: 'request.invalid' }]);
    expect(JSON.stringify(refused.body)).toContain('MODEL=openai');
    const size = { width: 800, height: 600 };
    const estimate = await request(server.url)
      .post('/api/runs/estimate')
      .set('Authorization', `Bearer ${TOKEN}`)
      .send({ images: [size], batch: true });
    expect(estimate.status).toBe(400);
  }, 40_000);
});
