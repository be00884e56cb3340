import type { Tokens, Unit } from './unit.ts';

/** A unit that can be asked about as soon as the gate lets it. */
export interface ReadyUnit<Payload, Prepared> {
  unit: Unit<Payload>;
  prepared: Prepared;
  sizeBytes: number;
  inputTokens: number;
  /** Calls made so far. */
  attempts: number;
  /** Calls that failed for a reason of their own, not for a quota. */
  failures: number;
  /** What preparing and calls have taken. */
  ms: number;
  tokens: Tokens;
  /** Since when it waits. */
  readyAt: number;
}

/** The calls under way for one unit: one, or two where the first was slow. The first answer wins. */
export class Race<Payload, Prepared> {
  readonly ready: ReadyUnit<Payload, Prepared>;
  readonly startedAt: number;
  wasHedged = false;
  readonly #calls = new Set<AbortController>();
  #hasEnded = false;

  constructor(ready: ReadyUnit<Payload, Prepared>, startedAt: number) {
    this.ready = ready;
    this.startedAt = startedAt;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isUnderWay(): boolean {
    return this.#calls.size > 0;
  }

  begin(): AbortController {
    const stop = new AbortController();
    this.#calls.add(stop);
    return stop;
  }

  finish(stop: AbortController): void {
    this.#calls.delete(stop);
  }

  /** Stops the calls that are still under way. */
  end(): void {
    this.#hasEnded = true;
    for (const stop of this.#calls) stop.abort();
  }
}
