import { readdir } from 'node:fs/promises';
import { request as rawRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Upload } from 'tus-js-client';
import type { PileStarted } from '../../src/contract/pile.ts';
import { announce, beginPile, getPile, offsetOf, patch, sendFile } from '../support/piles.ts';
import { picture, pictures } from '../support/pictures.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { until } from '../support/until.ts';

describe('resumable uploads to a pile', () => {
  let server: ServerProcess;
  const env = { MODEL: 'local', MAX_UPLOAD_MB: '1' };

  beforeAll(async () => {
    server = await startServerProcess(env);
  });
  afterAll(async () => {
    await server.stop();
    await removeDirectory(server.dataDir);
  });

  it('goes on where a broken connection left it', async () => {
    const pile = await beginPile(server.url);
    const bytes = await picture(1);
    const location = await announced(pile, 'broken.png', bytes.length);
    await sendAndBreakOff(server.url, location, pile.pileToken, bytes.subarray(0, 100), bytes.length);
    await until(
      async () => (await offsetOf(server.url, pile.pileToken, location)) === 100,
      'the bytes that came are kept',
    );
    // What does not begin where the file ends is refused, and changes nothing.
    await patch(server.url, pile.pileToken, location, 40, bytes.subarray(40)).expect(409);
    await patch(server.url, pile.pileToken, location, 100, bytes.subarray(100)).expect(204);
    expect((await getPile(server.url, pile)).images).toMatchObject([{ name: 'broken.png', sizeBytes: bytes.length }]);
    // The sender who did not hear of the end must not send it once more.
    expect(await offsetOf(server.url, pile.pileToken, location)).toBe(bytes.length);
  });

  it('goes on after the server was killed and started again', async () => {
    const pile = await beginPile(server.url);
    const [first, second] = await pictures(2);
    await sendFile(server.url, pile, { name: 'first.png', bytes: first! });
    const location = await announced(pile, 'second.png', second!.length);
    await patch(server.url, pile.pileToken, location, 0, second!.subarray(0, 77)).expect(204);
    const before = await getPile(server.url, pile);
    await server.kill();
    server = await startServerProcess({ ...env, DATA_DIR: server.dataDir, ADMIN_TOKEN: server.adminToken });
    expect(await getPile(server.url, pile)).toEqual(before);
    expect(await offsetOf(server.url, pile.pileToken, location)).toBe(77);
    await patch(server.url, pile.pileToken, location, 77, second!.subarray(77)).expect(204);
    expect((await getPile(server.url, pile)).images.map(({ name }) => name)).toEqual(['first.png', 'second.png']);
    expect(await readdir(join(server.dataDir, 'uploads'))).toEqual([]);
  });

  it('speaks with the client that pages use, in pieces', async () => {
    const pile = await beginPile(server.url);
    const bytes = await picture(9);
    let progress = 0;
    await new Promise<void>((resolve, reject) => {
      new Upload(bytes, {
        endpoint: `${server.url}/api/piles/${pile.pileId}/files`,
        headers: { Authorization: `Bearer ${pile.pileToken}` },
        metadata: { filename: 'Größe “1”.png', filetype: 'image/png' },
        chunkSize: 60,
        onChunkComplete: () => (progress += 1),
        onError: reject,
        onSuccess: () => resolve(),
      }).start();
    });
    expect(progress).toBe(Math.ceil(bytes.length / 60));
    expect((await getPile(server.url, pile)).images).toMatchObject([{ name: 'Größe “1”.png', width: 64 }]);
  });

  it('can be given up', async () => {
    const pile = await beginPile(server.url);
    const location = await announced(pile, 'never.png', 1_000);
    await patch(server.url, pile.pileToken, location, 0, Buffer.alloc(10)).expect(204);
    const call = request(server.url).delete(location).set('Tus-Resumable', '1.0.0');
    await call.set('Authorization', `Bearer ${pile.pileToken}`).expect(204);
    expect(await readdir(join(server.dataDir, 'uploads'))).toEqual([]);
  });

  it('refuses what is too large before a byte of it is sent, and what is not the protocol, as problem+json', async () => {
    const pile = await beginPile(server.url);
    const { body, headers } = await announce(server.url, pile, 'film.zip', 200 * 2 ** 20).expect(413);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ status: 413, code: 'upload.tooLarge', detail: expect.stringContaining('100 MB') });
    const path = `/api/piles/${pile.pileId}/files`;
    const bare = await request(server.url).post(path).set('Authorization', `Bearer ${pile.pileToken}`).expect(412);
    expect(bare.body).toMatchObject({ status: 412, code: 'upload.invalid' });
    const endless = request(server.url).post(path).set('Authorization', `Bearer ${pile.pileToken}`);
    const refused = await endless.set('Tus-Resumable', '1.0.0').set('Upload-Defer-Length', '1').expect(400);
    expect(refused.body).toMatchObject({ code: 'upload.invalid' });
  });

  it('takes no byte more than was announced', async () => {
    const pile = await beginPile(server.url);
    const location = await announced(pile, 'more.png', 10);
    await patch(server.url, pile.pileToken, location, 0, Buffer.alloc(1_000)).expect(413);
  });

  it('lets in nobody but who began the pile and the admin, and no page of another site', async () => {
    const [mine, other] = [await beginPile(server.url), await beginPile(server.url)];
    const bytes = await picture(5);
    const location = await announced(mine, 'mine.png', bytes.length);
    await announce(server.url, { ...mine, pileToken: other.pileToken }, 'x.png', 10).expect(401);
    await patch(server.url, other.pileToken, location, 0, bytes).expect(401);
    // The file of one pile, asked for by way of another.
    await patch(server.url, other.pileToken, location.replace(mine.pileId, other.pileId), 0, bytes).expect(404);
    await patch(server.url, server.adminToken, location, 0, bytes).expect(204);
    // What came in is shown by the images of the pile alone.
    await request(server.url).get(location).set('Authorization', `Bearer ${mine.pileToken}`).expect(404);
    const call = announce(server.url, mine, 'y.png', 10).set('Origin', 'https://elsewhere.example');
    expect((await call.expect(201)).headers).not.toHaveProperty('access-control-allow-origin');
    await request(server.url).get(`/api/piles/${mine.pileId}`).expect(401);
    await request(server.url)
      .get(`/api/piles/${mine.pileId}`)
      .set('Authorization', `Bearer ${other.pileToken}`)
      .expect(401);
    await request(server.url).post('/api/piles').set('Authorization', 'Bearer wrong').expect(401);
  });

  async function announced(pile: PileStarted, name: string, sizeBytes: number): Promise<string> {
    const { headers } = await announce(server.url, pile, name, sizeBytes).expect(201);
    return headers['location'] ?? '';
  }

  it('keeps of what is said of a file its name, and in which order its bytes are sent', async () => {
    const pile = await beginPile(server.url);
    const said = (text: string) => Buffer.from(text).toString('base64');
    const metadata = `filename ${said('a.mov')},order ${said('tableFirst')},secret ${said('x')}`;
    const call = announce(server.url, pile, 'a.mov', 1_000).set('Upload-Metadata', metadata);
    const { headers } = await call.expect(201);
    const head = request(server.url)
      .head(headers['location'] ?? '')
      .set('Tus-Resumable', '1.0.0');
    const told = await head.set('Authorization', `Bearer ${pile.pileToken}`).expect(200);
    expect(told.headers['upload-metadata']).toBe(`filename ${said('a.mov')},order ${said('tableFirst')}`);
  });
});

/** Sends some bytes of a body that claims to be longer, and cuts the connection. */
async function sendAndBreakOff(
  url: string,
  path: string,
  token: string,
  bytes: Uint8Array,
  claimed: number,
): Promise<void> {
  const call = rawRequest(new URL(path, url), {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${token}`,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': '0',
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': String(claimed),
    },
  });
  call.on('error', () => undefined);
  await new Promise((resolve) => call.write(bytes, resolve));
  // The bytes shall arrive before the end of the connection does.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const closed = new Promise((resolve) => call.once('close', resolve));
  call.destroy();
  await closed;
}
