import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simulatedEngine, simulatedRun, unitsFrom0 } from '../../test/support/simulated-run.ts';
import type { SimulatedClock } from '../../test/support/simulated-clock.ts';
import type { Unit } from './unit.ts';

const CALL_MS = 1_000;

/** The units from `first` on, each so long after the one before. */
async function* arriving(
  clock: SimulatedClock,
  first: number,
  gapsMs: readonly number[],
): AsyncGenerator<readonly Unit<number>[]> {
  for (const [place, gapMs] of gapsMs.entries()) {
    await clock.sleep(gapMs, new AbortController().signal);
    yield [{ id: String(first + place), payload: first + place }];
  }
}

function begin(count: number, gapsMs: readonly number[], { places = 4, stop = new AbortController() } = {}) {
  const engine = simulatedEngine({ places });
  const { clock } = engine;
  const run = simulatedRun(engine, {
    units: unitsFrom0(count),
    arriving: arriving(clock, count, gapsMs),
    signal: stop.signal,
    async call({ payload }, _prepared, _terms, signal) {
      await clock.sleep(CALL_MS, signal);
      return { ok: true, value: payload, tokens: { input: 0, output: 0 } };
    },
  });
  return { clock, run };
}

describe('units that arrive while a run goes on', () => {
  it('are asked about as they come, beside each other', async () => {
    const { clock, run } = begin(0, [100, 100, 100]);
    const startedAt = clock.now();
    await clock.drive(run.ended);
    expect(run.outcomes.map(({ unit }) => unit.payload)).toEqual([0, 1, 2]);
    expect(clock.now() - startedAt).toBe(300 + CALL_MS);
  });

  it('keep a run open that has nothing to do meanwhile', async () => {
    const { clock, run } = begin(1, [10 * CALL_MS]);
    const end = await clock.drive(run.ended);
    expect(run.outcomes).toHaveLength(2);
    expect(end).toMatchObject({ cancelled: false, stoppedBy: null, pausedBy: null });
  });

  it('that never come do not hold up a cancelled run, which says that it was', async () => {
    const stop = new AbortController();
    const { clock, run } = begin(1, [1_000_000], { stop });
    void clock.sleep(5 * CALL_MS, new AbortController().signal).then(() => stop.abort());
    const startedAt = clock.now();
    const end = await clock.drive(run.ended);
    expect(clock.now() - startedAt).toBe(5 * CALL_MS);
    expect(run.outcomes).toHaveLength(1);
    expect(end.cancelled).toBe(true);
  });

  it('end exactly once each, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(5),
        fc.array(fc.nat(3_000), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (count, gapsMs, places) => {
          const { clock, run } = begin(count, gapsMs, { places });
          await clock.drive(run.ended);
          const ended = run.outcomes.map(({ unit }) => unit.payload).sort((a, b) => a - b);
          expect(ended).toEqual(Array.from({ length: count + gapsMs.length }, (_, unit) => unit));
        },
      ),
      { numRuns: 60 },
    );
  });
});
