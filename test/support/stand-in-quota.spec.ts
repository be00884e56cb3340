import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toGeminiFailure } from '../../src/models/gemini/gemini-errors.ts';
import { createGeminiModel } from '../../src/models/gemini/gemini-model.ts';
import { startGeminiStandIn } from './gemini-stand-in.ts';
import { Admission } from './stand-in-admission.ts';
import { admissions } from './stand-in-load.ts';
import { quotaMeter } from './stand-in-quota.ts';

describe('quotaMeter', () => {
  it('a bucket holds its burst and refills at the rate of the minute', () => {
    const meter = quotaMeter({ amount: 60, windowMs: 60_000, kind: 'bucket', burst: 2 });
    meter.take(0, 1);
    meter.take(0, 1);
    expect(meter.waitMs(0, 1)).toBe(1_000);
    expect(meter.waitMs(1_000, 1)).toBe(0);
    expect(meter.waitMs(1_000, 2)).toBe(1_000);
    expect(meter.waitMs(90_000, 2)).toBe(0);
    expect(meter.waitMs(90_000, 3)).toBe(Infinity);
  });

  it('a sliding window waits until enough has left it', () => {
    const meter = quotaMeter({ amount: 100, windowMs: 1_000 });
    meter.take(0, 30);
    meter.take(100, 30);
    meter.take(200, 40);
    expect([meter.waitMs(250, 30), meter.waitMs(250, 31), meter.waitMs(250, 100)]).toEqual([750, 850, 950]);
    expect(meter.waitMs(250, 101)).toBe(Infinity);
    expect(meter.waitMs(1_000, 30)).toBe(0);
  });

  it('never lets more than its amount into any window, and lets in at the moment it named', () => {
    const asks = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 5 })), { maxLength: 80 });
    fc.assert(
      fc.property(asks, (plan) => {
        const meter = quotaMeter({ amount: 7, windowMs: 1_000 });
        const admitted: { atMs: number; amount: number }[] = [];
        let nowMs = 0;
        for (const [passedMs, amount] of plan) {
          nowMs += passedMs;
          nowMs += meter.waitMs(nowMs, amount);
          expect(meter.waitMs(nowMs, amount)).toBe(0);
          meter.take(nowMs, amount);
          admitted.push({ atMs: nowMs, amount });
          const inWindow = admitted.filter(({ atMs }) => atMs > nowMs - 1_000);
          expect(inWindow.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(7);
        }
      }),
    );
  });
});

describe('Admission', () => {
  it('a refused call consumes nothing of any limit, and leaves its place to the next', () => {
    const options = {
      quota: { requests: 3, windowMs: 1_000 },
      tokenQuota: { inputTokens: 100, windowMs: 1_000 },
      load: { latency: { medianMs: 10, sigma: 0.5 }, seed: 3 },
    };
    const next = admissions(options.load);
    const latencies = [next(), next(), next()].map(({ latencyMs }) => latencyMs);
    const admission = new Admission(options);
    expect(admission.admit(0, 60)).toMatchObject({ latencyMs: latencies[0] });
    expect(admission.admit(1, 60)).toEqual({
      kind: 'quotaPerMinute',
      unit: 'inputTokens',
      limit: 100,
      retryDelayMs: 999,
    });
    expect(admission.admit(2, 40)).toMatchObject({ latencyMs: latencies[1] });
    expect(admission.admit(1_000, 60)).toMatchObject({ latencyMs: latencies[2] });
  });
});

describe('admissions', () => {
  const load = { seed: 5, latency: { medianMs: 2_000, sigma: 0.5 }, inputTokens: { mean: 600, spread: 0.2 } };
  const first = (count: number, more = {}) => {
    const next = admissions({ ...load, ...more });
    return Array.from({ length: count }, next);
  };

  it('is the same for everybody; faults and stragglers leave the other chances as they are', () => {
    expect(first(50)).toEqual(first(50));
    const faulty = first(2_000, { unavailableShare: 0.01, hangShare: 0.002 });
    expect(faulty.map(({ latencyMs }) => latencyMs)).toEqual(first(2_000).map(({ latencyMs }) => latencyMs));
    const count = (fault: string) => faulty.filter((call) => call.fault === fault).length;
    expect([count('unavailable') > 5, count('hang') > 0, count('unavailable') < 40, count('hang') < 15]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const late = first(2_000, { stragglers: { share: 0.005, addMs: 1_000_000 } }).filter((c) => c.latencyMs > 900_000);
    expect(late.length).toBeGreaterThan(2);
    expect(late.length).toBeLessThan(25);
  });

  it('spreads tokens about their mean', () => {
    const tokens = first(4_000).map(({ inputTokens }) => inputTokens ?? 0);
    expect(Math.min(...tokens)).toBeGreaterThanOrEqual(480);
    expect(Math.max(...tokens)).toBeLessThanOrEqual(720);
    expect(Math.abs(tokens.reduce((sum, count) => sum + count, 0) / 4_000 - 600)).toBeLessThan(6);
  });
});

describe('refusals of the Gemini stand-in', () => {
  const question = {
    prompt: 'p',
    image: { bytes: new Uint8Array([1]), mimeType: 'image/jpeg', width: 1, height: 1 } as const,
    replyJsonSchema: { type: 'object', properties: { a: { type: 'string' } } },
    maxOutputTokens: null,
  };

  async function refusal(options: Parameters<typeof startGeminiStandIn>[0]) {
    const standIn = await startGeminiStandIn({ tokens: { input: 70, output: 1 }, keepCalls: false, ...options });
    const model = createGeminiModel({ kind: 'gemini', apiKey: 'k', baseUrl: standIn.baseUrl, model: 'm' });
    try {
      await model.ask(question, new AbortController().signal);
      const thrown: unknown = await model.ask(question, new AbortController().signal).catch((error: unknown) => error);
      return { failure: toGeminiFailure(thrown, 'k', 'm'), counters: standIn.counters, standIn };
    } finally {
      await standIn.close();
    }
  }

  it('name the limit of the tokens as our adapter reads it', async () => {
    const { failure, counters } = await refusal({ tokenQuota: { inputTokens: 100 }, quota: { requests: 10 } });
    expect(failure.quota).toEqual([{ quantity: 'inputTokens', period: 'minute', limit: 100 }]);
    expect(failure.retryAfterMs).toBeGreaterThan(59_000);
    expect(counters).toMatchObject({ arrived: 2, admitted: 1, completed: 1, refused: { requests: 0, inputTokens: 1 } });
    expect(counters.finishedMs).toHaveLength(1);
  });

  it('can be silent about the limit and about the wait', async () => {
    const { failure, standIn } = await refusal({
      quota: { requests: 1 },
      refusals: { quotaValue: false, retryInfo: false },
    });
    expect(failure.quota).toEqual([{ quantity: 'requests', period: 'minute', limit: null }]);
    expect(failure.retryAfterMs).toBeNull();
    expect([standIn.calls, standIn.asks]).toEqual([[], []]);
    standIn.reset();
    expect(standIn.counters).toMatchObject({ arrived: 0, refused: { requests: 0 }, finishedMs: [] });
  });
});
