import type { RunMetrics, RunStep } from '../contract/run.ts';
import type { DispatchCounts } from './dispatch-options.ts';

export interface MetricsInput {
  wallMs: number;
  /** What each image that was read took, ms. */
  imageMs: readonly number[];
  /** Images that ended, and how many of them well. */
  ended: number;
  succeeded: number;
  counts: DispatchCounts;
  /** Images with the same bytes as another of the run. */
  duplicates: number;
  workers: RunMetrics['workers'];
  costUsd: number | null;
  peakMemoryMb: number;
  /** Of a run of a video; missing for any other. */
  steps?: RunStep[];
}

export function runMetrics(input: MetricsInput): RunMetrics {
  const { wallMs, imageMs, counts } = input;
  const sequentialEstimateMs = imageMs.reduce((sum, ms) => sum + ms, 0);
  return {
    wallMs: Math.round(wallMs),
    sequentialEstimateMs: Math.round(sequentialEstimateMs),
    speedup: wallMs > 0 ? round(sequentialEstimateMs / wallMs, 2) : 0,
    successRate: input.ended > 0 ? round(input.succeeded / input.ended, 4) : 0,
    imagesPerMinute: wallMs > 0 ? round((input.ended * 60_000) / wallMs, 1) : 0,
    perImageMs: percentiles(imageMs),
    workers: { ...input.workers, utilisation: round(input.workers.utilisation, 3) },
    calls: {
      made: counts.made,
      succeeded: counts.succeeded,
      retried: counts.retried,
      hedged: counts.hedged,
      refused: counts.refused,
      cached: counts.cached + input.duplicates,
    },
    tokens: { input: counts.tokens.input, output: counts.tokens.output },
    costUsd: input.costUsd,
    peakMemoryMb: Math.round(input.peakMemoryMb),
    ...(input.steps && { steps: input.steps }),
  };
}

function percentiles(values: readonly number[]): RunMetrics['perImageMs'] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
