import { createHash } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { copyFile, link, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { CodedError } from '../contract/coded-error.ts';
import { checkedUrl } from './checked-url.ts';
import { ConnectionPool } from './connection-pool.ts';
import { writeBody } from './fetch-body.ts';
import { failureOf, failureOfStatus, resting, retryAfterMsOf, unreachable } from './fetch-failure.ts';
import type { FetchMemory, FetchRecord } from './fetch-memory.ts';
import { guardedLookup } from './guarded-lookup.ts';
import { HostPace } from './host-pace.ts';
import { fileTooLarge } from './image-limits.ts';
import { isPublicAddress } from './public-address.ts';
import { storedImagePath } from './stream-intake.ts';

export interface ImageFetcherOptions {
  /**
   * Which addresses may be connected to; those of the public internet by default. Whoever allows more lets the server be
   * sent to machines that trust it for being near them.
   */
  allowsAddress?: (address: string) => boolean;
  /** Ports that may be connected to; null for any. 80 and 443 by default. */
  ports?: ReadonlySet<number> | null;
  /** Of one request, from when it is sent to the last byte of its answer, ms. Waiting for a turn is not counted. */
  timeoutMs?: number;
  /** How names are resolved; for tests. */
  resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
  /** Requests to one host within any minute; 600 by default. */
  requestsPerMinute?: number;
  /** Before the first other try, ms; each further one waits twice as long. */
  backoffMs?: number;
  /** What came before, and where images are stored by their content. Without it everything is fetched each time. */
  kept?: { memory: FetchMemory; imageDirectory: string } | null;
}

export interface FetchWish {
  /** Bytes of any file at most. */
  maxBytes: number;
  /** Bytes at most of a file that begins like this. */
  maxBytesOf?: (head: Uint8Array) => number;
  /** Asks anew for what is here already. */
  fresh?: boolean;
  signal?: AbortSignal;
}

export interface FetchedFile {
  /** Hex. */
  sha256: string;
  sizeBytes: number;
  /** It was here already: the other side says that it has not changed, or gave nothing to ask by and was asked within the week. */
  wasKept: boolean;
}

/** Connections to one host, and in all: as a browser's tabs would, many times over, but no flood. */
export const CONNECTIONS_PER_HOST = 20;
export const CONNECTIONS_IN_ALL = 50;
export const DEFAULT_REQUESTS_PER_MINUTE = 600;

const DEFAULT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_BACKOFF_MS = 500;
const MAX_TRIES = 4;
/** A host that asks for a longer rest is not waited for: the address fails, and can be asked for again. */
const LONGEST_REST_MS = 60_000;
/** A typing error of that server must not shut it out for a year. */
const LONGEST_BELIEVED_MS = 3_600_000;
const MAX_REDIRECTS = 5;
/** Of an answer that nobody wants: read to keep its connection, unless it is longer than that. */
const UNWANTED_BYTES = 64 * 1024;
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

type Step = { file: FetchedFile } | { location: string };

/**
 * Fetches files from URLs that people gave, without letting them use this server as a way to machines that only it can
 * reach. A name is resolved when a connection is made, and what was checked is what is connected to: a DNS server that
 * answers differently the next time changes nothing. A connection that is kept leads to where it was checked to lead, so
 * only new ones are checked; every redirect goes through the same checks as the first address.
 */
export class ImageFetcher {
  readonly #allows: (address: string) => boolean;
  readonly #ports: ReadonlySet<number> | null;
  readonly #timeoutMs: number;
  readonly #backoffMs: number;
  readonly #kept: ImageFetcherOptions['kept'];
  readonly #connections: ConnectionPool;
  readonly #pace: HostPace;

  constructor(options: ImageFetcherOptions = {}) {
    this.#allows = options.allowsAddress ?? isPublicAddress;
    this.#ports = options.ports === undefined ? WEB_PORTS : options.ports;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#backoffMs = options.backoffMs ?? DEFAULT_BACKOFF_MS;
    this.#kept = options.kept ?? null;
    this.#pace = new HostPace({ perMinute: options.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE });
    this.#connections = new ConnectionPool({
      perHost: CONNECTIONS_PER_HOST,
      inAll: CONNECTIONS_IN_ALL,
      connect: { lookup: guardedLookup(this.#allows, options.resolve), timeout: CONNECT_TIMEOUT_MS },
    });
  }

  /**
   * Checks what can be said of a URL before anything is fetched.
   *
   * @throws CodedError `url.refused`
   */
  check(url: string): URL {
    return checkedUrl(url, this.#allows, this.#ports);
  }

  /**
   * Fetches a file to `path`, which is gone again where this fails. Neither the type nor the length that the other side
   * claims is believed. What passes (a broken connection, a 429, a fault of that server) is tried again.
   *
   * @throws CodedError `url.refused`, `url.unreachable`, `image.tooLarge`, `image.unreadable` for a web page, `internal` where
   *   the disk refuses; `server.stopping` where `signal` was aborted
   */
  async fetchTo(url: string, path: string, wish: FetchWish): Promise<FetchedFile> {
    try {
      const first = this.check(url);
      const held = wish.fresh ? null : await this.#held(first, path);
      // Nothing to ask by: for as long as it is remembered it counts as the same.
      if (held && held.etag === null && held.lastModified === null) return { ...sizeOf(held), wasKept: true };
      return await this.#persistently(first, path, held, wish);
    } catch (thrown) {
      await rm(path, { force: true });
      if (wish.signal?.aborted) throw new CodedError('server.stopping', 'The server is stopping.', { cause: thrown });
      throw failureOf(thrown);
    }
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#connections.close();
  }

  async #persistently(first: URL, path: string, held: FetchRecord | null, wish: FetchWish): Promise<FetchedFile> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#follow(first, path, held, wish);
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (!failure.retryable || tries >= MAX_TRIES || wish.signal?.aborted) throw failure;
      }
      // Not all at the same moment, where one fault has met many.
      const waitMs = this.#backoffMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
      await delay(waitMs, undefined, { signal: wish.signal });
    }
  }

  async #follow(first: URL, path: string, held: FetchRecord | null, wish: FetchWish): Promise<FetchedFile> {
    let url = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const step = await this.#ask(url, { first, path, held, wish });
      if ('file' in step) return step.file;
      url = this.check(step.location);
    }
    throw unreachable(`It leads on more than ${MAX_REDIRECTS} times.`);
  }

  /** One request, when its host may be asked and a connection is free. */
  async #ask(url: URL, of: { first: URL; path: string; held: FetchRecord | null; wish: FetchWish }): Promise<Step> {
    const { held, wish } = of;
    const known = held?.givenBy === keyOf(url) ? held : null;
    for (;;) {
      const restMs = this.#pace.restMs(url.hostname);
      if (restMs > LONGEST_REST_MS) throw resting(restMs);
      await this.#pace.ready(url.hostname, wish.signal);
      const step = await this.#connections.use(url, wish.signal, async (client) => {
        // While a connection was waited for, others may have used up the minute.
        if (!this.#pace.take(url.hostname)) return null;
        const timeout = AbortSignal.timeout(this.#timeoutMs);
        const signal = wish.signal ? AbortSignal.any([timeout, wish.signal]) : timeout;
        try {
          const response = await client.request({
            path: url.pathname + url.search,
            method: 'GET',
            signal,
            headers: headersFor(known),
            headersTimeout: this.#timeoutMs,
            bodyTimeout: this.#timeoutMs,
          });
          return await this.#answered(url, response, { ...of, known }, signal);
        } catch (thrown) {
          if (!timeout.aborted || wish.signal?.aborted || thrown instanceof CodedError) throw thrown;
          throw unreachable(`It took longer than ${Math.round(this.#timeoutMs / 1_000)} s.`, { cause: thrown });
        }
      });
      if (step) return step;
    }
  }

  async #answered(
    url: URL,
    { statusCode, headers, body }: Dispatcher.ResponseData,
    { first, path, wish, known }: { first: URL; path: string; wish: FetchWish; known: FetchRecord | null },
    signal: AbortSignal,
  ): Promise<Step> {
    if (statusCode >= 200 && statusCode < 300) {
      const claimedBytes = wholeNumber(headers['content-length']);
      if (claimedBytes !== null && claimedBytes > wish.maxBytes) {
        body.on('error', () => undefined).destroy();
        throw fileTooLarge(wish.maxBytes);
      }
      const { maxBytes, maxBytesOf } = wish;
      const written = await writeBody(body, path, { maxBytes, maxBytesOf, claimedBytes }, signal);
      const record = { ...written, etag: text(headers['etag']), lastModified: text(headers['last-modified']) };
      this.#kept?.memory.put(keyOf(first), { ...record, givenBy: keyOf(url) });
      return { file: { ...written, wasKept: false } };
    }
    // What is not wanted must be let go of, or it keeps its connection.
    await body.dump({ limit: UNWANTED_BYTES, signal }).catch(() => undefined);
    if (statusCode === 304 && known) {
      this.#kept?.memory.put(keyOf(first), known);
      return { file: { ...sizeOf(known), wasKept: true } };
    }
    if (REDIRECTS.has(statusCode)) {
      const location = headers['location'];
      if (typeof location === 'string' && URL.canParse(location, url.href)) {
        return { location: new URL(location, url).href };
      }
      throw unreachable('It leads on to nowhere.');
    }
    const retryAfterMs = retryAfterMsOf(headers['retry-after'], Date.now());
    if (retryAfterMs !== null) this.#pace.rest(url.hostname, Math.min(retryAfterMs, LONGEST_BELIEVED_MS));
    throw failureOfStatus(statusCode, retryAfterMs);
  }

  /**
   * What came from this URL before, where it is still stored: `path` is then a name of it as well, so that it stays whatever
   * becomes of the stored one meanwhile.
   */
  async #held(url: URL, path: string): Promise<FetchRecord | null> {
    const record = this.#kept?.memory.get(keyOf(url));
    if (!this.#kept || !record) return null;
    try {
      const stored = storedImagePath(this.#kept.imageDirectory, record.sha256);
      await rm(path, { force: true });
      await link(stored, path).catch(() => copyFile(stored, path));
      // One that a power cut left empty is not what came.
      return (await stat(path)).size === record.sizeBytes ? record : null;
    } catch {
      return null;
    }
  }
}

/** A URL may hold a secret: what is kept of it is a hash. */
function keyOf({ href }: URL): string {
  return createHash('sha256')
    .update(href.split('#', 1)[0] ?? '')
    .digest('hex');
}

function headersFor(known: FetchRecord | null): Record<string, string> {
  return {
    accept: 'image/*, application/pdf;q=0.8, */*;q=0.1',
    // Packed once more it would be no image by its bytes.
    'accept-encoding': 'identity',
    'user-agent': 'contactsheet',
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
  };
}

function sizeOf({ sha256, sizeBytes }: FetchRecord): Pick<FetchedFile, 'sha256' | 'sizeBytes'> {
  return { sha256, sizeBytes };
}

/** A header that may be sent back; null for none, and for what no header can carry. */
function text(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value.length <= 1_000 && /^[\x20-\x7e]+$/.test(value) ? value : null;
}

function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}
