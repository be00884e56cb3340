import type { OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  CALL_OUTCOMES,
  QUOTAS,
  STAGES,
  type CallEnded,
  type EngineObserver,
  type EngineState,
  type QuotaName,
  type Stage,
} from '../engine/observer.ts';
import { EventLoopDelay } from './event-loop-delay.ts';

const STAGE_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Label values have the form that Prometheus users type: snake_case. */
const STAGE_LABELS: Record<Stage, string> = {
  open: 'open',
  scale: 'scale',
  encode: 'encode',
  quotaWait: 'quota_wait',
  call: 'call',
  check: 'check',
  ground: 'ground',
  checkpoint: 'checkpoint',
};
const QUOTA_LABELS: Record<QuotaName, string> = {
  requestsPerMinute: 'requests_per_minute',
  inputTokensPerMinute: 'input_tokens_per_minute',
  day: 'day',
  unknown: 'unknown',
};

/**
 * What the engine does, for Prometheus: counters and histograms of what it is told, gauges of how it stands when asked,
 * and the process's own (memory, processor, event loop). Each instance has a registry of its own.
 *
 * Every label value that is known beforehand is there from the start, as 0: a rate over a counter that first appears
 * with its first event does not see that event. Codes of failures are the exception: most of them no call can have.
 */
export class EngineMetrics implements EngineObserver, OnModuleDestroy {
  readonly #registry = new Registry();
  readonly #eventLoopDelay = new EventLoopDelay(this.#registry);
  readonly #calls = this.#counter('calls_total', 'Calls to the model that ended.', ['outcome', 'hedge']);
  readonly #refusals = this.#counter('quota_refusals_total', "Calls refused by a limit of the account's.", ['quota']);
  readonly #failures = this.#counter('call_failures_total', 'Calls that failed, by the code of the failure.', ['code']);
  readonly #tokens = this.#counter('tokens_total', 'Tokens of calls, as the service counted them.', ['direction']);
  readonly #costUsd = this.#counter('cost_usd_total', 'US dollars spent on calls whose price is known.', []);
  readonly #cacheLookups = this.#counter('cache_lookups_total', 'Looks into the cache of answers.', ['result']);
  readonly #threadRestarts = this.#counter('thread_restarts_total', 'Threads that were started anew.', []);
  readonly #stages = new Histogram({
    name: 'contactsheet_stage_duration_seconds',
    help: 'Time of a unit in each stage it passes through.',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS_S,
    registers: [this.#registry],
  });
  readonly #slotsLimit = this.#gauge('slots_limit', 'Calls that may be under way at once.');
  readonly #slotsTaken = this.#gauge('slots_taken', 'Calls that are under way.');
  readonly #requestsLeft = this.#gauge('budget_requests_left', 'Requests the account still allows in this minute.');
  readonly #inputTokensLeft = this.#gauge(
    'budget_input_tokens_left',
    'Input tokens the account still allows in this minute.',
  );
  readonly #queued = this.#gauge('queued_units', 'Units that have not ended and have no call under way.');
  readonly #threads = this.#gauge('threads', 'Threads that read images.');
  readonly #busyShare = this.#gauge('threads_busy_ratio', 'Share of the threads that is at work.');
  #state: (() => EngineState) | null = null;

  constructor() {
    for (const outcome of CALL_OUTCOMES) {
      for (const hedge of ['no', 'yes']) this.#calls.inc({ outcome, hedge }, 0);
    }
    for (const quota of QUOTAS) this.#refusals.inc({ quota: QUOTA_LABELS[quota] }, 0);
    for (const direction of ['input', 'output']) this.#tokens.inc({ direction }, 0);
    for (const result of ['hit', 'miss']) this.#cacheLookups.inc({ result }, 0);
    for (const stage of STAGES) this.#stages.zero({ stage: STAGE_LABELS[stage] });
    // The precision is that of the measurements which are dropped below: as good as never.
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: 60_000 });
    for (const { name } of this.#registry.getMetricsAsArray()) {
      if (/^nodejs_eventloop_lag_\w+_seconds$/.test(name)) this.#registry.removeSingleMetric(name);
    }
  }

  /** Plugs in where the gauges come from. Until then, they have no sample. */
  attach(state: () => EngineState): void {
    this.#state = state;
  }

  stage(stage: Stage, ms: number): void {
    this.#stages.observe({ stage: STAGE_LABELS[stage] }, countable(ms) / 1_000);
  }

  callEnded({ outcome, quota, code, tokens, costUsd, isHedge }: CallEnded): void {
    this.#calls.inc({ outcome, hedge: isHedge ? 'yes' : 'no' });
    if (outcome === 'refused') this.#refusals.inc({ quota: QUOTA_LABELS[quota ?? 'unknown'] });
    if (outcome === 'failed') this.#failures.inc({ code: code ?? 'unknown' });
    this.#tokens.inc({ direction: 'input' }, countable(tokens.input));
    this.#tokens.inc({ direction: 'output' }, countable(tokens.output));
    this.#costUsd.inc(countable(costUsd ?? 0));
  }

  unitEnded(): void {
    // Runs and their images have metrics of their own.
  }

  cacheLookup(hit: boolean): void {
    this.#cacheLookups.inc({ result: hit ? 'hit' : 'miss' });
  }

  threadRestarted(): void {
    this.#threadRestarts.inc();
  }

  /** The media type of {@link text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All samples as they stand now, in Prometheus's text format. */
  text(): Promise<string> {
    const state = this.#state?.() ?? null;
    setOrLeaveOut(this.#slotsLimit, state?.slots.limit);
    setOrLeaveOut(this.#slotsTaken, state?.slots.taken);
    setOrLeaveOut(this.#requestsLeft, state?.budget.requestsLeft);
    setOrLeaveOut(this.#inputTokensLeft, state?.budget.inputTokensLeft);
    setOrLeaveOut(this.#queued, state?.queued);
    setOrLeaveOut(this.#threads, state?.threads.count);
    setOrLeaveOut(this.#busyShare, state?.threads.busyShare);
    return this.#registry.metrics();
  }

  /** Ends what runs by itself. The framework calls it when the server stops. */
  onModuleDestroy(): void {
    this.#eventLoopDelay.stop();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `contactsheet_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name: `contactsheet_${name}`, help, registers: [this.#registry] });
  }
}

/** prom-client throws at a number below 0 or none at all, and an observer must never throw into the engine. */
function countable(amount: number): number {
  return Number.isFinite(amount) && amount > 0 ? amount : 0;
}

/** What is not known has no sample: 0 would say that nothing is left. */
function setOrLeaveOut(gauge: Gauge, value: number | null | undefined): void {
  if (typeof value === 'number' && Number.isFinite(value)) gauge.set(value);
  else gauge.remove();
}
