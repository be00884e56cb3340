import { z } from 'zod';
import type { Same } from './schemas.ts';

/** How the server does at one moment. Totals are since the start of the process. */
export interface PerformanceSample {
  /** RFC 3339 */
  at: string;
  /** Images that ended in the last minute, well or not. */
  imagesPerMinute: number;
  callsUnderWay: number;
  slots: number;
  /** What the account was asked for in the last minute, and what it allows; `allowed` is null where that is not known. */
  quota: {
    requestsPerMinute: { used: number; allowed: number | null };
    inputTokensPerMinute: { used: number; allowed: number | null };
  };
  /** Of the calls that the model answered in the last minute, within 4 of 100; null where there was none. */
  latencyMs: { p50: number | null; p95: number | null };
  refusals: number;
  cacheHits: number;
  callsMade: number;
  costUsd: number;
  /** Images that wait. */
  queued: number;
  /** `busyShare`: 0..1, of the time since the sample before. */
  workers: { count: number; busyShare: number };
  memoryMb: number;
  /** The longest but one of 100 that an event had to wait for the main thread since the sample before. */
  eventLoopDelayMs: number;
}

export const ADVICE_CODES = [
  'quotaBinds',
  'tokensBind',
  'slotsBind',
  'threadsBind',
  'latencyBinds',
  'refusals',
  'idle',
  'moneyBinds',
] as const;
export type AdviceCode = (typeof ADVICE_CODES)[number];

/** What holds the reading up, and what would help. `text` is English; `values` are the numbers in it. */
export interface Advice {
  code: AdviceCode;
  values: Record<string, string | number>;
  text: string;
}

export interface Performance {
  /** Of the last ten minutes, one a second at most, oldest first. None of times in which nothing went on. */
  samples: PerformanceSample[];
  advice: Advice[];
}

const count = z.int().min(0);
const amount = z.number().min(0);
const quotaUse = z.object({ used: amount, allowed: amount.nullable().describe('null where it is not known') });

export const performanceSampleSchema = z.object({
  at: z.iso.datetime(),
  imagesPerMinute: count,
  callsUnderWay: count,
  slots: count,
  quota: z.object({ requestsPerMinute: quotaUse, inputTokensPerMinute: quotaUse }),
  latencyMs: z.object({ p50: amount.nullable(), p95: amount.nullable() }),
  refusals: count,
  cacheHits: count,
  callsMade: count,
  costUsd: amount,
  queued: count,
  workers: z.object({ count, busyShare: z.number().min(0).max(1) }),
  memoryMb: amount,
  eventLoopDelayMs: amount,
});

export const adviceSchema = z.object({
  code: z.enum(ADVICE_CODES),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});

export const performanceSchema = z.object({
  samples: z.array(performanceSampleSchema),
  advice: z.array(adviceSchema),
});

const schemaMatches: Same<z.infer<typeof performanceSchema>, Performance> = true;
void schemaMatches;
