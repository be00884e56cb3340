import { Breaker } from '../../src/engine/breaker.ts';
import { Budget, NEW_ACCOUNT, type BudgetOptions } from '../../src/engine/budget/budget.ts';
import { CallGate } from '../../src/engine/call-gate.ts';
import type { DispatchEnd, DispatchOptions } from '../../src/engine/dispatch-options.ts';
import { Dispatch } from '../../src/engine/dispatcher.ts';
import { NO_OBSERVER } from '../../src/engine/observer.ts';
import { PauseGate } from '../../src/engine/pause-gate.ts';
import { Purse } from '../../src/engine/purse.ts';
import { Slots } from '../../src/engine/slots.ts';
import type { Outcome, Preparer, Unit } from '../../src/engine/unit.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { seededRandom } from './seeded-random.ts';

type RunOptions = DispatchOptions<number, number, number>;

export interface SimulatedEngineOptions {
  clock?: SimulatedClock;
  /** Calls under way at most. */
  places?: number;
  /** Whether the places adapt to what the service bears. */
  isAdaptive?: boolean;
  hasBreaker?: boolean;
  /** Without it nothing but the places limits the calls. */
  account?: Partial<Omit<BudgetOptions, 'now'>> | null;
}

/** What all runs of a process share, in simulated time. */
export interface SimulatedEngine {
  clock: SimulatedClock;
  slots: Slots;
  budget: Budget | null;
  gate: CallGate;
}

export function simulatedEngine(options: SimulatedEngineOptions = {}): SimulatedEngine {
  const { clock = new SimulatedClock(), places = 4, isAdaptive = false, hasBreaker = false, account = null } = options;
  const told = { requests: null, inputTokens: null };
  const budget = account && new Budget({ told, learnt: NEW_ACCOUNT, ...account, now: clock.now() });
  const slots = new Slots({ max: places, start: places, isAdaptive });
  const gate = new CallGate({ slots, budget, breaker: hasBreaker ? new Breaker() : null, clock });
  return { clock, slots, budget, gate };
}

export interface SimulatedRun {
  dispatch: Dispatch<number, number, number>;
  /** In the order of ending. */
  outcomes: Outcome<number, number>[];
  /** To be driven by the clock. */
  ended: Promise<DispatchEnd>;
}

/** Units with the numbers from 0 on. */
export function unitsFrom0(count: number, groupOf?: (unit: number) => string): Unit<number>[] {
  return Array.from({ length: count }, (_, payload) => ({
    id: String(payload),
    payload,
    ...(groupOf ? { group: groupOf(payload) } : {}),
  }));
}

/** Ready at once. */
export function readyAtOnce(inputTokens: number, sizeBytes = 1): Preparer<number, number, number> {
  return (units) =>
    Promise.resolve(
      units.map(({ payload }) => ({ kind: 'ready', ms: 0, prepared: payload, sizeBytes, inputTokens }) as const),
    );
}

/** Begins a run of the engine; what is not said is as simple as can be. */
export function simulatedRun(
  { clock, gate }: SimulatedEngine,
  options: Pick<RunOptions, 'units' | 'call'> & Partial<RunOptions> & { maxRetries?: number },
): SimulatedRun {
  const { onOutcome, maxRetries = 3, ...rest } = options;
  const outcomes: Outcome<number, number>[] = [];
  const dispatch = new Dispatch<number, number, number>({
    prepare: readyAtOnce(500),
    gate,
    pause: new PauseGate(),
    purse: new Purse({ capUsd: null, price: null }),
    limit: Infinity,
    ahead: { units: 400, bytes: 64 * 2 ** 20, atOnce: 4 },
    retry: { maxRetries, baseMs: 500, capMs: 20_000 },
    hedging: 'off',
    clock,
    random: seededRandom(3),
    observer: NO_OBSERVER,
    signal: new AbortController().signal,
    ...rest,
    onOutcome(outcome) {
      outcomes.push(outcome);
      onOutcome?.(outcome);
    },
  });
  return { dispatch, outcomes, ended: dispatch.run() };
}
