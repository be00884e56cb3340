import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import sharp from 'sharp';
import { estimateSchema } from '../../src/contract/schemas.ts';
import { runImagesSchema } from '../../src/contract/pile-schemas.ts';
import { OWL } from '../support/catalogue-server.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { beginPile, getPile, sendFile } from '../support/piles.ts';
import { picture, pictures } from '../support/pictures.ts';
import { named, runUntil } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

describe('a pile', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let url: string;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: () => ({ shows: [OWL] }), apiKey: 'k' });
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl });
    url = server.url;
  });
  afterAll(async () => {
    await server.stop();
    await gemini.close();
    await removeDirectory(server.dataDir);
  });

  it('takes images, knows their size, greys twins and marks what looks the same', async () => {
    const pile = await beginPile(url);
    expect(pile.limits).toEqual({ maxImages: 20, maxBytesPerFile: 20 * 2 ** 20 });
    const photo = sharp(new URL('../../samples/images/02-flyer.jpg', import.meta.url).pathname);
    const first = await photo.clone().jpeg({ quality: 90 }).toBuffer();
    const again = await photo.clone().jpeg({ quality: 50 }).toBuffer();
    const files = [
      { name: '../../etc/flyer.jpg', bytes: first },
      { name: 'again.jpg', bytes: again },
      { name: 'copy.jpg', bytes: first },
      { name: 'other.png', bytes: await picture(1) },
    ];
    for (const file of files) await sendFile(url, pile, file);
    const seen = await getPile(url, pile);
    const { width, height } = await sharp(first).metadata();
    expect(seen).toMatchObject({ pileId: pile.pileId, audience: 'public', problems: [], underWay: 0 });
    expect(seen.images.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    expect(seen.images[0]).toMatchObject({ name: 'flyer.jpg', sizeBytes: first.length, width, height });
    expect(seen.images[0]).toMatchObject({ from: { kind: 'file' }, duplicateOf: null, looksLike: [] });
    expect(seen.images[1]).toMatchObject({ duplicateOf: null, looksLike: [{ position: 0 }] });
    expect(seen.images[2]).toMatchObject({ duplicateOf: 0, looksLike: [], imageId: seen.images[0]?.imageId });
    expect(seen.images[3]).toMatchObject({ duplicateOf: null, looksLike: [] });
    expect(Date.parse(seen.expiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });

  it('starts several runs: some images to try, then all', async () => {
    const pile = await beginPile(url, server.adminToken);
    for (const file of named(await pictures(5))) await sendFile(url, pile, file);
    const asOwner = (path: string, body: object) =>
      request(url)
        .post(`/api/piles/${pile.pileId}/${path}`)
        .set('Authorization', `Bearer ${pile.pileToken}`)
        .send(body);

    const three = estimateSchema.strict().parse((await asOwner('estimate', { only: [0, 2, 4] }).expect(200)).body);
    expect(three).toMatchObject({ images: 3, calls: 3, unreadable: 0 });
    const callsBefore = gemini.calls.length;
    const { body: tried } = await asOwner('runs', { only: [4, 2], budgetUsdPerRun: 1 }).expect(202);
    const done = await runUntil(url, tried.runId, tried.runToken, ({ state }) => state === 'completed');
    expect(done.progress).toMatchObject({ totalImages: 2, failedImages: 0 });
    expect(gemini.calls.length - callsBefore).toBe(2);

    const started = await asOwner('runs', { timezone: 'America/New_York' }).expect(202);
    expect(started.headers['location']).toBe(`/api/runs/${started.body.runId}`);
    const { runId, runToken } = started.body as { runId: string; runToken: string };
    const all = await runUntil(url, runId, runToken, ({ state }) => state === 'completed');
    expect(all.progress.totalImages).toBe(5);
    expect(all.shows.map(({ venue, evidence }) => [venue.name, evidence.length])).toEqual([['The Owl', 5]]);

    const { body } = await request(url).get(`/api/runs/${runId}/images?token=${runToken}`).expect(200);
    const { images } = runImagesSchema.strict().parse(body);
    expect(images.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'done'));
    expect(images[0]).toMatchObject({ name: 'image-0.png', width: 64, height: 48, code: null, attempts: 1 });
  });

  it('as a visitor has the bounds of a visitor', async () => {
    const pile = await beginPile(url);
    await sendFile(url, pile, { name: 'a.png', bytes: await picture(1) });
    const start = (body: object) =>
      request(url).post(`/api/piles/${pile.pileId}/runs?token=${pile.pileToken}`).send(body);
    for (const refused of [
      { analysis: 'posters' },
      { budgetUsdPerRun: null },
      { budgetUsdPerRun: 5 },
      { only: [] },
      { onyl: [0] },
    ]) {
      expect((await start(refused).expect(400)).body).toMatchObject({ code: 'request.invalid' });
    }
    const empty = await beginPile(url);
    const { body } = await request(url)
      .post(`/api/piles/${empty.pileId}/runs?token=${empty.pileToken}`)
      .send({})
      .expect(400);
    expect(body).toMatchObject({ code: 'upload.empty' });
  });

  it('gives up an image, and its position to no other', async () => {
    const pile = await beginPile(url);
    for (const file of named(await pictures(2))) await sendFile(url, pile, file);
    const remove = (position: string) =>
      request(url).delete(`/api/piles/${pile.pileId}/images/${position}?token=${pile.pileToken}`);
    await remove('0').expect(204);
    await remove('0').expect(404);
    await remove('x').expect(404);
    await sendFile(url, pile, { name: 'third.png', bytes: await picture(2) });
    const { images } = await getPile(url, pile);
    expect(images.map(({ position, name }) => [position, name])).toEqual([
      [1, 'image-1.png'],
      [2, 'third.png'],
    ]);
    const { body } = await request(url)
      .post(`/api/piles/${pile.pileId}/runs?token=${pile.pileToken}`)
      .send({ only: [0] })
      .expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', detail: expect.stringContaining('position 0') });
  });
});
