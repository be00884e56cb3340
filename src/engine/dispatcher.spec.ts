import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedClock } from '../../test/support/simulated-clock.ts';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import { dispatch, type DispatchEnd } from './dispatcher.ts';
import { PauseGate } from './pause-gate.ts';
import { FixedSlots, LimitedSlots, type Slots } from './slots.ts';
import type { CallResult, Outcome } from './unit.ts';

const NO_TOKENS = { input: 0, output: 0 };
const busy = new CodedError('model.unavailable', 'busy', { retryable: true, signal: 'load' }).toData();
const refusedKey = new CodedError('model.keyRefused', 'the key was refused', { stopsRun: true }).toData();
const badImage = new CodedError('image.unreadable', 'not an image').toData();

interface Setup {
  count: number;
  slots?: Slots;
  latencyMs?: (unit: number, attempt: number) => number;
  /** The failure of a call, null for a success. */
  fault?: (unit: number, attempt: number) => FailureData | null;
  gate?: PauseGate;
  stop?: AbortController;
  maxRetries?: number;
  onOutcome?: (outcome: Outcome<number, number>, clock: SimulatedClock) => void;
}

async function run(setup: Setup): Promise<{
  outcomes: Outcome<number, number>[];
  end: DispatchEnd;
  peak: number;
  calls: number[];
  tookMs: number;
}> {
  const clock = new SimulatedClock();
  const stop = setup.stop ?? new AbortController();
  const outcomes: Outcome<number, number>[] = [];
  const attempts = new Map<number, number>();
  const calls: number[] = [];
  let [underWay, peak] = [0, 0];
  const work = dispatch<number, number>({
    units: Array.from({ length: setup.count }, (_, index) => ({ id: String(index), payload: index })),
    slots: setup.slots ?? new FixedSlots(4),
    gate: setup.gate ?? new PauseGate(),
    retry: { maxRetries: setup.maxRetries ?? 3, baseMs: 500, capMs: 20_000 },
    clock,
    random: () => 0.5,
    signal: stop.signal,
    onOutcome(outcome) {
      outcomes.push(outcome);
      setup.onOutcome?.(outcome, clock);
    },
    async call({ payload }, signal): Promise<CallResult<number>> {
      const attempt = (attempts.get(payload) ?? 0) + 1;
      attempts.set(payload, attempt);
      calls.push(payload);
      underWay += 1;
      peak = Math.max(peak, underWay);
      await clock.sleep(setup.latencyMs?.(payload, attempt) ?? 1_000, signal);
      underWay -= 1;
      const failure = setup.fault?.(payload, attempt) ?? null;
      if (signal.aborted) return { ok: false, failure: badImage, tokens: NO_TOKENS };
      return failure ? { ok: false, failure, tokens: NO_TOKENS } : { ok: true, value: payload, tokens: NO_TOKENS };
    },
  });
  const end = await clock.drive(work);
  return { outcomes, end, peak, calls, tookMs: clock.now() };
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
          slots: new FixedSlots(places),
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
      slots: new FixedSlots(1),
      fault: (unit, attempt) => (unit === 0 && attempt === 1 ? { ...busy, retryAfterMs: 5_000 } : null),
    });
    // 1 s each for the first call of unit 0 and the eight others, meanwhile its 5 s pass; then its second call.
    expect(tookMs).toBe(10_000);
  });

  it('obeys the wait that the service asked for', async () => {
    const starts: number[] = [];
    const { outcomes } = await run({
      count: 1,
      latencyMs: () => 10,
      fault: (_unit, attempt) => (attempt === 1 ? { ...busy, retryAfterMs: 17_000 } : null),
      onOutcome: (_outcome, clock) => starts.push(clock.now()),
    });
    expect(outcomes[0]).toMatchObject({ ok: true, attempts: 2 });
    expect(starts[0]).toBeGreaterThanOrEqual(17_010);
    expect(starts[0]).toBeLessThan(19_000);
  });

  it('gives a unit up after the retries it is allowed, and tries what cannot be retried once', async () => {
    const { outcomes, calls } = await run({ count: 2, fault: (unit) => (unit === 0 ? busy : badImage), maxRetries: 2 });
    expect(outcomes.find(({ unit }) => unit.payload === 0)).toMatchObject({ ok: false, attempts: 3 });
    expect(outcomes.find(({ unit }) => unit.payload === 1)).toMatchObject({ ok: false, attempts: 1 });
    expect(calls).toHaveLength(4);
  });

  it('stops at once when nothing else can succeed, and says why', async () => {
    const { outcomes, end, calls } = await run({ count: 500, fault: (unit) => (unit === 2 ? refusedKey : null) });
    expect(end.stoppedBy).toEqual(refusedKey);
    expect(calls.length).toBeLessThanOrEqual(8);
    expect(outcomes.length).toBeLessThan(8);
  });

  it('a cancel ends the run now; calls under way give no outcome', async () => {
    const stop = new AbortController();
    const { outcomes, end } = await run({
      count: 100,
      stop,
      onOutcome: (outcome) => outcome.unit.payload === 9 && stop.abort(),
    });
    expect(end.cancelled).toBe(true);
    expect(outcomes.length).toBeLessThanOrEqual(12);
  });

  it('a pause lets calls under way end and starts none, until it is resumed', async () => {
    const gate = new PauseGate();
    const endedAt: number[] = [];
    const { outcomes } = await run({
      count: 12,
      gate,
      onOutcome(outcome, clock) {
        endedAt.push(clock.now());
        if (outcome.unit.payload !== 0) return;
        gate.close();
        void clock.sleep(60_000, new AbortController().signal).then(() => gate.open());
      },
    });
    expect(outcomes).toHaveLength(12);
    // The four under way end at 1 s; the pause lasts until 61 s; nothing ends in between.
    expect(endedAt.filter((at) => at <= 1_000)).toHaveLength(4);
    expect(endedAt.filter((at) => at > 1_000 && at < 62_000)).toHaveLength(0);
  });

  it('two runs share the places evenly, however many units each has', async () => {
    const slots = new FixedSlots(2);
    const big = run({ count: 400, slots, latencyMs: () => 10 });
    const small = run({ count: 4, slots, latencyMs: () => 10 });
    expect((await small).outcomes).toHaveLength(4);
    expect((await big).outcomes).toHaveLength(400);
  });

  it('a sequential run has one call under way on the shared places', async () => {
    const { peak } = await run({ count: 10, slots: new LimitedSlots(new FixedSlots(8), 1) });
    expect(peak).toBe(1);
  });
});
