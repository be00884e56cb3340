import { describe, expect, it } from '@jest/globals';
import { SimulatedAccount, type SimulatedAccountOptions } from '../../test/support/simulated-account.ts';
import {
  simulatedEngine,
  simulatedRun,
  unitsFrom0,
  type SimulatedEngine,
  type SimulatedRun,
} from '../../test/support/simulated-run.ts';
import type { Caller } from './unit.ts';

const MINUTE_MS = 60_000;

function begin(
  options: Omit<SimulatedAccountOptions, 'clock'>,
  count: number,
  parts: { engine?: SimulatedEngine; call?: (account: SimulatedAccount) => Caller<number, number, number> } = {},
): { engine: SimulatedEngine; account: SimulatedAccount; run: SimulatedRun } {
  const engine = parts.engine ?? simulatedEngine({ places: 50, isAdaptive: true, hasBreaker: true, account: {} });
  const account = new SimulatedAccount({ clock: engine.clock, ...options });
  const call: Caller<number, number, number> =
    parts.call?.(account) ?? (({ payload }, _prepared, _terms, signal) => account.call(payload, signal));
  return { engine, account, run: simulatedRun(engine, { units: unitsFrom0(count), call }) };
}

describe('refusals for a quota', () => {
  it('cost a unit no try, however many there are', async () => {
    // Refused far more often than the three retries that a unit has: 40 at once, 30 let in a minute.
    let isOthersTurn = true;
    const { engine, account, run } = begin({ latencyMs: () => 100, isShut: () => isOthersTurn }, 40);
    void engine.clock.sleep(1.9 * MINUTE_MS, new AbortController().signal).then(() => (isOthersTurn = false));
    const end = await engine.clock.drive(run.ended);
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(40);
    expect(account.refused).toBeGreaterThan(3);
    expect(end.counts).toMatchObject({ refused: account.refused, succeeded: 40 });
    expect(engine.slots.taken).toBe(0);
  });

  it('an account that refuses everything pauses the run after some minutes, with few calls made meanwhile', async () => {
    const { engine, account, run } = begin({ latencyMs: () => 100, isShut: () => true }, 1_000);
    const end = await engine.clock.drive(run.ended);
    expect(end.pausedBy).toMatchObject({ code: 'model.quotaPerMinute', pausesRun: { until: null } });
    expect(run.outcomes).toHaveLength(0);
    expect(engine.clock.now()).toBeGreaterThan(2 * MINUTE_MS);
    expect(engine.clock.now()).toBeLessThan(5 * MINUTE_MS);
    expect(account.calledAt.length).toBeLessThanOrEqual(30);
  });

  it.each([20, 80, 250])('the same where it does not say how long to wait, refused after %d ms', async (refusalMs) => {
    const options = { latencyMs: () => 100, isShut: () => true, saysWait: false, saysLimit: false, refusalMs };
    const { engine, account, run } = begin(options, 1_000);
    const end = await engine.clock.drive(run.ended);
    expect(end.pausedBy).toMatchObject({ pausesRun: { until: null } });
    expect(engine.clock.now()).toBeLessThan(5 * MINUTE_MS);
    expect(account.calledAt.length).toBeLessThanOrEqual(60);
  });

  it('can be tried again when a person has seen to the account', async () => {
    let isShut = true;
    const first = begin({ latencyMs: () => 100, isShut: () => isShut }, 20);
    const { engine, account } = first;
    await engine.clock.drive(first.run.ended);
    isShut = false;
    engine.budget?.tryAgain();
    const again = simulatedRun(engine, {
      units: unitsFrom0(20),
      call: ({ payload }, _prepared, _terms, signal) => account.call(payload, signal),
    });
    const end = await engine.clock.drive(again.ended);
    expect(end.pausedBy).toBeNull();
    expect(again.outcomes.filter(({ ok }) => ok)).toHaveLength(20);
  });

  it('never touch the slots', async () => {
    const requests = { amount: 60, kind: 'bucket', burst: 10 } as const;
    const { engine, account, run } = begin({ latencyMs: () => 200, requests, refusalMs: 250 }, 200);
    const before = engine.slots.limit;
    await engine.clock.drive(run.ended);
    expect(account.refused).toBeGreaterThan(5);
    expect(engine.slots.limit).toBe(before);
  });
});

describe('a service that is overloaded', () => {
  it('is left alone, then tried with units that have not failed before, so that none loses all its tries', async () => {
    const tried = new Map<number, number>();
    let isDown = true;
    let trials = 0;
    const { engine, account, run } = begin({ latencyMs: () => 200, fault: () => (isDown ? 'overloaded' : null) }, 400, {
      call:
        (account) =>
        ({ payload }, _prepared, _terms, signal) => {
          // After the first volley each call is a trial: it is the first one of its unit.
          if (engine.clock.now() > 2_000 && isDown) {
            trials += 1;
            expect(tried.has(payload)).toBe(false);
          }
          tried.set(payload, (tried.get(payload) ?? 0) + 1);
          return account.call(payload, signal);
        },
    });
    void engine.clock.sleep(3 * MINUTE_MS, new AbortController().signal).then(() => (isDown = false));
    await engine.clock.drive(run.ended);
    expect(run.outcomes.filter(({ ok }) => ok)).toHaveLength(400);
    // 1 + 2 + 4 + 8 + 16 + 30 + 30 … s between them.
    expect(trials).toBeGreaterThanOrEqual(7);
    expect(trials).toBeLessThanOrEqual(12);
    expect(account.admitted).toBeLessThanOrEqual(400 + 50 + trials + 20);
    expect(engine.slots.taken).toBe(0);
  });
});
