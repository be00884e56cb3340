import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startMediaServer, type MediaServer } from '../../test/support/media-server.ts';
import { openFetchMemory } from '../storage/fetch-memory.ts';
import { ImageFetcher, type FetchedFile, type FetchWish, type ImageFetcherOptions } from './fetch-image.ts';
import { keepImage, storedImagePath } from './stream-intake.ts';

const HOUR_MS = 3_600_000;

/** Fetchers that remember: what is here is asked about, and not fetched. */
describe('ImageFetcher, for the second time', () => {
  let media: MediaServer;
  let folder: string;
  let imageDirectory: string;
  let nowMs = 0;
  let memory: ReturnType<typeof openFetchMemory>;
  const opened: ImageFetcher[] = [];

  beforeAll(async () => {
    media = await startMediaServer((_request, response) => response.end());
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-again-'));
    imageDirectory = join(folder, 'images');
    await mkdir(imageDirectory);
    nowMs = Date.UTC(2026, 10, 27);
    memory = openFetchMemory({ dataDir: folder, expireAfterMs: 168 * HOUR_MS, now: () => nowMs });
    media.forget();
  });
  afterEach(async () => {
    for (const fetcher of opened.splice(0)) await fetcher.close();
    memory.close();
    await rm(folder, { recursive: true });
  });
  afterAll(() => media.close());

  function fetcherOf(options: ImageFetcherOptions = {}): ImageFetcher {
    const kept = { memory, imageDirectory };
    const fetcher = new ImageFetcher({ allowsAddress: () => true, ports: null, kept, ...options });
    opened.push(fetcher);
    return fetcher;
  }

  /** As a process of its own would, which then stores what came. @returns what came, and its bytes */
  async function fetched(path: string, wish: Partial<FetchWish> = {}): Promise<FetchedFile & { bytes: string }> {
    const at = join(folder, 'fetched.part');
    const file = await fetcherOf().fetchTo(media.url + path, at, { maxBytes: 1_000, ...wish });
    const bytes = await readFile(at, 'utf8');
    await keepImage(at, imageDirectory, file.sha256);
    return { ...file, bytes };
  }

  const ask = () => media.requests.map(({ headers }) => headers['if-none-match'] ?? headers['if-modified-since']);

  it('asks whether it has changed, by its tag or its date, and takes 304 for what is here', async () => {
    media.answer = ({ url, headers }, response) => {
      if (url === '/tagged' && headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else if (url === '/tagged') response.setHeader('ETag', '"v1"').end('tagged');
      else if (headers['if-modified-since'] === 'Fri, 27 Nov 2026 00:00:00 GMT') response.writeHead(304).end();
      else response.setHeader('Last-Modified', 'Fri, 27 Nov 2026 00:00:00 GMT').end('dated');
    };
    for (const [path, bytes] of [
      ['/tagged', 'tagged'],
      ['/dated', 'dated'],
    ] as const) {
      const first = await fetched(path);
      const second = await fetched(path);
      expect(first).toMatchObject({ bytes, wasKept: false });
      expect(second).toEqual({ ...first, wasKept: true });
    }
    expect(ask()).toEqual([undefined, '"v1"', undefined, 'Fri, 27 Nov 2026 00:00:00 GMT']);
  });

  it('takes what has changed, and what is stored of the old one stays as it was', async () => {
    media.answer = (_request, response) => response.setHeader('ETag', '"v1"').end('first');
    const first = await fetched('/a');
    media.answer = (_request, response) => response.setHeader('ETag', '"v2"').end('second');
    expect(await fetched('/a')).toMatchObject({ bytes: 'second', wasKept: false });
    expect(await readFile(storedImagePath(imageDirectory, first.sha256), 'utf8')).toBe('first');
    media.answer = (_request, response) => response.writeHead(304).end();
    expect(await fetched('/a')).toMatchObject({ bytes: 'second', wasKept: true });
    expect(ask()).toEqual([undefined, '"v1"', '"v2"']);
  });

  it('asks nothing for a week where there is nothing to ask by; nor is anything kept for longer', async () => {
    media.answer = (_request, response) => response.end('plain');
    await fetched('/a');
    nowMs += 167 * HOUR_MS;
    expect(await fetched('/a')).toMatchObject({ bytes: 'plain', wasKept: true });
    expect(media.requests).toHaveLength(1);
    nowMs += 1 * HOUR_MS;
    expect(await fetched('/a')).toMatchObject({ wasKept: false });
    expect(media.requests).toHaveLength(2);
  });

  it('fetches anew where it is told to, and where the stored one is gone or damaged', async () => {
    media.answer = (_request, response) => response.setHeader('ETag', '"v1"').end('bytes');
    const { sha256 } = await fetched('/a');
    await fetched('/a', { fresh: true });
    await rm(storedImagePath(imageDirectory, sha256));
    await fetched('/a');
    await writeFile(storedImagePath(imageDirectory, sha256), '');
    expect(await fetched('/a')).toMatchObject({ bytes: 'bytes', wasKept: false });
    expect(ask()).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('a version is asked of who gave it, not of who leads there', async () => {
    media.answer = ({ url, headers }, response) => {
      if (url === '/moved') response.writeHead(302, { Location: '/real' }).end();
      else if (headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.setHeader('ETag', '"v1"').end('real');
    };
    await fetched('/moved');
    expect(await fetched('/moved')).toMatchObject({ bytes: 'real', wasKept: true });
    media.answer = ({ url }, response) => {
      if (url === '/moved') response.writeHead(302, { Location: '/other' }).end();
      else response.setHeader('ETag', '"v1"').end('other');
    };
    expect(await fetched('/moved')).toMatchObject({ bytes: 'other', wasKept: false });
    expect(ask()).toEqual([undefined, undefined, undefined, '"v1"', undefined, undefined]);
  });

  it('304 without a question is no file', async () => {
    media.answer = (_request, response) => response.writeHead(304).end();
    await expect(fetched('/a')).rejects.toMatchObject({ code: 'url.unreachable' });
  });

  it('keeps no address as it is written: it may hold a secret', async () => {
    media.answer = (_request, response) => response.setHeader('ETag', '"v1"').end('bytes');
    await fetched('/a?token=S3cretV4lue');
    for (const name of ['kept.db', 'kept.db-wal']) {
      const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
      expect(bytes.includes('S3cretV4lue')).toBe(false);
    }
  });

  it('a failure leaves nothing at the path, and what is stored is still there', async () => {
    media.answer = (_request, response) => response.setHeader('ETag', '"v1"').end('bytes');
    const { sha256 } = await fetched('/a');
    media.answer = (_request, response) => response.writeHead(404).end();
    const at = join(folder, 'fetched.part');
    await expect(fetcherOf().fetchTo(`${media.url}/a`, at, { maxBytes: 10 })).rejects.toMatchObject({
      code: 'url.unreachable',
    });
    await expect(stat(at)).rejects.toMatchObject({ code: 'ENOENT' });
    const stored = storedImagePath(imageDirectory, sha256);
    expect(await readFile(stored, 'utf8')).toBe('bytes');
    expect(dirname(stored)).toBe(join(imageDirectory, sha256.slice(0, 2)));
  });
});
