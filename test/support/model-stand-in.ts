import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Admission, noCounts } from './stand-in-admission.ts';
import { seededRandom } from './seeded-random.ts';
import { embed } from './stand-in-vectors.ts';
import { bodyText, drainBody, isImmediate, pause, readBody, send } from './stand-in-http.ts';
import type { Admitted } from './stand-in-load.ts';
import type {
  AnsweredFault,
  HttpReply,
  ModelStandIn,
  StandInAsk,
  StandInCall,
  StandInCounters,
  StandInDialect,
  StandInFault,
  StandInOptions,
  StandInTokens,
} from './stand-in-types.ts';

/** Characters. Larger requests are not kept: a thousand photos would fill the memory of the test. */
const MAX_KEPT_BODY = 100_000;
const DEFAULT_TOKENS = { input: 1_290, output: 120 };
/** Longer than a quota's minute: callers that come back after it shall find their connections open. */
const KEEP_ALIVE_MS = 90_000;

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

/** How one call goes on after it was let in, or why it was not. */
interface Course {
  fault: StandInFault | undefined;
  latencyMs: number;
  tokens: StandInTokens;
}

class StandInServer implements ModelStandIn {
  readonly calls: StandInCall[] = [];
  readonly asks: StandInAsk[] = [];
  readonly embedded: string[][] = [];
  readonly callsPerImage = new Map<string, number>();
  inFlight = 0;
  maxInFlight = 0;
  port = 0;

  readonly #dialect: StandInDialect;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  /** Connections that ended by our doing, not the caller's. */
  readonly #cutByUs = new WeakSet<ServerResponse>();
  #options: StandInOptions;
  #admission: Admission;
  #random: () => number;
  #counters = noCounts();
  #firstArrivalMs: number | null = null;

  constructor(dialect: StandInDialect, options: StandInOptions) {
    this.#dialect = dialect;
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
    this.#admission = new Admission(options);
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  get counters(): Readonly<StandInCounters> {
    return this.#counters;
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
    const decidesAdmission = ['quota', 'tokenQuota', 'refusals', 'load'].some((name) => name in options);
    if (decidesAdmission) this.#admission = new Admission(this.#options);
    if (options.seed !== undefined) this.#random = seededRandom(options.seed);
  }

  reset(): void {
    this.#admission = new Admission(this.#options);
    this.#random = seededRandom(this.#options.seed ?? 1);
    this.#counters = noCounts();
    this.#firstArrivalMs = null;
    this.maxInFlight = this.inFlight;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { keepCalls = true } = this.#options;
    let body: unknown = {};
    let sent = '';
    try {
      if (keepCalls) {
        sent = await readBody(request);
        body = JSON.parse(sent);
      } else {
        await drainBody(request);
      }
    } catch {
      // The caller went away while it was sending, or sent no JSON: no call yet.
      if (!response.destroyed) send(response, this.#dialect.pathNotFound());
      return;
    }
    const { url: path = '' } = request;
    const embedding = this.#dialect.embed(path, body);
    if (embedding) return embed(embedding, this.embedded, response, this.#options.embeddingLatencyMs);
    const asked = this.#dialect.read(path, body);
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
    this.#firstArrivalMs ??= performance.now();
    if (this.#options.keepCalls === false) {
      const index = this.#counters.arrived++;
      return { ...asked, index, imageSha256: null, imageBytes: 0, earlier: 0 };
    }
    this.#counters.arrived += 1;
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
    // A call that is still under way at a reset belongs to the counts before it.
    const counters = this.#counters;
    if (this.#options.keepCalls !== false) this.calls.push(call);
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    counters.maxInFlight = Math.max(counters.maxInFlight, this.inFlight);
    response.once('close', () => {
      this.inFlight--;
      call.endedAt = Date.now();
      if (!response.writableFinished && !this.#cutByUs.has(response)) {
        counters.aborted += 1;
        call.aborted = true;
        call.status = null;
      }
    });
    return call;
  }

  /** The reply, or null where the connection is left alone or cut. */
  async #decide(ask: StandInAsk, call: StandInCall, response: ServerResponse): Promise<HttpReply | null> {
    const { apiKey = null, model = null } = this.#options;
    const scripted = this.#options.script?.(ask.index, ask);
    if (scripted === undefined) {
      if (apiKey !== null && ask.key !== apiKey) {
        return this.#dialect.fault({ kind: 'keyRefused' }, ask, this.#tokensOf(ask));
      }
      if (model !== null && ask.model !== model) return this.#dialect.modelNotFound(ask.model);
    }
    const counters = this.#counters;
    const { fault, latencyMs, tokens } = this.#course(ask, scripted);
    if (fault !== undefined && isImmediate(fault)) return this.#dialect.fault(fault, ask, tokens);
    await pause(latencyMs, response);
    if (response.destroyed) return null;
    if (fault?.kind === 'unavailable') counters.unavailable += 1;
    if (fault?.kind === 'hang') counters.hung += 1;
    if (fault === undefined) {
      counters.completed += 1;
      counters.finishedMs.push(performance.now() - (this.#firstArrivalMs ?? 0));
    }
    return this.#replyTo(ask, { fault, tokens }, call, response);
  }

  #course(ask: StandInAsk, scripted: StandInFault | undefined): Course {
    const tokens = this.#tokensOf(ask);
    const { latencyMs = 0, load, unavailableRate = 0 } = this.#options;
    const ownLatencyMs = (): number => (typeof latencyMs === 'number' ? latencyMs : latencyMs(ask));
    if (scripted !== undefined) {
      return { fault: scripted, latencyMs: isImmediate(scripted) ? 0 : ownLatencyMs(), tokens };
    }
    const admitted = this.#admission.admit(performance.now(), tokens.input);
    if ('kind' in admitted) {
      this.#counters.refused[admitted.unit ?? 'requests'] += 1;
      return { fault: admitted, latencyMs: 0, tokens };
    }
    this.#counters.admitted += 1;
    const unlucky = unavailableRate > 0 && this.#random() < unavailableRate;
    return {
      fault: faultOf(admitted) ?? (unlucky ? { kind: 'unavailable' } : undefined),
      latencyMs: load ? admitted.latencyMs : ownLatencyMs(),
      tokens: admitted.inputTokens === null ? tokens : { ...tokens, input: admitted.inputTokens },
    };
  }

  #tokensOf(ask: StandInAsk): StandInTokens {
    const { tokens = DEFAULT_TOKENS } = this.#options;
    return typeof tokens === 'function' ? tokens(ask) : tokens;
  }

  async #replyTo(
    ask: StandInAsk,
    { fault, tokens }: Omit<Course, 'latencyMs'>,
    call: StandInCall,
    response: ServerResponse,
  ): Promise<HttpReply | null> {
    if (fault === undefined) return this.#dialect.answer(JSON.stringify(await this.#answerFor(ask)), ask, tokens);
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

function faultOf({ fault }: Admitted): AnsweredFault | { kind: 'hang' } | undefined {
  return fault === null ? undefined : { kind: fault };
}
