import type { FailureData } from '../contract/coded-error.ts';
import type { Breaker } from './breaker.ts';
import type { Budget, Charge } from './budget/budget.ts';
import type { Clock } from './clock.ts';
import { HeldTimes } from './held-times.ts';
import type { HeldBy, HeldMs } from './observer.ts';
import type { Slot, Slots } from './slots.ts';
import type { CallResult, Side } from './unit.ts';

/** One run's place at the gate: it is asked for its next call whenever one may begin. */
export interface Lane {
  /**
   * The estimated input tokens of the call it would make next; null where it has none to make now.
   *
   * @param isTrial the service was overloaded a moment ago: the call should be for a unit that has not failed before
   */
  next(isTrial: boolean): number | null;
  /** Makes that call. */
  start(permit: Permit): void;
}

/** The right to make one call. To be ended exactly once; ending it again does nothing. */
export interface Permit {
  readonly startedAt: number;
  /** Whose account it is on, where there are two. */
  readonly side?: Side;
  /** @param result null for a call that was cancelled: its end says nothing of the service */
  end(result: CallResult<unknown> | null): void;
}

/** What a run sees of the gate, or of two with one behind the other. */
export interface Gate extends Pick<CallGate, 'slots' | 'budget' | 'join' | 'leave' | 'nudge' | 'tryNow'> {
  /**
   * Asked where a failure would end a unit, or stop or pause the run: whether somebody else shall be asked about the unit,
   * which then begins anew. Missing where there is nobody else.
   */
  handsOver?(failure: FailureData, permit: Permit): boolean;
}

export interface CallGateParts {
  slots: Slots;
  /** Null where no account limits the calls: a reader on this machine. */
  budget: Budget | null;
  breaker: Breaker | null;
  clock: Clock;
}

/**
 * Lets calls of all runs through: a call needs a slot and the account's leave at the same moment, so that a unit that
 * waits for a quota holds no slot. Runs take turns call by call, so a small one is not stuck behind a large one.
 */
export class CallGate {
  readonly #parts: CallGateParts;
  readonly #lanes: Lane[] = [];
  readonly #held: HeldTimes;
  #turn = 0;
  #isPumping = false;
  #alarm: { at: number; cancel: AbortController } | null = null;

  constructor(parts: CallGateParts) {
    this.#parts = parts;
    this.#held = new HeldTimes(parts.clock);
  }

  get slots(): Slots {
    return this.#parts.slots;
  }

  get budget(): Budget | null {
    return this.#parts.budget;
  }

  /** For how long calls were kept from beginning, by what. */
  get heldMs(): HeldMs {
    return this.#held.ms;
  }

  join(lane: Lane): void {
    this.#lanes.push(lane);
  }

  leave(lane: Lane): void {
    const place = this.#lanes.indexOf(lane);
    if (place >= 0) this.#lanes.splice(place, 1);
    if (this.#lanes.length > 0) return;
    this.#setAlarm(Infinity);
    this.#held.change(null);
  }

  /** Something has changed: a unit is ready, a place is free, a limit is known. */
  nudge(): void {
    // A call that ends while another is being started is seen by the loop that is already running.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#letOneThrough());
    } finally {
      this.#isPumping = false;
    }
  }

  /** A second call for a unit, now or not at all: it never goes before a unit that waits for its first. */
  tryNow(estimatedTokens: number): Permit | null {
    const { clock, breaker, slots } = this.#parts;
    const now = clock.now();
    if (!slots.hasFree || breaker?.isTrying) return null;
    if (this.#lanes.some((lane) => lane.next(false) !== null)) return null;
    return this.#mayBeginAt(now, estimatedTokens) > now ? null : this.#permit(now, estimatedTokens);
  }

  #letOneThrough(): boolean {
    const { clock, slots, breaker } = this.#parts;
    if (!slots.hasFree) return this.#isHeldBy('slots');
    const now = clock.now();
    const closedUntil = breaker?.closedUntil(now) ?? -Infinity;
    if (closedUntil > now) {
      this.#setAlarm(closedUntil);
      return this.#isHeldBy('overload');
    }
    for (let step = 0; step < this.#lanes.length; step++) {
      const place = (this.#turn + step) % this.#lanes.length;
      const lane = this.#lanes[place];
      const estimatedTokens = lane?.next(breaker?.isTrying ?? false) ?? null;
      if (!lane || estimatedTokens === null) continue;
      const at = this.#mayBeginAt(now, estimatedTokens);
      if (at > now) {
        // Not passed over for a smaller one of another run: that could go on for ever.
        this.#turn = place;
        this.#setAlarm(at);
        return this.#isHeldBy(this.#parts.budget?.boundBy ?? null);
      }
      this.#turn = place + 1;
      lane.start(this.#permit(now, estimatedTokens));
      return true;
    }
    return this.#isHeldBy(null);
  }

  /** @returns false: nothing was let through */
  #isHeldBy(by: HeldBy | null): false {
    this.#held.change(by);
    return false;
  }

  #mayBeginAt(now: number, estimatedTokens: number): number {
    return this.#parts.budget?.nextAt(now, estimatedTokens) ?? now;
  }

  #permit(now: number, estimatedTokens: number): Permit {
    const { slots, budget, breaker } = this.#parts;
    const slot = slots.take();
    breaker?.begun();
    const charge = budget?.charge(now, estimatedTokens) ?? null;
    let hasEnded = false;
    return {
      startedAt: now,
      end: (result) => {
        if (hasEnded) return;
        hasEnded = true;
        this.#settle(slot, charge, result, now);
        this.nudge();
      },
    };
  }

  #settle(slot: Slot, charge: Charge | null, result: CallResult<unknown> | null, startedAt: number): void {
    const { slots, budget, breaker, clock } = this.#parts;
    const now = clock.now();
    const failure = result?.ok === false ? result.failure : null;
    const isRefusal = failure?.signal === 'quota';
    // A call that was cancelled may have reached the account: it stays counted as it was thought to be.
    if (charge && budget && result !== null) {
      if (isRefusal) budget.refused(charge, failure?.quota ?? [], failure?.retryAfterMs ?? null, now);
      else if (failure !== null && !hasAnswer(result)) budget.unanswered(charge, now - startedAt);
      else budget.admitted(charge, result.tokens.input, now - startedAt);
    }
    const isLoad = failure?.signal === 'load';
    const saysNothing = result === null || isRefusal || (failure !== null && !isLoad && !hasAnswer(result));
    breaker?.ended(saysNothing ? null : isLoad, startedAt, now);
    slots.give(slot, saysNothing ? null : { ms: now - startedAt, isLoad });
  }

  /** One alarm for whatever comes first; an earlier one takes its place. */
  #setAlarm(at: number): void {
    if (this.#alarm && this.#alarm.at === at) return;
    this.#alarm?.cancel.abort();
    this.#alarm = null;
    if (at === Infinity || at === -Infinity) return;
    const alarm = { at, cancel: new AbortController() };
    this.#alarm = alarm;
    const { clock } = this.#parts;
    void clock.sleep(Math.max(0, at - clock.now()), alarm.cancel.signal).then(() => {
      if (this.#alarm !== alarm) return;
      this.#alarm = null;
      this.nudge();
    });
  }
}

/** A failure that came from the model itself (cut off, not in the form it was asked for) took the time of an answer. */
function hasAnswer(result: CallResult<unknown>): boolean {
  return result.tokens.input + result.tokens.output > 0;
}
