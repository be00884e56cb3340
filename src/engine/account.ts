import { Breaker } from './breaker.ts';
import { Budget, NEW_ACCOUNT, type BudgetLearnt } from './budget/budget.ts';
import { NOTHING_LEARNT } from './budget/meter-learnt.ts';
import { CallGate } from './call-gate.ts';
import type { Clock } from './clock.ts';
import { Slots } from './slots.ts';

/** What is kept of an account between runs: plain data. Instants are epoch ms. */
export interface AccountLearnt {
  version: 1;
  savedAt: number;
  budget: BudgetLearnt;
  /** When a refusal last told of the limits. */
  refusedAt: number | null;
  /** Calls under way that the service bore well. */
  slots: number | null;
  /** Of a call, ms. */
  latency: { meanMs: number; p95Ms: number } | null;
  /** Tokens of an answer, mean. */
  outputTokens: number | null;
}

export interface AccountOptions {
  told: { requests: number | null; inputTokens: number | null };
  /** As it was saved; null or anything else for an account that was never met. */
  learnt: unknown;
  clock: Clock;
  epochMs: () => number;
  /** ms; a minute, shorter where it is scaled. */
  windowMs?: number;
}

/** Plans of accounts change: a limit that no refusal has confirmed for so long is found out anew. */
const LIMITS_HOLD_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

/** The account of a key at a service, for one model: what it allows and bears, over all runs and over restarts. */
export class Account {
  readonly budget: Budget;
  readonly gate: CallGate;
  readonly before: AccountLearnt | null;
  readonly #options: AccountOptions;
  #refusedAt: number | null;
  #latency: AccountLearnt['latency'];
  #outputTokens: number | null;

  constructor(options: AccountOptions) {
    const { told, clock, epochMs, windowMs = MINUTE_MS } = options;
    this.#options = options;
    const before = asLearnt(options.learnt);
    this.before = before;
    this.#refusedAt = before?.refusedAt ?? null;
    this.#latency = before?.latency ?? null;
    this.#outputTokens = before?.outputTokens ?? null;
    const learnt = before ? fresh(before, epochMs(), windowMs) : NEW_ACCOUNT;
    this.budget = new Budget({ told, learnt, now: clock.now(), windowMs });
    this.gate = new CallGate({
      // How many there may be is up to the settings of the runs, which say so before their first call.
      slots: new Slots({ max: 1, start: 1, isAdaptive: true }),
      budget: this.budget,
      breaker: new Breaker(),
      clock,
    });
  }

  get latency(): AccountLearnt['latency'] {
    return this.#latency;
  }

  get outputTokens(): number | null {
    return this.#outputTokens;
  }

  /** What a run has seen of its calls. */
  noteLatency(latency: { meanMs: number; p95Ms: number }): void {
    this.#latency = latency;
  }

  noteAnswer(outputTokens: number): void {
    const before = this.#outputTokens ?? outputTokens;
    this.#outputTokens = before + (outputTokens - before) / 20;
  }

  noteRefusal(): void {
    this.#refusedAt = this.#options.epochMs();
  }

  /** To be kept for the next process. @param slotsAreFree whether nobody but the service bounded the calls under way */
  learnt(slotsAreFree: boolean): AccountLearnt {
    return {
      version: 1,
      savedAt: this.#options.epochMs(),
      budget: this.budget.learnt(this.#options.clock.now()),
      refusedAt: this.#refusedAt,
      slots: slotsAreFree ? this.gate.slots.limit : (this.before?.slots ?? null),
      latency: this.#latency,
      outputTokens: this.#outputTokens,
    };
  }
}

/** It was written by this class, but perhaps by another version of it. */
function asLearnt(value: unknown): AccountLearnt | null {
  const isOurs = typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
  return isOurs ? (value as AccountLearnt) : null;
}

function fresh(before: AccountLearnt, nowMs: number, windowMs: number): BudgetLearnt {
  const { budget, savedAt, refusedAt } = before;
  const sinceMs = Math.max(0, nowMs - savedAt);
  const usage = budget.usage
    .map(([ageMs, requests, tokens]): [number, number, number] => [ageMs + sinceMs, requests, tokens])
    .filter(([ageMs]) => ageMs <= windowMs);
  const stillHolds = refusedAt !== null && nowMs - refusedAt < LIMITS_HOLD_MS;
  const limits = stillHolds ? {} : { requests: NOTHING_LEARNT, inputTokens: NOTHING_LEARNT };
  return { ...budget, ...limits, usage };
}
