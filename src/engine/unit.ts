import type { FailureData } from '../contract/coded-error.ts';

/** The smallest thing a model is asked about. `payload` is what the caller needs to make the call. */
export interface Unit<Payload> {
  id: string;
  payload: Payload;
}

export interface Tokens {
  input: number;
  output: number;
}

/** How one call ended: plain data, since calls run in threads and a thrown error loses its class on the way. */
export type CallResult<Value> =
  { ok: true; value: Value; tokens: Tokens } | { ok: false; failure: FailureData; tokens: Tokens };

/** How a unit ended, after all its calls. `ms` is the time its calls took, without waits between them. */
export type Outcome<Payload, Value> = { unit: Unit<Payload>; ms: number; attempts: number; tokens: Tokens } & (
  { ok: true; value: Value } | { ok: false; failure: FailureData }
);

/** Makes one call for a unit. Never rejects: a failure is a result. */
export type Caller<Payload, Value> = (unit: Unit<Payload>, signal: AbortSignal) => Promise<CallResult<Value>>;
