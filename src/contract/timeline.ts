import type { Advice } from './performance.ts';

/** One call of a run; ms from the run's start. */
export interface TimelineCall {
  position: number;
  image: string;
  lane: number;
  thread: number | null;
  startMs: number;
  endMs: number;
  kind: 'call' | 'retry' | 'hedge' | 'cached';
  outcome: 'succeeded' | 'refused' | 'failed' | 'aborted';
  code: string | null;
}

/** Each call of a run, and what it took against one image after another. */
export interface RunTimeline {
  runId: string;
  wallMs: number;
  calls: TimelineCall[];
  /** Calls beyond those that are kept. */
  dropped: number;
  sequentialMs: number;
  parallelMs: number;
  advice: Advice[];
}
