import type { FailureData } from '../contract/coded-error.ts';
import type { Budget } from './budget/budget.ts';
import type { CallGate, Gate, Lane, Permit } from './call-gate.ts';
import type { Clock } from './clock.ts';
import type { Slots } from './slots.ts';
import type { CallResult, Side } from './unit.ts';

export interface FailoverGateParts {
  first: CallGate;
  second: CallGate;
  clock: Clock;
}

/** Calls that must fail in a row, for so long without an answer, before the first is taken for down. */
const LEAST_FAILURES = 5;
const DOWN_AFTER_MS = 3_000;
/** How long the first is left alone before a call tries it again; doubles each time that fails. */
const REST_MS = { down: { first: 5_000, longest: 60_000 }, closed: { first: 60_000, longest: 600_000 } } as const;
/** Trial calls that must be answered before the first takes over again. */
const TRIALS_TO_RETURN = 2;
/** How long a second account that lets nobody in is not asked again. */
const SECOND_CLOSED_MS = 600_000;

/** The first is down or lets nobody in: the second is asked until it is back. */
interface HandedOver {
  because: FailureData;
  /** The first is left alone until then. */
  until: number;
  rests: number;
  isTrialUnderWay: boolean;
  trialsDone: number;
}

/**
 * Two gates, one for each of two accounts. Calls go through the first; while its service is down, or lets nobody in (a
 * refused key, a daily quota, no credit), they go through the second under its own limits, and now and then one call tries
 * the first. One for all runs of a process.
 *
 * `first → second → (a trial of the first, answered twice) → first`
 */
export class FailoverGate implements Gate {
  readonly #parts: FailoverGateParts;
  readonly #lanes = new Map<Lane, { first: Lane; second: Lane }>();
  #handedOver: HandedOver | null = null;
  #secondClosedUntil = -Infinity;
  #answeredAt = -Infinity;
  #failures = 0;
  /** When the first of the failed calls began that no answer has followed. */
  #failingSince = Infinity;
  #alarm: AbortController | null = null;

  constructor(parts: FailoverGateParts) {
    this.#parts = parts;
  }

  /** Whose turn it is to be asked. */
  get side(): Side {
    return this.#isSecondAsked ? 'second' : 'first';
  }

  /** Why the second is asked; null where the first is. */
  get because(): FailureData | null {
    return this.#handedOver?.because ?? null;
  }

  get slots(): Slots {
    return this.#parts[this.side].slots;
  }

  get budget(): Budget | null {
    return this.#parts[this.side].budget;
  }

  join(lane: Lane): void {
    const lanes = {
      first: {
        next: (isTrial: boolean) => this.#nextOfFirst(lane, isTrial),
        start: (permit: Permit) => this.#startFirst(lane, permit),
      },
      second: {
        next: (isTrial: boolean) => (this.#isSecondAsked ? lane.next(isTrial) : null),
        start: (permit: Permit) => lane.start(this.#noted(permit, 'second', false)),
      },
    };
    this.#lanes.set(lane, lanes);
    this.#parts.first.join(lanes.first);
    this.#parts.second.join(lanes.second);
  }

  leave(lane: Lane): void {
    const lanes = this.#lanes.get(lane);
    if (!lanes) return;
    this.#lanes.delete(lane);
    this.#parts.first.leave(lanes.first);
    this.#parts.second.leave(lanes.second);
    if (this.#lanes.size === 0) this.#alarm?.abort();
  }

  nudge(): void {
    this.#parts.first.nudge();
    if (this.#isSecondAsked) this.#parts.second.nudge();
  }

  tryNow(estimatedTokens: number): Permit | null {
    const { side } = this;
    const permit = this.#parts[side].tryNow(estimatedTokens);
    return permit && this.#noted(permit, side, false);
  }

  handsOver(failure: FailureData, permit: Permit): boolean {
    const now = this.#parts.clock.now();
    const isClosed = letsNobodyIn(failure);
    if (permit.side === 'second') {
      // Back to the first, unless that one lets nobody in either; one that is only down then has the last word.
      if (!isClosed) return false;
      this.#secondClosedUntil = now + SECOND_CLOSED_MS;
      return this.#handedOver !== null && !letsNobodyIn(this.#handedOver.because);
    }
    if (now < this.#secondClosedUntil) return false;
    if (!isClosed && !isDown(failure)) return false;
    // Others are answered: it is about this unit, not about the service.
    if (!isClosed && permit.startedAt <= this.#answeredAt) return false;
    this.#handOver(failure, now);
    return true;
  }

  get #isSecondAsked(): boolean {
    return this.#handedOver !== null && this.#parts.clock.now() >= this.#secondClosedUntil;
  }

  #nextOfFirst(lane: Lane, isTrial: boolean): number | null {
    const over = this.#handedOver;
    if (!over || !this.#isSecondAsked) return lane.next(isTrial);
    if (over.isTrialUnderWay || this.#parts.clock.now() < over.until) return null;
    return lane.next(true);
  }

  #startFirst(lane: Lane, permit: Permit): void {
    const over = this.#handedOver;
    const isTrial = over !== null && this.#isSecondAsked;
    if (isTrial) over.isTrialUnderWay = true;
    lane.start(this.#noted(permit, 'first', isTrial));
  }

  #noted(permit: Permit, side: Side, isTrial: boolean): Permit {
    return {
      startedAt: permit.startedAt,
      side,
      end: (result) => {
        if (side === 'first') this.#note(result, permit.startedAt, isTrial);
        permit.end(result);
      },
    };
  }

  #note(result: CallResult<unknown> | null, startedAt: number, isTrial: boolean): void {
    const now = this.#parts.clock.now();
    const over = this.#handedOver;
    if (over && isTrial) over.isTrialUnderWay = false;
    if (result === null) return;
    if (!result.ok && (isDown(result.failure) || letsNobodyIn(result.failure))) {
      this.#failures += 1;
      this.#failingSince = Math.min(this.#failingSince, startedAt);
      if (over && isTrial) this.#rest(over, result.failure, now);
      const isLong = this.#failures >= LEAST_FAILURES && now - this.#failingSince >= DOWN_AFTER_MS;
      if (!over && isLong && now >= this.#secondClosedUntil) this.#handOver(result.failure, now);
      return;
    }
    // A refusal for the minute says that somebody is there, no more; an image that cannot be prepared says nothing.
    if (!result.ok && result.tokens.input + result.tokens.output === 0) return;
    this.#answeredAt = now;
    // What had begun before says nothing of what came after it.
    if (startedAt >= this.#failingSince) this.#failures = 0;
    if (this.#failures === 0) this.#failingSince = Infinity;
    if (over && isTrial && ++over.trialsDone >= TRIALS_TO_RETURN) this.#handedOver = null;
  }

  #handOver(because: FailureData, now: number): void {
    // The others of the same moment fail for the same reason: one rest, not one for each.
    if (this.#handedOver) return;
    this.#handedOver = { because, until: now, rests: 0, isTrialUnderWay: false, trialsDone: 0 };
    this.#rest(this.#handedOver, because, now);
  }

  #rest(over: HandedOver, because: FailureData, now: number): void {
    const { first, longest } = REST_MS[letsNobodyIn(because) ? 'closed' : 'down'];
    over.because = because;
    over.until = now + Math.min(longest, first * 2 ** over.rests);
    over.rests += 1;
    over.trialsDone = 0;
    this.#alarm?.abort();
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#parts.clock.sleep(over.until - now, alarm.signal).then(() => {
      if (!alarm.signal.aborted) this.nudge();
    });
  }
}

/** The service did not answer, or was overloaded. */
function isDown({ signal, code }: FailureData): boolean {
  return signal === 'load' || code === 'model.unreachable';
}

/** The account gets no answer at all: a refused key, a daily quota, no credit, no such model. */
function letsNobodyIn({ code, stopsRun, pausesRun }: FailureData): boolean {
  return (stopsRun || pausesRun !== null) && code.startsWith('model.') && code !== 'model.notConfigured';
}
