/** One second of the process. Counts and dollars are totals since its start. */
export interface PerformanceSample {
  at: string;
  imagesPerMinute: number;
  callsUnderWay: number;
  slots: number;
  quota: {
    requestsPerMinute: { used: number; allowed: number | null };
    inputTokensPerMinute: { used: number; allowed: number | null };
  };
  latencyMs: { p50: number | null; p95: number | null };
  refusals: number;
  cacheHits: number;
  callsMade: number;
  costUsd: number;
  queued: number;
  /** `busyShare` 0..1 */
  workers: { count: number; busyShare: number };
  memoryMb: number;
  eventLoopDelayMs: number;
}

export type AdviceCode =
  'quotaBinds' | 'tokensBind' | 'slotsBind' | 'threadsBind' | 'latencyBinds' | 'refusals' | 'idle' | 'moneyBinds';

/** What to do, or why nothing helps. `text` is English; the client has both languages by code. */
export interface Advice {
  code: AdviceCode;
  values: Record<string, string | number>;
  text: string;
}

export interface Performance {
  /** The last ten minutes, one a second at most, oldest first. */
  samples: PerformanceSample[];
  advice: Advice[];
}
