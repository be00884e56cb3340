import type { QuotaLimit } from '../../contract/coded-error.ts';
import { Meter } from './meter.ts';
import { NOTHING_LEARNT, type MeterLearnt } from './meter-learnt.ts';
import { Ramp } from './ramp.ts';
import type { QuotaUse } from '../observer.ts';
import type { Spend } from './spending.ts';

/** What was found out about an account: plain data, kept for the next run. */
export interface BudgetLearnt {
  requests: MeterLearnt;
  inputTokens: MeterLearnt;
  /** Input tokens as they were, for each that had been estimated; null before the first answer. */
  tokenRatio: number | null;
  /** Calls in a window that went through without a refusal. */
  proven: number;
  /** What was spent lately, oldest first: `[age in ms, requests, input tokens]`. */
  usage: [ageMs: number, requests: number, inputTokens: number][];
}

export const NEW_ACCOUNT: BudgetLearnt = {
  requests: NOTHING_LEARNT,
  inputTokens: NOTHING_LEARNT,
  tokenRatio: null,
  proven: 0,
  usage: [],
};

export interface BudgetOptions {
  /** What the person says the key allows in a window; null for what is to be learnt. */
  told: { requests: number | null; inputTokens: number | null };
  learnt: BudgetLearnt;
  /** Now, ms of the same clock as all that follows. */
  now: number;
  /** ms; a minute, shorter where it is scaled. */
  windowMs?: number;
}

/** What one call was charged. */
export interface Charge {
  at: number;
  estimatedTokens: number;
  requests: Spend;
  inputTokens: Spend;
}

const MINUTE_MS = 60_000;
/** Answers as quick as refusals show at once what is let in; slower ones tell of a time that is over. */
const QUICK_MS = 300;
/** The estimate of one call's tokens is off by no more than this share, as a rule. */
const TOKEN_SLACK_SHARE = 0.3;
/** Usage is kept in steps of this, ms of a minute's window. */
const USAGE_STEP_MS = 250;
/** How much the newest answer counts for the ratio of tokens. */
const RATIO_MEMORY = 200;
/** Refusals and windows without a call let in, after which the account is taken for shut. */
const SHUT_AFTER_REFUSALS = 4;
const SHUT_AFTER_WINDOWS = 2.5;

/**
 * What the account allows: requests and input tokens in a minute, together. Asked before each call, told after it. One
 * for each account in a process, whatever runs share it.
 */
export class Budget {
  readonly #windowMs: number;
  readonly #requests: Meter;
  readonly #inputTokens: Meter;
  #ramp: Ramp;
  #proven: number;
  #estimated = 0;
  #settled = 0;
  #refusedSince: number | null = null;
  #refusals = 0;
  #boundBy: 'requests' | 'inputTokens' = 'requests';

  constructor({ told, learnt, now, windowMs = MINUTE_MS }: BudgetOptions) {
    this.#windowMs = windowMs;
    const meter = (toldLimit: number | null, known: MeterLearnt, slackShare: number) =>
      new Meter({ windowMs, told: toldLimit, learnt: known, slackShare });
    this.#requests = meter(told.requests, learnt.requests, 0);
    this.#inputTokens = meter(told.inputTokens, learnt.inputTokens, TOKEN_SLACK_SHARE);
    if (learnt.tokenRatio !== null) this.#learnRatio(100, 100 * learnt.tokenRatio);
    this.#proven = learnt.proven;
    this.#ramp = new Ramp(windowMs, learnt.proven, told.requests);
    for (const [ageMs, requests, inputTokens] of learnt.usage) {
      this.#requests.restore(now - ageMs, requests);
      this.#inputTokens.restore(now - ageMs, inputTokens);
    }
  }

  /** The earliest moment at which a call of so many input tokens may begin: now, or later. */
  nextAt(now: number, estimatedTokens: number): number {
    const ofRequests = this.#requests.nextAt(now, 1);
    const ofTokens = this.#inputTokens.nextAt(now, estimatedTokens);
    const requestsAt = this.#requests.isKnown ? ofRequests : Math.max(ofRequests, this.#ramp.nextAt(now));
    this.#boundBy = ofTokens > requestsAt ? 'inputTokens' : 'requests';
    return Math.max(requestsAt, ofTokens);
  }

  /** Which limit the last answer of {@link nextAt} came from. */
  get boundBy(): 'requests' | 'inputTokens' {
    return this.#boundBy;
  }

  /** What was spent in the last window, and what is allowed in one. */
  use(now: number): { requests: QuotaUse; inputTokens: QuotaUse } {
    return { requests: useOf(this.#requests, now), inputTokens: useOf(this.#inputTokens, now) };
  }

  /** A call begins. */
  charge(now: number, estimatedTokens: number): Charge {
    this.#ramp.charged(now);
    const requests = this.#requests.charge(now, 1);
    const inputTokens = this.#inputTokens.charge(now, estimatedTokens);
    return { at: now, estimatedTokens, requests, inputTokens };
  }

  /** The call was neither answered nor refused (overload, a broken connection, no answer in time): it stays counted. */
  unanswered(charge: Charge, tookMs: number): void {
    this.#requests.brokeOff(charge.requests);
    this.#inputTokens.brokeOff(charge.inputTokens);
    this.admitted(charge, 0, tookMs);
  }

  /** The call was let in, however it ended. @param inputTokens 0 where the service did not say */
  admitted(charge: Charge, inputTokens: number, tookMs = Infinity): void {
    this.#refusedSince = null;
    this.#refusals = 0;
    if (tookMs < QUICK_MS) this.#ramp.answered();
    this.#proven = Math.max(this.#proven, Math.min(this.#requests.spends(charge.at).count, 100_000));
    this.#requests.admitted(charge.requests, 1);
    this.#inputTokens.admitted(charge.inputTokens, inputTokens > 0 ? inputTokens : null);
    if (inputTokens > 0 && charge.estimatedTokens > 0) this.#learnRatio(charge.estimatedTokens, inputTokens);
  }

  /** The service refused the call. @param waitMs what it asked to wait; null where it did not say */
  refused(charge: Charge, limits: readonly QuotaLimit[], waitMs: number | null, now: number): void {
    this.#refusedSince ??= now;
    this.#refusals += 1;
    if (limits.some(({ period }) => period === 'day')) {
      // What a day allows says nothing of a minute: taken for that, it would hold up the run when the day is over.
      this.#requests.refund(charge.requests);
      this.#inputTokens.refund(charge.inputTokens);
      return;
    }
    const ofTokens = limits.find(({ quantity }) => quantity === 'inputTokens');
    const ofRequests =
      limits.find(({ quantity }) => quantity === 'requests') ?? (ofTokens ? null : (limits[0] ?? null));
    let isSurprise = false;
    if (ofTokens) {
      isSurprise = this.#inputTokens.refused(charge.inputTokens, { waitMs, limit: ofTokens.limit }, now);
      if (!ofRequests) this.#requests.refund(charge.requests);
    }
    if (ofRequests || !ofTokens) {
      const refusal = { waitMs, limit: ofRequests?.limit ?? null };
      isSurprise = this.#requests.refused(charge.requests, refusal, now) || isSurprise;
      if (!ofTokens) this.#inputTokens.refund(charge.inputTokens);
    }
    // Somebody else uses the account as well, or it is not what was thought: feel the way again.
    if (isSurprise) this.#ramp = new Ramp(this.#windowMs, 0, null);
  }

  /** The service has let nothing in for minutes: to go on asking would be no use. */
  isShut(now: number): boolean {
    if (this.#refusedSince === null || this.#refusals < SHUT_AFTER_REFUSALS) return false;
    return now - this.#refusedSince >= SHUT_AFTER_WINDOWS * this.#windowMs;
  }

  /** A person has asked for another try. */
  tryAgain(): void {
    this.#refusedSince = null;
    this.#refusals = 0;
  }

  left(now: number): { requests: number | null; inputTokens: number | null } {
    return { requests: this.#requests.left(now), inputTokens: this.#inputTokens.left(now) };
  }

  /**
   * Whether it can be foreseen how so many further calls will go: a limit is known, or as many have gone through in a window
   * without a refusal.
   */
  foresees(now: number, count: number): boolean {
    const isMet = this.#requests.learnt.limit !== null || this.#inputTokens.learnt.limit !== null;
    return isMet || this.#requests.spends(now).count + count <= this.#proven;
  }

  /** When the last of `count` further calls could begin, if nothing but the account held them up. */
  lastAt(now: number, count: number, estimatedTokens: number): number {
    return Math.max(this.#requests.lastAt(now, count, 1), this.#inputTokens.lastAt(now, count, estimatedTokens));
  }

  /** Input tokens as they will be, going by the answers so far; the estimate itself before the first one. */
  expectedTokens(estimatedTokens: number): number {
    return estimatedTokens * this.#inputTokens.ratio;
  }

  get hasSeenTokens(): boolean {
    return this.#estimated > 0;
  }

  learnt(now: number): BudgetLearnt {
    return {
      requests: this.#requests.learnt,
      inputTokens: this.#inputTokens.learnt,
      tokenRatio: this.hasSeenTokens ? this.#inputTokens.ratio : null,
      proven: this.#proven,
      usage: this.#usage(now),
    };
  }

  #usage(now: number): BudgetLearnt['usage'] {
    const stepMs = (USAGE_STEP_MS * this.#windowMs) / MINUTE_MS;
    const steps = new Map<number, [number, number, number]>();
    const add = (at: number, requests: number, tokens: number) => {
      const step = Math.floor((now - at) / stepMs);
      const sum = steps.get(step) ?? [step * stepMs, 0, 0];
      steps.set(step, [sum[0], sum[1] + requests, sum[2] + tokens]);
    };
    for (const { at, cost } of this.#requests.spends(now).oldestFirst()) add(at, cost, 0);
    for (const { at, cost } of this.#inputTokens.spends(now).oldestFirst()) add(at, 0, cost);
    return [...steps.values()].sort((a, b) => b[0] - a[0]);
  }

  #learnRatio(estimated: number, settled: number): void {
    const fade = 1 - 1 / RATIO_MEMORY;
    this.#estimated = this.#estimated * fade + estimated;
    this.#settled = this.#settled * fade + settled;
    this.#inputTokens.ratio = this.#settled / this.#estimated;
  }
}

function useOf(meter: Meter, now: number): QuotaUse {
  const { settled, estimated } = meter.spends(now);
  return { used: settled + estimated * meter.ratio, allowed: meter.learnt.limit };
}
