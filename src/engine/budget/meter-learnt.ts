/** How an account counts: at most so much in any window, or a bucket that refills steadily and holds a burst. */
export type MeterKind = 'unknown' | 'window' | 'bucket';

/** What was found out about one limit: plain data, kept for the next run. */
export interface MeterLearnt {
  /** In a window (a minute); null where it is not known. */
  limit: number | null;
  kind: MeterKind;
  /** What a bucket holds when it is full; null where it is not known. */
  burst: number | null;
  /** The limit was worked out from refusals, not said by the service. */
  isEstimated: boolean;
}

export const NOTHING_LEARNT: MeterLearnt = { limit: null, kind: 'unknown', burst: null, isEstimated: false };

/** What a refusal says of the meter it is about. */
export interface Refusal {
  /** ms until it would be let in; null where the service does not say. */
  waitMs: number | null;
  /** The limit, where the service says it. */
  limit: number | null;
}

export interface MeterOptions {
  /** ms; 60,000, shorter where a simulation or a benchmark scales its minute. */
  windowMs: number;
  /** The limit that the person says the key has; null for one to be learnt. */
  told: number | null;
  learnt: MeterLearnt;
  /** By what share the cost of one call may turn out larger than it was thought; 0 where it is known. */
  slackShare: number;
}
