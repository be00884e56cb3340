import type { EventLoopUtilization } from 'node:perf_hooks';
import type { Worker } from 'node:worker_threads';

/** What the threads had done when somebody last asked how busy they are. */
export type ThreadLoads = WeakMap<Worker, EventLoopUtilization>;

/** The share (0..1) of the time since `loads` was last brought up to date in which the threads did something, on average. */
export function busyShare(threads: readonly Worker[], loads: ThreadLoads): number {
  const shares = threads.map((thread) => {
    const now = thread.performance.eventLoopUtilization();
    const { utilization } = thread.performance.eventLoopUtilization(now, loads.get(thread) ?? undefined);
    loads.set(thread, now);
    return utilization;
  });
  return shares.length > 0 ? shares.reduce((sum, share) => sum + share, 0) / shares.length : 0;
}
