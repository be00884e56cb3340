import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import sharp from 'sharp';
import { runImagesSchema } from '../../src/contract/pile-schemas.ts';
import type { RunImages } from '../../src/contract/run-images.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { beginPile, getPile, sendFile } from '../support/piles.ts';
import { picture } from '../support/pictures.ts';
import { PARSER_PATHS, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const FIXTURES = new URL('../fixtures/images/', import.meta.url);

describe('images for pages', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;

  beforeAll(async () => {
    gemini = await startGeminiStandIn();
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl });
  });
  afterAll(async () => {
    await server.stop();
    await gemini.close();
    await removeDirectory(server.dataDir);
  });

  async function imagesOf(runId: string): Promise<RunImages['images']> {
    const call = request(server.url).get(`/api/runs/${runId}/images`);
    const { body } = await call.set('Authorization', `Bearer ${server.adminToken}`).expect(200);
    return runImagesSchema.strict().parse(body).images;
  }

  it('tells of each image of a run that was sent at once: state, reason, twins, look-alikes, pictures', async () => {
    const photo = sharp(new URL('../../samples/images/02-flyer.jpg', import.meta.url).pathname);
    const flyer = await photo.clone().jpeg({ quality: 90 }).toBuffer();
    const files = [
      { name: 'flyer.jpg', bytes: flyer },
      { name: 'twin.jpg', bytes: flyer },
      { name: 'saved again.jpg', bytes: await photo.clone().jpeg({ quality: 40 }).toBuffer() },
      { name: 'no image.png', bytes: Buffer.from('<html></html>') },
    ];
    const { body } = await upload(server.url, PARSER_PATHS.adminParallel, files, server.adminToken).expect(200);
    const images = await imagesOf(body.runId);
    const { width, height } = await sharp(flyer).metadata();
    expect(images).toMatchObject([
      { name: 'flyer.jpg', state: 'done', width, height, duplicateOf: null, looksLike: [], attempts: 1, code: null },
      { name: 'twin.jpg', state: 'duplicate', duplicateOf: 0, looksLike: [] },
      { name: 'saved again.jpg', state: 'done', duplicateOf: null, looksLike: [{ position: 0 }] },
      {
        name: 'no image.png',
        state: 'failed',
        code: 'image.unreadable',
        retryable: false,
        width: null,
        thumbnailUrl: null,
      },
    ]);
    expect(images[3]?.detail).toContain('web page');
  });

  it('are for who may see the run', async () => {
    await request(server.url).get('/api/runs/run_none/images').expect(401);
    const call = request(server.url)
      .get('/api/runs/run_none/images')
      .set('Authorization', `Bearer ${server.adminToken}`);
    expect((await call.expect(404)).body).toMatchObject({ code: 'run.notFound' });
  });

  it('come small, as WebP that a browser may keep for ever, without a token', async () => {
    const { thumbnailUrl } = await sent(
      'wide.png',
      await sharp(await picture(3))
        .resize(2_000, 500)
        .png()
        .toBuffer(),
    );
    const { body, headers } = await request(server.url).get(thumbnailUrl).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(await sharp(body as Buffer).metadata()).toMatchObject({ format: 'webp', width: 320, height: 80 });
    const large = await request(server.url).get(thumbnailUrl.replace('/320.webp', '/1280.webp')).expect(200);
    expect((await sharp(large.body as Buffer).metadata()).width).toBe(1_280);
    await request(server.url).get(thumbnailUrl.replace('/320.webp', '/321.webp')).expect(400);
  });

  it('are made once for all who ask, and again where the cache was emptied', async () => {
    const { thumbnailUrl } = await sent('once.png', await picture(4));
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(server.url).get(thumbnailUrl)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const folder = join(server.dataDir, 'thumbnails');
    const kept = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(kept.filter((entry) => entry.isFile()).map(({ name }) => name)).not.toContainEqual(
      expect.stringMatching(/part$/),
    );
    await rm(folder, { recursive: true });
    await request(server.url).get(thumbnailUrl).expect(200);
  });

  it('need the whole address: one that was made up opens nothing', async () => {
    const [one, other] = [await sent('a.png', await picture(5)), await sent('b.png', await picture(6))];
    const signature = new URL(one.thumbnailUrl, server.url).search;
    for (const url of [one.thumbnailUrl, one.imageUrl]) {
      await request(server.url).get(url.replace(/\?.*/, '')).expect(401);
      await request(server.url).get(`${url}x`).expect(401);
      await request(server.url)
        .get(url.replace(/sig=.*/, 'sig[]=x'))
        .expect(401);
    }
    await request(server.url).get(other.thumbnailUrl.replace(/\?.*/, signature)).expect(401);
    await request(server.url).get('/api/images/..%2f..%2fetc%2fpasswd/original?sig=x').expect(401);
  });

  it('are shown as they were sent only where nothing in them can run', async () => {
    const bytes = await picture(7);
    const { imageUrl } = await sent('shown.png', bytes);
    const shown = await request(server.url).get(imageUrl).expect(200);
    expect(shown.body).toEqual(bytes);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const { readFile } = await import('node:fs/promises');
    const photo = await sent('photo.heic', await readFile(new URL('phone-portrait.heic', FIXTURES)));
    const { headers } = await request(server.url).get(photo.imageUrl).expect(200);
    expect(headers['content-disposition']).toBe(`attachment; filename="${photo.imageId}.heic"`);
    expect(headers['content-type']).toBe('application/octet-stream');
    // A browser shows it by its small picture.
    const small = await request(server.url).get(photo.thumbnailUrl.replace('/320.', '/1280.')).expect(200);
    expect((await sharp(small.body as Buffer).metadata()).format).toBe('webp');
  });

  it('that cannot be read have no picture, and say so; a page of the web is never shown as one', async () => {
    const html = { name: 'evil.png', bytes: Buffer.from('<html><script>alert(1)</script></html>') };
    const { body } = await upload(server.url, PARSER_PATHS.adminParallel, [html], server.adminToken).expect(200);
    const [image] = await imagesOf(body.runId);
    const { headers } = await request(server.url)
      .get(image?.imageUrl ?? '')
      .expect(200);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
    expect(headers['content-disposition']).toMatch(/^attachment/);
    const small = (image?.imageUrl ?? '').replace('/original', '/320.webp');
    const refused = await request(server.url).get(small).expect(422);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.headers).not.toHaveProperty('cache-control');
  });

  /** An image as a pile shows it. */
  async function sent(name: string, bytes: Buffer) {
    const pile = await beginPile(server.url, server.adminToken);
    await sendFile(server.url, pile, { name, bytes });
    const [image] = (await getPile(server.url, pile)).images;
    if (!image) throw new Error('It gave no image.');
    return image;
  }
});
