import dns, { type LookupAddress } from 'node:dns';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { CodedError } from '../contract/coded-error.ts';
import { fileTooLarge } from './image-limits.ts';
import { isPublicAddress } from './public-address.ts';

export interface ImageFetcherOptions {
  /**
   * Which addresses may be connected to; those of the public internet by default. Whoever allows more lets the server be
   * sent to machines that trust it for being near them.
   */
  allowsAddress?: (address: string) => boolean;
  /** Ports that may be connected to; null for any. 80 and 443 by default. */
  ports?: ReadonlySet<number> | null;
  /** Of a whole fetch, redirects and all, ms. */
  timeoutMs?: number;
  /** How names are resolved; for tests. */
  resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;
const MAX_URL_CHARACTERS = 2_000;
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const REFUSED = 'CONTACTSHEET_ADDRESS_REFUSED';

/**
 * Fetches files from URLs that people gave, without letting them use this server as a way to machines that only it can
 * reach. A name is resolved once for a connection, and what was checked is what is connected to: a DNS server that answers
 * differently the next time changes nothing. Every redirect goes through the same checks.
 */
export class ImageFetcher {
  readonly #allows: (address: string) => boolean;
  readonly #ports: ReadonlySet<number> | null;
  readonly #timeoutMs: number;
  readonly #agent: Agent;

  constructor(options: ImageFetcherOptions = {}) {
    this.#allows = options.allowsAddress ?? isPublicAddress;
    this.#ports = options.ports === undefined ? WEB_PORTS : options.ports;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(this.#allows, options.resolve ?? resolveAll), timeout: CONNECT_TIMEOUT_MS },
      // A connection serves one fetch: an address is checked each time.
      pipelining: 0,
    });
  }

  /**
   * Checks what can be said of a URL before anything is fetched.
   *
   * @throws CodedError `url.refused`
   */
  check(url: string): URL {
    const parsed = url.length <= MAX_URL_CHARACTERS && URL.canParse(url) ? new URL(url) : null;
    if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
      throw refused('An address must begin with http:// or https://.');
    }
    if (parsed.username !== '' || parsed.password !== '') {
      throw refused('An address must not hold a user name or a password.');
    }
    const port = Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80));
    if (this.#ports !== null && !this.#ports.has(port)) throw refused(`Port ${port} is not one of the web.`);
    // A name is checked when it is resolved; an address is never resolved.
    const literal = parsed.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !this.#allows(literal)) throw privateAddress();
    return parsed;
  }

  /**
   * Fetches a file to `path`, which is gone again where this fails. Neither the type nor the length that the other side
   * claims is believed.
   *
   * @returns bytes written
   * @throws CodedError `url.refused`, `url.unreachable`, `image.tooLarge`; `server.stopping` where `signal` was aborted
   */
  async fetchTo(url: string, path: string, maxBytes: number, signal?: AbortSignal): Promise<number> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const either = signal ? AbortSignal.any([timeout, signal]) : timeout;
    try {
      const body = await this.#follow(this.check(url), either);
      return await write(body, path, maxBytes, either);
    } catch (cause) {
      await rm(path, { force: true });
      if (cause instanceof CodedError) throw cause;
      if (signal?.aborted) throw new CodedError('server.stopping', 'The server is stopping.', { cause });
      if (timeout.aborted) throw unreachable(`It took longer than ${Math.round(this.#timeoutMs / 1_000)} s.`, cause);
      throw hasCode(cause, REFUSED) ? privateAddress() : unreachable('There is no answer from there.', cause);
    }
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #follow(first: URL, signal: AbortSignal): Promise<Readable> {
    let url = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await this.#get(url, signal);
      const { statusCode, headers, body } = response;
      if (statusCode >= 200 && statusCode < 300) return body;
      // What is not wanted must be let go of, or it keeps its connection.
      body.on('error', () => undefined).destroy();
      if (!REDIRECTS.has(statusCode)) throw unreachable(`The answer from there is ${statusCode}.`);
      const location = headers['location'];
      if (typeof location !== 'string' || !URL.canParse(location, url.href)) {
        throw unreachable('It leads on to nowhere.');
      }
      url = this.check(new URL(location, url).href);
    }
    throw unreachable(`It leads on more than ${MAX_REDIRECTS} times.`);
  }

  #get(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return request(url, {
      dispatcher: this.#agent,
      signal,
      headers: { accept: 'image/*, application/pdf;q=0.8, */*;q=0.1', 'user-agent': 'contactsheet' },
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
    });
  }
}

async function write(body: Readable, path: string, maxBytes: number, signal: AbortSignal): Promise<number> {
  let sizeBytes = 0;
  const bounded = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) throw fileTooLarge(maxBytes);
      yield chunk;
    }
  };
  await pipeline(body, bounded, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal });
  return sizeBytes;
}

/** A `lookup` for sockets that hands on only what may be connected to: the check and the connection see the same answer. */
function guardedLookup(
  allows: (address: string) => boolean,
  resolve: (hostname: string) => Promise<readonly LookupAddress[]>,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        // One that is private among public ones is a trap: nobody publishes both.
        const allowed = addresses.every(({ address }) => allows(address)) ? addresses : [];
        const [first] = allowed;
        if (!first) {
          const error: NodeJS.ErrnoException = new Error('This address may not be connected to.');
          error.code = addresses.length > 0 ? REFUSED : 'ENOTFOUND';
          callback(error, '', 0);
        } else if (options.all) callback(null, [...allowed]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function resolveAll(hostname: string): Promise<LookupAddress[]> {
  return dns.promises.lookup(hostname, { all: true });
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

function refused(why: string): CodedError {
  return new CodedError('url.refused', why);
}

function privateAddress(): CodedError {
  return refused('This address is not on the public internet, so the server does not fetch from it.');
}

function unreachable(why: string, cause?: unknown): CodedError {
  return new CodedError('url.unreachable', `The file could not be fetched. ${why}`, { cause });
}
