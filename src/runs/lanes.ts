/** A bar in a picture of time. */
export interface LaneBar {
  thread: number | null;
  startMs: number;
  endMs: number;
}

/**
 * Gives each bar a lane, from 0, so that none overlaps another one of its lane: the lanes of one thread stand together, in
 * the order of the threads, those of no thread last. The bars come back in the order of their beginning.
 */
export function withLanes<Bar extends LaneBar>(bars: readonly Bar[]): (Bar & { lane: number })[] {
  const inOrder = [...bars].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const lanesOf = new Map<number, number[]>();
  const placed = inOrder.map((bar) => {
    const thread = bar.thread ?? Infinity;
    const endsMs = lanesOf.get(thread) ?? [];
    lanesOf.set(thread, endsMs);
    const free = endsMs.findIndex((endMs) => endMs <= bar.startMs);
    const lane = free < 0 ? endsMs.length : free;
    endsMs[lane] = bar.endMs;
    return { bar, thread, lane };
  });
  const firstOf = new Map<number, number>();
  let first = 0;
  for (const thread of [...lanesOf.keys()].sort((a, b) => a - b)) {
    firstOf.set(thread, first);
    first += lanesOf.get(thread)?.length ?? 0;
  }
  return placed.map(({ bar, thread, lane }) => ({ ...bar, lane: (firstOf.get(thread) ?? 0) + lane }));
}
