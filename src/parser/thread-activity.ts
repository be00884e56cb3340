interface Interval {
  startedAt: number;
  endedAt: number;
}

/** When each thread had at least one call under way: what utilisation and the peak of busy threads are counted from. */
export class ThreadActivity {
  readonly #byThread = new Map<number, Interval[]>();

  /** Times in ms of one clock. Calls of a thread may overlap, and may be added in any order. */
  add(threadId: number, startedAt: number, endedAt: number): void {
    const intervals = this.#byThread.get(threadId) ?? [];
    const last = intervals.at(-1);
    if (last && startedAt <= last.endedAt && endedAt >= last.startedAt) {
      // Joined at once: one for each call of ten thousand would be kept until the run's end.
      last.startedAt = Math.min(last.startedAt, startedAt);
      last.endedAt = Math.max(last.endedAt, endedAt);
      return;
    }
    intervals.push({ startedAt, endedAt });
    this.#byThread.set(threadId, intervals);
  }

  /** @returns the share (0..1) of `threads` × the window in which threads were busy, and the most busy at once */
  summary(from: number, to: number, threads: number): { utilisation: number; peak: number } {
    let busyMs = 0;
    const edges: { at: number; change: 1 | -1 }[] = [];
    for (const intervals of this.#byThread.values()) {
      for (const { startedAt, endedAt } of union(intervals, from, to)) {
        busyMs += endedAt - startedAt;
        edges.push({ at: startedAt, change: 1 }, { at: endedAt, change: -1 });
      }
    }
    edges.sort((a, b) => a.at - b.at || a.change - b.change);
    let busy = 0;
    let peak = 0;
    for (const edge of edges) {
      busy += edge.change;
      peak = Math.max(peak, busy);
    }
    const window = (to - from) * threads;
    return { utilisation: window > 0 ? Math.min(1, busyMs / window) : 0, peak };
  }
}

function union(intervals: readonly Interval[], from: number, to: number): Interval[] {
  const merged: Interval[] = [];
  const sorted = intervals
    .map(({ startedAt, endedAt }) => ({ startedAt: Math.max(from, startedAt), endedAt: Math.min(to, endedAt) }))
    .filter(({ startedAt, endedAt }) => endedAt > startedAt)
    .sort((a, b) => a.startedAt - b.startedAt);
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last && interval.startedAt <= last.endedAt) last.endedAt = Math.max(last.endedAt, interval.endedAt);
    else merged.push(interval);
  }
  return merged;
}
