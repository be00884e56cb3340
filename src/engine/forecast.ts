import type { Budget } from './budget/budget.ts';

export interface ForecastInput {
  /** Units whose call has not begun. */
  queued: number;
  /** Ages of the calls under way, ms. */
  underWayMs: readonly number[];
  /** Of a call, estimated. */
  inputTokens: number;
  /** Calls of this run that may be under way at once. */
  slots: number;
  /** What calls take. */
  latency: { meanMs: number; quantileMs: (share: number) => number | null };
  /** Null where no account limits the calls. */
  budget: Budget | null;
  now: number;
  /** Work on answers beside the calls, in places of its own; missing for none. */
  finishing?: { units: number; eachMs: number; places: number } | null;
}

/**
 * When the run will have ended, going by what binds it: the account's limits (when may the last call begin?), the slots
 * (when is there a place for it?), and how long the slowest of the last calls takes.
 *
 * @returns ms from now
 */
export function remainingMs(input: ForecastInput): number {
  const { finishing } = input;
  if (!finishing || finishing.units === 0) return remainingOfCallsMs(input);
  // It goes on while calls are under way, so the longer of the two counts; the last answer's own part begins early, too.
  const workMs = (finishing.units * finishing.eachMs) / Math.max(1, finishing.places);
  return Math.max(remainingOfCallsMs(input), workMs);
}

function remainingOfCallsMs(input: ForecastInput): number {
  const { queued, underWayMs, slots, latency, budget, now, inputTokens } = input;
  const { meanMs } = latency;
  if (queued === 0 && underWayMs.length === 0) return 0;
  const bound = Math.max(1, slots);
  const leftOfUnderWayMs = underWayMs.reduce((sum, ms) => sum + Math.max(meanMs - ms, meanMs * 0.2), 0);
  const free = Math.max(0, bound - underWayMs.length);
  const byAccount = queued > 0 ? Math.max(0, (budget?.lastAt(now, queued, inputTokens) ?? now) - now) : 0;
  const bySlots = queued > free ? (leftOfUnderWayMs + (queued - free) * meanMs) / bound - meanMs / 2 : 0;
  const lastBeginsMs = Math.max(byAccount, bySlots, 0);
  // Of the calls that are under way at the end, the slowest ends last.
  const last = Math.max(1, Math.min(bound, queued + underWayMs.length, callsIn(meanMs, queued, lastBeginsMs) + 1));
  const slowestMs = latency.quantileMs(1 - 1 / (last + 1)) ?? latency.quantileMs(0.95) ?? meanMs * 2;
  if (queued > 0) return lastBeginsMs + Math.max(meanMs, slowestMs - (byAccount > bySlots ? meanMs / 2 : 0));
  return Math.max(meanMs * 0.1, slowestMs - Math.min(...underWayMs));
}

/** How many calls begin within the time that one takes. */
function callsIn(meanMs: number, calls: number, overMs: number): number {
  return overMs > meanMs ? Math.ceil((calls * meanMs) / overMs) : calls;
}
