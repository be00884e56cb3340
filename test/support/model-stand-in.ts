import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { quotaGate, seededRandom } from './stand-in-chance.ts';
import type {
  HttpReply,
  ModelStandIn,
  StandInAsk,
  StandInCall,
  StandInDialect,
  StandInFault,
  StandInOptions,
} from './stand-in-types.ts';

/** Characters. Larger requests are not kept: a thousand photos would fill the memory of the test. */
const MAX_KEPT_BODY = 100_000;

const DEFAULT_TOKENS = { input: 1_290, output: 120 };

/**
 * A model service on loopback, over real HTTP: answers, faults, latencies and quotas as set, and an account of what it
 * got. The dialect says how the service words things.
 */
export async function startModelStandIn(dialect: StandInDialect, initial: StandInOptions): Promise<ModelStandIn> {
  const standIn = new StandInServer(dialect, initial);
  await standIn.listen(initial.port ?? 0);
  return standIn;
}

interface Arrival {
  model: string;
  prompt: string;
  image: Uint8Array | null;
  key: string | null;
  body: unknown;
}

class StandInServer implements ModelStandIn {
  readonly calls: StandInCall[] = [];
  readonly asks: StandInAsk[] = [];
  readonly callsPerImage = new Map<string, number>();
  inFlight = 0;
  maxInFlight = 0;
  port = 0;

  readonly #dialect: StandInDialect;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  /** Connections that ended by our doing, not the caller's. */
  readonly #cutByUs = new WeakSet<ServerResponse>();
  #options: StandInOptions;
  #gate: ((nowMs: number) => number) | null = null;
  #random: () => number;

  constructor(dialect: StandInDialect, options: StandInOptions) {
    this.#dialect = dialect;
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
    if (options.quota) this.#gate = quotaGate(options.quota);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host: '127.0.0.1', backlog: 2048 }, resolve);
    });
    const { port: taken } = this.#server.address() as AddressInfo;
    this.port = taken;
  }

  set(options: Partial<Omit<StandInOptions, 'port'>>): void {
    this.#options = { ...this.#options, ...options };
    if ('quota' in options) this.#gate = options.quota ? quotaGate(options.quota) : null;
    if (options.seed !== undefined) this.#random = seededRandom(options.seed);
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body: unknown;
    let sent = '';
    try {
      sent = await text(request);
      body = JSON.parse(sent);
    } catch {
      // The caller went away while it was sending, or sent no JSON: no call yet.
      if (!response.destroyed) send(response, this.#dialect.pathNotFound());
      return;
    }
    const asked = this.#dialect.read(request.url ?? '', body);
    if (asked === null) return send(response, this.#dialect.pathNotFound());
    const ask = this.#record({
      ...asked,
      key: this.#dialect.keyOf(request.headers),
      body: sent.length > MAX_KEPT_BODY ? null : body,
    });
    const call = this.#begin(ask, response);
    const reply = await this.#decide(ask, call, response);
    if (reply === null || response.destroyed) return;
    call.status = reply.status;
    send(response, reply);
  }

  #record({ image, ...asked }: Arrival): StandInAsk {
    const imageSha256 = image && createHash('sha256').update(image).digest('hex');
    const earlier = imageSha256 === null ? 0 : (this.callsPerImage.get(imageSha256) ?? 0);
    if (imageSha256 !== null) this.callsPerImage.set(imageSha256, earlier + 1);
    const index = this.asks.length;
    const ask: StandInAsk = { ...asked, index, imageSha256, imageBytes: image?.byteLength ?? 0, earlier };
    this.asks.push(ask);
    return ask;
  }

  #begin(ask: StandInAsk, response: ServerResponse): StandInCall {
    const { index, imageSha256 } = ask;
    const call: StandInCall = {
      index,
      imageSha256,
      startedAt: Date.now(),
      endedAt: null,
      status: null,
      aborted: false,
    };
    this.calls.push(call);
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    response.once('close', () => {
      this.inFlight--;
      call.endedAt = Date.now();
      if (!response.writableFinished && !this.#cutByUs.has(response)) {
        call.aborted = true;
        call.status = null;
      }
    });
    return call;
  }

  /** The reply, or null where the connection is left alone or cut. */
  async #decide(ask: StandInAsk, call: StandInCall, response: ServerResponse): Promise<HttpReply | null> {
    const { apiKey = null, model = null, tokens = DEFAULT_TOKENS } = this.#options;
    const scripted = this.#options.script?.(ask.index, ask);
    if (scripted === undefined) {
      if (apiKey !== null && ask.key !== apiKey) return this.#dialect.fault({ kind: 'keyRefused' }, ask, tokens);
      if (model !== null && ask.model !== model) return this.#dialect.modelNotFound(ask.model);
    }
    const fault = scripted ?? this.#quotaFault() ?? this.#loadFault();
    if (fault !== undefined && isImmediate(fault)) return this.#dialect.fault(fault, ask, tokens);
    const { latencyMs = 0 } = this.#options;
    await pause(typeof latencyMs === 'number' ? latencyMs : latencyMs(ask), response);
    if (response.destroyed) return null;
    return this.#replyTo(ask, fault, call, response);
  }

  #quotaFault(): StandInFault | undefined {
    const waitMs = this.#gate?.(performance.now()) ?? 0;
    if (waitMs <= 0) return undefined;
    return { kind: 'quotaPerMinute', retryDelayMs: waitMs, limit: this.#options.quota?.requests ?? 0 };
  }

  #loadFault(): StandInFault | undefined {
    const { unavailableRate = 0 } = this.#options;
    return unavailableRate > 0 && this.#random() < unavailableRate ? { kind: 'unavailable' } : undefined;
  }

  async #replyTo(
    ask: StandInAsk,
    fault: StandInFault | undefined,
    call: StandInCall,
    response: ServerResponse,
  ): Promise<HttpReply | null> {
    const { tokens = DEFAULT_TOKENS } = this.#options;
    if (fault === undefined) return this.#dialect.answer(JSON.stringify(this.#answerFor(ask)), ask, tokens);
    switch (fault.kind) {
      case 'text':
        return this.#dialect.answer(fault.text, ask, tokens);
      case 'http':
        return { status: fault.status, headers: fault.headers, body: bodyText(fault.body) };
      case 'malformedJson':
        return { status: 200, body: '{"candidates": [{"content": {"par' };
      case 'hang':
        return null;
      case 'reset':
        await pause(fault.afterMs ?? 0, response);
        this.#cut(response);
        return null;
      case 'resetInBody':
        call.status = 200;
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
        response.write('{"candidates": [', () => this.#cut(response));
        return null;
      case 'quotaPerMinute':
      case 'quotaPerDay':
      case 'unavailable':
      case 'keyRefused':
      case 'accountEmpty':
      case 'truncated':
      case 'blocked':
      case 'empty':
      case 'noCandidate':
        return this.#dialect.fault(fault, ask, tokens);
    }
  }

  /** With RST, as a crashed server or a middlebox does it. */
  #cut(response: ServerResponse): void {
    this.#cutByUs.add(response);
    response.socket?.resetAndDestroy();
  }

  #answerFor(ask: StandInAsk): unknown {
    return this.#options.answerFor ? this.#options.answerFor(ask) : (this.#options.answer ?? {});
  }
}

/** What a service says before it does any work. */
function isImmediate(
  fault: StandInFault,
): fault is Extract<StandInFault, { kind: 'quotaPerMinute' | 'quotaPerDay' | 'keyRefused' | 'accountEmpty' }> {
  return ['quotaPerMinute', 'quotaPerDay', 'keyRefused', 'accountEmpty'].includes(fault.kind);
}

/** Waits, but no longer than the connection lives: a closed stand-in must leave no timer behind. */
async function pause(ms: number, response: ServerResponse): Promise<void> {
  if (ms <= 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function send(response: ServerResponse, { status, headers = {}, body }: HttpReply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(body);
}
