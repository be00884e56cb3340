/**
 * Case (g): what the engine itself costs for each unit. The service is a sleep on a simulated clock, so that nothing but the
 * engine (and the clock, whose cost for a sleep is the same at any size) takes CPU time.
 * `node bench/growth.ts` prints one line of JSON, a {@link GrowthResult}.
 */
import { Dispatch } from '../src/engine/dispatcher.ts';
import { PauseGate } from '../src/engine/pause-gate.ts';
import { Account } from '../src/engine/account.ts';
import { NO_OBSERVER } from '../src/engine/observer.ts';
import { Purse } from '../src/engine/purse.ts';
import type { CallResult } from '../src/engine/unit.ts';
import { admissions } from '../test/support/stand-in-load.ts';
import { SimulatedClock } from '../test/support/simulated-clock.ts';
import { median } from './run-contender.ts';

export interface GrowthResult {
  /** Units in one run, and CPU time of the engine for each of them, µs: the median of three. */
  sizes: { units: number; microseconds: number }[];
}

const SIZES = [100, 1_000, 10_000, 100_000];
const ROUNDS = 3;
/** Small runs are repeated until they have as many units together: one of 100 alone is over before it can be measured. */
const UNITS_A_ROUND = 50_000;
/** So few that even 100 units have to wait for a place: those that need not are cheaper, and would spoil the comparison. */
const IN_FLIGHT = 10;

/** One run of the engine over `count` units; the place to adapt where the engine's own interface changes. */
async function runEngine(count: number): Promise<number> {
  const clock = new SimulatedClock();
  const nextCall = admissions({ latency: { medianMs: 2_000, sigma: 0.5 } });
  const tokens = { input: 600, output: 100 };
  let ended = 0;
  const told = { requests: null, inputTokens: null };
  const account = new Account({ told, learnt: null, clock, epochMs: () => clock.now() });
  account.gate.slots.resize(IN_FLIGHT, IN_FLIGHT);
  const work = new Dispatch<number, number, number>({
    units: Array.from({ length: count }, (_, index) => ({ id: String(index), payload: index })),
    gate: account.gate,
    pause: new PauseGate(),
    purse: new Purse({ capUsd: null, price: null }),
    limit: Infinity,
    ahead: { units: 400, bytes: 2 ** 26, atOnce: 4 },
    hedging: 'off',
    observer: NO_OBSERVER,
    retry: { maxRetries: 3, baseMs: 500, capMs: 20_000 },
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    onOutcome(outcome) {
      if (outcome.ok) ended += 1;
    },
    prepare: (units) =>
      Promise.resolve(
        units.map(({ payload }) => ({ kind: 'ready', ms: 0, prepared: payload, sizeBytes: 1, inputTokens: 600 })),
      ),
    async call({ payload }, _prepared, _terms, signal): Promise<CallResult<number>> {
      await clock.sleep(nextCall().latencyMs, signal);
      return { ok: true, value: payload, tokens };
    },
  }).run();
  await clock.drive(work);
  return ended;
}

async function microsecondsPerUnit(count: number): Promise<number> {
  const runs = Math.max(1, Math.ceil(UNITS_A_ROUND / count));
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) {
    if ((await runEngine(count)) !== count) throw new Error('The engine lost units.');
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (runs * count);
}

// Once unmeasured, so that the first size does not pay for the compiler.
for (const units of SIZES) await microsecondsPerUnit(units);
const measured = new Map<number, number[]>(SIZES.map((units) => [units, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const units of SIZES) measured.get(units)?.push(await microsecondsPerUnit(units));
}
const sizes = [...measured].map(([units, values]) => ({ units, microseconds: median(values) }));
process.stdout.write(`${JSON.stringify({ sizes } satisfies GrowthResult)}\n`);
