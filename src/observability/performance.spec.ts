import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { performanceSchema, type Advice, type PerformanceSample } from '../contract/performance.ts';
import type { CallEnded, EngineState } from '../engine/observer.ts';
import { PerformanceLog } from './performance.ts';

const IDLE: EngineState = {
  slots: { limit: 40, taken: 0 },
  budget: { requestsLeft: null, inputTokensLeft: null },
  quota: { requests: { used: 12.4, allowed: 300 }, inputTokens: { used: 0, allowed: null } },
  heldMs: { slots: 0, requests: 0, inputTokens: 0, overload: 0 },
  readsHere: false,
  queued: 0,
  threads: { count: 3, busyShare: 0.25 },
};
const CALL: CallEnded = {
  unitId: '0',
  startedAt: 0,
  endedAt: 250,
  outcome: 'succeeded',
  quota: null,
  code: null,
  tokens: { input: 10, output: 10 },
  costUsd: 0.002,
  isHedge: false,
  isRetry: false,
  wasKnown: false,
  thread: 1,
};

describe('PerformanceLog', () => {
  let log: PerformanceLog;
  let asked: number;
  let state: EngineState;
  beforeEach(() => {
    asked = 0;
    state = IDLE;
    log = new PerformanceLog();
    log.attach(() => {
      asked += 1;
      return state;
    });
  });
  afterEach(() => log.onModuleDestroy());

  it('sleeps while nothing is read and nobody watches, and goes to sleep again', async () => {
    await delay(1_300);
    expect(asked).toBe(0);
    log.callEnded(CALL);
    await delay(4_500);
    const woken = asked;
    expect(woken).toBeGreaterThanOrEqual(2);
    await delay(1_500);
    expect(asked).toBe(woken);
  }, 15_000);

  it('adds up calls, refusals, dollars and kept answers, and leaves out what was never sent', () => {
    log.callEnded(CALL);
    log.callEnded({ ...CALL, outcome: 'refused', endedAt: 5, costUsd: null });
    log.callEnded({ ...CALL, wasKnown: true, costUsd: 0 });
    log.cacheLookup(true);
    log.cacheLookup(false);
    log.unitEnded();
    const performance = performanceSchema.strict().parse(log.now());
    expect(performance.samples.at(-1)).toMatchObject({
      callsMade: 2,
      refusals: 1,
      cacheHits: 1,
      costUsd: 0.002,
      imagesPerMinute: 1,
      quota: { requestsPerMinute: { used: 12, allowed: 300 }, inputTokensPerMinute: { used: 0, allowed: null } },
    });
    expect(Math.abs((performance.samples.at(-1)?.latencyMs.p50 ?? 0) - 250)).toBeLessThan(10);
  });

  it('sees that images are read one after another, though there are slots for more', async () => {
    const unlisten = log.listen({ sample: () => undefined, advice: () => undefined });
    state = { ...IDLE, slots: { limit: 40, taken: 1 }, queued: 12 };
    log.callEnded(CALL);
    await delay(3_600);
    unlisten();
    expect(log.now().advice).toMatchObject([{ code: 'slotsBind', values: { slots: 1 } }]);
  }, 10_000);

  it('tells who watches each second, and says what holds the reading up', async () => {
    const samples: PerformanceSample[] = [];
    let advice: Advice[] = [];
    const unlisten = log.listen({ sample: (each) => samples.push(each), advice: (each) => (advice = each) });
    expect(advice).toMatchObject([{ code: 'idle' }]);
    state = { ...IDLE, slots: { limit: 40, taken: 40 }, queued: 60 };
    const held = setInterval(() => {
      state = { ...state, heldMs: { ...state.heldMs, requests: state.heldMs.requests + 200 } };
    }, 200);
    await delay(3_500);
    clearInterval(held);
    unlisten();
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(advice).toMatchObject([{ code: 'quotaBinds', values: { allowed: 300 } }]);
  }, 10_000);
});
