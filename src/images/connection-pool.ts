import { Client } from 'undici';

export interface ConnectionPoolOptions {
  /** Connections to one host name at most, over all of its ports. */
  perHost: number;
  /** Connections in all, those that are kept and idle too. */
  inAll: number;
  /** How each connection is made. Who checks addresses does it here: a connection that is there is never checked again. */
  connect: Client.Options['connect'];
  /** How long a connection without a request is kept, ms. */
  idleMs?: number;
}

interface Connection {
  origin: string;
  host: string;
  client: Client;
  isBusy: boolean;
}

interface Waiting {
  url: URL;
  take: (connection: Connection) => void;
  refuse: (error: Error) => void;
}

const DEFAULT_IDLE_MS = 5_000;
/** A server may ask for a longer time, up to this. */
const MOST_IDLE_MS = 30_000;

/**
 * Connections that are kept and used again, at most so many to one host and in all. Who finds none free waits; one to a
 * busy host keeps nobody waiting who wants another. Where there are as many as may be, an idle one of another host is closed.
 */
export class ConnectionPool {
  readonly #options: ConnectionPoolOptions;
  readonly #connections = new Set<Connection>();
  readonly #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(options: ConnectionPoolOptions) {
    this.#options = options;
  }

  /** Connections that are open, being made, or about to be. */
  get size(): number {
    return this.#connections.size;
  }

  /**
   * Lends a connection to the origin of `url` while `work` goes on. Whatever body `work` asked for it must have read to its
   * end, or destroyed, when it ends.
   *
   * @throws the reason of `signal` where it was aborted while there was none free
   */
  async use<T>(url: URL, signal: AbortSignal | undefined, work: (client: Client) => Promise<T>): Promise<T> {
    const connection = await this.#take(url, signal);
    try {
      return await work(connection.client);
    } finally {
      connection.isBusy = false;
      this.#serve();
    }
  }

  /** Ends all connections, those in use as well. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const clients = [...this.#connections].map(({ client }) => client);
    this.#connections.clear();
    for (const { refuse } of this.#waiting.splice(0)) refuse(closed());
    await Promise.all(clients.map((client) => client.destroy()));
  }

  #take(url: URL, signal: AbortSignal | undefined): Promise<Connection> {
    signal?.throwIfAborted();
    const free = this.#free(url);
    if (free) return Promise.resolve(free);
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    const giveUp = () => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('given up'));
    };
    const hearNoMore = () => signal?.removeEventListener('abort', giveUp);
    const waiting: Waiting = {
      url,
      take: (connection) => {
        hearNoMore();
        resolve(connection);
      },
      refuse: (error) => {
        hearNoMore();
        reject(error);
      },
    };
    this.#waiting.push(waiting);
    signal?.addEventListener('abort', giveUp, { once: true });
    return promise;
  }

  /** Gives what is free to those who wait, in the order they came; who still finds none is passed over. */
  #serve(): void {
    if (this.#isClosed) return;
    for (const waiting of this.#waiting.splice(0)) {
      const free = this.#free(waiting.url);
      if (free) waiting.take(free);
      else this.#waiting.push(waiting);
    }
  }

  #free({ origin, hostname: host }: URL): Connection | null {
    if (this.#isClosed) throw closed();
    const { perHost, inAll } = this.#options;
    const all = [...this.#connections];
    const kept = all.find((each) => each.origin === origin && !each.isBusy);
    if (kept) {
      kept.isBusy = true;
      return kept;
    }
    const ofHost = all.filter((each) => each.host === host);
    if (ofHost.length >= perHost || all.length >= inAll) {
      const idle = (ofHost.length >= perHost ? ofHost : all).find(({ isBusy }) => !isBusy);
      if (!idle) return null;
      this.#drop(idle);
    }
    return this.#open(origin, host);
  }

  #open(origin: string, host: string): Connection {
    const client = new Client(origin, {
      connect: this.#options.connect,
      // One request after another: a connection is one fetch at a time, so that what is counted is what is under way.
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: this.#options.idleMs ?? DEFAULT_IDLE_MS,
      keepAliveMaxTimeout: MOST_IDLE_MS,
    });
    const connection: Connection = { origin, host, client, isBusy: true };
    this.#connections.add(connection);
    client.on('disconnect', () => {
      // One in use connects anew, or its user hears of it.
      if (!connection.isBusy) this.#drop(connection);
    });
    return connection;
  }

  #drop(connection: Connection): void {
    this.#connections.delete(connection);
    connection.client.destroy().catch(() => undefined);
  }
}

function closed(): Error {
  return new Error('The pool of connections is closed.');
}
