import { describe, expect, it } from '@jest/globals';
import { simulatedEngine, simulatedRun, unitsFrom0 } from '../../test/support/simulated-run.ts';
import { CodedError } from '../contract/coded-error.ts';
import { assumedLatency } from './expected-latency.ts';
import { remainingMs } from './forecast.ts';
import { PauseGate } from './pause-gate.ts';
import type { Preparation } from './unit.ts';

const NEVER = new AbortController().signal;
const NO_TOKENS = { input: 0, output: 0 };

describe('finishing an answer', () => {
  it('holds no slot: the next call begins when the answer has come', async () => {
    const engine = simulatedEngine({ places: 1 });
    const { clock } = engine;
    const begun: number[] = [];
    const { outcomes, ended } = simulatedRun(engine, {
      units: unitsFrom0(3),
      async call({ payload }) {
        begun.push(clock.now());
        await clock.sleep(100, NEVER);
        return { ok: true, value: payload, tokens: NO_TOKENS };
      },
      async finish(_unit, value) {
        await clock.sleep(1_000, NEVER);
        return value + 10;
      },
    });
    const end = await clock.drive(ended);
    expect(begun).toEqual([0, 100, 200]);
    expect(clock.now()).toBe(1_300);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([10, 11, 12]);
    expect(end.cancelled).toBe(false);
  });

  it('comes to answers that were known, too', async () => {
    const engine = simulatedEngine();
    const known: Preparation<number, number> = { kind: 'known', ms: 0, value: 1 };
    const { outcomes, ended } = simulatedRun(engine, {
      units: unitsFrom0(2),
      prepare: (units) => Promise.resolve(units.map(() => known)),
      call: () => Promise.reject(new Error('nothing is to be asked')),
      finish: (_unit, value) => Promise.resolve(value + 10),
    });
    await engine.clock.drive(ended);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([11, 11]);
  });

  it('loses no answer to a cancel: it ends the unit as it came', async () => {
    const engine = simulatedEngine({ places: 2 });
    const { clock } = engine;
    const stop = new AbortController();
    const { outcomes, ended } = simulatedRun(engine, {
      units: unitsFrom0(4),
      signal: stop.signal,
      async call({ payload }, _prepared, _terms, signal) {
        await clock.sleep(100, signal);
        return { ok: true, value: payload, tokens: NO_TOKENS };
      },
      async finish(_unit, value, signal) {
        await clock.sleep(10_000, signal);
        return signal.aborted ? value : value + 10;
      },
    });
    void clock.sleep(150, NEVER).then(() => stop.abort());
    const end = await clock.drive(ended);
    expect(end.cancelled).toBe(true);
    expect(clock.now()).toBeLessThan(250);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([0, 1]);
  });

  it('goes on while the run is paused, and where it is stopped', async () => {
    const engine = simulatedEngine({ places: 2 });
    const { clock } = engine;
    const pause = new PauseGate();
    const failure = new CodedError('model.keyRefused', 'no', { stopsRun: true }).toData();
    const { outcomes, ended } = simulatedRun(engine, {
      units: unitsFrom0(3),
      pause,
      async call({ payload }) {
        await clock.sleep(100 * (payload + 1), NEVER);
        if (payload === 1) return { ok: false, failure, tokens: NO_TOKENS };
        return { ok: true, value: payload, tokens: NO_TOKENS };
      },
      async finish(_unit, value) {
        await clock.sleep(500, NEVER);
        return value + 10;
      },
    });
    void clock.sleep(120, NEVER).then(() => pause.close());
    const end = await clock.drive(ended);
    expect(end.stoppedBy?.code).toBe('model.keyRefused');
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([10]);
    expect(clock.now()).toBe(600);
  });

  it('counts in what is left', () => {
    const calls = { queued: 0, underWayMs: [], inputTokens: 0, slots: 4, budget: null, now: 0 };
    const latency = assumedLatency({ meanMs: 1_000, p95Ms: 1_500 });
    expect(remainingMs({ ...calls, latency })).toBe(0);
    expect(remainingMs({ ...calls, latency, finishing: { units: 6, eachMs: 700, places: 2 } })).toBe(2_100);
    const busy = { ...calls, latency, queued: 40 };
    expect(remainingMs({ ...busy, finishing: { units: 1, eachMs: 700, places: 2 } })).toBe(remainingMs(busy));
  });
});
