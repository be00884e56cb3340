import { describe, expect, it } from '@jest/globals';
import { simulatedEngine, simulatedRun, unitsFrom0, type SimulatedEngine } from '../../test/support/simulated-run.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { lognormalLatency } from '../../test/support/stand-in-chance.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { DispatchEnd, DispatchOptions } from './dispatch-options.ts';
import { Hedging } from './hedging.ts';
import { LatencyLog } from './latency-log.ts';
import { PauseGate } from './pause-gate.ts';
import { Purse } from './purse.ts';
import type { Outcome } from './unit.ts';

const cutOff = new CodedError('run.cancelled', 'cut off').toData();
const late = new CodedError('model.timeout', 'late', { retryable: true, signal: 'load' }).toData();

interface Call {
  unit: number;
  isHedge: boolean;
  startedAt: number;
  endedAt: number | null;
  wasAborted: boolean;
}

interface Setup {
  count: number;
  /** Of the first call of a unit, and of its second. */
  latencyMs: (unit: number, isHedge: boolean) => number;
  engine?: SimulatedEngine;
  options?: Partial<DispatchOptions<number, number, number>>;
  timeoutMs?: number;
}

interface Seen {
  outcomes: Outcome<number, number>[];
  end: DispatchEnd;
  calls: Call[];
  hedges: Call[];
  tookMs: number;
}

async function run({
  count,
  latencyMs,
  engine = simulatedEngine({ places: 50 }),
  options,
  ...rest
}: Setup): Promise<Seen> {
  const { clock } = engine;
  const { timeoutMs = 30_000 } = rest;
  const calls: Call[] = [];
  const { outcomes, ended } = simulatedRun(engine, {
    units: unitsFrom0(count),
    hedging: 'auto',
    ...options,
    async call({ payload }, _prepared, { isHedge }, signal) {
      const call: Call = { unit: payload, isHedge, startedAt: clock.now(), endedAt: null, wasAborted: false };
      calls.push(call);
      const ms = latencyMs(payload, isHedge);
      await clock.sleep(Math.min(ms, timeoutMs), signal);
      call.endedAt = clock.now();
      call.wasAborted = signal.aborted;
      const tokens = { input: 0, output: 0 };
      if (signal.aborted) return { ok: false, failure: cutOff, tokens };
      if (ms > timeoutMs) return { ok: false, failure: late, tokens };
      return { ok: true, value: payload, tokens: { input: 500, output: 100 } };
    },
  });
  const end = await clock.drive(ended);
  expect(outcomes.map(({ unit }) => unit.payload).sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
  expect(engine.slots.taken).toBe(0);
  return { outcomes, end, calls, hedges: calls.filter(({ isHedge }) => isHedge), tookMs: clock.now() };
}

/** 1 s each, but for the last, which takes far longer. */
const lastIsSlow = (count: number) => (unit: number, isHedge: boolean) =>
  unit === count - 1 && !isHedge ? 20_000 : 900 + (unit % 10) * 20;

describe('hedging', () => {
  it('makes a second call for one that is slow; the first answer wins and the other is aborted', async () => {
    const { hedges, calls, end, tookMs, outcomes } = await run({ count: 200, latencyMs: lastIsSlow(200) });
    expect(hedges).toMatchObject([{ unit: 199, wasAborted: false }]);
    const slow = calls.find(({ unit, isHedge }) => unit === 199 && !isHedge);
    expect(slow).toMatchObject({ wasAborted: true, endedAt: hedges[0]?.endedAt });
    expect(tookMs).toBeLessThan(4 * 1_080 + 1.5 * 1_080 + 1_700);
    expect(end.counts).toMatchObject({ made: 201, succeeded: 200, hedged: 1, retried: 0 });
    expect(outcomes.at(-1)).toMatchObject({ ok: true, attempts: 2 });
  });

  it('the second call is the one that is aborted where the first answers after all', async () => {
    const latencyMs = (unit: number, isHedge: boolean) => (unit === 199 ? (isHedge ? 5_000 : 2_500) : 1_000);
    const { hedges, calls } = await run({ count: 200, latencyMs });
    expect(hedges).toMatchObject([{ unit: 199, wasAborted: true }]);
    expect(calls.find(({ unit }) => unit === 199)).toMatchObject({ isHedge: false, wasAborted: false });
  });

  it('is off where it is not asked for', async () => {
    const options = { hedging: 'off' as const };
    const { hedges, tookMs } = await run({ count: 200, latencyMs: lastIsSlow(200), options });
    expect(hedges).toHaveLength(0);
    expect(tookMs).toBeGreaterThan(20_000);
  });

  it('makes at most 2 % extra calls', async () => {
    const random = seededRandom(1);
    // Every fifth of the last hundred is slow: far more than may have a second call.
    const latencyMs = (unit: number, isHedge: boolean) =>
      unit >= 400 && unit % 5 === 0 && !isHedge ? 15_000 : 900 + 200 * random();
    const engine = simulatedEngine({ places: 100 });
    const { hedges } = await run({ count: 500, latencyMs, engine });
    expect(hedges).toHaveLength(10);
  });

  it('none of a pile so small that one more would be above 2 %', async () => {
    const { hedges } = await run({ count: 49, latencyMs: lastIsSlow(49) });
    expect(hedges).toHaveLength(0);
  });

  it('never goes before a unit that waits for its first call', async () => {
    // The first unit is slow from the very beginning, and yet all others begin before its second call.
    const latencyMs = (unit: number, isHedge: boolean) => (unit === 0 && !isHedge ? 60_000 : 1_000);
    const { hedges, calls } = await run({
      count: 300,
      latencyMs,
      engine: simulatedEngine({ places: 10 }),
      timeoutMs: 99_000,
    });
    expect(hedges).toMatchObject([{ unit: 0 }]);
    const lastFirst = Math.max(...calls.filter(({ isHedge }) => !isHedge).map(({ startedAt }) => startedAt));
    expect(hedges[0]?.startedAt).toBeGreaterThanOrEqual(lastFirst);
  });

  it('nor before a unit of another run', async () => {
    const engine = simulatedEngine({ places: 10 });
    const lastOfOther: number[] = [];
    const other = simulatedRun(engine, {
      units: unitsFrom0(2_000),
      async call({ payload }, _prepared, _terms, signal) {
        lastOfOther[0] = engine.clock.now();
        await engine.clock.sleep(1_000, signal);
        return { ok: true, value: payload, tokens: { input: 0, output: 0 } };
      },
    });
    const latencyMs = (unit: number, isHedge: boolean) => (unit === 99 && !isHedge ? 500_000 : 1_000);
    const { hedges } = await run({ count: 100, latencyMs, engine, timeoutMs: 600_000 });
    await engine.clock.drive(other.ended);
    expect(hedges).toHaveLength(1);
    expect(hedges[0]?.startedAt).toBeGreaterThanOrEqual(lastOfOther[0] ?? Infinity);
  });

  it('does not take the slowest of the first calls for slow, when only the fastest have come back', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const latency = lognormalLatency(2_000, 0.5, seed);
      const latencies = unitsFrom0(100).map(() => latency({} as Parameters<typeof latency>[0]));
      const engine = simulatedEngine({ places: 300 });
      const { hedges } = await run({ count: 100, engine, latencyMs: (unit) => latencies[unit] ?? 0 });
      const p95 = latencies.toSorted((a, b) => a - b)[94] ?? 0;
      // Nobody waits, so that each could have one at once; those few that have one were slow by any measure.
      for (const { unit, startedAt } of hedges) {
        expect(startedAt).toBeGreaterThan(p95);
        expect(latencies[unit]).toBeGreaterThan(p95);
      }
    }
  });

  it('a call that hangs does not hold up the end', async () => {
    const hangs = (unit: number, isHedge: boolean) => (unit === 150 && !isHedge ? Infinity : 1_000);
    const { hedges, tookMs } = await run({ count: 200, latencyMs: hangs });
    expect(hedges).toMatchObject([{ unit: 150 }]);
    expect(tookMs).toBeLessThan(8_000);
  });

  it('a sequential run keeps to one call under way', async () => {
    const options = { limit: 1 };
    const { hedges } = await run({ count: 100, latencyMs: lastIsSlow(100), options });
    expect(hedges).toHaveLength(0);
  });

  it('makes none while the run is paused', async () => {
    const pause = new PauseGate();
    const engine = simulatedEngine({ places: 50 });
    const { clock } = engine;
    void clock.sleep(3_500, new AbortController().signal).then(() => pause.close());
    void clock.sleep(10_000, new AbortController().signal).then(() => pause.open());
    const { hedges } = await run({ count: 200, latencyMs: lastIsSlow(200), engine, options: { pause } });
    expect(hedges).toHaveLength(1);
    expect(hedges[0]?.startedAt).toBeGreaterThanOrEqual(10_000);
  });

  it('makes none that the cap of money would not bear', async () => {
    const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
    const spent = 200 * (500 * 1e-6 + 100 * 4e-6);
    // Enough for all first calls with what is set aside for each, not for a second one that may cost as much.
    const capUsd = spent + 2_048 * 4e-6;
    const engine = simulatedEngine({ places: 50, account: {} });
    const purse = new Purse({ capUsd, price });
    const { hedges, end } = await run({ count: 200, latencyMs: lastIsSlow(200), engine, options: { purse } });
    expect(end.stoppedBy).toBeNull();
    expect(hedges).toHaveLength(0);
    expect(purse.spentUsd).toBeLessThanOrEqual(capUsd);
  });

  it('one whose first call fails while the second is under way is not tried a third time', async () => {
    const latencyMs = (unit: number, isHedge: boolean) => (unit === 199 ? (isHedge ? 6_000 : 31_000) : 1_000);
    const { calls, outcomes } = await run({ count: 200, latencyMs, timeoutMs: 6_500 });
    expect(calls.filter(({ unit }) => unit === 199)).toHaveLength(2);
    expect(outcomes.find(({ unit }) => unit.payload === 199)).toMatchObject({ ok: true, attempts: 2 });
  });
});

describe('Hedging', () => {
  it('knows nothing slow before twenty answers, then what is 1.5 times their p95', () => {
    const latencies = new LatencyLog();
    const hedging = new Hedging({ units: () => 1_000, latencies });
    for (let call = 0; call < 19; call++) latencies.end(latencies.begin(0), 1_000, true);
    expect(hedging.slowMs(1_000)).toBeNull();
    latencies.end(latencies.begin(0), 1_000, true);
    // It is not worked out anew at once.
    expect(hedging.slowMs(1_100)).toBeNull();
    expect(hedging.slowMs(1_500)).toBe(1_500);
    expect([19, 20].map((made) => hedging.isAllowed(made))).toEqual([true, false]);
  });
});
