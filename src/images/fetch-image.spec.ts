import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ImageFetcher, type ImageFetcherOptions } from './fetch-image.ts';

describe('ImageFetcher', () => {
  let server: Server;
  let port: number;
  let directory: string;
  let answer: RequestListener;
  let asked: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'contactsheet-fetch-'));
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    asked = [];
    answer = (_request, response) => response.end('bytes');
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true });
  });

  /** Only this very address of loopback is allowed, so that everything else is as on the internet. */
  const onLoopback = { allowsAddress: (address: string) => address === '127.0.0.1', ports: null };

  async function fetched(url: string, options: ImageFetcherOptions = onLoopback, maxBytes = 1_000): Promise<string> {
    const fetcher = new ImageFetcher(options);
    const path = join(directory, 'fetched');
    try {
      await fetcher.fetchTo(url, path, { maxBytes });
      return await readFile(path, 'utf8');
    } finally {
      await rm(path, { force: true });
      await fetcher.close();
    }
  }
  const here = (path = '/') => `http://127.0.0.1:${port}${path}`;
  const refused = { code: 'url.refused' };

  it('fetches a file, also by way of redirects', async () => {
    answer = ({ url }, response) =>
      url === '/c'
        ? response.end('there')
        : response.writeHead(302, { Location: url === '/a' ? '/b' : here('/c') }).end();
    expect(await fetched(here('/a'))).toBe('there');
    expect(asked).toEqual(['/a', '/b', '/c']);
  });

  it('connects to no private address, however it is written', async () => {
    const urls = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '10.0.0.1',
      '169.254.169.254',
    ];
    for (const host of urls) {
      await expect(fetched(`http://${host}:${port}/`, { ports: null })).rejects.toMatchObject(refused);
    }
    expect(asked).toEqual([]);
  });

  it('connects to no name that leads to a private address', async () => {
    await expect(fetched(`http://localhost:${port}/`, { ports: null })).rejects.toMatchObject(refused);
    const mixed = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const url = `http://photos.example:${port}/`;
    await expect(fetched(url, { ports: null, resolve: mixed })).rejects.toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('connects to what it has checked: a name that means something else the next time gains nothing', async () => {
    let times = 0;
    const resolve = async () => {
      times += 1;
      return [{ address: times === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    expect(await fetched(`http://photos.example:${port}/`, { ...onLoopback, resolve })).toBe('bytes');
    expect(times).toBe(1);
    // A connection that is kept leads to where it was checked to lead.
    answer = ({ url }, response) =>
      void (url === '/' ? response.writeHead(301, { Location: '/2' }).end() : response.end('still here'));
    times = 0;
    expect(await fetched(`http://photos.example:${port}/`, { ...onLoopback, resolve })).toBe('still here');
    expect(times).toBe(1);
    // One that is made anew is checked anew: its second meaning like the first.
    answer = (_request, response) => response.writeHead(301, { Location: '/2', Connection: 'close' }).end();
    times = 0;
    await expect(fetched(`http://photos.example:${port}/`, { ...onLoopback, resolve })).rejects.toMatchObject(refused);
  });

  it.each([
    'http://127.0.0.2/',
    'http://10.0.0.1/',
    'http://[::1]/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'http://u:p@127.0.0.1/',
  ])('follows no redirect to %s', async (target) => {
    answer = (_request, response) => response.writeHead(302, { Location: target }).end();
    await expect(fetched(here())).rejects.toMatchObject(refused);
    expect(asked).toHaveLength(1);
  });

  it('follows at most five redirects', async () => {
    answer = (_request, response) => response.writeHead(307, { Location: '/again' }).end();
    await expect(fetched(here())).rejects.toMatchObject({
      code: 'url.unreachable',
      message: expect.stringContaining('5 times'),
    });
    expect(asked).toHaveLength(6);
  });

  it('refuses other schemes, user names, and ports that are not of the web', async () => {
    const urls = [
      'ftp://example.com/a.png',
      'data:image/png;base64,xx',
      'javascript:1',
      'example.com/a.png',
      '',
      'http://',
    ];
    for (const url of urls) await expect(fetched(url)).rejects.toMatchObject(refused);
    await expect(fetched('http://user@example.com/')).rejects.toMatchObject(refused);
    await expect(fetched('http://example.com:22/', {})).rejects.toMatchObject(refused);
  });

  it('reads no more than allowed, whatever was claimed', async () => {
    answer = (_request, response) => {
      const more = () => void (response.destroyed || response.write(Buffer.alloc(100_000), () => setImmediate(more)));
      more();
    };
    await expect(fetched(here())).rejects.toMatchObject({ code: 'image.tooLarge' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('waits no longer than allowed, for the answer and for its end', async () => {
    const soon = { ...onLoopback, timeoutMs: 200 };
    answer = () => undefined;
    await expect(fetched(here(), soon)).rejects.toMatchObject({ code: 'url.unreachable' });
    answer = (_request, response) => void response.write('drop by drop');
    await expect(fetched(here(), soon)).rejects.toMatchObject({ code: 'url.unreachable' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('says what the other side answered, and when nobody is there', async () => {
    answer = (_request, response) => response.writeHead(404).end();
    await expect(fetched(here())).rejects.toMatchObject({
      code: 'url.unreachable',
      message: expect.stringContaining('404'),
    });
    await expect(fetched('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'url.unreachable' });
    const nobody = async () => [];
    const call = fetched('http://photos.example/', { resolve: nobody });
    await expect(call).rejects.toMatchObject({ code: 'url.unreachable' });
  });
});
