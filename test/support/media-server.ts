import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of files on loopback, which counts what is asked of it. */
export interface MediaServer {
  /** `http://127.0.0.1:port`; a path is appended. */
  url: string;
  port: number;
  /** Method-less: `path` of each request, and the headers it came with. */
  requests: { path: string; headers: IncomingMessage['headers'] }[];
  /** TCP connections: made since the last `forget`, and the most that were open at once. */
  connections: { made: number; open: number; most: number };
  /** How it answers from now on. */
  answer: RequestListener;
  /** Forgets what was asked, and counts from here. */
  forget(): void;
  close(): Promise<void>;
}

export async function startMediaServer(answer: RequestListener): Promise<MediaServer> {
  const server: Server = createServer((request, response) => {
    media.requests.push({ path: request.url ?? '', headers: request.headers });
    media.answer(request, response);
  });
  const media: MediaServer = {
    url: '',
    port: 0,
    requests: [],
    connections: { made: 0, open: 0, most: 0 },
    answer,
    forget() {
      media.requests = [];
      media.connections.made = 0;
      media.connections.most = media.connections.open;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  // Longer than anybody who asks is busy in between: what is counted is then what the other side closes.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    const { connections } = media;
    connections.made += 1;
    connections.open += 1;
    connections.most = Math.max(connections.most, connections.open);
    socket.on('close', () => (connections.open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  media.port = (server.address() as AddressInfo).port;
  media.url = `http://127.0.0.1:${media.port}`;
  return media;
}

/** Sends bytes for as long as anybody takes them. @returns how many it has sent, when asked */
export function endless(response: Parameters<RequestListener>[1]): () => number {
  let sentBytes = 0;
  const piece = Buffer.alloc(256 * 1024, 0xff);
  const more = () => {
    if (response.destroyed) return;
    response.write(piece, () => {
      sentBytes += piece.length;
      setImmediate(more);
    });
  };
  more();
  return () => sentBytes;
}
