import { CALL_ENDS, CALL_KINDS } from '../contract/timeline.ts';
import { heldBetween } from '../engine/held-times.ts';
import type { CallEnded, EngineObserver, EngineState } from '../engine/observer.ts';
import type { KeptCall, TimelinePart } from './timeline-store.ts';

/** A picture of more bars shows nothing, and ten thousand images must not fill the memory. */
export const MOST_CALLS = 5_000;

const CACHED = CALL_KINDS.indexOf('cached');
const RETRY = CALL_KINDS.indexOf('retry');
const HEDGE = CALL_KINDS.indexOf('hedge');

/** Takes down the calls of one run in one life, part by part. Told of each call; what it does then must be quick. */
export class CallLog implements EngineObserver {
  readonly #lifeAt = Date.now();
  readonly #startedAt = performance.now();
  readonly #isSequential: boolean;
  #calls: (CallEnded | { unitId: string; knownAt: number })[] = [];
  #room = MOST_CALLS;
  #dropped = 0;
  #droppedMs = 0;
  #made = 0;
  #refused = 0;
  #activeMs = 0;
  #before: EngineState | null = null;

  constructor(isSequential: boolean) {
    this.#isSequential = isSequential;
  }

  /** The run is under way. @param state how the engine stands, before its first call */
  begin(state: EngineState): void {
    this.#before = state;
  }

  stage(): void {}
  cacheLookup(): void {}
  threadRestarted(): void {}

  callEnded(call: CallEnded): void {
    this.#made += 1;
    if (call.outcome === 'refused') this.#refused += 1;
    if (this.#room > 0) {
      this.#room -= 1;
      this.#calls.push(call);
    } else {
      this.#dropped += 1;
      if (!call.isHedge) this.#droppedMs += call.endedAt - call.startedAt;
    }
  }

  unitEnded(unitId: string, _isOk: boolean, wasKnown: boolean): void {
    if (!wasKnown) return;
    if (this.#room > 0) {
      this.#room -= 1;
      this.#calls.push({ unitId, knownAt: performance.now() });
    } else {
      this.#dropped += 1;
    }
  }

  get hasNews(): boolean {
    return this.#calls.length > 0 || this.#dropped > 0;
  }

  /**
   * What has come since the last time.
   *
   * @param activeMs for how long this life has been running, pauses left out
   */
  take(state: EngineState, activeMs: number, isMoneySpent: boolean): TimelinePart {
    const calls = this.#calls.map((call) => this.#kept(call));
    const tookMs = this.#calls.reduce(
      (sum, call) => sum + ('outcome' in call && !call.isHedge ? lengthMs(call) : 0),
      0,
    );
    const part: TimelinePart = {
      lifeAt: this.#lifeAt,
      untilMs: Math.round(performance.now() - this.#startedAt),
      calls,
      dropped: this.#dropped,
      sequentialMs: Math.round(tookMs + this.#droppedMs),
      conditions: {
        spanMs: Math.max(0, Math.round(activeMs - this.#activeMs)),
        heldMs: heldBetween(this.#before?.heldMs, state.heldMs),
        readsHere: state.readsHere,
        isSequential: this.#isSequential,
        threads: state.threads.count,
        busyShare: state.threads.busyShare,
        slots: state.slots.limit,
        callsMade: this.#made,
        refusals: this.#refused,
        requestsAllowed: state.quota.requests.allowed,
        inputTokensAllowed: state.quota.inputTokens.allowed,
        isMoneySpent,
      },
    };
    this.#before = state;
    this.#activeMs = activeMs;
    this.#calls = [];
    this.#dropped = 0;
    this.#droppedMs = 0;
    this.#made = 0;
    this.#refused = 0;
    return part;
  }

  #kept(call: CallEnded | { unitId: string; knownAt: number }): KeptCall {
    const position = Number(call.unitId);
    if (!('outcome' in call)) {
      const at = this.#sinceStart(call.knownAt);
      return [position, null, at, at, CACHED, 0, null];
    }
    const { thread, startedAt, endedAt, outcome, code, wasKnown } = call;
    const kind = wasKnown ? CACHED : call.isHedge ? HEDGE : call.isRetry ? RETRY : 0;
    const threadOrNone = thread === null || thread < 0 || wasKnown ? null : thread;
    const ends = [this.#sinceStart(startedAt), this.#sinceStart(endedAt)] as const;
    return [position, threadOrNone, ...ends, kind, CALL_ENDS.indexOf(outcome), code];
  }

  /** A tenth of a ms: bars that follow each other at once must not seem to overlap. */
  #sinceStart(at: number): number {
    return Math.max(0, Math.round((at - this.#startedAt) * 10) / 10);
  }
}

function lengthMs({ startedAt, endedAt }: CallEnded): number {
  return endedAt - startedAt;
}
