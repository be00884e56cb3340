import { CodedError } from '../../src/contract/coded-error.ts';
import type { Clock } from '../../src/engine/clock.ts';
import type { CallResult, Tokens } from '../../src/engine/unit.ts';
import { quotaMeter, type QuotaLimit, type QuotaMeter } from './stand-in-quota.ts';

export type SimulatedFault = 'overloaded' | 'hangs' | 'crashes';

export interface SimulatedAccountOptions {
  clock: Clock;
  requests?: QuotaLimit;
  inputTokens?: QuotaLimit;
  /** By order of being let in. */
  latencyMs: (admitted: number) => number;
  tokensOf?: (unit: number) => number;
  /** Of an answer, before it is cut off at what the call allows; 10 where it is not set. */
  outputTokensOf?: (unit: number) => number;
  /** ms until a refusal is heard. */
  refusalMs?: number;
  /** Whether refusals say the limit, and the wait. */
  saysLimit?: boolean;
  saysWait?: boolean;
  /** ms between a call's beginning and its arrival. */
  delayMs?: () => number;
  fault?: (admitted: number, unit: number) => SimulatedFault | null;
  /** Refuses everything, whatever the quota. */
  isShut?: () => boolean;
  /** ms after which a call that hangs is given up. */
  timeoutMs?: number;
}

/** A model service as the engine meets it, in simulated time. */
export class SimulatedAccount {
  admitted = 0;
  refused = 0;
  readonly admittedAt: { at: number; tokens: number }[] = [];
  /** When calls were made, let in or not. */
  readonly calledAt: number[] = [];
  /** What the service would charge: calls that were cut off, crashed or hung with all that they may have cost. */
  readonly billed: Tokens = { input: 0, output: 0 };
  readonly #options: SimulatedAccountOptions;
  readonly #requests: QuotaMeter | null;
  readonly #inputTokens: QuotaMeter | null;

  constructor(options: SimulatedAccountOptions) {
    this.#options = options;
    this.#requests = options.requests ? quotaMeter(options.requests) : null;
    this.#inputTokens = options.inputTokens ? quotaMeter(options.inputTokens) : null;
  }

  async call(unit: number, signal: AbortSignal, maxOutputTokens: number | null = null): Promise<CallResult<number>> {
    const { clock, latencyMs, fault, refusalMs = 20, timeoutMs = 30_000 } = this.#options;
    this.calledAt.push(clock.now());
    await clock.sleep(this.#options.delayMs?.() ?? 0, signal);
    const waiting = this.#takeOrWait(unit);
    if (waiting) {
      this.refused += 1;
      await clock.sleep(refusalMs, signal);
      return failed(this.#refusal(waiting.quantity, waiting.waitMs));
    }
    const place = this.admitted++;
    const input = this.#options.tokensOf?.(unit) ?? 0;
    this.admittedAt.push({ at: clock.now(), tokens: input });
    const trouble = fault?.(place, unit) ?? null;
    await clock.sleep(trouble === 'hangs' ? timeoutMs : latencyMs(place), signal);
    if (trouble === 'overloaded' && !signal.aborted) {
      return failed(new CodedError('model.unavailable', 'busy', { retryable: true, signal: 'load' }));
    }
    const output = Math.min(this.#options.outputTokensOf?.(unit) ?? 10, maxOutputTokens ?? Infinity);
    const tokens = { input, output };
    this.billed.input += input;
    this.billed.output += output;
    if (signal.aborted) return failed(new CodedError('run.cancelled', 'cut off'));
    if (trouble === 'hangs')
      return failed(new CodedError('model.timeout', 'late', { retryable: true, signal: 'load' }));
    if (trouble === 'crashes') return failed(new CodedError('worker.crashed', 'the thread died', { retryable: true }));
    return { ok: true, value: unit, tokens };
  }

  /** Somebody else uses the account. @returns whether the call was let in */
  useElsewhere(tokens = 0): boolean {
    const now = this.#options.clock.now();
    const waits = [this.#requests?.waitMs(now, 1) ?? 0, this.#inputTokens?.waitMs(now, tokens) ?? 0];
    if (Math.max(...waits) > 0) return false;
    this.#requests?.take(now, 1);
    this.#inputTokens?.take(now, tokens);
    return true;
  }

  #takeOrWait(unit: number): { quantity: 'requests' | 'inputTokens'; waitMs: number } | null {
    const now = this.#options.clock.now();
    const tokens = this.#options.tokensOf?.(unit) ?? 0;
    const ofRequestsMs = this.#requests?.waitMs(now, 1) ?? 0;
    const ofTokensMs = this.#inputTokens?.waitMs(now, tokens) ?? 0;
    if (this.#options.isShut?.()) return { quantity: 'requests', waitMs: 30_000 };
    if (ofRequestsMs <= 0 && ofTokensMs <= 0) {
      this.#requests?.take(now, 1);
      this.#inputTokens?.take(now, tokens);
      return null;
    }
    const quantity = ofRequestsMs >= ofTokensMs ? 'requests' : 'inputTokens';
    return { quantity, waitMs: Math.max(ofRequestsMs, ofTokensMs) };
  }

  #refusal(quantity: 'requests' | 'inputTokens', waitMs: number): CodedError {
    const { saysLimit = true, saysWait = true, requests, inputTokens } = this.#options;
    const limit = (quantity === 'requests' ? requests?.amount : inputTokens?.amount) ?? null;
    return new CodedError('model.quotaPerMinute', 'too many', {
      retryable: true,
      signal: 'quota',
      retryAfterMs: saysWait ? waitMs : null,
      quota: [{ quantity, period: 'minute', limit: saysLimit ? limit : null }],
    });
  }
}

function failed(error: CodedError): CallResult<number> {
  return { ok: false, failure: error.toData(), tokens: { input: 0, output: 0 } };
}
