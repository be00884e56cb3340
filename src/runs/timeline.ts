import { CALL_ENDS, CALL_KINDS, type RunTimeline, type TimelineCall } from '../contract/timeline.ts';
import { HOLDS } from '../engine/observer.ts';
import { adviceOf, type Conditions } from '../observability/advice.ts';
import { MOST_CALLS } from './call-log.ts';
import { withLanes } from './lanes.ts';
import type { TimelinePart } from './timeline-store.ts';

type Bar = Omit<TimelineCall, 'lane'>;

/** The picture of a run from what was kept of it: its lives one after another, as if nothing had been between them. */
export function timelineOf(
  runId: string,
  parts: readonly TimelinePart[],
  names: ReadonlyMap<number, string>,
): RunTimeline {
  const bars: Bar[] = [];
  let dropped = 0;
  let sequentialMs = 0;
  let offsetMs = 0;
  for (const life of livesOf(parts)) {
    const threads = numbersOf(life);
    let endMs = 0;
    for (const part of life) {
      dropped += part.dropped;
      sequentialMs += part.sequentialMs;
      endMs = Math.max(endMs, part.untilMs);
      for (const [position, thread, fromMs, toMs, kind, outcome, code] of part.calls) {
        endMs = Math.max(endMs, toMs);
        bars.push({
          position,
          image: names.get(position) ?? '',
          thread: thread === null ? null : (threads.get(thread) ?? null),
          startMs: offsetMs + fromMs,
          endMs: offsetMs + toMs,
          kind: CALL_KINDS[kind] ?? 'call',
          outcome: CALL_ENDS[outcome] ?? 'failed',
          code,
        });
      }
    }
    offsetMs += endMs;
  }
  const calls = withLanes(bars.slice(0, MOST_CALLS));
  return {
    runId,
    wallMs: offsetMs,
    calls,
    dropped: dropped + Math.max(0, bars.length - MOST_CALLS),
    sequentialMs,
    parallelMs: parts.reduce((sum, { conditions }) => sum + conditions.spanMs, 0),
    advice: parts.length > 0 ? adviceOf(conditionsOf(parts, calls)) : [],
  };
}

/** Parts of one life stand together, in the order of their lives. */
function livesOf(parts: readonly TimelinePart[]): TimelinePart[][] {
  const lives = new Map<number, TimelinePart[]>();
  for (const part of parts) lives.set(part.lifeAt, [...(lives.get(part.lifeAt) ?? []), part]);
  return [...lives.values()];
}

/** The platform counts threads over all that there ever were; people count those of the pool, from 1. */
function numbersOf(life: readonly TimelinePart[]): Map<number, number> {
  const seen = new Set<number>();
  for (const { calls } of life) for (const [, thread] of calls) if (thread !== null) seen.add(thread);
  return new Map([...seen].sort((a, b) => a - b).map((thread, index) => [thread, index + 1]));
}

function conditionsOf(parts: readonly TimelinePart[], calls: readonly TimelineCall[]): Conditions {
  const last = parts.at(-1)?.conditions;
  const sum = (of: (conditions: TimelinePart['conditions']) => number) =>
    parts.reduce((total, { conditions }) => total + of(conditions), 0);
  const heldMs = { slots: 0, requests: 0, inputTokens: 0, overload: 0 };
  for (const by of HOLDS) heldMs[by] = sum((conditions) => conditions.heldMs[by]);
  const spanMs = sum((conditions) => conditions.spanMs);
  const busyMs = sum((conditions) => conditions.busyShare * conditions.spanMs);
  return {
    spanMs,
    heldMs,
    readsHere: last?.readsHere ?? false,
    isSequential: last?.isSequential ?? false,
    threads: last?.threads ?? 0,
    busyShare: spanMs > 0 ? busyMs / spanMs : 0,
    slots: last?.slots ?? 0,
    callsMade: sum((conditions) => conditions.callsMade),
    refusals: sum((conditions) => conditions.refusals),
    callMs: medianMs(calls),
    requestsAllowed: last?.requestsAllowed ?? null,
    inputTokensAllowed: last?.inputTokensAllowed ?? null,
    isMoneySpent: last?.isMoneySpent ?? false,
  };
}

function medianMs(calls: readonly TimelineCall[]): number | null {
  const lengths = calls
    .filter(({ outcome, kind }) => outcome === 'succeeded' && kind !== 'cached')
    .map(({ startMs, endMs }) => endMs - startMs)
    .sort((a, b) => a - b);
  return lengths[Math.floor((lengths.length - 1) / 2)] ?? null;
}
