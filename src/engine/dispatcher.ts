import type { FailureData } from '../contract/coded-error.ts';
import { callEnd, isUnpriced, moneySpent, SHUT } from './call-end.ts';
import type { Lane, Permit } from './call-gate.ts';
import { noCounts, type DispatchEnd, type DispatchOptions } from './dispatch-options.ts';
import { Hedging } from './hedging.ts';
import { LatencyLog } from './latency-log.ts';
import type { Purse } from './purse.ts';
import { Race, type ReadyUnit } from './race.ts';
import { ReadyQueue } from './ready-queue.ts';
import { isLastWord, retryDelayMs } from './retry.ts';
import { MOST_PREPARING, UnitSource } from './unit-source.ts';
import { addTokens, type CallResult, type Outcome, type Preparation, type Unit } from './unit.ts';

/**
 * Works through the units of one run. Work-conserving: units are prepared ahead of their calls, and a call begins as soon
 * as the gate lets it; a unit that waits for its backoff holds no place, and units that are ready overtake it.
 *
 * Every unit ends exactly once, unless the run is cancelled, stopped or paused; then the units without an outcome are
 * those that were not ended.
 */
export class Dispatch<Payload, Prepared, Value> implements Lane {
  readonly #options: DispatchOptions<Payload, Prepared, Value>;
  readonly #counts = noCounts();
  readonly #ready = new ReadyQueue<Payload, Prepared>();
  readonly #races = new Set<Race<Payload, Prepared>>();
  readonly #latencies = new LatencyLog();
  readonly #hedging: Hedging;
  /** Ends what waits: preparations, backoffs, the watch for slow calls. */
  readonly #over = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  readonly #source: UnitSource<Payload>;
  #preparing = 0;
  #preparations = 0;
  #callsUnderWay = 0;
  #finishing = 0;
  #unended: number;
  #stoppedBy: FailureData | null = null;
  #pausedBy: FailureData | null = null;

  constructor(options: DispatchOptions<Payload, Prepared, Value>) {
    this.#options = options;
    this.#unended = options.units.length;
    this.#source = new UnitSource(options.units, options.arriving);
    this.#hedging = new Hedging({ units: () => this.#source.count, latencies: this.#latencies });
  }

  async run(): Promise<DispatchEnd> {
    const { gate, pause, signal } = this.#options;
    const abort = () => this.#endAll();
    signal.addEventListener('abort', abort, { once: true });
    const unwatch = pause.onOpen(() => this.#goOn());
    gate.join(this);
    if (signal.aborted) abort();
    else this.#goOn();
    void this.#source.follow((came) => {
      this.#unended += came;
      this.#goOn();
    }, this.#over.signal);
    if (this.#options.hedging === 'auto') void this.#watchForSlowCalls();
    await this.#ended.promise;
    this.#over.abort();
    gate.leave(this);
    unwatch();
    signal.removeEventListener('abort', abort);
    const cancelled = signal.aborted && (this.#unended > 0 || this.#source.isOpen);
    return { counts: this.#counts, stoppedBy: this.#stoppedBy, pausedBy: this.#pausedBy, cancelled };
  }

  /** Units that are still to be answered and have no call under way. */
  get queued(): number {
    return this.#unended - this.#races.size - this.#finishing;
  }

  /** What the forecast of the time left is made from. */
  get standing(): { queued: number; underWayMs: number[]; inputTokens: number; latencies: LatencyLog } {
    const underWayMs = [...this.#races].map(({ startedAt }) => this.#options.clock.now() - startedAt);
    return { queued: this.queued, underWayMs, inputTokens: this.#ready.meanInputTokens, latencies: this.#latencies };
  }

  next(isTrial: boolean): number | null {
    const { pause, limit } = this.#options;
    if (this.#isWindingUp || !pause.isOpen || this.#callsUnderWay >= limit) return null;
    const ready = this.#ready.peek(isTrial);
    if (!ready) return null;
    if (this.#offerFor(ready)) return ready.inputTokens;
    // Nothing under way will give money back: there is not enough for another call.
    if (!this.#options.purse.isWaitingForCalls) queueMicrotask(() => this.#stop(moneySpent()));
    return null;
  }

  start(permit: Permit): void {
    const ready = this.#ready.take();
    if (!ready) return permit.end(null);
    const race = new Race(ready, permit.startedAt);
    this.#races.add(race);
    if (ready.attempts > 0) this.#counts.retried += 1;
    this.#options.observer.stage('quotaWait', permit.startedAt - ready.readyAt);
    void this.#call(race, permit, false);
    this.#prepareMore();
  }

  get #isWindingUp(): boolean {
    return this.#stoppedBy !== null || this.#pausedBy !== null || this.#options.signal.aborted;
  }

  #goOn(): void {
    this.#prepareMore();
    this.#options.gate.nudge();
    this.#endIfDone();
  }

  #offerFor({ inputTokens }: ReadyUnit<Payload, Prepared>): ReturnType<Purse['offer']> {
    const { purse, gate } = this.#options;
    const expected = gate.budget?.expectedTokens(inputTokens) ?? inputTokens;
    return purse.offer(expected, gate.budget?.hasSeenTokens ?? true);
  }

  #prepareMore(): void {
    const { ahead, pause } = this.#options;
    while (this.#source.hasMore && !this.#isWindingUp && pause.isOpen) {
      if (this.#preparations >= ahead.atOnce || this.#preparing >= MOST_PREPARING) return;
      if (this.#ready.bytes >= ahead.bytes) return;
      if (this.#ready.fresh + this.#preparing >= ahead.units) return;
      void this.#prepare(this.#source.nextGroup(), 0);
    }
  }

  async #prepare(group: readonly Unit<Payload>[], failures: number): Promise<void> {
    this.#preparations += 1;
    this.#preparing += group.length;
    const results = await this.#options.prepare(group, this.#over.signal);
    this.#preparations -= 1;
    this.#preparing -= group.length;
    if (!this.#isWindingUp) {
      group.forEach((unit, index) => {
        const result = results[index];
        if (result) this.#prepared(unit, result, failures);
      });
    }
    this.#goOn();
  }

  #prepared(unit: Unit<Payload>, result: Preparation<Prepared, Value>, failures: number): void {
    const fresh = { unit, attempts: 0, ms: result.ms, tokens: { input: 0, output: 0 } };
    if (result.kind === 'ready') {
      const { prepared, sizeBytes, inputTokens } = result;
      const readyAt = this.#options.clock.now();
      this.#ready.add({ ...fresh, failures, prepared, sizeBytes, inputTokens, readyAt });
    } else if (result.kind === 'known') {
      this.#counts.cached += 1;
      this.#answered({ ...fresh, ok: true, value: result.value });
    } else {
      const tried = { ...fresh, attempts: failures + 1 };
      this.#failed(tried, result.failure, failures + 1, () => this.#prepare([unit], failures + 1));
    }
  }

  async #call(race: Race<Payload, Prepared>, permit: Permit, isHedge: boolean): Promise<void> {
    const { clock, purse, call, observer } = this.#options;
    const { ready } = race;
    const reservation = this.#offerFor(ready) ?? { usd: 0, maxOutputTokens: null };
    purse.take(reservation);
    this.#callsUnderWay += 1;
    this.#counts.made += 1;
    if (isHedge) this.#counts.hedged += 1;
    const attempt = ++ready.attempts;
    const stop = race.begin();
    const mark = this.#latencies.begin(permit.startedAt);
    const terms = { maxOutputTokens: reservation.maxOutputTokens, isHedge, side: permit.side };
    const result = await call(ready.unit, ready.prepared, terms, stop.signal);
    const now = clock.now();
    const isCutOff = stop.signal.aborted;
    race.finish(stop);
    ready.ms += now - permit.startedAt;
    addTokens(ready.tokens, result.tokens);
    addTokens(this.#counts.tokens, result.tokens);
    this.#latencies.end(mark, now, result.ok);
    // A call that was cut off, or not answered in time, may cost all that was set aside for it.
    purse.settle(reservation, isCutOff || isUnpriced(result) ? null : result.tokens);
    this.#callsUnderWay -= 1;
    const course = { unitId: ready.unit.id, startedAt: permit.startedAt, endedAt: now, attempt, isHedge, isCutOff };
    observer.callEnded(callEnd(result, { ...course, costUsd: purse.costUsd(result.tokens) }));
    if (!race.hasEnded && !this.#options.signal.aborted) this.#settle(race, result, permit, isCutOff);
    // Last: it lets the next call through, which has to find everything as it is now.
    permit.end(isCutOff ? null : result);
    this.#goOn();
  }

  #settle(race: Race<Payload, Prepared>, result: CallResult<Value>, permit: Permit, isCutOff: boolean): void {
    const { ready } = race;
    const { unit, ms, attempts, tokens } = ready;
    if (result.ok) {
      race.end();
      this.#races.delete(race);
      this.#counts.succeeded += 1;
      return this.#answered({ unit, ms, attempts, tokens, ok: true, value: result.value });
    }
    const { failure } = result;
    const isRefusal = failure.signal === 'quota';
    if (isRefusal) this.#counts.refused += 1;
    const handsOver =
      isLastWord(failure, ready.failures + 1, this.#options.retry) && this.#options.gate.handsOver?.(failure, permit);
    if (failure.stopsRun && !handsOver) return this.#stop(failure);
    if (failure.pausesRun && !handsOver) return this.#pause(failure);
    // The other call for the unit may still be answered.
    if (race.isUnderWay || isCutOff) return;
    this.#races.delete(race);
    if (handsOver) ready.failures = 0;
    if (handsOver || (isRefusal && failure.retryable)) return this.#refused(ready, failure, permit);
    ready.failures += 1;
    this.#failed(ready, failure, ready.failures, () => {
      ready.readyAt = this.#options.clock.now();
      this.#ready.addAgain(ready);
      this.#goOn();
    });
  }

  /** Not the unit's fault, and the account says when it may go on: it goes first then, and loses no try. */
  #refused(ready: ReadyUnit<Payload, Prepared>, failure: FailureData, permit: Permit): void {
    const { clock, gate } = this.#options;
    ready.readyAt = clock.now();
    this.#ready.addAgain(ready);
    const shut = { ...failure, detail: SHUT, pausesRun: { until: null } };
    if (gate.budget?.isShut(clock.now()) && !gate.handsOver?.(shut, permit)) this.#pause(shut);
  }

  #failed(
    ready: Pick<ReadyUnit<Payload, Prepared>, 'unit' | 'ms' | 'attempts' | 'tokens'>,
    failure: FailureData,
    failures: number,
    again: () => unknown,
  ): void {
    const { retry, random, clock } = this.#options;
    const delayMs = retryDelayMs(failure, failures, retry, random());
    const { unit, ms, attempts, tokens } = ready;
    if (delayMs === null) return this.#end({ unit, ms, attempts, tokens, ok: false, failure });
    void clock.sleep(delayMs, this.#over.signal).then(() => {
      if (!this.#over.signal.aborted) again();
    });
  }

  /** The unit holds no slot any more; it ends when its answer is complete. */
  #answered(outcome: Outcome<Payload, Value> & { ok: true }): void {
    const { finish, signal } = this.#options;
    if (!finish) return this.#end(outcome);
    this.#finishing += 1;
    void finish(outcome.unit, outcome.value, signal).then((value) => {
      this.#finishing -= 1;
      this.#end({ ...outcome, value });
      this.#endIfDone();
    });
  }

  #end(outcome: Outcome<Payload, Value>): void {
    this.#unended -= 1;
    this.#options.observer.unitEnded(outcome.unit.id, outcome.ok, outcome.ok && outcome.attempts === 0);
    this.#options.onOutcome(outcome);
  }

  /** Nothing else can succeed: what is under way is ended as well. */
  #stop(failure: FailureData): void {
    if (this.#isWindingUp) return;
    this.#stoppedBy = failure;
    this.#endAll();
  }

  /** Nothing else can succeed now: what is under way may still be answered. */
  #pause(failure: FailureData): void {
    this.#pausedBy ??= failure;
  }

  #endAll(): void {
    this.#over.abort();
    for (const race of this.#races) race.end();
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#callsUnderWay > 0 || this.#finishing > 0) return;
    const isAllDone = this.#unended === 0 && !this.#source.isOpen;
    if (isAllDone || (this.#isWindingUp && this.#preparations === 0)) this.#ended.resolve();
  }

  async #watchForSlowCalls(): Promise<void> {
    const { clock, gate, limit } = this.#options;
    while (!this.#over.signal.aborted) {
      await clock.sleep(this.#hedging.checkEveryMs, this.#over.signal);
      if (this.#isWindingUp || this.#over.signal.aborted) continue;
      for (const race of this.#hedging.slow(this.#races, clock.now(), () => this.#counts.hedged)) {
        if (this.#callsUnderWay >= limit) break;
        if (race.wasHedged || !this.#options.pause.isOpen || !this.#offerFor(race.ready)) continue;
        const permit = gate.tryNow(race.ready.inputTokens);
        if (!permit) break;
        race.wasHedged = true;
        void this.#call(race, permit, true);
      }
    }
  }
}
