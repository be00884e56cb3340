import { MinHeap } from '../test/support/min-heap.ts';
import type { Admitted } from '../test/support/stand-in-load.ts';
import { quotaMeter } from '../test/support/stand-in-quota.ts';
import type { QuotaLimit, QuotaMeter } from '../test/support/stand-in-quota.ts';

export interface BoundInput {
  /** Units, each of which needs one answered call. */
  count: number;
  /** Calls under way at once. */
  inFlight: number;
  /** Requests a period. */
  requests: QuotaLimit | null;
  /** Input tokens a period. */
  inputTokens: QuotaLimit | null;
  /** What the calls meet, in the order in which they are let in. */
  next: () => Admitted;
  /** A call that takes longer is given up then, and holds its slot until then. */
  timeoutMs: number;
}

export interface Bound {
  totalMs: number;
  /** When each unit was done, in order. */
  finishedMs: number[];
  /** Calls let in: more than the units where calls failed. */
  calls: number;
}

interface UnderWay {
  endsAtMs: number;
  ok: boolean;
}

/**
 * The greedy schedule of somebody who knows the account's rules and is never late: a call goes out at the very moment a
 * slot and the quota allow it, a failed one is repeated at once, and nothing is sent twice (no hedging). In simulated time,
 * by the same meters and the same conditions by order of admission as the stand-in has.
 *
 * @throws RangeError where a call costs more tokens than the quota ever lets in
 */
export function greedyBound(input: BoundInput): Bound {
  const { count, inFlight, next, timeoutMs } = input;
  const limits = metersOf(input);
  const underWay = new MinHeap<UnderWay>((a, b) => a.endsAtMs - b.endsAtMs);
  const finishedMs: number[] = [];
  let waiting = count;
  let nowMs = 0;
  let calls = 0;
  let coming = next();

  const waitMs = (): number => {
    if (waiting === 0 || underWay.size >= inFlight) return Infinity;
    return Math.max(0, ...limits.map(({ meter, cost }) => meter.waitMs(nowMs, cost(coming))));
  };

  while (finishedMs.length < count) {
    const startsAtMs = nowMs + waitMs();
    const ending = underWay.peek();
    if (ending && ending.endsAtMs <= startsAtMs) {
      underWay.pop();
      nowMs = ending.endsAtMs;
      if (ending.ok) finishedMs.push(nowMs);
      else waiting += 1;
      continue;
    }
    if (startsAtMs === Infinity) throw new RangeError('A call costs more than the quota ever lets in.');
    nowMs = startsAtMs;
    for (const { meter, cost } of limits) meter.take(nowMs, cost(coming));
    underWay.push(courseOf(coming, nowMs, timeoutMs));
    waiting -= 1;
    calls += 1;
    coming = next();
  }
  return { totalMs: nowMs, finishedMs, calls };
}

function metersOf({ requests, inputTokens }: BoundInput): { meter: QuotaMeter; cost: (call: Admitted) => number }[] {
  return [
    ...(requests ? [{ meter: quotaMeter(requests), cost: () => 1 }] : []),
    ...(inputTokens ? [{ meter: quotaMeter(inputTokens), cost: (call: Admitted) => call.inputTokens ?? 0 }] : []),
  ];
}

function courseOf({ latencyMs, fault }: Admitted, startedAtMs: number, timeoutMs: number): UnderWay {
  const timedOut = fault === 'hang' || latencyMs > timeoutMs;
  return { endsAtMs: startedAtMs + (timedOut ? timeoutMs : latencyMs), ok: fault === null && !timedOut };
}
