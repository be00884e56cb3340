import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { httpFetch, withBody } from './http-fetch.ts';

let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const sockets = new Set<unknown>();

beforeEach(async () => {
  sockets.clear();
  server = createServer((request, response) => answer(request, response));
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/ask`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (signal?: AbortSignal) =>
  httpFetch(url, {
    method: 'POST',
    body: '{"question":"où?"}',
    headers: { 'x-key': 'k', 'content-type': 'application/json' },
    ...(signal ? { signal } : {}),
  });

describe('httpFetch', () => {
  it('sends a body and headers, and gives the reply as a whole', async () => {
    let seen = '';
    answer = (request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => (seen += part));
      request.on('end', () => {
        response.setHeader('x-seen', `${request.method} ${String(request.headers['x-key'])}`);
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        response.end('{"place":"là"}');
      });
    };
    const reply = await post();
    expect(seen).toBe('{"question":"où?"}');
    expect(reply).toMatchObject({ ok: true, status: 200 });
    expect(reply.headers.get('x-seen')).toBe('POST k');
    expect(await reply.json()).toEqual({ place: 'là' });
  });

  it.each([400, 429, 503])('gives a reply of status %d with its body', async (status) => {
    answer = (_request, response) => response.writeHead(status, { 'retry-after': '7' }).end('not now');
    const reply = await post();
    expect(reply).toMatchObject({ ok: false, status });
    expect(reply.headers.get('retry-after')).toBe('7');
    expect(await reply.text()).toBe('not now');
    await expect(reply.json()).rejects.toThrow(SyntaxError);
  });

  it('keeps its connections for the calls that follow', async () => {
    answer = (_request, response) => response.end('{}');
    for (let call = 0; call < 5; call++) await post();
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('takes the key to no other address', async () => {
    const asked: string[] = [];
    answer = (request, response) => {
      asked.push(String(request.url));
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect((await post()).status).toBe(307);
    expect(asked).toEqual(['/v1/ask']);
  });

  it('ends at the socket, within 100 ms, where it is aborted, and throws the reason', async () => {
    const closed = Promise.withResolvers<number>();
    const stop = new AbortController();
    answer = (_request, response) => {
      response.on('close', () => closed.resolve(performance.now()));
      stop.abort(new Error('cancelled'));
    };
    const startedAt = performance.now();
    await expect(post(stop.signal)).rejects.toThrow('cancelled');
    expect((await closed.promise) - startedAt).toBeLessThan(100 + 50);
  });

  it('says why a service cannot be reached, as the fetch of Node does', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(post()).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  });

  it('fails where the connection breaks in the middle of a reply', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setTimeout(() => response.destroy(), 10);
    };
    await expect(post()).rejects.toThrow('fetch failed');
  });

  it('sends bytes in the place of what a library has worded, and not the name of the bytes', async () => {
    const seen: [body: string, headers: string[]][] = [];
    answer = (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        seen.push([body, Object.keys(request.headers)]);
        response.end('{}');
      });
    };
    const send = (headers: Record<string, string>) =>
      httpFetch(url, { method: 'POST', body: '{}', headers: { 'x-key': 'k', ...headers } });
    const bodies = ['{"question":"où?"}', '{"question":"quand?"}'];
    await Promise.all(bodies.map((body) => withBody(new TextEncoder().encode(body), send)));
    expect(seen.map(([body]) => body).toSorted()).toEqual(bodies.toSorted());
    for (const [, names] of seen) {
      expect(names).toContain('x-key');
      expect(names.filter((name) => name.includes('body'))).toEqual([]);
    }
  });

  it('leaves what is no POST of text to the fetch of Node', async () => {
    answer = (request, response) => response.end(request.method);
    expect(await (await httpFetch(url)).text()).toBe('GET');
  });
});
