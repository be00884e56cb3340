import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { endless, startMediaServer, type MediaServer } from '../support/media-server.ts';
import { beginPile, getPile, settledPile } from '../support/piles.ts';
import { pictures } from '../support/pictures.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { until } from '../support/until.ts';

/** Besides them the list has one that is not there. */
const COUNT = 500;

describe('many images that the server fetches', () => {
  let server: ServerProcess;
  let media: MediaServer;
  let images: Buffer[];
  const env = { MODEL: 'local', FETCH_PRIVATE_ADDRESSES: 'on', FETCHES_PER_MINUTE: '100000' };

  beforeAll(async () => {
    images = await pictures(COUNT);
    media = await startMediaServer((incoming, response) => {
      const bytes = images[Number(/^\/poster-(\d+)\.png$/.exec(incoming.url ?? '')?.[1] ?? Number.NaN)];
      if (incoming.url === '/endless') endless(response);
      else if (!bytes) response.writeHead(404).end();
      // As long as a server far away takes.
      else setTimeout(() => response.setHeader('ETag', '"1"').end(bytes), 50);
    });
    server = await startServerProcess(env);
  });
  afterAll(async () => {
    await server?.stop();
    await media?.close();
    await removeDirectory(server.dataDir);
  });

  function addUrls(pileId: string, paths: readonly string[]) {
    const call = request(server.url).post(`/api/piles/${pileId}/urls`);
    return call
      .set('Authorization', `Bearer ${server.adminToken}`)
      .send({ urls: paths.map((path) => media.url + path) });
  }

  it('500 come over 20 connections; a server killed in the middle of them fetches what is missing', async () => {
    const pile = await beginPile(server.url, server.adminToken);
    const paths = Array.from({ length: COUNT }, (_, place) => `/poster-${place}.png`);
    await addUrls(pile.pileId, paths).expect(202);
    await addUrls(pile.pileId, ['/none.png']).expect(202);
    await until(async () => (await getPile(server.url, pile)).images.length >= 100, 'some are there', 60_000);
    await server.kill();
    expect(media.connections).toMatchObject({ made: 20, most: 20 });
    const before = media.requests.length;
    expect(before).toBeLessThan(COUNT);

    const { dataDir, adminToken } = server;
    server = await startServerProcess({ ...env, DATA_DIR: dataDir, ADMIN_TOKEN: adminToken });
    const { images: found, problems } = await settledPile(server.url, pile, 120_000);
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(paths.map((path) => path.slice(1))));
    expect(found).toHaveLength(COUNT);
    expect(problems).toEqual([
      {
        file: `${media.url}/none.png`,
        code: 'url.unreachable',
        detail: expect.stringContaining('There is no file at this address'),
      },
    ]);
    // Only what was under way is asked for twice, and of that what had come is asked about and not sent again.
    const again = media.requests.length - (COUNT + 1);
    expect(again).toBeLessThanOrEqual(50);
    expect(await readdir(join(dataDir, 'uploads'))).toEqual([]);
  }, 240_000);

  it('what another pile has fetched is asked about, and not sent again', async () => {
    media.forget();
    const pile = await beginPile(server.url, server.adminToken);
    await addUrls(pile.pileId, ['/poster-1.png', '/poster-2.png']).expect(202);
    expect((await settledPile(server.url, pile)).images).toHaveLength(2);
    expect(media.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['"1"', '"1"']);
  });

  it('a file without an end is cut off; a password in an address is neither sent nor kept', async () => {
    const pile = await beginPile(server.url, server.adminToken);
    const inUrl = `http://user:S3cret@127.0.0.1:${media.port}/poster-1.png`;
    const call = request(server.url).post(`/api/piles/${pile.pileId}/urls`);
    await call
      .set('Authorization', `Bearer ${server.adminToken}`)
      .send({ urls: [`${media.url}/endless`, inUrl] })
      .expect(202);
    const { problems } = await settledPile(server.url, pile);
    expect(problems.map(({ file, code }) => `${file.replace(media.url, '')} ${code}`).sort()).toEqual([
      '/endless image.tooLarge',
      '/poster-1.png url.refused',
    ]);
    expect(JSON.stringify(problems) + server.output()).not.toContain('S3cret');
  });
});
