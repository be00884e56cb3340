import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { getRun, PARSER_PATHS, startAsync, type NamedFile } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/images/', import.meta.url));
const PHOTOS = 40;
const [WIDTH, HEIGHT] = [4_000, 3_000];
const PAUSE_MS = 20;

describe('while 40 twelve-megapixel photos are read on this machine', () => {
  let server: ServerProcess;
  let photos: NamedFile[];

  beforeAll(async () => {
    photos = await makePhotos();
    server = await startServerProcess({ MODEL: 'local', ADMIN_TOKEN: 'load-test-token' });
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    await removeDirectory(server.dataDir);
  }, 60_000);

  it('GET /api/health answers with p99 under 50 ms', async () => {
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminParallel, photos, server.adminToken);
    const latenciesMs: number[] = [];
    let ended = false;
    const run = (async () => {
      for (;;) {
        const result = await getRun(server.url, runId, server.adminToken);
        if (result.state === 'completed') return result;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    })().finally(() => {
      ended = true;
    });
    while (!ended) {
      const askedAt = performance.now();
      const response = await fetch(`${server.url}/api/health`);
      await response.arrayBuffer();
      latenciesMs.push(performance.now() - askedAt);
      expect(response.status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    const result = await run;
    expect(result.progress).toMatchObject({ processedImages: PHOTOS, failedImages: 0 });
    const sorted = latenciesMs.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Infinity;
    process.stdout.write(
      `health under load: ${sorted.length} calls, p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, ` +
        `most ${at(1).toFixed(1)} ms; ${PHOTOS} photos in ${(result.metrics.wallMs / 1_000).toFixed(1)} s\n`,
    );
    expect(sorted.length).toBeGreaterThan(200);
    expect(at(0.99)).toBeLessThan(50);
  }, 240_000);
});

/** Sample images as a phone would photograph them: twelve megapixels, JPEG, each with bytes of its own. */
async function makePhotos(): Promise<NamedFile[]> {
  const names = (await readdir(SAMPLES)).filter((name) => /flyer|feed|chalkboard/.test(name)).sort();
  const photos: NamedFile[] = [];
  for (let number = 0; number < PHOTOS; number++) {
    const bytes = await sharp(SAMPLES + (names[number % names.length] ?? ''))
      .resize(WIDTH, HEIGHT, { fit: 'contain', background: { r: 60 + number, g: 55, b: 50 } })
      .jpeg({ quality: 85 })
      .toBuffer();
    photos.push({ name: `photo-${number}.jpg`, bytes });
  }
  return photos;
}
