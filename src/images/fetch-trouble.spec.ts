import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endless, startMediaServer, type MediaServer } from '../../test/support/media-server.ts';
import { retryAfterMsOf } from './fetch-failure.ts';
import { ImageFetcher, type FetchWish, type ImageFetcherOptions } from './fetch-image.ts';

const MB = 2 ** 20;
const GB = 2 ** 30;

/** Servers that are busy, broken, endless, or not what they say. */
describe('ImageFetcher, in trouble', () => {
  let media: MediaServer;
  let folder: string;
  const opened: ImageFetcher[] = [];

  beforeAll(async () => {
    media = await startMediaServer((_request, response) => response.end());
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-trouble-'));
  });
  beforeEach(() => media.forget());
  afterEach(async () => {
    for (const fetcher of opened.splice(0)) await fetcher.close();
    expect(await readdir(folder)).toEqual([]);
  });
  afterAll(async () => {
    await media.close();
    await rm(folder, { recursive: true });
  });

  function fetcherOf(options: ImageFetcherOptions = {}): ImageFetcher {
    const loopback = (address: string) => address === '127.0.0.1';
    const fetcher = new ImageFetcher({ allowsAddress: loopback, ports: null, backoffMs: 10, ...options });
    opened.push(fetcher);
    return fetcher;
  }

  let names = 0;
  async function fetched(fetcher = fetcherOf(), path = '/', wish: Partial<FetchWish> = {}): Promise<string> {
    const at = join(folder, `${(names += 1)}.part`);
    try {
      await fetcher.fetchTo(media.url + path, at, { maxBytes: 20 * MB, ...wish });
      return await readFile(at, 'utf8');
    } finally {
      await rm(at, { force: true });
    }
  }

  /** Answers each request by the next of these, and all further ones by the last. */
  function inTurn(...answers: RequestListener[]): RequestListener {
    return (request, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
  }
  const fine: RequestListener = (_request, response) => response.end('fine');
  const status =
    (code: number, headers = {}): RequestListener =>
    (_request, response) =>
      response.writeHead(code, headers).end('trouble');

  it('makes 200 requests over 20 connections, and comes again on those', async () => {
    media.answer = (_request, response) => void setTimeout(() => response.end('fine'), 10);
    const fetcher = fetcherOf();
    await Promise.all(Array.from({ length: 200 }, () => fetched(fetcher)));
    expect(media.requests).toHaveLength(200);
    expect(media.connections).toMatchObject({ made: 20, most: 20 });
    // An answer that gives no file does not cost the connection either.
    media.answer = status(404);
    await expect(fetched(fetcher)).rejects.toMatchObject({ code: 'url.unreachable' });
    expect(media.connections.made).toBe(20);
  });

  it.each([429, 500, 502, 503, 504])('%s passes: it is tried again', async (code) => {
    media.answer = inTurn(status(code), status(code), fine);
    expect(await fetched()).toBe('fine');
    expect(media.requests).toHaveLength(3);
  });

  it('so does a connection that breaks, before the answer or in the middle of it', async () => {
    const cut: RequestListener = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 1_000 });
      response.write('half of', () => response.destroy());
    };
    media.answer = inTurn(({ socket }) => socket.destroy(), cut, fine);
    expect(await fetched()).toBe('fine');
    expect(media.requests).toHaveLength(3);
  });

  it('is tried four times, then fails in words', async () => {
    media.answer = status(503);
    await expect(fetched()).rejects.toMatchObject({
      code: 'url.unreachable',
      message: expect.stringMatching(/fault of its own \(the answer from there is 503\)/),
    });
    expect(media.requests).toHaveLength(4);
  });

  it.each([
    [401, /not for everybody/],
    [403, /not for everybody/],
    [404, /no file at this address \(the answer from there is 404\)/],
    [410, /no file at this address/],
    [418, /the answer from there is 418/i],
  ])('%s does not pass: it is asked once, and said in words', async (code, words) => {
    media.answer = status(code);
    await expect(fetched()).rejects.toMatchObject({
      code: 'url.unreachable',
      message: expect.stringMatching(words),
    });
    expect(media.requests).toHaveLength(1);
  });

  it('Retry-After holds for all who ask that server', async () => {
    const startedMs = performance.now();
    media.answer = inTurn(status(429, { 'Retry-After': '1' }), fine);
    const fetcher = fetcherOf();
    const first = fetched(fetcher);
    while (media.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([first, fetched(fetcher), fetched(fetcher)]);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1_000);
    // One refusal, and none of the others while it lasts.
    expect(media.requests).toHaveLength(4);
  });

  it('a rest that is too long is not waited for, and nobody else asks meanwhile', async () => {
    media.answer = status(503, { 'Retry-After': '600' });
    const fetcher = fetcherOf();
    for (let time = 0; time < 3; time += 1) {
      await expect(fetched(fetcher)).rejects.toMatchObject({
        code: 'url.unreachable',
        message: expect.stringMatching(/left alone for 10 more min/),
      });
    }
    expect(media.requests).toHaveLength(1);
  });

  it('asks a host no more than so often within a minute', async () => {
    media.answer = fine;
    const fetcher = fetcherOf({ requestsPerMinute: 5 });
    const control = new AbortController();
    const all = Array.from({ length: 8 }, () => fetched(fetcher, '/', { signal: control.signal }).catch(String));
    const five = await Promise.all(all.slice(0, 5));
    expect(five).toEqual(five.map(() => 'fine'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(media.requests).toHaveLength(5);
    control.abort();
    for (const end of await Promise.all(all.slice(5))) expect(end).toContain('The server is stopping');
  });

  it('a file that says it has 3 GB is refused at once', async () => {
    let sent = () => 0;
    media.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 3 * GB });
      sent = endless(response);
    };
    await expect(fetched()).rejects.toMatchObject({
      code: 'image.tooLarge',
      message: expect.stringContaining('larger than 20 MB'),
    });
    expect(sent()).toBeLessThan(20 * MB);
    expect(media.requests).toHaveLength(1);
  });

  it('one that does not say and never ends is cut off at the limit', async () => {
    let sent = () => 0;
    media.answer = (_request, response) => void (sent = endless(response));
    await expect(fetched()).rejects.toMatchObject({ code: 'image.tooLarge' });
    // What lies in buffers on the way is sent, but taken by nobody.
    expect(sent()).toBeLessThan(40 * MB);
    expect(media.requests).toHaveLength(1);
  });

  it('the limit may depend on what it is, by its first bytes', async () => {
    const maxBytesOf = (head: Uint8Array) => (head[0] === 0x50 ? 10_000 : 1_000);
    const of = (first: string): RequestListener => {
      return (_request, response) => void response.end(first + 'x'.repeat(8_999));
    };
    media.answer = of('P');
    expect(await fetched(fetcherOf(), '/', { maxBytesOf })).toHaveLength(9_000);
    media.answer = of('Q');
    const call = fetched(fetcherOf(), '/', { maxBytesOf });
    await expect(call).rejects.toMatchObject({
      code: 'image.tooLarge',
      message: expect.stringContaining('1,000 bytes'),
    });
  });

  it.each([
    '<!DOCTYPE html><html><img src=x></html>',
    '\n <!-- hello --> <HTML lang="en">',
    '<?xml version="1.0"?>\n<!doctype html>',
    '<head><title>x</title>',
    `${'<!---->'.repeat(500)}<html>`,
    '<html>\u00e9\u00ff</html>',
    '<script>location = "/sign-in"</script>',
  ])('a web page that claims to be an image is refused by its bytes: %s', async (page) => {
    let sent = () => 0;
    media.answer = (_request, response) => {
      response.setHeader('Content-Type', 'image/jpeg').write(Buffer.from(page.padEnd(5_000), 'latin1'));
      sent = endless(response);
    };
    await expect(fetched()).rejects.toMatchObject({
      code: 'image.unreadable',
      message: expect.stringMatching(/leads to a web page, not to an image/),
    });
    expect(sent()).toBeLessThan(20 * MB);
  });

  it('a drawing with a page inside it is no page, nor is an image that claims to be one', async () => {
    media.answer = (_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<svg><foreignObject><body></body></foreignObject></svg>');
    expect(await fetched()).toContain('<svg>');
  });

  it('a redirect to a private address is refused, by whatever name', async () => {
    for (const target of ['http://169.254.169.254/latest', 'http://127.0.0.2/', `http://[::1]:${media.port}/`]) {
      media.answer = status(302, { Location: target });
      await expect(fetched()).rejects.toMatchObject({ code: 'url.refused' });
    }
    expect(media.requests).toHaveLength(3);
  });

  it('a connection that is kept leads where it was checked to lead; one made anew is checked anew', async () => {
    let resolved = 0;
    const resolve = async () => [{ address: (resolved += 1) === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    const fetcher = fetcherOf({ resolve });
    const url = `http://posters.example:${media.port}/`;
    const get = async () => {
      const at = join(folder, 'x');
      await fetcher.fetchTo(url, at, { maxBytes: 10 });
      await rm(at);
    };
    media.answer = fine;
    await get();
    await get();
    expect([resolved, media.connections.made]).toEqual([1, 1]);
    media.answer = (_request, response) => void response.setHeader('Connection', 'close').end('fine');
    await get();
    await expect(get()).rejects.toMatchObject({ code: 'url.refused' });
    expect([resolved, media.requests.length]).toEqual([2, 3]);
  });
});

describe('retryAfterMsOf', () => {
  it('understands seconds and dates, and takes nothing else for a wait', () => {
    const nowMs = Date.UTC(2026, 10, 27);
    expect(retryAfterMsOf('120', nowMs)).toBe(120_000);
    expect(retryAfterMsOf('Fri, 27 Nov 2026 00:00:30 GMT', nowMs)).toBe(30_000);
    expect(retryAfterMsOf('Thu, 26 Nov 2026 00:00:30 GMT', nowMs)).toBe(0);
    for (const none of [undefined, '', '-5', '1.5', 'soon']) expect(retryAfterMsOf(none, nowMs)).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const ms = retryAfterMsOf(text, nowMs);
        expect(ms === null || ms >= 0).toBe(true);
      }),
    );
  });
});
