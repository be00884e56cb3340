import type { Budget } from './budget/budget.ts';
import type { ExpectedLatency } from './expected-latency.ts';

export interface TimeLeft {
  ms: number;
  /** Nobody has said what the account allows, nor has it refused anything yet: it may take longer. */
  isAtLeast: boolean;
}

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
  latency: ExpectedLatency;
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
  if (queued === 0) return endOfUnderWayMs(underWayMs, latency);
  const bound = Math.max(1, slots);
  const leftOfUnderWayMs = underWayMs.reduce((sum, ms) => sum + Math.max(meanMs - ms, meanMs * 0.2), 0);
  const free = Math.max(0, bound - underWayMs.length);
  const byAccount = Math.max(0, (budget?.lastAt(now, queued, inputTokens) ?? now) - now);
  const bySlots = queued > free ? (leftOfUnderWayMs + (queued - free) * meanMs) / bound - meanMs / 2 : 0;
  const lastBeginsMs = Math.max(byAccount, bySlots);
  // Of the calls that are under way at the end, the slowest ends last.
  const last = Math.max(1, Math.min(bound, queued + underWayMs.length, callsIn(meanMs, queued, lastBeginsMs) + 1));
  const slowestMs = latency.quantileMs(1 - 1 / (last + 1));
  return lastBeginsMs + Math.max(meanMs, slowestMs - (byAccount > bySlots ? meanMs / 2 : 0));
}

/** Of more calls than this, some stand for all. */
const ENOUGH_AGES = 50;
const HALVINGS = 12;

/**
 * When all of them will have ended, as likely sooner as later: when the chance of it is a half, which is the product of each
 * one's chance, given that it has not ended yet.
 */
function endOfUnderWayMs(underWayMs: readonly number[], { meanMs, quantileMs, longerThan }: ExpectedLatency): number {
  const leastMs = meanMs * 0.1;
  const youngestMs = Math.min(...underWayMs);
  const each = Math.max(1, underWayMs.length / ENOUGH_AGES);
  const ages = underWayMs.filter((_, index) => index % each < 1);
  const left = ages.map((ms) => longerThan(ms));
  const allEndedWithin = (waitMs: number): number => {
    const chances = ages.map((ms, index) => 1 - longerThan(ms + waitMs) / Math.max(left[index] ?? 1, 1e-9));
    return chances.reduce((product, chance) => product * chance, 1) ** each;
  };
  // No later than where all are as young as the youngest.
  let high = quantileMs(1 - longerThan(youngestMs) / (underWayMs.length + 1)) - youngestMs;
  let low = 0;
  if (high <= leastMs || allEndedWithin(high) < 0.5) return Math.max(leastMs, high);
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (allEndedWithin(middle) < 0.5) low = middle;
    else high = middle;
  }
  return Math.max(leastMs, high);
}

/** How many calls begin within the time that one takes. */
function callsIn(meanMs: number, calls: number, overMs: number): number {
  return overMs > meanMs ? Math.ceil((calls * meanMs) / overMs) : calls;
}
