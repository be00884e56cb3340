import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { PileStarted } from '../../src/contract/pile.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createPileStore } from '../../src/storage/pile-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { beginPile, getPile, sendFile, settledPile } from '../support/piles.ts';
import { picture, pictures } from '../support/pictures.ts';
import { runUntil } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { until } from '../support/until.ts';
import { zipOf } from '../support/zip-file.ts';

describe('piles over restarts and days', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServerProcess({ MODEL: 'local' });
  });
  afterAll(async () => {
    await server.stop();
    await removeDirectory(server.dataDir);
  });

  /** Stops the server, changes what it has stored, and starts it again. */
  async function meanwhile(change: (database: Database) => Promise<unknown>): Promise<void> {
    const { dataDir, adminToken } = server;
    await server.stop();
    const database = await openDatabase({ dataDir, databaseUrl: null });
    await change(database);
    await database.close();
    server = await startServerProcess({ MODEL: 'local', DATA_DIR: dataDir, ADMIN_TOKEN: adminToken });
  }

  it('an archive that was half unpacked when the process ended goes on, and gives nothing twice', async () => {
    const pile = await beginPile(server.url);
    const [first, second] = await pictures(2);
    await sendFile(server.url, pile, { name: 'first.png', bytes: first! });
    const zip = zipOf([
      { name: 'first.png', bytes: first! },
      { name: 'second.png', bytes: second! },
      { name: 'words.txt', bytes: Buffer.from('words') },
    ]);
    await meanwhile(async ({ kysely }) => {
      const piles = createPileStore(kysely);
      const source = { id: 'file_000000000000000000', kind: 'file' as const, name: 'both.zip', sizeBytes: zip.length };
      await piles.addSource(pile.pileId, { ...source, state: 'underWay' });
      // Its first image was there already.
      const image = (await piles.images(pile.pileId))[0]!;
      const { imageId, sha256, sizeBytes } = image;
      const from = { kind: 'archive' as const, file: source.name };
      const same = { imageId, sha256, sizeBytes, sourceId: source.id, sourceIndex: 0, name: 'first.png', from };
      await piles.addImage(pile.pileId, same);
      await writeFile(join(server.dataDir, 'uploads', `${pile.pileId}.${source.id}`), zip);
    });
    const { images, problems } = await settledPile(server.url, pile);
    expect(images.map(({ position, name }) => [position, name])).toEqual([
      [0, 'first.png'],
      [1, 'first.png'],
      [2, 'second.png'],
    ]);
    expect(problems.map(({ file }) => file)).toEqual(['words.txt']);
    expect(await readdir(join(server.dataDir, 'uploads'))).toEqual([]);
  });

  it('a file that was whole when the process was killed, but not taken in, is taken in', async () => {
    const pile = await beginPile(server.url);
    const bytes = await picture(3);
    await meanwhile(async ({ kysely }) => {
      const id = 'file_111111111111111111';
      const source = { id, kind: 'file' as const, name: 'whole.png', sizeBytes: bytes.length };
      await createPileStore(kysely).addSource(pile.pileId, { ...source, state: 'receiving' });
      await writeFile(join(server.dataDir, 'uploads', `${pile.pileId}.${id}`), bytes);
    });
    expect((await settledPile(server.url, pile)).images.map(({ name }) => name)).toEqual(['whole.png']);
  });

  it('one that has expired is gone with what only it had; a run from it goes on having its images', async () => {
    const [old, young] = [await beginPile(server.url), await beginPile(server.url)];
    const [mine, shared, read] = [await picture(11), await picture(12), await picture(13)];
    for (const bytes of [mine, shared, read]) await sendFile(server.url, old, { name: 'x.png', bytes });
    await sendFile(server.url, young, { name: 'y.png', bytes: shared });
    await announceOnly(old);
    const run = await request(server.url)
      .post(`/api/piles/${old.pileId}/runs?token=${old.pileToken}`)
      .send({ only: [2] })
      .expect(202);
    await runUntil(server.url, run.body.runId, run.body.runToken, ({ state }) => state === 'completed');
    const [own, other, ofRun] = (await getPile(server.url, old)).images;

    await meanwhile(({ kysely }) =>
      kysely.updateTable('piles').set({ expires_at: '2026-01-01T00:00:00Z' }).where('id', '=', old.pileId).execute(),
    );
    await until(async () => (await readdir(join(server.dataDir, 'uploads'))).length === 0, 'what was half sent goes');
    await request(server.url).get(`/api/piles/${old.pileId}?token=${old.pileToken}`).expect(401);
    const asAdmin = request(server.url).get(`/api/piles/${old.pileId}`);
    const { body } = await asAdmin.set('Authorization', `Bearer ${server.adminToken}`).expect(404);
    expect(body).toMatchObject({ code: 'pile.notFound' });
    const statusOf = async (imageUrl = '') => (await request(server.url).get(imageUrl)).status;
    expect([await statusOf(own?.imageUrl), await statusOf(other?.imageUrl), await statusOf(ofRun?.imageUrl)]).toEqual([
      404, 200, 200,
    ]);
    expect((await getPile(server.url, young)).images).toHaveLength(1);
  });

  it('addresses of pictures outlive a restart', async () => {
    const pile = await beginPile(server.url);
    await sendFile(server.url, pile, { name: 'x.png', bytes: await picture(21) });
    const [image] = (await getPile(server.url, pile)).images;
    await meanwhile(async () => undefined);
    await request(server.url)
      .get(image?.thumbnailUrl ?? '')
      .expect(200);
  });

  it('visitors from one address may begin so many an hour, the admin as many as they like', async () => {
    const statuses = [];
    for (let time = 0; time < 62; time += 1) statuses.push((await request(server.url).post('/api/piles')).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(60);
    const { body } = await request(server.url).post('/api/piles').expect(429);
    expect(body).toMatchObject({ code: 'upload.tooOften', title: 'Too much was sent in a short time' });
    await beginPile(server.url, server.adminToken);
  });

  /** A file of which nothing came yet. */
  async function announceOnly({ pileId, pileToken }: PileStarted): Promise<void> {
    const call = request(server.url).post(`/api/piles/${pileId}/files?token=${pileToken}`);
    await call.set('Tus-Resumable', '1.0.0').set('Upload-Length', '10').expect(201);
  }
});
