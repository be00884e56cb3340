import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { pileSchema } from '../../src/contract/pile-schemas.ts';
import { pdfOf } from '../support/pdf-file.ts';
import { beginPile, settledPile } from '../support/piles.ts';
import { picture } from '../support/pictures.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

describe('images that the server fetches', () => {
  let server: ServerProcess;
  let media: Server;
  let at: string;
  let asked: number;

  beforeAll(async () => {
    const png = await picture(1);
    const answers: Record<string, RequestListener> = {
      // Its type is a lie, and is not believed.
      '/flyers/my%20flyer.png': (_request, response) => response.setHeader('Content-Type', 'text/html').end(png),
      '/menu': (_request, response) => response.end(pdfOf(['Karaoke'])),
      '/page': (_request, response) => response.setHeader('Content-Type', 'image/png').end('<html></html>'),
      '/moved': (_request, response) => response.writeHead(302, { Location: '/flyers/my%20flyer.png' }).end(),
      '/large': (_request, response) => response.end(Buffer.alloc(3 * 2 ** 20)),
    };
    media = createServer((incoming, response) => {
      asked += 1;
      const answer = answers[incoming.url ?? ''];
      if (answer) answer(incoming, response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(media.address() as AddressInfo).port}`;
    asked = 0;
  });
  afterAll(() => new Promise((resolve) => media.close(resolve)));

  async function pileFrom(urls: string[]) {
    const pile = await beginPile(server.url, server.adminToken);
    const { body } = await addUrls(pile.pileId, urls, server.adminToken).expect(202);
    expect(pileSchema.strict().parse(body).underWay).toBeGreaterThan(0);
    return settledPile(server.url, pile);
  }

  function addUrls(pileId: string, urls: unknown, token: string) {
    return request(server.url).post(`/api/piles/${pileId}/urls`).set('Authorization', `Bearer ${token}`).send({ urls });
  }

  describe('from a server that may fetch at home', () => {
    beforeAll(async () => {
      server = await startServerProcess({ MODEL: 'local', MAX_UPLOAD_MB: '1', FETCH_PRIVATE_ADDRESSES: 'on' });
    });
    afterAll(async () => {
      await server.stop();
      await removeDirectory(server.dataDir);
    });

    it('become images of the pile, or problems in plain words', async () => {
      const urls = ['/flyers/my%20flyer.png', '/menu', '/page', '/moved', '/large', '/none'].map((path) => at + path);
      const { images, problems } = await pileFrom([...urls, 'ftp://example.com/x.png']);
      const shown = images.map(({ name, from, duplicateOf }) => ({ name, from, isTwin: duplicateOf !== null }));
      expect(shown).toContainEqual({
        name: 'menu, page 1',
        from: { kind: 'pdf', file: 'menu', page: 1 },
        isTwin: false,
      });
      expect(shown.filter(({ from }) => from.kind === 'url')).toHaveLength(2);
      expect(shown.map(({ name }) => name)).toContain('my flyer.png');
      expect(shown.filter(({ isTwin }) => isTwin)).toHaveLength(1);
      expect(problems.map(({ code }) => code).sort()).toEqual([
        'image.tooLarge',
        'image.unreadable',
        'url.refused',
        'url.unreachable',
      ]);
    });

    it('are for the admin to ask for', async () => {
      const pile = await beginPile(server.url);
      await addUrls(pile.pileId, [at], pile.pileToken).expect(401);
      await addUrls(pile.pileId, [], server.adminToken).expect(400);
      await addUrls(pile.pileId, 'http://example.com', server.adminToken).expect(400);
      await addUrls('pile_none', [at], server.adminToken).expect(404);
    });
  });

  describe('from a server as it is set up', () => {
    beforeAll(async () => {
      server = await startServerProcess({ MODEL: 'local' });
    });
    afterAll(async () => {
      await server.stop();
      await removeDirectory(server.dataDir);
    });

    it('never come from this machine or its network', async () => {
      asked = 0;
      const { port } = new URL(at);
      const urls = [
        at,
        `http://localhost:${port}/`,
        'http://localhost/',
        'http://169.254.169.254/latest/',
        'http://[::1]/',
      ];
      const { images, problems } = await pileFrom(urls);
      expect(images).toEqual([]);
      expect(problems.map(({ code }) => code)).toEqual(urls.map(() => 'url.refused'));
      expect(asked).toBe(0);
    });
  });
});
