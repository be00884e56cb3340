import { greedyBound } from '../../bench/bound.ts';
import type { BudgetLearnt } from '../../src/engine/budget/budget.ts';
import type { FailureData } from '../../src/contract/coded-error.ts';
import { SimulatedAccount } from './simulated-account.ts';
import { readyAtOnce, simulatedEngine, simulatedRun, unitsFrom0 } from './simulated-run.ts';
import type { SimulatedEngine, SimulatedRun } from './simulated-run.ts';
import { seededRandom } from './seeded-random.ts';
import { admissions, type StandInLoad } from './stand-in-load.ts';
import type { QuotaLimit } from './stand-in-quota.ts';

export interface Pile {
  count?: number;
  /** Calls under way at once. */
  inFlight?: number;
  requests?: QuotaLimit | null;
  inputTokens?: QuotaLimit | null;
  /** Whether the engine is told the quotas. */
  told: boolean;
  learnt?: BudgetLearnt;
  /** Whether refusals say the limit, and the wait. */
  saysLimit?: boolean;
  saysWait?: boolean;
  seed?: number;
  /** ms until a refusal is heard. */
  refusalMs?: number;
  /** Calls arrive after 3 to 23 ms; 0 where it is false. */
  isFarAway?: boolean;
  load?: StandInLoad;
  /** Of a call, as the engine estimates it. */
  estimatedTokens?: number;
  /** Calls a minute that somebody else makes. */
  othersPerMinute?: number;
  /** Called every second. */
  onSecond?: (engine: SimulatedEngine, run: SimulatedRun) => void;
}

export interface PileRead {
  tookMs: number;
  boundMs: number;
  /** To what somebody needs who knows the account's rules and is never late. */
  ratio: number;
  refused: number;
  /** Of the units. */
  refusedShare: number;
  lost: number;
  pausedBy: FailureData | null;
  /** Without the usage: as for a run that comes an hour later. */
  learnt: BudgetLearnt;
}

/** The issue's: lognormal with median 2 s, 0.5 % of calls 25 s slower. */
export const SLOW_SERVICE: StandInLoad = {
  latency: { medianMs: 2_000, sigma: 0.5 },
  stragglers: { share: 0.005, addMs: 25_000 },
  inputTokens: { mean: 600, spread: 0.2 },
};

/** Reads a pile on a simulated account, and says how it went beside the best there can be. */
export async function pileOnAccount(pile: Pile): Promise<PileRead> {
  const { count = 1_382, inFlight = 300, requests = null, inputTokens = null, told, seed = 1 } = pile;
  const load = { ...(pile.load ?? SLOW_SERVICE), seed };
  const engine = simulatedEngine({
    places: inFlight,
    isAdaptive: true,
    hasBreaker: true,
    account: {
      told: {
        requests: told ? (requests?.amount ?? null) : null,
        inputTokens: told ? (inputTokens?.amount ?? null) : null,
      },
      ...(pile.learnt ? { learnt: pile.learnt } : {}),
    },
  });
  const { clock } = engine;
  const next = admissions(load);
  const conditions = Array.from({ length: count * 2 }, next);
  const distance = seededRandom(seed + 7);
  const { isFarAway = true } = pile;
  const account = new SimulatedAccount({
    clock,
    ...(requests ? { requests } : {}),
    ...(inputTokens ? { inputTokens } : {}),
    latencyMs: (admitted) => conditions[admitted]?.latencyMs ?? 0,
    tokensOf: (unit) => conditions[unit]?.inputTokens ?? 0,
    refusalMs: pile.refusalMs ?? 20,
    saysLimit: pile.saysLimit ?? true,
    saysWait: pile.saysWait ?? true,
    delayMs: () => (isFarAway ? 3 + 20 * distance() : 0),
  });
  const run = simulatedRun(engine, {
    units: unitsFrom0(count),
    prepare: readyAtOnce(pile.estimatedTokens ?? 500),
    call: ({ payload }, _prepared, _terms, signal) => account.call(payload, signal),
  });
  const over = new AbortController();
  if (pile.othersPerMinute) void useElsewhere(account, engine, pile.othersPerMinute, over.signal);
  if (pile.onSecond) void eachSecond(() => pile.onSecond?.(engine, run), engine, over.signal);
  const end = await clock.drive(run.ended);
  over.abort();
  const bound = greedyBound({ count, inFlight, requests, inputTokens, next: admissions(load), timeoutMs: Infinity });
  const tookMs = clock.now();
  return {
    tookMs,
    boundMs: bound.totalMs,
    ratio: tookMs / bound.totalMs,
    refused: account.refused,
    refusedShare: account.refused / count,
    lost: count - run.outcomes.filter(({ ok }) => ok).length,
    pausedBy: end.pausedBy,
    learnt: { ...(engine.budget?.learnt(tookMs) as BudgetLearnt), usage: [] },
  };
}

async function useElsewhere(
  account: SimulatedAccount,
  { clock }: SimulatedEngine,
  perMinute: number,
  signal: AbortSignal,
): Promise<void> {
  const random = seededRandom(5);
  while (!signal.aborted) {
    await clock.sleep((-Math.log(1 - random()) * 60_000) / perMinute, signal);
    account.useElsewhere(600);
  }
}

async function eachSecond(tick: () => void, { clock }: SimulatedEngine, signal: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(1_000, signal);
    if (signal.aborted) return;
    tick();
  }
}
