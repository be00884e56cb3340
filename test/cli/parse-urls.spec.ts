import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { endOf, runCli, startCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { endless, startMediaServer, type MediaServer } from '../support/media-server.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, temporaryDirectory } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const COUNT = 60;

describe('contactsheet parse, with addresses', () => {
  let gemini: GeminiStandIn;
  let media: MediaServer;
  let images: Buffer[];
  let folder: string;
  let env: Record<string, string>;
  let dirs = 0;
  let dataDir: string;

  beforeAll(async () => {
    images = await pictures(COUNT);
    gemini = await startGeminiStandIn({ answerFor: showsOf });
    media = await startMediaServer((_request, response) => response.end());
    folder = await temporaryDirectory();
    env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, FETCH_PRIVATE_ADDRESSES: 'on' };
  });
  beforeEach(() => {
    dataDir = join(folder, `data-${(dirs += 1)}`);
    media.forget();
    media.answer = ({ url, headers }, response) => {
      const place = /^\/(\d+)\.png$/.exec(url ?? '')?.[1];
      const bytes = place && images[Number(place)];
      if (!bytes) response.writeHead(404).end('There is nothing here.');
      else if (headers['if-none-match'] === `"${place}"`) response.writeHead(304).end();
      else response.setHeader('ETag', `"${place}"`).end(bytes);
    };
  });
  afterAll(async () => {
    await media?.close();
    await gemini?.close();
    await removeDirectory(folder);
  });

  async function listOf(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  }
  const parse = (...args: string[]) => runCli(['parse', ...args, '--data-dir', dataDir, '--format', 'json'], env);
  const addresses = () => Array.from({ length: COUNT }, (_, place) => `${media.url}/${place}.png`);
  /** Without a body: it was here. */
  const asked = () => media.requests.filter(({ headers }) => headers['if-none-match'] !== undefined).length;

  it('reads a list, many at once, and what is there the second time is asked about and not sent again', async () => {
    const list = await listOf(
      'posters.csv',
      `title;poster\n${addresses()
        .map((url) => `x;${url}`)
        .join('\n')}\n`,
    );
    const first = await parse(list);
    expect({ code: first.code, words: first.stderr }).toEqual({
      code: 0,
      words: expect.stringContaining('60/60 addresses'),
    });
    expect(asRunResult(JSON.parse(first.stdout)).progress).toMatchObject({ processedImages: COUNT, failedImages: 0 });
    expect(media.requests).toHaveLength(COUNT);
    expect(media.connections.most).toBeLessThanOrEqual(20);
    expect(media.connections.made).toBeLessThanOrEqual(20);
    media.forget();
    const second = await parse(list);
    expect(second.stderr).toContain('60/60 addresses, 60 of them here already, 0 failed');
    expect([media.requests.length, asked()]).toEqual([COUNT, COUNT]);
    expect(asRunResult(JSON.parse(second.stdout)).shows).toEqual(asRunResult(JSON.parse(first.stdout)).shows);
    media.forget();
    await parse(list, '--no-cache');
    expect([media.requests.length, asked()]).toEqual([COUNT, 0]);
  }, 120_000);

  it('killed in the middle, the same command fetches the rest', async () => {
    const list = await listOf('lines.txt', `# all of them\n${addresses().join('\n')}\n`);
    const quick = media.answer;
    let sent = 0;
    media.answer = (request, response) => {
      // The second half hangs.
      if (sent < COUNT / 2) quick(request, response);
      sent += 1;
    };
    const child = startCli(['parse', list, '--data-dir', dataDir, '--format', 'json'], env);
    const stored = () => readdir(join(dataDir, 'images'), { recursive: true }).catch(() => [] as string[]);
    const isWhole = (name: string) => /[0-9a-f]{64}$/.test(name);
    await until(async () => (await stored()).filter(isWhole).length === COUNT / 2, 'half of them are stored');
    child.kill('SIGKILL');
    await once(child, 'exit');
    media.answer = quick;
    media.forget();
    const { code, stdout, stderr } = await parse(list);
    expect({ code, processed: asRunResult(JSON.parse(stdout)).progress.processedImages }).toEqual({
      code: 0,
      processed: COUNT,
    });
    expect(stderr).toContain('60/60 addresses, 30 of them here already');
    expect(asked()).toBe(COUNT / 2);
  }, 120_000);

  it('Ctrl-C while they are fetched ends it in words, and leaves nothing half done', async () => {
    const quick = media.answer;
    media.answer = (request, response) => void (request.url === '/0.png' || quick(request, response));
    const args = ['parse', ...addresses().slice(0, 3), '--data-dir', dataDir];
    const child = startCli(args, env);
    const end = endOf(child);
    const stored = () => readdir(join(dataDir, 'images'), { recursive: true }).catch(() => [] as string[]);
    await until(async () => (await stored()).filter((name) => /[0-9a-f]{64}$/.test(name)).length === 2, 'two came');
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect(code).toBe(2);
    expect(stderr).toContain('Interrupted. What came is kept');
    expect((await stored()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('what cannot be fetched costs itself, by its address and in words, without a password', async () => {
    const good = media.answer;
    media.answer = (request, response) => {
      switch (request.url ?? '') {
        case '/page':
          return void response.setHeader('Content-Type', 'image/png').end('<!doctype html><html></html>');
        case '/claims':
          return void response.writeHead(200, { 'Content-Length': 3 * 2 ** 30 }).write('x');
        case '/endless':
          return void endless(response);
        case '/text.png?token=S3cret':
          return void response.end('no image');
        default:
          return good(request, response);
      }
    };
    const urls = ['/0.png', '/none', '/page', '/claims', '/endless', '/text.png?token=S3cret', '/1.png'];
    const list = await listOf('bad.json', JSON.stringify(urls.map((path) => ({ image: media.url + path }))));
    const inUrl = `http://user:S3cret@127.0.0.1:${media.port}/2.png`;
    const { code, stdout, stderr } = await parse(list, inUrl, `${media.url}/0.png`);
    expect(code).toBe(1);
    const { failures, progress } = asRunResult(JSON.parse(stdout));
    expect(progress).toMatchObject({ totalImages: 8, failedImages: 6 });
    expect(failures.map(({ image, code: why }) => [image.replace(media.url, ''), why])).toEqual([
      ['/none', 'url.unreachable'],
      ['/page', 'image.unreadable'],
      ['/claims', 'image.tooLarge'],
      ['/endless', 'image.tooLarge'],
      ['/text.png?token=…', 'image.unreadable'],
      ['/2.png', 'url.refused'],
    ]);
    expect(stdout + stderr).not.toContain('S3cret');
  }, 60_000);

  it('nothing is fetched from this machine or its network unless it is allowed', async () => {
    const urls = [
      `${media.url}/0.png`,
      `http://localhost:${media.port}/0.png`,
      'http://169.254.169.254/',
      'http://[::1]/',
    ];
    const own = { ...env, FETCH_PRIVATE_ADDRESSES: 'off' };
    const { code, stdout } = await runCli(['parse', ...urls, '--data-dir', dataDir, '--format', 'json'], own);
    expect(code).toBe(2);
    const { failures } = asRunResult(JSON.parse(stdout));
    expect(failures.map(({ code: why }) => why)).toEqual(urls.map(() => 'url.refused'));
    expect(media.requests).toEqual([]);
  });

  it('a list without an address is an argument that names nothing: exit 2, in words', async () => {
    const { code, stdout, stderr } = await parse(await listOf('empty.csv', 'title,year\nAlpha,1999\n'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('There is no address (http://… or https://…) in "empty.csv".');
  });

  it('a data directory that cannot be written is said in words', async () => {
    const args = ['parse', `${media.url}/0.png`, '--data-dir', '/proc/x'];
    const { code, stderr } = await runCli(args, env);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('set DATA_DIR') });
  });
});
