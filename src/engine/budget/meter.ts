import { Bucket } from './bucket.ts';
import { Hold, type RefusedCall } from './hold.ts';
import type { MeterKind, MeterLearnt, MeterOptions, Refusal } from './meter-learnt.ts';
import { RateProbe } from './rate-probe.ts';
import { Scout } from './scout.ts';
import type { Spend, SpendingLog } from './spending.ts';
import { Window } from './window.ts';

/** A window is taken for full, where a refusal says so, from this share of its limit on. */
const NEAR_FULL_SHARE = 0.97;
/** Where more than this share of its limit was let in, it is no window. */
const NO_WINDOW_SHARE = 1.05;

/**
 * Counts one quantity (requests, or input tokens) against the account's limit on it, and finds out from the refusals
 * which limit that is: a sliding window or a bucket, and how large. Times are ms of one clock.
 *
 * A window in which little was used and that yet refuses with a short wait is no window but a bucket; neither is one that
 * lets in more than its limit. A refusal with a wait as long as the window's oldest spend has left is a window, and what
 * was let in is its limit. Where neither the person nor the service names the limit, two refusals with calls let in between
 * give the rate: what was let in, divided by the time between the two moments at which the next one would have been.
 */
export class Meter {
  readonly #options: MeterOptions;
  readonly #window: Window;
  readonly #bucket: Bucket;
  readonly #scout: Scout;
  readonly #hold: Hold;
  #limit: number | null;
  #kind: MeterKind;
  #isEstimated: boolean;
  #probe: RateProbe | null = null;

  constructor(options: MeterOptions) {
    const { windowMs, told, learnt, slackShare } = options;
    this.#options = options;
    this.#limit = told ?? learnt.limit;
    this.#kind = learnt.kind;
    this.#isEstimated = told === null && learnt.isEstimated;
    this.#window = new Window(windowMs, slackShare);
    this.#bucket = new Bucket({ windowMs, marginMs: this.#window.marginMs, burst: learnt.burst });
    this.#hold = new Hold(windowMs);
    this.#scout = new Scout(this.#window, { windowMs, isExact: slackShare === 0 });
  }

  get learnt(): MeterLearnt {
    return { limit: this.#limit, kind: this.#kind, burst: this.#bucket.burst, isEstimated: this.#isEstimated };
  }

  get isKnown(): boolean {
    return this.#limit !== null && this.#kind !== 'unknown';
  }

  get ratio(): number {
    return this.#window.ratio;
  }

  set ratio(ratio: number) {
    this.#window.ratio = ratio;
  }

  /** The earliest moment at which `cost` may be spent: now, or later. */
  nextAt(now: number, cost: number): number {
    this.#window.forget(now);
    if (now >= this.#scoutTellsAt()) this.#isNoWindow();
    const at = Math.max(now, this.#hold.until);
    if (this.#limit === null) return this.#probe ? Math.max(at, this.#probe.nextAt(now)) : at;
    if (this.#kind === 'bucket') return Math.max(at, this.#bucket.nextAt(now, cost * this.ratio, this.#limit));
    if (this.#isScoutDue(cost)) return at;
    const fitsAt = this.#window.fitsAt(now, cost * this.ratio, this.#limit);
    return Math.max(at, Math.min(fitsAt, this.#scoutTellsAt()));
  }

  charge(now: number, cost: number): Spend {
    this.#window.forget(now);
    if (this.#limit !== null) this.#bucket.take(now, cost * this.ratio, this.#limit);
    this.#probe?.charged(now);
    const isScout = this.#isScoutDue(cost);
    const spend = this.#window.log.add(now, cost);
    if (isScout) this.#scout.sent(spend);
    return spend;
  }

  /** Puts back what an earlier life of the process spent, oldest first. */
  restore(at: number, cost: number): void {
    this.#window.log.restore(at, cost);
    if (this.#limit !== null) this.#bucket.take(at, cost, this.#limit);
  }

  /** A call without an answer stays counted, but does not tell that it was let in beyond a full window. */
  brokeOff(spend: Spend): void {
    if (this.#scout.is(spend)) this.#scout.doubt();
  }

  /** The call was let in. @param cost what it really was, null where the service did not say */
  admitted(spend: Spend, cost: number | null): void {
    this.#hold.admitted(spend.at);
    if (cost === null) return;
    this.#settle(spend, cost);
    if (this.#limit === null) return;
    if (this.#scout.is(spend)) this.#scout.cameBack(this.#limit);
    // Without a wait in its refusals a bucket with a large burst looks like a window, until all answers are in.
    const isKnownWindow = this.#kind === 'window' && !this.#isEstimated;
    if (isKnownWindow && this.#window.log.settled > this.#limit * NO_WINDOW_SHARE + 1) this.#isNoWindow();
  }

  /** The call never went out, or not as far as to the account's count. */
  refund(spend: Spend): void {
    this.#settle(spend, 0);
  }

  /**
   * The service refused the call for this limit.
   *
   * @returns whether it comes as a surprise: others use the account as well, or its limit is not what was thought
   */
  refused(spend: Spend, { waitMs, limit }: Refusal, now: number): boolean {
    const { at } = spend;
    const cost = Math.max(this.#window.costOf(spend), Number.MIN_VALUE);
    this.refund(spend);
    const seen = this.#hold.refused(at, now);
    if (!this.#scout.is(spend)) this.#scout.doubt();
    this.#hear(limit);
    const call = { at, now, cost, waitMs, ...seen };
    if (this.#limit === null) this.#refusedInTheDark(call);
    else if (this.#kind === 'bucket') this.#anchor(call);
    // A call beyond the limit says nothing of the margin.
    else return this.#classify({ ...call, isNew: call.isNew && !this.#scout.is(spend) }, this.#limit);
    return false;
  }

  /** What could still be spent at once; null where no limit is known. */
  left(now: number): number | null {
    if (this.#limit === null) return null;
    this.#window.forget(now);
    if (this.#kind === 'bucket') return Math.max(0, this.#bucket.level(now, this.#limit));
    return Math.max(0, this.#limit - this.#window.used);
  }

  /** When the last of `count` further costs could be spent, if nothing but this limit held them up. */
  lastAt(now: number, count: number, cost: number): number {
    const total = count * cost * this.ratio;
    if (this.#limit === null || total <= 0) return Math.max(now, this.#hold.until);
    this.#window.forget(now);
    const isBucket = this.#kind === 'bucket';
    const at = isBucket
      ? this.#bucket.nextAt(now, total, this.#limit, true)
      : this.#window.allAt(now, total, this.#limit);
    return Math.max(at, this.#hold.until);
  }

  /** What is in the window. */
  spends(now: number): SpendingLog {
    this.#window.forget(now);
    return this.#window.log;
  }

  #settle(spend: Spend, cost: number): void {
    this.#bucket.correct(cost - this.#window.costOf(spend));
    this.#window.log.settle(spend, cost);
  }

  #isScoutDue(cost: number): boolean {
    return this.#limit !== null && this.#kind === 'unknown' && this.#scout.isDue(cost * this.ratio, this.#limit);
  }

  #scoutTellsAt(): number {
    return this.#kind === 'unknown' ? this.#scout.tellsAt : Infinity;
  }

  /** More was let in than a window would have: it is a bucket, which was full when the oldest was spent. */
  #isNoWindow(): void {
    const { log, used } = this.#window;
    const oldest = log.oldest();
    if (this.#limit === null || !oldest) return;
    this.#kind = 'bucket';
    this.#bucket.holds(log.newestAt, this.#limit, used, oldest.at, this.#limit);
  }

  #hear(limit: number | null): void {
    const { told } = this.#options;
    if (limit === null || limit <= 0) return;
    this.#limit = told === null ? limit : Math.min(told, limit);
    this.#isEstimated = false;
    this.#probe = null;
  }

  #classify(call: RefusedCall, limit: number): boolean {
    const { at, cost, waitMs, isNew } = call;
    const { windowMs } = this.#options;
    const before = this.#window.until(at);
    // One more of those refused together, when the limit was worked out from the first: it had been counted as let in.
    if (!isNew && this.#isEstimated && this.#kind === 'window' && before > 0) this.#limit = Math.min(limit, before);
    const isNearFull = before + cost >= limit * NEAR_FULL_SHARE;
    const windowWaitMs = this.#window.waitMs(at);
    const shortMs = Math.max(windowMs / 40, (3 * cost * windowMs) / limit);
    const isShort = waitMs === null ? !isNearFull : waitMs <= shortMs && waitMs < windowWaitMs / 2;
    if (isShort && windowWaitMs > windowMs * 0.05) {
      this.#kind = 'bucket';
      this.#bucket.foundFullAt(this.#window.log.oldest()?.at ?? at, this.#window.used);
      this.#anchor(call);
      return false;
    }
    // Calls overtake each other: the refused one may have left before some that were let in. The wait tells all the same.
    const isFull = this.#window.used + cost >= limit * NEAR_FULL_SHARE;
    if (isFull && waitMs !== null && waitMs > 2 * shortMs && this.#isWindowWait(at, waitMs)) this.#kind = 'window';
    if (isNearFull) {
      this.#kind = 'window';
      if (isNew) this.#window.widenMargin(waitMs ?? windowMs / 240);
    }
    this.#hold.after(call, this.#window.marginMs);
    return !isNearFull;
  }

  /** Whether to wait for so long is to wait for the oldest spend to leave the window. */
  #isWindowWait(at: number, waitMs: number): boolean {
    return Math.abs(waitMs - this.#window.waitMs(at)) <= this.#options.windowMs * 0.04;
  }

  #anchor(call: RefusedCall, isToBeBettered = call.isNew): void {
    const { at, cost, waitMs, now } = call;
    const limit = this.#limit ?? 1;
    const since = this.#window.since(at);
    if (this.#isEstimated && isToBeBettered) this.#limit = this.#bucket.betterLimit(at, waitMs, since, limit);
    this.#bucket.anchor({ at, cost, waitMs, now, since, limit: this.#limit ?? limit });
    if (waitMs === null && this.#hold.isRepeated) this.#hold.after(call, this.#window.marginMs);
  }

  /** Nobody said what the limit is: wait for a second refusal, and see what was let in between. */
  #refusedInTheDark(call: RefusedCall): void {
    const { at, waitMs, isNew, isIncident } = call;
    const { windowMs } = this.#options;
    const before = this.#window.until(at);
    const windowWaitMs = this.#window.waitMs(at);
    if (waitMs !== null && before > 0 && this.#isWindowWait(at, waitMs)) {
      this.#takeForWindow(before, at + waitMs);
    } else if (this.#probe === null) {
      const full = { letIn: before, elapsedMs: windowMs - windowWaitMs };
      this.#probe = new RateProbe({ windowMs, at, waitMs, full });
      this.#hold.after(call, this.#window.marginMs);
    } else if (!isNew) {
      // Of calls that were under way when the first refusal came, nobody knows yet which were let in.
      this.#probe.refusedAgain(at);
      if (isIncident) this.#probeAgain(call, this.#probe);
    } else if (this.#foundRate(call, this.#probe)) {
      return;
    } else if (this.#hasLongBeenShut(call, this.#probe)) {
      this.#takeForWindow(before, at + windowWaitMs);
    } else {
      this.#probeAgain(call, this.#probe);
    }
  }

  #probeAgain(call: RefusedCall, probe: RateProbe): void {
    this.#hold.after(call, this.#window.marginMs);
    probe.startOver(this.#hold.until);
  }

  /** @returns whether enough was let in since the probe began to tell the rate */
  #foundRate(call: RefusedCall, probe: RateProbe): boolean {
    const { at, cost, waitMs } = call;
    const { windowMs, slackShare } = this.#options;
    const since = this.#window.since(at);
    // Beside a full window a call that costs less than the refused one may still find room: that tells no rate.
    const hasRoom = this.#window.since(probe.lastRefusedAt) - since >= cost * (slackShare > 0 ? 2 : 1);
    // Calls need different times to get there: over a shorter time that alone would make the rate twice what it is.
    if (!hasRoom || at - probe.at < windowMs / 100) return false;
    // Where no wait is said, half a call may have been there at the moment of the refusal.
    const letIn = this.#window.since(probe.at) - since + (waitMs === null ? cost / 2 : 0);
    const limit = probe.limitFrom(letIn, at, waitMs);
    if (limit === null) return false;
    this.#limit = limit;
    this.#kind = 'bucket';
    this.#isEstimated = true;
    this.#bucket.foundOut(probe, this.#window.since(probe.at), limit);
    this.#probe = null;
    this.#anchor(call, false);
    return true;
  }

  /** Nothing was let in for so long that no bucket could have been filled as fast as this one was used. */
  #hasLongBeenShut({ at, cost, waitMs }: RefusedCall, probe: RateProbe): boolean {
    const { windowMs } = this.#options;
    const before = this.#window.until(at);
    if (waitMs !== null || before <= 0) return false;
    return at - probe.at >= Math.max(windowMs / 20, (4 * windowMs * cost) / before);
  }

  #takeForWindow(limit: number, holdUntil: number): void {
    this.#limit = limit;
    this.#kind = 'window';
    this.#isEstimated = true;
    this.#probe = null;
    this.#hold.atLeastUntil(holdUntil + this.#window.marginMs);
  }
}
