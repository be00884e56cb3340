import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import sharp from 'sharp';
import { pngClaiming } from '../fixtures/images/scene.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { picture, pictures } from '../support/pictures.ts';
import { asRunResult, named, PARSER_PATHS, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const MB = 2 ** 20;
const SECRET_FILE = 'root:x:0:0';

describe('uploads that are not what they seem', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl });
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const memoryMb = async () => {
    const text = await readFile(`/proc/${await serverPid(server)}/status`, 'utf8').catch(() => '');
    return Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1_024;
  };

  it('each gets its clear error, the rest of the run is read, nothing is written outside, memory stays bounded', async () => {
    const before = await filesBeside(server.dataDir);
    const photo = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#369' } })
      .jpeg()
      .toBuffer();
    const xxe = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>`;
    const good = await pictures(3);
    const { body } = await upload(
      server.url,
      PARSER_PATHS.adminParallel,
      [
        { name: 'good-1.png', bytes: good[0] ?? photo },
        { name: 'truncated.jpg', bytes: photo.subarray(0, photo.length / 2) },
        { name: 'bomb.png', bytes: pngClaiming(1, 80_000_000) },
        { name: 'text.png', bytes: Buffer.from('This is a shopping list, not a picture.\n'.repeat(50)) },
        { name: 'drawing.svg', bytes: Buffer.from(xxe) },
        { name: 'huge.jpg', bytes: randomBytes(60 * MB) },
        { name: '../../etc/passwd', bytes: good[1] ?? photo },
        { name: 'empty.png', bytes: Buffer.alloc(0) },
        { name: 'good-2.png', bytes: good[2] ?? photo },
      ],
      server.adminToken,
    ).expect(200);
    const result = asRunResult(body);
    expect(result.state).toBe('completed');
    expect(Object.fromEntries(result.failures.map(({ image, code }) => [image, code]))).toEqual({
      'truncated.jpg': 'image.unreadable',
      'bomb.png': 'image.tooLarge',
      'text.png': 'image.unreadable',
      'drawing.svg': 'image.unreadable',
      'huge.jpg': 'image.tooLarge',
      'empty.png': 'image.unreadable',
    });
    for (const { detail, retryable } of result.failures) {
      expect(detail).toMatch(/^[A-Z].{15,}\.$/);
      expect(detail).not.toContain(server.dataDir);
      expect(retryable).toBe(false);
    }
    const evidence = new Set(result.shows.flatMap((show) => show.evidence.map(({ image }) => image)));
    // The name is data: only its last part is shown, and nothing was written by it.
    expect(evidence).toEqual(new Set(['good-1.png', 'passwd', 'good-2.png']));
    expect(result.progress).toMatchObject({ totalImages: 9, processedImages: 9, failedImages: 6 });
    expect(JSON.stringify(body)).not.toContain(SECRET_FILE);
    expect(await filesBeside(server.dataDir)).toEqual(before);
    expect(await storedNames(server.dataDir)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^images\/[0-9a-f]{2}\/[0-9a-f]{64}$/)]),
    );
    expect((await storedNames(server.dataDir)).every((name) => /^images\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name))).toBe(
      true,
    );
    const peak = await memoryMb();
    expect(peak).toBeGreaterThan(50);
    expect(peak).toBeLessThan(1_000);
  });

  it('600 files are refused in one clear word, and the next run is read', async () => {
    const [one, two] = [await picture(71), await picture(72)];
    const before = await storedNames(server.dataDir);
    const many = Array.from({ length: 600 }, (_, index) => ({
      name: `${index}.png`,
      bytes: index % 2 === 0 ? one : two,
    }));
    const { body, status } = await upload(server.url, PARSER_PATHS.adminParallel, many, server.adminToken);
    expect({ status, body }).toMatchObject({ status: 413, body: { code: 'upload.tooMany', status: 413 } });
    expect(body.detail).toContain('500');
    const visitor = await upload(server.url, PARSER_PATHS.parallel, many.slice(0, 21));
    expect(visitor.body).toMatchObject({ code: 'upload.tooMany', detail: expect.stringContaining('20') });
    expect(visitor.headers['content-type']).toMatch(/^application\/problem\+json/);
    // A refused pile leaves nothing on the disk.
    expect(await storedNames(server.dataDir)).toEqual(before);
    asRunResult((await upload(server.url, PARSER_PATHS.parallel, named([one])).expect(200)).body);
    expect(await storedNames(server.dataDir)).toHaveLength(before.length + 1);
    expect(await memoryMb()).toBeLessThan(1_000);
  });

  it('says what is wrong with a request that carries no images, or carries them wrongly', async () => {
    const post = () => request(server.url).post(PARSER_PATHS.parallel);
    expect((await post().field('city', 'Tampa')).body).toMatchObject({ status: 400, code: 'upload.empty' });
    expect((await post().send({})).body).toMatchObject({ status: 400, code: 'upload.invalid' });
    const elsewhere = await post().attach('photos', await picture(2), 'a.png');
    expect(elsewhere.body).toMatchObject({
      status: 400,
      code: 'upload.invalid',
      detail: expect.stringContaining('screenshots'),
    });
    const zone = await post()
      .field('timezone', 'Mars/Olympus')
      .attach('screenshots', await picture(2), 'a.png');
    expect(zone.body).toMatchObject({
      status: 400,
      code: 'request.invalid',
      detail: expect.stringContaining('timezone'),
    });
    const unknown = await post()
      .field('town', 'Tampa')
      .attach('screenshots', await picture(2), 'a.png');
    expect(unknown.body).toMatchObject({
      status: 400,
      code: 'request.invalid',
      detail: expect.stringContaining('town'),
    });
    const visitor = await upload(server.url, PARSER_PATHS.adminParallel, named([await picture(2)]));
    expect(visitor.body).toMatchObject({ status: 401, code: 'auth.required' });
  });

  it('bears an upload that breaks off, and leaves no part of it behind', async () => {
    const stop = new AbortController();
    const slowBody = new ReadableStream({
      async start(controller) {
        const head = '--b\r\nContent-Disposition: form-data; name="screenshots"; filename="a.png"\r\n\r\n';
        controller.enqueue(new TextEncoder().encode(head));
        controller.enqueue(new Uint8Array(100_000));
        setTimeout(() => stop.abort(), 300);
        await new Promise(() => {});
      },
    });
    const sent = fetch(server.url + PARSER_PATHS.parallel, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: slowBody,
      duplex: 'half',
      signal: stop.signal,
    });
    await expect(sent).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await storedNames(server.dataDir)).filter((name) => name.includes('incoming'))).toEqual([]);
    await request(server.url).get('/api/health').expect(200);
  });
});

async function serverPid({ dataDir }: ServerProcess): Promise<number> {
  const holder = JSON.parse(await readFile(join(dataDir, 'lock.json'), 'utf8')) as { pid: number };
  return holder.pid;
}

/** Names below the folder of images. */
async function storedNames(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, 'images'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)));
}

/** What lies beside the data directory and in the folders above it that an escaping name would reach. */
async function filesBeside(dataDir: string): Promise<string[]> {
  const own = relative(tmpdir(), dataDir);
  const names = [...(await readdir(tmpdir())), ...(await readdir('/')), ...(await readdir('/etc'))];
  return names.filter((name) => name === 'passwd' || name === own || name === 'etc').sort();
}
