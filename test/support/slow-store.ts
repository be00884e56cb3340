import type { RunStore } from '../../src/runs/run-store.ts';

/** A store that takes its time over every write, as one across a network does: what is done meanwhile shows. */
export function slowStore(store: RunStore, delayMs: number): RunStore {
  const wait = () => new Promise((resolve) => setTimeout(resolve, delayMs));
  return {
    ...store,
    get: (runId) => wait().then(() => store.get(runId)),
    update: (runId, patch) => wait().then(() => store.update(runId, patch)),
    lastEventSeq: (runId) => wait().then(() => store.lastEventSeq(runId)),
    checkpoint: (...args) => wait().then(() => store.checkpoint(...args)),
  };
}
