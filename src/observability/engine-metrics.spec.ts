import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMetrics } from '../../test/support/prometheus-text.ts';
import { CALL_OUTCOMES, QUOTAS, STAGES, type CallEnded, type EngineState } from '../engine/observer.ts';
import { EngineMetrics } from './engine-metrics.ts';

const CALL: CallEnded = {
  unitId: '0',
  startedAt: 0,
  endedAt: 0,
  isRetry: false,
  wasKnown: false,
  thread: null,
  outcome: 'succeeded',
  quota: null,
  code: null,
  tokens: { input: 0, output: 0 },
  costUsd: null,
  isHedge: false,
};
const STATE: EngineState = {
  slots: { limit: 40, taken: 12 },
  budget: { requestsLeft: 900, inputTokensLeft: 350_000 },
  quota: { requests: { used: 100, allowed: 1_000 }, inputTokens: { used: 50_000, allowed: 400_000 } },
  heldMs: { slots: 0, requests: 0, inputTokens: 0, overload: 0 },
  readsHere: false,
  queued: 7,
  threads: { count: 3, busyShare: 0.25 },
};

describe('EngineMetrics', () => {
  let metrics: EngineMetrics;
  beforeEach(() => {
    metrics = new EngineMetrics();
  });
  afterEach(() => metrics.onModuleDestroy());

  const samples = async () => {
    const all = parseMetrics(await metrics.text());
    return new Map([...all.values()].flatMap((metric) => [...metric.samples]));
  };
  const sample = async (name: string) => (await samples()).get(name);

  it('counts calls by outcome, refusals by quota, failures by code, tokens and dollars', async () => {
    metrics.callEnded({ ...CALL, tokens: { input: 1_290, output: 400 }, costUsd: 0.25 });
    metrics.callEnded({ ...CALL, isHedge: true, tokens: { input: 10, output: 1 }, costUsd: 0.5 });
    metrics.callEnded({ ...CALL, outcome: 'refused', quota: 'inputTokensPerMinute' });
    metrics.callEnded({ ...CALL, outcome: 'refused' });
    metrics.callEnded({ ...CALL, outcome: 'failed', code: 'model.timeout' });
    metrics.callEnded({ ...CALL, outcome: 'aborted' });
    metrics.cacheLookup(true);
    metrics.cacheLookup(false);
    metrics.threadRestarted();
    expect(Object.fromEntries(await samples())).toMatchObject({
      'contactsheet_calls_total{outcome="succeeded",hedge="no"}': 1,
      'contactsheet_calls_total{outcome="succeeded",hedge="yes"}': 1,
      'contactsheet_calls_total{outcome="refused",hedge="no"}': 2,
      'contactsheet_calls_total{outcome="failed",hedge="no"}': 1,
      'contactsheet_calls_total{outcome="aborted",hedge="no"}': 1,
      'contactsheet_quota_refusals_total{quota="requests_per_minute"}': 0,
      'contactsheet_quota_refusals_total{quota="input_tokens_per_minute"}': 1,
      'contactsheet_quota_refusals_total{quota="unknown"}': 1,
      'contactsheet_call_failures_total{code="model.timeout"}': 1,
      'contactsheet_tokens_total{direction="input"}': 1_300,
      'contactsheet_tokens_total{direction="output"}': 401,
      contactsheet_cost_usd_total: 0.75,
      'contactsheet_cache_lookups_total{result="hit"}': 1,
      'contactsheet_cache_lookups_total{result="miss"}': 1,
      contactsheet_thread_restarts_total: 1,
    });
  });

  it('has each stage from the start, and its times in seconds', async () => {
    for (const label of ['open', 'scale', 'encode', 'quota_wait', 'call', 'check', 'ground', 'checkpoint']) {
      expect(await sample(`contactsheet_stage_duration_seconds_count{stage="${label}"}`)).toBe(0);
    }
    metrics.stage('quotaWait', 40);
    metrics.stage('quotaWait', 90_000);
    expect(Object.fromEntries(await samples())).toMatchObject({
      'contactsheet_stage_duration_seconds_bucket{le="0.025",stage="quota_wait"}': 0,
      'contactsheet_stage_duration_seconds_bucket{le="0.05",stage="quota_wait"}': 1,
      'contactsheet_stage_duration_seconds_bucket{le="60",stage="quota_wait"}': 1,
      'contactsheet_stage_duration_seconds_bucket{le="+Inf",stage="quota_wait"}': 2,
      'contactsheet_stage_duration_seconds_sum{stage="quota_wait"}': 90.04,
    });
  });

  it('says how the engine stands when it is asked, and leaves out what is not known', async () => {
    expect(await sample('contactsheet_slots_taken')).toBeUndefined();
    let state = STATE;
    metrics.attach(() => state);
    expect(Object.fromEntries(await samples())).toMatchObject({
      contactsheet_slots_limit: 40,
      contactsheet_slots_taken: 12,
      contactsheet_budget_requests_left: 900,
      contactsheet_budget_input_tokens_left: 350_000,
      contactsheet_queued_units: 7,
      contactsheet_threads: 3,
      contactsheet_threads_busy_ratio: 0.25,
    });
    state = { ...STATE, budget: { requestsLeft: null, inputTokensLeft: 0 }, threads: { count: 0, busyShare: NaN } };
    expect(await sample('contactsheet_budget_requests_left')).toBeUndefined();
    expect(await sample('contactsheet_budget_input_tokens_left')).toBe(0);
    expect(await sample('contactsheet_threads_busy_ratio')).toBeUndefined();
  });

  it('never throws, whatever it is told, and its text can be read', async () => {
    const amount = fc.double();
    const call = fc.record({
      outcome: fc.constantFrom(...CALL_OUTCOMES),
      quota: fc.constantFrom(...QUOTAS, null),
      code: fc.constantFrom('model.timeout' as const, null),
      tokens: fc.record({ input: amount, output: amount }),
      costUsd: fc.option(amount),
      isHedge: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call), fc.constantFrom(...STAGES), amount, async (calls, stage, ms) => {
        const all = new EngineMetrics();
        for (const each of calls) all.callEnded({ ...CALL, ...each });
        all.stage(stage, ms);
        const counted =
          parseMetrics(await all.text())
            .get('contactsheet_calls_total')
            ?.samples.values() ?? [];
        all.onModuleDestroy();
        expect([...counted].reduce((sum, value) => sum + value, 0)).toBe(calls.length);
      }),
      { numRuns: 30 },
    );
  });

  it('two scrapes at once both read numbers, and the second takes nothing from the first', async () => {
    await delay(100);
    const [first, second] = await Promise.all([metrics.text(), metrics.text()]);
    parseMetrics(first);
    const delays = parseMetrics(second).get('contactsheet_event_loop_delay_seconds');
    expect(delays?.samples.get('contactsheet_event_loop_delay_seconds_count')).toBeGreaterThan(0);
  });

  it('an event loop that was held up counts for all that had to wait meanwhile', async () => {
    await delay(50);
    const until = performance.now() + 400;
    while (performance.now() < until);
    await delay(50);
    const bucket = 'contactsheet_event_loop_delay_seconds_bucket{le="0.1"}';
    const count = 'contactsheet_event_loop_delay_seconds_count';
    const all = await samples();
    // One a 20 ms, of which those of the first 300 ms waited longer than 100 ms.
    expect((all.get(count) ?? 0) - (all.get(bucket) ?? 0)).toBeGreaterThanOrEqual(10);
  });

  it('has names and units as Prometheus asks for', async () => {
    const ours = [...parseMetrics(await metrics.text())].filter(([name]) => name.startsWith('contactsheet_'));
    expect(ours.length).toBeGreaterThan(14);
    for (const [name, { type, help }] of ours) {
      expect(name).toMatch(/^[a-z][a-z_]+[a-z]$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
      expect(help).toMatch(/\.$/);
    }
  });
});
