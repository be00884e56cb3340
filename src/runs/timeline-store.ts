import type { Conditions } from '../observability/advice.ts';

/**
 * One call as it is kept: `[position, thread, startMs, endMs, kind, outcome, code]`; times from the beginning of its life,
 * kind and outcome as places in `CALL_KINDS` and `CALL_ENDS`.
 */
export type KeptCall = [
  position: number,
  thread: number | null,
  startMs: number,
  endMs: number,
  kind: number,
  outcome: number,
  code: string | null,
];

/** The calls that ended since the part before. A run has one life for each time that a process began or resumed it. */
export interface TimelinePart {
  /** When this life began, epoch ms: parts with the same one follow each other. */
  lifeAt: number;
  /** What it reaches up to, ms from the beginning of the life. */
  untilMs: number;
  calls: KeptCall[];
  /** Calls that found no room any more. */
  dropped: number;
  /** What all calls but second ones for slow ones took, those that found no room too. */
  sequentialMs: number;
  /** Without the median of the calls, which is worked out from them. */
  conditions: Omit<Conditions, 'callMs'>;
}

/** Where the calls of runs are kept. Implemented by `storage/`. */
export interface TimelineStore {
  /** Adds what is new of a run. */
  add(runId: string, part: TimelinePart): Promise<void>;
  /** All parts of a run in the order they were added, and the names of its images by position. */
  read(runId: string): Promise<{ parts: TimelinePart[]; names: ReadonlyMap<number, string> }>;
}
