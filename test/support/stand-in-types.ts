import type { StandInLoad } from './stand-in-load.ts';

/** What goes wrong with one call, in words both dialects know. */
export type StandInFault =
  /** 429 of the minute's quota; `retryDelayMs` and `limit` are said as each service says them, and not where null. */
  | {
      kind: 'quotaPerMinute';
      retryDelayMs?: number | null;
      limit?: number | null;
      /** `requests` where it is not said. */
      unit?: 'requests' | 'inputTokens';
    }
  | { kind: 'quotaPerDay'; limit?: number }
  | { kind: 'unavailable'; status?: 500 | 502 | 503 | 504 }
  | { kind: 'keyRefused' }
  | { kind: 'accountEmpty' }
  /** Any status with any body, as it is. */
  | { kind: 'http'; status: number; body: unknown; headers?: Record<string, string> }
  /** Never answers; ends when the caller gives up or the stand-in is closed. */
  | { kind: 'hang' }
  /** The connection is reset; `afterMs` waits before. */
  | { kind: 'reset'; afterMs?: number }
  /** The connection is reset in the middle of the body of a 200. */
  | { kind: 'resetInBody' }
  /** HTTP 200 whose body is not JSON. */
  | { kind: 'malformedJson' }
  /** A reply cut off at the token limit. */
  | { kind: 'truncated'; text?: string }
  | { kind: 'blocked'; reason?: string; at?: 'prompt' | 'candidate' }
  /** A reply that ends regularly without a word. */
  | { kind: 'empty' }
  /** A reply without any candidate (or choice). */
  | { kind: 'noCandidate' }
  /** A regular reply with these words instead of JSON made from the answer. */
  | { kind: 'text'; text: string };

/** One call as it arrives. */
export interface StandInAsk {
  /** From 0, in order of arrival. */
  index: number;
  /** SHA-256 (hex) of the image's bytes as they were sent; null where there was no image. */
  imageSha256: string | null;
  imageBytes: number;
  /** How often this image was asked about before. */
  earlier: number;
  model: string;
  prompt: string;
  /** As it came in its header; null where there was none. */
  key: string | null;
  /** The request's JSON; null where it was longer than 100,000 characters. */
  body: unknown;
}

/** One call as it went. Instants are `Date.now()`. */
export interface StandInCall {
  index: number;
  imageSha256: string | null;
  startedAt: number;
  endedAt: number | null;
  /** HTTP status sent; null where none was (hang, reset, aborted by the caller). */
  status: number | null;
  /** The caller closed the connection before its answer was complete. */
  aborted: boolean;
}

export interface StandInQuota {
  requests: number;
  /** Length of the period, ms; 60 000 as in "per minute". */
  windowMs?: number;
  /** `sliding`: at most `requests` in any window. `bucket`: refills steadily, holds `burst` at most. */
  kind?: 'sliding' | 'calendar' | 'bucket';
  /** `requests` where it is not said. */
  burst?: number;
}

/** As {@link StandInQuota}, in input tokens; it may be of another kind than that of the requests. */
export interface StandInTokenQuota {
  inputTokens: number;
  windowMs?: number;
  kind?: 'sliding' | 'calendar' | 'bucket';
  burst?: number;
}

export interface StandInOptions {
  /** 0 (the default) takes any free port. */
  port?: number;
  /** Where set, every other key is refused. */
  apiKey?: string | null;
  /** Where set, every other model is not found. */
  model?: string | null;
  /** The reply as JSON value, or a promise of it, the same for all or by call; default `{}`. */
  answer?: unknown;
  answerFor?: (ask: StandInAsk) => unknown;
  /** ms before a regular reply (and before a 5xx); refusals for quota and key come at once. */
  latencyMs?: number | ((ask: StandInAsk) => number);
  /** ms before vectors; default 0. */
  embeddingLatencyMs?: number;
  quota?: StandInQuota | null;
  tokenQuota?: StandInTokenQuota | null;
  /** What a refusal says: the limit (`quotaValue` and in the message), and the wait (`RetryInfo` and in the message). */
  refusals?: { quotaValue?: boolean; retryInfo?: boolean };
  /** By order of admission; its latency comes in place of `latencyMs`. */
  load?: StandInLoad | null;
  /**
   * False for measurements: bodies are drained unread, and neither `calls` nor `asks` nor `callsPerImage` is kept, only
   * the counters; an ask then has neither prompt nor image. Default true.
   */
  keepCalls?: boolean;
  /** Share of calls (0..1) that get a 503. */
  unavailableRate?: number;
  /** For what is random here (503s). */
  seed?: number;
  /** Looked at first: the fault for this call, if any. */
  script?: (callIndex: number, ask: StandInAsk) => StandInFault | undefined;
  tokens?: StandInTokens | ((ask: StandInAsk) => StandInTokens);
}

export interface StandInTokens {
  input: number;
  output: number;
}

/** What a stand-in has seen since it was started or reset, without anything that grows but the finish times. */
export interface StandInCounters {
  arrived: number;
  /** Let in by the quota, whatever came of them. */
  admitted: number;
  refused: { requests: number; inputTokens: number };
  /** Answered regularly. */
  completed: number;
  unavailable: number;
  hung: number;
  /** Given up by the caller before its answer was complete; hung calls are among them. */
  aborted: number;
  /** At one moment, refused ones included. */
  maxInFlight: number;
  /** When each regular answer was sent, ms since the first arrival, in order. */
  finishedMs: number[];
}

export interface HttpReply {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** How one service words what the stand-in says. */
export interface StandInDialect {
  /** Reads a request; null where path or body is not one of this service's. */
  read(path: string, body: unknown): { model: string; prompt: string; image: Uint8Array | null } | null;
  keyOf(headers: Record<string, string | string[] | undefined>): string | null;
  answer(text: string, ask: StandInAsk, tokens: StandInTokens): HttpReply;
  /** Faults that are an answer of some kind; hang and resets are the server's own affair. */
  fault(fault: AnsweredFault, ask: StandInAsk, tokens: StandInTokens): HttpReply;
  modelNotFound(model: string): HttpReply;
  pathNotFound(): HttpReply;
  /** Reads a request for vectors, and words its reply; null where path or body is not one. */
  embed(path: string, body: unknown): { texts: string[]; reply: (vectors: number[][]) => HttpReply } | null;
}

export type AnsweredFault = Exclude<
  StandInFault,
  { kind: 'hang' | 'reset' | 'resetInBody' | 'http' | 'malformedJson' | 'text' }
>;

export interface ModelStandIn {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly port: number;
  readonly calls: readonly StandInCall[];
  readonly asks: readonly StandInAsk[];
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** By SHA-256 of the image. */
  readonly callsPerImage: ReadonlyMap<string, number>;
  readonly counters: Readonly<StandInCounters>;
  /** The texts of each request for vectors. */
  readonly embedded: readonly string[][];
  /** Changes what following calls meet. */
  set(options: Partial<Omit<StandInOptions, 'port'>>): void;
  /** Counts, quota, load and chance from their beginning, as for the first call; what was kept of calls stays. */
  reset(): void;
  close(): Promise<void>;
}
