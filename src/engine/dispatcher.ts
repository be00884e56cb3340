import type { FailureData } from '../contract/coded-error.ts';
import type { Clock } from './clock.ts';
import type { PauseGate } from './pause-gate.ts';
import { retryDelayMs, type RetryPolicy } from './retry.ts';
import type { Slots } from './slots.ts';
import type { CallResult, Caller, Outcome, Tokens, Unit } from './unit.ts';

/** What the dispatcher did, for the run's metrics. */
export interface DispatchCounts {
  made: number;
  succeeded: number;
  retried: number;
  /** Calls that the service refused for its quota. */
  refused: number;
  tokens: Tokens;
}

export interface DispatchOptions<Payload, Value> {
  units: readonly Unit<Payload>[];
  call: Caller<Payload, Value>;
  slots: Slots;
  gate: PauseGate;
  retry: RetryPolicy;
  clock: Clock;
  /** 0..1; handed in so that a test can decide it. */
  random: () => number;
  /** Called once for each unit that ends, in the order of ending. */
  onOutcome: (outcome: Outcome<Payload, Value>) => void;
  /** Cancels the run: calls under way are aborted, and no unit ends any more. */
  signal: AbortSignal;
}

/** `stopped` says why no further unit was tried (a refused key); `cancelled` that the signal ended it. */
export interface DispatchEnd {
  counts: DispatchCounts;
  stoppedBy: FailureData | null;
  cancelled: boolean;
}

/**
 * Works through the units of one run. Work-conserving: the next unit starts as soon as a place is free; a unit that waits
 * for its backoff holds no place, and units that are ready overtake it.
 *
 * Every unit ends exactly once, unless the run is cancelled or stopped; then the units without an outcome are those
 * that were not ended.
 */
export async function dispatch<Payload, Value>(options: DispatchOptions<Payload, Value>): Promise<DispatchEnd> {
  return new Dispatch(options).run();
}

interface Attempt<Payload> {
  unit: Unit<Payload>;
  attempts: number;
  ms: number;
  tokens: Tokens;
}

class Dispatch<Payload, Value> {
  readonly #options: DispatchOptions<Payload, Value>;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #counts: DispatchCounts = {
    made: 0,
    succeeded: 0,
    retried: 0,
    refused: 0,
    tokens: { input: 0, output: 0 },
  };
  /** Retries that are due, before units that were never tried: an old unit shall not be the last one. */
  readonly #dueRetries: Attempt<Payload>[] = [];
  #nextUnit = 0;
  #unended: number;
  #stoppedBy: FailureData | null = null;
  #wake: () => void = () => {};
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: DispatchOptions<Payload, Value>) {
    this.#options = options;
    this.#unended = options.units.length;
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
  }

  async run(): Promise<DispatchEnd> {
    const wakeOnAbort = () => this.#wake();
    this.#signal.addEventListener('abort', wakeOnAbort);
    while (this.#unended > 0 && !this.#signal.aborted) {
      const attempt = this.#takeReady();
      if (attempt) await this.#start(attempt);
      else await this.#somethingHappens();
    }
    this.#signal.removeEventListener('abort', wakeOnAbort);
    await Promise.all(this.#underWay);
    return {
      counts: this.#counts,
      stoppedBy: this.#stoppedBy,
      cancelled: this.#options.signal.aborted && this.#unended > 0,
    };
  }

  #takeReady(): Attempt<Payload> | null {
    const due = this.#dueRetries.shift();
    if (due) return due;
    const unit = this.#options.units[this.#nextUnit];
    if (!unit) return null;
    this.#nextUnit += 1;
    return { unit, attempts: 0, ms: 0, tokens: { input: 0, output: 0 } };
  }

  #somethingHappens(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Waits for the gate and for a place, then lets the call go on by itself. */
  async #start(attempt: Attempt<Payload>): Promise<void> {
    const { slots, gate } = this.#options;
    await gate.passed(this.#signal);
    const release = await slots.acquire(this.#signal);
    if (!release) return;
    if (!gate.isOpen) {
      // Paused while waiting for the place: give it back rather than start a call.
      release();
      this.#dueRetries.unshift(attempt);
      return;
    }
    const call = this.#call(attempt, release).finally(() => {
      this.#underWay.delete(call);
      this.#wake();
    });
    this.#underWay.add(call);
  }

  async #call(attempt: Attempt<Payload>, release: () => void): Promise<void> {
    const { clock, call } = this.#options;
    const startedAt = clock.now();
    this.#counts.made += 1;
    if (attempt.attempts > 0) this.#counts.retried += 1;
    const result = await call(attempt.unit, this.#signal);
    release();
    attempt.attempts += 1;
    attempt.ms += clock.now() - startedAt;
    add(attempt.tokens, result.tokens);
    add(this.#counts.tokens, result.tokens);
    this.#settle(attempt, result);
  }

  #settle(attempt: Attempt<Payload>, result: CallResult<Value>): void {
    const { unit, ms, attempts, tokens } = attempt;
    if (result.ok) {
      this.#counts.succeeded += 1;
      this.#end({ unit, ms, attempts, tokens, ok: true, value: result.value });
      return;
    }
    // A call that was aborted because the run ended says nothing about its unit.
    if (this.#signal.aborted) return;
    const { failure } = result;
    if (failure.signal === 'quota') this.#counts.refused += 1;
    if (failure.stopsRun) {
      this.#stoppedBy = failure;
      this.#stop.abort();
      return;
    }
    const delayMs = retryDelayMs(failure, attempts, this.#options.retry, this.#options.random());
    if (delayMs === null) this.#end({ unit, ms, attempts, tokens, ok: false, failure });
    else this.#retryLater(attempt, delayMs);
  }

  #retryLater(attempt: Attempt<Payload>, delayMs: number): void {
    const wait = this.#options.clock.sleep(delayMs, this.#signal).then(() => {
      this.#underWay.delete(wait);
      this.#dueRetries.push(attempt);
      this.#wake();
    });
    this.#underWay.add(wait);
  }

  #end(outcome: Outcome<Payload, Value>): void {
    this.#unended -= 1;
    this.#options.onOutcome(outcome);
  }
}

function add(total: Tokens, more: Tokens): void {
  total.input += more.input;
  total.output += more.output;
}
