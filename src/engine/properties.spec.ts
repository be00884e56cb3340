import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedAccount, type SimulatedFault } from '../../test/support/simulated-account.ts';
import {
  simulatedEngine,
  simulatedRun,
  unitsFrom0,
  type SimulatedEngine,
  type SimulatedRun,
} from '../../test/support/simulated-run.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { NEW_ACCOUNT } from './budget/budget.ts';
import type { DispatchEnd } from './dispatch-options.ts';
import { PauseGate } from './pause-gate.ts';

const MINUTE_MS = 60_000;
const NEVER = new AbortController().signal;

interface Plan {
  seed: number;
  limit: number;
  places: number;
  isKnown: boolean;
  hedging: 'off' | 'auto';
  medianMs: number;
  refusalMs: number;
  /** Of 100 calls. */
  troubled: number;
  /** Runs on one account, one after another or at once. */
  runs: { count: number; startsAtMs: number; cancelledAfterMs: number | null; limit: number }[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(1_000_000),
  limit: fc.integer({ min: 1, max: 120 }),
  places: fc.integer({ min: 1, max: 60 }),
  isKnown: fc.boolean(),
  hedging: fc.constantFrom('off' as const, 'auto' as const),
  medianMs: fc.constantFrom(5, 100, 2_000, 20_000),
  refusalMs: fc.integer({ min: 1, max: 400 }),
  troubled: fc.constantFrom(0, 2, 30),
  runs: fc.array(
    fc.record({
      count: fc.integer({ min: 0, max: 150 }),
      startsAtMs: fc.integer({ min: 0, max: 90_000 }),
      cancelledAfterMs: fc.option(fc.integer({ min: 0, max: 200_000 }), { freq: 4 }),
      limit: fc.constantFrom(1, 3, Infinity),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

interface Ran {
  engine: SimulatedEngine;
  account: SimulatedAccount;
  most: number;
  runs: (SimulatedRun & { end: DispatchEnd; count: number; most: number; limit: number })[];
}

/** Latencies from nothing to half a minute, three kinds of faults, all by one seed. */
function serviceOf(plan: Plan, engine: SimulatedEngine, isLimited: boolean): SimulatedAccount {
  const random = seededRandom(plan.seed);
  const faults: SimulatedFault[] = ['overloaded', 'hangs', 'crashes'];
  return new SimulatedAccount({
    clock: engine.clock,
    ...(isLimited ? { requests: { amount: plan.limit } } : {}),
    latencyMs: () => plan.medianMs * Math.exp(random() * 3 - 1.5),
    delayMs: () => 20 * random(),
    refusalMs: plan.refusalMs,
    fault: () => (random() * 100 < plan.troubled ? (faults[Math.floor(random() * 3)] ?? null) : null),
  });
}

async function follow(plan: Plan, isLimited: boolean): Promise<Ran> {
  const requests = { limit: plan.limit, kind: 'window', burst: null, isEstimated: false } as const;
  const engine = simulatedEngine({
    places: plan.places,
    isAdaptive: true,
    hasBreaker: true,
    account: {
      told: { requests: plan.limit, inputTokens: null },
      learnt: plan.isKnown ? { ...NEW_ACCOUNT, requests } : NEW_ACCOUNT,
    },
  });
  const { clock } = engine;
  const account = serviceOf(plan, engine, isLimited);
  let [underWay, most] = [0, 0];
  const running = plan.runs.map(async ({ count, startsAtMs, cancelledAfterMs, limit }) => {
    await clock.sleep(startsAtMs, NEVER);
    const stop = new AbortController();
    if (cancelledAfterMs !== null) void clock.sleep(cancelledAfterMs, NEVER).then(() => stop.abort());
    let [ofRun, mostOfRun] = [0, 0];
    const run = simulatedRun(engine, {
      units: unitsFrom0(count),
      hedging: plan.hedging,
      limit,
      signal: stop.signal,
      async call({ payload }, _prepared, _terms, signal) {
        most = Math.max(most, ++underWay);
        mostOfRun = Math.max(mostOfRun, ++ofRun);
        expect(underWay).toBeLessThanOrEqual(engine.slots.taken);
        const result = await account.call(payload, signal);
        underWay -= 1;
        ofRun -= 1;
        return result;
      },
    });
    const end = await run.ended;
    return { ...run, end, count, most: mostOfRun, limit };
  });
  const runs = await clock.drive(Promise.all(running));
  return { engine, account, most, runs };
}

/** The most that began within any window. */
function mostInWindow(begunAt: readonly number[]): number {
  let [first, most] = [0, 0];
  begunAt.forEach((at, last) => {
    while ((begunAt[first] ?? 0) <= at - MINUTE_MS) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

describe('whatever the service does, in whatever order', () => {
  it('no more calls begin in any minute than were told, but for the one that finds out whether it is a window', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        // A service that says nothing, or one that refuses: neither makes the engine call more.
        for (const isLimited of [false, true]) {
          const { account } = await follow({ ...plan, isKnown: plan.isKnown || !isLimited }, isLimited);
          expect(mostInWindow(account.calledAt)).toBeLessThanOrEqual(plan.limit + (plan.isKnown || !isLimited ? 0 : 1));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('no more calls are under way than there are places, and every unit ends once or is left by a cancel', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { engine, most, runs } = await follow(plan, true);
        expect(most).toBeLessThanOrEqual(plan.places);
        for (const run of runs) {
          const ended = run.outcomes.map(({ unit }) => unit.payload);
          expect(new Set(ended).size).toBe(ended.length);
          expect(run.most).toBeLessThanOrEqual(run.limit);
          const isWhole = !run.end.cancelled && run.end.pausedBy === null && run.end.stoppedBy === null;
          if (isWhole) expect(ended.length).toBe(run.count);
          else expect(ended.length).toBeLessThan(run.count);
          expect(run.end.counts.hedged).toBeLessThanOrEqual(run.count * 0.02);
        }
        expect(engine.slots.taken).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('pauses at any time lose nothing', async () => {
    const pauses = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 5_000 })), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(plans, pauses, async (plan, times) => {
        const engine = simulatedEngine({ places: plan.places, hasBreaker: true, isAdaptive: true });
        const account = serviceOf(plan, engine, false);
        const pause = new PauseGate();
        let begunWhilePaused = 0;
        void (async () => {
          for (const [openMs, closedMs] of times) {
            await engine.clock.sleep(openMs, NEVER);
            pause.close();
            await engine.clock.sleep(closedMs, NEVER);
            pause.open();
          }
        })();
        const run = simulatedRun(engine, {
          units: unitsFrom0(60),
          pause,
          hedging: plan.hedging,
          call({ payload }, _prepared, _terms, signal) {
            if (!pause.isOpen) begunWhilePaused += 1;
            return account.call(payload, signal);
          },
        });
        await engine.clock.drive(run.ended);
        expect(begunWhilePaused).toBe(0);
        expect(run.outcomes.map(({ unit }) => unit.payload).sort((a, b) => a - b)).toEqual([...Array(60).keys()]);
        expect(engine.slots.taken).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});
