import type { RunState } from '../../../src/contract/run.ts';

/** How the state of a run is coloured. Never the only sign of it: the word stands beside. */
export const RUN_COLOURS: Readonly<Record<RunState, string>> = {
  queued: 'var(--mantine-color-dimmed)',
  running: 'var(--mantine-color-text)',
  paused: 'var(--notice)',
  completed: 'var(--good)',
  cancelled: 'var(--mantine-color-dimmed)',
  failed: 'var(--bad)',
};
