import type { FailureData } from '../contract/coded-error.ts';

/** The smallest thing a model is asked about. `payload` is what the caller needs to make the call. */
export interface Unit<Payload> {
  id: string;
  payload: Payload;
  /** Units next to each other with the same group are prepared together: crops of one image, or small ones. */
  group?: string;
}

export interface Tokens {
  input: number;
  output: number;
  /** What they cost beyond the price of the run's own model, US dollars, below 0 for less; missing for nothing. */
  extraUsd?: number;
}

/**
 * How one call ended: plain data, since calls run in threads and a thrown error loses its class on the way. `thread` is who
 * made it, where that is known; `wasKnown` says that nothing was sent.
 */
export type CallResult<Value> = { tokens: Tokens; thread?: number } & (
  { ok: true; value: Value; wasKnown?: true } | { ok: false; failure: FailureData }
);

/**
 * How a unit ended, after all its calls. `ms` is the time that its preparation and its calls took, without waits between
 * them; `attempts` how often it was tried: calls, or preparations that failed; 0 where the answer was known.
 */
export type Outcome<Payload, Value> = { unit: Unit<Payload>; ms: number; attempts: number; tokens: Tokens } & (
  { ok: true; value: Value } | { ok: false; failure: FailureData }
);

/** What preparing a unit came to: ready to be asked, answered already, or not to be asked at all. */
export type Preparation<Prepared, Value> = { ms: number } & (
  | {
      kind: 'ready';
      prepared: Prepared;
      /** What it holds in memory until the unit has ended. */
      sizeBytes: number;
      /** Of the call, estimated. */
      inputTokens: number;
    }
  | { kind: 'known'; value: Value }
  | { kind: 'failed'; failure: FailureData }
);

/** Prepares the units of one group, each with a result in their order. Never rejects. */
export type Preparer<Payload, Prepared, Value> = (
  units: readonly Unit<Payload>[],
  signal: AbortSignal,
) => Promise<Preparation<Prepared, Value>[]>;

/** Of two accounts: the one that is asked, and the one that is asked while the first is down. */
export type Side = 'first' | 'second';

/** What a call is made under. */
export interface CallTerms {
  /** The most that the answer may have, where the run has a cap of money; null for the model's own limit. */
  maxOutputTokens: number | null;
  isHedge: boolean;
  /** Whose account the call is on, where there are two. */
  side?: Side;
}

/** Makes one call for a unit. Never rejects: a failure is a result. */
export type Caller<Payload, Prepared, Value> = (
  unit: Unit<Payload>,
  prepared: Prepared,
  terms: CallTerms,
  signal: AbortSignal,
) => Promise<CallResult<Value>>;

/**
 * Works on an answer that is there, without a slot. Never rejects: what it cannot add it leaves out, and an aborted
 * signal ends it at once with the answer as it was, since that may have been paid for.
 */
export type Finisher<Payload, Value> = (unit: Unit<Payload>, value: Value, signal: AbortSignal) => Promise<Value>;

export function addTokens(total: Tokens, more: Tokens): void {
  total.input += more.input;
  total.output += more.output;
  if (more.extraUsd) total.extraUsd = (total.extraUsd ?? 0) + more.extraUsd;
}
