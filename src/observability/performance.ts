import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Advice, Performance, PerformanceSample } from '../contract/performance.ts';
import { heldBetween } from '../engine/held-times.ts';
import type { CallEnded, EngineObserver, EngineState, HeldMs } from '../engine/observer.ts';
import { adviceOf } from './advice.ts';
import { MinuteLog } from './minute-log.ts';

const EVERY_MS = 1_000;
const KEPT_SAMPLES = 600;
const KEPT_MS = KEPT_SAMPLES * EVERY_MS;
/** What advice is given of. */
const ADVICE_MS = 60_000;
/** A run that waits for its quota goes on within a minute; one that is paused shall not keep the clock going. */
const SILENT_LIMIT_MS = 70_000;
const LOOP_RESOLUTION_MS = 20;

/** A sample, with what only the advice needs. */
interface Moment {
  sample: PerformanceSample;
  atMs: number;
  heldMs: HeldMs;
  readsHere: boolean;
}

export interface PerformanceListener {
  sample(sample: PerformanceSample): void;
  advice(advice: Advice[]): void;
}

/**
 * How the server does, second by second, for people who watch. Told by the engine, like the metrics. Its clock goes only
 * while something is read or somebody watches, and never keeps the process.
 */
export class PerformanceLog implements EngineObserver, OnModuleDestroy {
  readonly #minute = new MinuteLog();
  readonly #listeners = new Set<PerformanceListener>();
  readonly #loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  readonly #totals = { refusals: 0, cacheHits: 0, callsMade: 0, costUsd: 0 };
  #moments: Moment[] = [];
  #state: (() => EngineState) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #toldAt = -Infinity;
  #wasTold = false;
  #lastAdvice = '';

  /** Plugs in where the state of the engine comes from. Until then there are no samples. */
  attach(state: () => EngineState): void {
    this.#state = state;
  }

  stage(): void {
    this.#told();
  }

  callEnded({ outcome, wasKnown, startedAt, endedAt, costUsd }: CallEnded): void {
    this.#told();
    if (wasKnown) return;
    this.#totals.callsMade += 1;
    if (outcome === 'refused') this.#totals.refusals += 1;
    if (costUsd !== null && costUsd > 0) this.#totals.costUsd += costUsd;
    // A refusal is quick, and a call that was ended says nothing of the service.
    if (outcome === 'succeeded' || outcome === 'failed') this.#minute.answered(Date.now(), endedAt - startedAt);
  }

  unitEnded(): void {
    this.#told();
    this.#minute.imageEnded(Date.now());
  }

  cacheLookup(hit: boolean): void {
    this.#told();
    if (hit) this.#totals.cacheHits += 1;
  }

  threadRestarted(): void {
    this.#told();
  }

  /** As it stands now. */
  now(): Performance {
    const last = this.#moments.at(-1);
    if (!last || Date.now() - last.atMs >= EVERY_MS) this.#sample();
    return { samples: this.#moments.map(({ sample }) => sample), advice: this.#advice() };
  }

  /** Calls back each second, and with the advice when it changes. @returns ends it */
  listen(listener: PerformanceListener): () => void {
    this.#listeners.add(listener);
    const { samples, advice } = this.now();
    const newest = samples.at(-1);
    if (newest) listener.sample(newest);
    listener.advice(advice);
    this.#begin();
    return () => this.#listeners.delete(listener);
  }

  /** The framework calls it when the server stops. */
  onModuleDestroy(): void {
    this.#isClosed = true;
    this.#end();
    this.#listeners.clear();
  }

  #told(): void {
    this.#wasTold = true;
    if (this.#timer === null) this.#begin();
  }

  #begin(): void {
    if (this.#timer !== null || this.#isClosed) return;
    this.#toldAt = Date.now();
    this.#loop.enable();
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
    this.#timer.unref();
  }

  #end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#loop.disable();
    this.#loop.reset();
  }

  #tick(): void {
    const moment = this.#sample();
    if (this.#wasTold) this.#toldAt = Date.now();
    this.#wasTold = false;
    if (this.#listeners.size === 0 && (!moment || this.#isAtRest(moment))) return this.#end();
    if (!moment || this.#listeners.size === 0) return;
    for (const listener of this.#listeners) listener.sample(moment.sample);
    const advice = this.#advice();
    const said = JSON.stringify(advice);
    if (said === this.#lastAdvice) return;
    this.#lastAdvice = said;
    for (const listener of this.#listeners) listener.advice(advice);
  }

  #isAtRest({ sample, atMs }: Moment): boolean {
    if (sample.callsUnderWay > 0) return false;
    return atMs - this.#toldAt >= (sample.queued > 0 ? SILENT_LIMIT_MS : 2 * EVERY_MS);
  }

  #sample(): Moment | null {
    const state = this.#state?.();
    if (!state) return null;
    const atMs = Date.now();
    const { imagesEnded, p50, p95 } = this.#minute.summary(atMs);
    const { quota, slots, threads, heldMs, readsHere } = state;
    const delayMs = this.#loop.count > 0 ? this.#loop.percentile(99) / 1e6 - LOOP_RESOLUTION_MS : 0;
    this.#loop.reset();
    const sample: PerformanceSample = {
      at: new Date(atMs).toISOString(),
      imagesPerMinute: imagesEnded,
      callsUnderWay: slots.taken,
      slots: slots.limit,
      quota: { requestsPerMinute: rounded(quota.requests), inputTokensPerMinute: rounded(quota.inputTokens) },
      latencyMs: { p50, p95 },
      ...this.#totals,
      queued: Math.max(0, state.queued),
      workers: { count: threads.count, busyShare: Math.round(threads.busyShare * 1_000) / 1_000 },
      memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      eventLoopDelayMs: Math.max(0, Math.round(delayMs * 10) / 10),
    };
    const moment = { sample, atMs, heldMs, readsHere };
    this.#moments.push(moment);
    const oldest = this.#moments[0];
    if (this.#moments.length > KEPT_SAMPLES || (oldest && oldest.atMs < atMs - KEPT_MS)) {
      this.#moments = this.#moments.slice(-KEPT_SAMPLES).filter((each) => each.atMs >= atMs - KEPT_MS);
    }
    return moment;
  }

  #advice(): Advice[] {
    return adviceNow(this.#moments, Date.now());
  }
}

/** Of the last minute, as far as something went on in it. */
function adviceNow(moments: readonly Moment[], now: number): Advice[] {
  const lately = moments.filter(({ atMs }) => atMs >= now - ADVICE_MS);
  const first = lately[0];
  const last = lately.at(-1);
  let spanMs = 0;
  let busyMs = 0;
  let threads = 0;
  lately.forEach(({ sample, atMs }, index) => {
    const before = lately[index - 1];
    if (!before || sample.queued + sample.callsUnderWay + before.sample.callsUnderWay === 0) return;
    spanMs += atMs - before.atMs;
    busyMs += (atMs - before.atMs) * sample.workers.busyShare;
    threads = sample.workers.count;
  });
  const { quota } = last?.sample ?? {};
  return adviceOf({
    spanMs,
    heldMs: heldBetween(first?.heldMs, last?.heldMs),
    readsHere: last?.readsHere ?? false,
    isSequential: isOneByOne(lately),
    threads,
    busyShare: spanMs > 0 ? busyMs / spanMs : 0,
    slots: last?.sample.slots ?? 0,
    callsMade: Math.max(
      (last?.sample.callsMade ?? 0) - (first?.sample.callsMade ?? 0),
      last?.sample.callsUnderWay ?? 0,
    ),
    refusals: (last?.sample.refusals ?? 0) - (first?.sample.refusals ?? 0),
    callMs: last?.sample.latencyMs.p50 ?? null,
    requestsAllowed: quota?.requestsPerMinute.allowed ?? null,
    inputTokensAllowed: quota?.inputTokensPerMinute.allowed ?? null,
    isMoneySpent: false,
  });
}

/** Images wait, and yet there is never more than one call under way, though there are slots for more. */
function isOneByOne(lately: readonly Moment[]): boolean {
  const waiting = lately.filter(({ sample }) => sample.queued > 0 && sample.callsUnderWay > 0);
  return (
    waiting.length >= LEAST_SAMPLES && lately.every(({ sample }) => sample.callsUnderWay <= 1 && sample.slots !== 1)
  );
}

/** Fewer may be chance. */
const LEAST_SAMPLES = 3;

function rounded({ used, allowed }: { used: number; allowed: number | null }): {
  used: number;
  allowed: number | null;
} {
  return { used: Math.max(0, Math.round(used)), allowed: allowed === null ? null : Math.max(0, Math.round(allowed)) };
}
