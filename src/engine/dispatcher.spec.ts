import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simulatedEngine, simulatedRun, unitsFrom0, type SimulatedEngine } from '../../test/support/simulated-run.ts';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { DispatchEnd } from './dispatch-options.ts';
import { PauseGate } from './pause-gate.ts';
import type { Outcome } from './unit.ts';

const NO_TOKENS = { input: 0, output: 0 };
const busy = new CodedError('model.unavailable', 'busy', { retryable: true, signal: 'load' }).toData();
const refusedKey = new CodedError('model.keyRefused', 'the key was refused', { stopsRun: true }).toData();
const badImage = new CodedError('image.unreadable', 'not an image').toData();
const emptyAccount = new CodedError('model.accountEmpty', 'no money left', { pausesRun: { until: null } }).toData();

interface Setup {
  count: number;
  engine?: SimulatedEngine;
  places?: number;
  limit?: number;
  latencyMs?: (unit: number, attempt: number) => number;
  /** The failure of a call, null for a success. */
  fault?: (unit: number, attempt: number) => FailureData | null;
  pause?: PauseGate;
  stop?: AbortController;
  maxRetries?: number;
  onOutcome?: (outcome: Outcome<number, number>) => void;
}

interface Ran {
  engine: SimulatedEngine;
  outcomes: Outcome<number, number>[];
  end: Promise<DispatchEnd>;
  /** Units in the order of their calls. */
  calls: number[];
  peak: () => number;
}

function begin(setup: Setup): Ran {
  const engine = setup.engine ?? simulatedEngine({ places: setup.places ?? 4 });
  const { clock } = engine;
  const attempts = new Map<number, number>();
  const calls: number[] = [];
  let [underWay, peak] = [0, 0];
  const run = simulatedRun(engine, {
    units: unitsFrom0(setup.count),
    ...(setup.pause ? { pause: setup.pause } : {}),
    ...(setup.limit ? { limit: setup.limit } : {}),
    signal: (setup.stop ?? new AbortController()).signal,
    maxRetries: setup.maxRetries ?? 3,
    random: () => 0.5,
    ...(setup.onOutcome ? { onOutcome: setup.onOutcome } : {}),
    async call({ payload }, _prepared, _terms, signal) {
      const attempt = (attempts.get(payload) ?? 0) + 1;
      attempts.set(payload, attempt);
      calls.push(payload);
      underWay += 1;
      peak = Math.max(peak, underWay);
      await clock.sleep(setup.latencyMs?.(payload, attempt) ?? 1_000, signal);
      underWay -= 1;
      const failure = signal.aborted ? badImage : (setup.fault?.(payload, attempt) ?? null);
      return failure ? { ok: false, failure, tokens: NO_TOKENS } : { ok: true, value: payload, tokens: NO_TOKENS };
    },
  });
  return { engine, outcomes: run.outcomes, end: run.ended, calls, peak: () => peak };
}

async function run(
  setup: Setup,
): Promise<Omit<Ran, 'end' | 'peak'> & { end: DispatchEnd; peak: number; tookMs: number }> {
  const ran = begin(setup);
  const { clock } = ran.engine;
  const end = await clock.drive(ran.end);
  expect(ran.engine.slots.taken).toBe(0);
  return { ...ran, end, peak: ran.peak(), tookMs: clock.now() };
}

describe('dispatch', () => {
  it('starts the next unit as soon as a place is free: no barrier between batches', async () => {
    // One straggler of 10 s among 1 s calls on 4 places: the other 39 pass by it on the remaining three.
    const { tookMs, peak } = await run({ count: 40, latencyMs: (unit) => (unit === 0 ? 10_000 : 1_000) });
    expect(tookMs).toBe(13_000);
    expect(peak).toBe(4);
  });

  it('ends every unit exactly once, with never more calls under way than places, whatever fails', async () => {
    const faults = fc.array(fc.array(fc.constantFrom(null, busy, badImage), { maxLength: 5 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(faults, fc.integer({ min: 1, max: 6 }), async (plan, places) => {
        const { outcomes, peak, end } = await run({
          count: plan.length,
          places,
          latencyMs: (unit, attempt) => 100 + ((unit * 37 + attempt * 91) % 900),
          fault: (unit, attempt) => plan[unit]?.[attempt - 1] ?? null,
        });
        expect(outcomes.map(({ unit }) => unit.id).sort()).toEqual(plan.map((_, index) => String(index)).sort());
        expect(peak).toBeLessThanOrEqual(places);
        expect(end.counts.made).toBe(outcomes.reduce((sum, { attempts }) => sum + attempts, 0));
      }),
      { numRuns: 60 },
    );
  });

  it('a unit that waits for its backoff holds no place', async () => {
    const { tookMs } = await run({
      count: 9,
      places: 1,
      fault: (unit, attempt) => (unit === 0 && attempt === 1 ? { ...busy, retryAfterMs: 5_000 } : null),
    });
    // 1 s each for the first call of unit 0 and the eight others, meanwhile its 5 s pass; then its second call.
    expect(tookMs).toBe(10_000);
  });

  it('obeys the wait that the service asked for', async () => {
    const { outcomes, tookMs } = await run({
      count: 1,
      latencyMs: () => 10,
      fault: (_unit, attempt) => (attempt === 1 ? { ...busy, retryAfterMs: 17_000 } : null),
    });
    expect(outcomes[0]).toMatchObject({ ok: true, attempts: 2 });
    expect(tookMs).toBeGreaterThanOrEqual(17_010);
    expect(tookMs).toBeLessThan(19_000);
  });

  it('gives a unit up after the retries it is allowed, and tries what cannot be retried once', async () => {
    const { outcomes, calls, end } = await run({
      count: 2,
      fault: (unit) => (unit === 0 ? busy : badImage),
      maxRetries: 2,
    });
    expect(outcomes.find(({ unit }) => unit.payload === 0)).toMatchObject({ ok: false, attempts: 3, failure: busy });
    expect(outcomes.find(({ unit }) => unit.payload === 1)).toMatchObject({ ok: false, attempts: 1 });
    expect(calls).toHaveLength(4);
    expect(end.counts).toMatchObject({ made: 4, succeeded: 0, retried: 2 });
  });

  it('stops at once when nothing else can succeed, and says why', async () => {
    const { outcomes, end, calls } = await run({ count: 500, fault: (unit) => (unit === 2 ? refusedKey : null) });
    expect(end.stoppedBy).toEqual(refusedKey);
    expect(calls.length).toBeLessThanOrEqual(8);
    expect(outcomes.length).toBeLessThan(8);
  });

  it('a cancel ends the run now; calls under way give no outcome', async () => {
    const stop = new AbortController();
    const { outcomes, end, tookMs } = await run({
      count: 100,
      stop,
      latencyMs: (unit) => (unit === 9 ? 1_000 : 1_500),
      onOutcome: (outcome) => outcome.unit.payload === 9 && stop.abort(),
    });
    expect(end).toMatchObject({ cancelled: true, stoppedBy: null, pausedBy: null });
    expect(outcomes.at(-1)?.unit.payload).toBe(9);
    expect(outcomes.length).toBeLessThanOrEqual(12);
    expect(tookMs).toBe(4_000);
  });

  it('a run that was cancelled before it began makes no call', async () => {
    const stop = new AbortController();
    stop.abort();
    const { calls, outcomes, end } = await run({ count: 3, stop });
    expect([calls, outcomes, end.cancelled]).toEqual([[], [], true]);
  });

  it('a run without units ends at once', async () => {
    const { end, tookMs } = await run({ count: 0 });
    expect(end).toMatchObject({ cancelled: false, stoppedBy: null, pausedBy: null });
    expect(tookMs).toBe(0);
  });

  it('a pause lets calls under way end and starts none, until it is resumed', async () => {
    const pause = new PauseGate();
    const engine = simulatedEngine({ places: 4 });
    const endedAt: number[] = [];
    const { outcomes } = await run({
      count: 12,
      engine,
      pause,
      onOutcome(outcome) {
        endedAt.push(engine.clock.now());
        if (outcome.unit.payload !== 0) return;
        pause.close();
        void engine.clock.sleep(60_000, new AbortController().signal).then(() => pause.open());
      },
    });
    expect(outcomes).toHaveLength(12);
    // The four under way end at 1 s; the pause lasts until 61 s; nothing ends in between.
    expect(endedAt.filter((at) => at <= 1_000)).toHaveLength(4);
    expect(endedAt.filter((at) => at > 1_000 && at < 62_000)).toHaveLength(0);
  });

  it('can be cancelled while it is paused', async () => {
    const [pause, stop] = [new PauseGate(), new AbortController()];
    pause.close();
    const engine = simulatedEngine();
    void engine.clock.sleep(5_000, new AbortController().signal).then(() => stop.abort());
    const { calls, end, tookMs } = await run({ count: 5, engine, pause, stop });
    expect([calls.length, end.cancelled, tookMs]).toEqual([0, true, 5_000]);
  });

  it('two runs take turns, however many units each has', async () => {
    const engine = simulatedEngine({ places: 2 });
    const latencyMs = () => 10;
    const big = begin({ count: 400, engine, latencyMs });
    const endedAt: number[] = [];
    const small = begin({ count: 40, engine, latencyMs, onOutcome: () => endedAt.push(engine.clock.now()) });
    await engine.clock.drive(Promise.all([big.end, small.end]));
    expect([big.outcomes.length, small.outcomes.length]).toEqual([400, 40]);
    // One of the two places each: 40 calls of 10 ms, one after another.
    expect(endedAt.at(-1)).toBeLessThanOrEqual(410);
    expect(engine.slots.taken).toBe(0);
  });

  it('a sequential run has one call under way on the shared places, and leaves the others to other runs', async () => {
    const engine = simulatedEngine({ places: 8 });
    const sequential = begin({ count: 10, engine, limit: 1 });
    const parallel = begin({ count: 70, engine });
    await engine.clock.drive(Promise.all([sequential.end, parallel.end]));
    expect([sequential.peak(), parallel.peak()]).toEqual([1, 7]);
    expect(engine.clock.now()).toBe(10_000);
  });

  it('a failure that pauses the run lets calls under way end, and leaves the rest for later', async () => {
    const { outcomes, end, calls, tookMs } = await run({
      count: 50,
      latencyMs: (unit) => (unit === 1 ? 100 : 1_000),
      fault: (unit) => (unit === 1 ? emptyAccount : null),
    });
    expect(end).toMatchObject({ pausedBy: emptyAccount, stoppedBy: null, cancelled: false });
    // Unit 1 itself has not ended: it is tried again when the run goes on.
    expect(outcomes.map(({ unit }) => unit.payload)).toEqual([0, 2, 3]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(calls).toHaveLength(4);
    expect(tookMs).toBe(1_000);
  });
});
