import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../test/support/until.ts';
import { ConnectionPool } from './connection-pool.ts';

describe('ConnectionPool', () => {
  let server: Server;
  let port: number;
  let answer: RequestListener;
  let pool: ConnectionPool;
  /** Connections at the server: made ever, open now, and the most there were at once. */
  const seen = { made: 0, open: 0, most: 0 };

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    server.on('connection', (socket) => {
      seen.made += 1;
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      socket.on('close', () => (seen.open -= 1));
    });
    // All of 127.0.0.0/8 is this machine: as many hosts as a test needs.
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    answer = (_request, response) => void setTimeout(() => response.end('done'), 20);
    Object.assign(seen, { made: 0, open: 0, most: 0 });
    pool = new ConnectionPool({ perHost: 3, inAll: 5, connect: {} });
  });
  afterEach(async () => {
    await pool.close();
    await until(() => seen.open === 0, 'no connection is left');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const at = (host: number, path = '/') => new URL(`http://127.0.0.${host}:${port}${path}`);
  const get = (url: URL, signal?: AbortSignal): Promise<string> =>
    pool.use(url, signal, async (client) => {
      const { body } = await client.request({ path: url.pathname, method: 'GET' });
      return body.text();
    });

  it('uses connections again, and has no more of them to a host than it may', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => get(at(1))));
    expect(answers).toEqual(Array.from({ length: 30 }, () => 'done'));
    expect(seen).toMatchObject({ made: 3, most: 3 });
    expect(await get(at(1))).toBe('done');
    expect(seen.made).toBe(3);
  });

  it('has no more in all than it may: an idle one gives way to another host', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6, 7].flatMap((host) => [get(at(host)), get(at(host)), get(at(host))]));
    expect(pool.size).toBeLessThanOrEqual(5);
    await until(() => seen.open <= 5, 'those that gave way are closed');
    // All are idle and of the last hosts; the first host is asked once more.
    expect(await get(at(1))).toBe('done');
    expect(pool.size).toBe(5);
  });

  it('a host that is slow keeps nobody waiting who wants another', async () => {
    const held: (() => void)[] = [];
    answer = ({ url }, response) => void (url === '/slow' ? held.push(() => response.end()) : response.end('quick'));
    const slow = Array.from({ length: 6 }, () => get(at(1, '/slow')));
    await until(() => held.length === 3, 'as many as may be are at the slow host');
    expect(await get(at(2))).toBe('quick');
    for (const end of held.splice(0)) end();
    await until(() => held.length === 3, 'the others are there');
    for (const end of held) end();
    await Promise.all(slow);
  });

  it('who gives up waiting is not waited for, and takes nothing away', async () => {
    const held: (() => void)[] = [];
    answer = (_request, response) => void held.push(() => response.end('held'));
    const busy = Array.from({ length: 3 }, () => get(at(1)));
    const control = new AbortController();
    const waiting = get(at(1), control.signal);
    control.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(get(at(1), control.signal)).rejects.toThrow('enough');
    await until(() => held.length === 3, 'three are asked');
    for (const end of held) end();
    expect(await Promise.all(busy)).toEqual(['held', 'held', 'held']);
    answer = (_request, response) => void response.end('free');
    expect(await get(at(1))).toBe('free');
  });

  it('a connection that breaks is forgotten, and another one made', async () => {
    answer = ({ socket }) => socket.destroy();
    await expect(get(at(1))).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    answer = (_request, response) => void response.setHeader('Connection', 'close').end('last');
    expect(await get(at(1))).toBe('last');
    expect(await get(at(1))).toBe('last');
    expect(pool.size).toBeLessThanOrEqual(1);
  });

  it('when it is closed, those who wait hear of it', async () => {
    answer = () => undefined;
    const all = Array.from({ length: 5 }, () => get(at(1)).catch((error: Error) => error.message));
    await until(() => seen.open === 3, 'three are under way');
    await pool.close();
    expect(await Promise.all(all)).toEqual(expect.arrayContaining(['The pool of connections is closed.']));
    await expect(get(at(1))).rejects.toThrow('closed');
  });
});
