import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import sharp from 'sharp';
import { beginPile, getPile, sendFile } from '../support/piles.ts';
import { runUntil } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/images/', import.meta.url));
const IMAGES = 125;
const WIDTHS = [160, 320, 640, 1280];
/** A browser asks one server for so many things at once. */
const AT_ONCE = 6;
const PAUSE_MS = 20;

describe('while 500 thumbnails are made and a run goes on', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess({ MODEL: 'local', ADMIN_TOKEN: 'load-test-token' });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await removeDirectory(server.dataDir);
  }, 60_000);

  it('GET /api/health answers with p99 under 100 ms, and the run comes to its end', async () => {
    const pile = await beginPile(server.url, server.adminToken);
    for (const file of await screenshots()) await sendFile(server.url, pile, file);
    const { images } = await getPile(server.url, pile);
    expect(images).toHaveLength(IMAGES);
    const started = await request(server.url)
      .post(`/api/piles/${pile.pileId}/runs?token=${pile.pileToken}`)
      .send({ only: images.slice(0, 10).map(({ position }) => position) })
      .expect(202);

    const urls = images.flatMap(({ thumbnailUrl }) =>
      WIDTHS.map((width) => thumbnailUrl.replace('/320.', `/${width}.`)),
    );
    const beganAt = performance.now();
    let isDone = false;
    const making = Promise.all(Array.from({ length: AT_ONCE }, () => fetchAll(server.url, urls))).finally(() => {
      isDone = true;
    });
    const latenciesMs: number[] = [];
    while (!isDone) {
      const askedAt = performance.now();
      await (await fetch(`${server.url}/api/health`)).arrayBuffer();
      latenciesMs.push(performance.now() - askedAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    await making;
    const seconds = (performance.now() - beganAt) / 1_000;
    const { runId, runToken } = started.body as { runId: string; runToken: string };
    const run = await runUntil(server.url, runId, runToken, ({ state }) => state === 'completed', 120_000);
    expect(run.progress).toMatchObject({ processedImages: 10, failedImages: 0 });

    const againAt = performance.now();
    await fetchAll(
      server.url,
      images.map(({ thumbnailUrl }) => thumbnailUrl),
    );
    const againMs = (performance.now() - againAt) / IMAGES;
    const sorted = latenciesMs.sort((one, other) => one - other);
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Infinity;
    process.stdout.write(
      `500 thumbnails in ${seconds.toFixed(1)} s, from the disk ${againMs.toFixed(1)} ms each; health meanwhile ` +
        `p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms; a run of 10 in ${(run.metrics.wallMs / 1_000).toFixed(1)} s\n`,
    );
    expect(at(0.99)).toBeLessThan(100);
  }, 240_000);
});

/** Takes addresses from the list until none is left. */
async function fetchAll(url: string, left: string[]): Promise<void> {
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    const response = await fetch(url + path);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  }
}

/** Samples as phones save them, each with bytes of its own. */
async function screenshots(): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(SAMPLES)).filter((name) => /flyer|feed|story/.test(name)).sort();
  const files = [];
  for (let number = 0; number < IMAGES; number += 1) {
    const image = sharp(SAMPLES + (names[number % names.length] ?? '')).resize({ width: 1_080 });
    files.push({
      name: `${number}.jpg`,
      bytes: await image.jpeg({ quality: 60 + Math.floor(number / names.length) }).toBuffer(),
    });
  }
  return files;
}
