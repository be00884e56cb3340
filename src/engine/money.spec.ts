import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedAccount, type SimulatedFault } from '../../test/support/simulated-account.ts';
import { readyAtOnce, simulatedEngine, simulatedRun, unitsFrom0 } from '../../test/support/simulated-run.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { Purse } from './purse.ts';

const PRICE = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };

const plans = fc.record({
  seed: fc.nat(1_000_000),
  count: fc.integer({ min: 1, max: 120 }),
  places: fc.integer({ min: 1, max: 40 }),
  hedging: fc.constantFrom('off' as const, 'auto' as const),
  estimate: fc.integer({ min: 50, max: 5_000 }),
  /** Of what was estimated; a call differs from the mean of all by up to 9 % either way. */
  factor: fc.double({ min: 0.3, max: 1.8, noNaN: true }),
  largestOutput: fc.integer({ min: 1, max: 20_000 }),
  /** Of what the whole run would cost. */
  capShare: fc.double({ min: 0.01, max: 1.5, noNaN: true }),
  troubled: fc.constantFrom(0, 5, 40),
  cancelledAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { freq: 4 }),
});

describe('the money of a run', () => {
  it('what the service charges never passes the cap, whatever answers cost and however calls end', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { count, estimate, factor, largestOutput } = plan;
        const random = seededRandom(plan.seed);
        const inputs = unitsFrom0(count).map(() => Math.floor(estimate * factor * (0.91 + 0.18 * random())));
        const outputs = unitsFrom0(count).map(() => Math.ceil(largestOutput * random() ** 3));
        const engine = simulatedEngine({ places: plan.places, hasBreaker: true, account: {} });
        const faults: SimulatedFault[] = ['overloaded', 'hangs', 'crashes'];
        const account = new SimulatedAccount({
          clock: engine.clock,
          latencyMs: () => 1_000 * Math.exp(random() * 3 - 1.5),
          tokensOf: (unit) => inputs[unit] ?? 0,
          outputTokensOf: (unit) => outputs[unit] ?? 0,
          fault: () => (random() * 100 < plan.troubled ? (faults[Math.floor(random() * 3)] ?? null) : null),
        });
        const wholeUsd = count * (estimate * factor * 1e-6 + (largestOutput / 4) * 4e-6);
        const capUsd = plan.capShare * wholeUsd;
        const purse = new Purse({ capUsd, price: PRICE });
        const stop = new AbortController();
        if (plan.cancelledAfterMs !== null) {
          void engine.clock.sleep(plan.cancelledAfterMs, new AbortController().signal).then(() => stop.abort());
        }
        const run = simulatedRun(engine, {
          units: unitsFrom0(count),
          prepare: readyAtOnce(estimate),
          purse,
          hedging: plan.hedging,
          signal: stop.signal,
          call({ payload }, _prepared, { maxOutputTokens }, signal) {
            expect(maxOutputTokens).not.toBeNull();
            return account.call(payload, signal, maxOutputTokens);
          },
        });
        const end = await engine.clock.drive(run.ended);
        const billedUsd = purse.costUsd(account.billed) ?? 0;
        expect(billedUsd).toBeLessThanOrEqual(capUsd + 1e-9);
        // What is counted is never less than what was charged.
        expect(purse.spentUsd).toBeGreaterThanOrEqual(billedUsd - 1e-9);
        if (end.stoppedBy) expect(end.stoppedBy).toMatchObject({ code: 'budget.exceeded', stopsRun: true });
        else if (!end.cancelled) expect(run.outcomes).toHaveLength(count);
        expect(engine.slots.taken).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('a cap that is ample changes nothing, and one that is not lets most of the money be used', async () => {
    for (const [share, most] of [
      [3, 200],
      [0.5, 110],
    ] as const) {
      const engine = simulatedEngine({ places: 10, account: {} });
      const account = new SimulatedAccount({
        clock: engine.clock,
        latencyMs: () => 1_000,
        tokensOf: () => 600,
        outputTokensOf: () => 300,
      });
      const capUsd = share * 200 * (600 * 1e-6 + 300 * 4e-6);
      const purse = new Purse({ capUsd, price: PRICE });
      const run = simulatedRun(engine, {
        units: unitsFrom0(200),
        purse,
        call: ({ payload }, _prepared, { maxOutputTokens }, signal) => account.call(payload, signal, maxOutputTokens),
      });
      await engine.clock.drive(run.ended);
      expect(run.outcomes.length).toBeLessThanOrEqual(most);
      expect(purse.spentUsd).toBeGreaterThan(0.95 * Math.min(capUsd, capUsd / share));
    }
  });
});
