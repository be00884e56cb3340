import type { PerformanceSample } from '../../../../src/contract/performance.ts';

/** How a line is drawn: told apart by colour and by stroke, so that neither alone is needed. */
export type LineStyle = 'main' | 'second' | 'limit';

export interface ChartLine {
  /** Of the text that names it. */
  key: string;
  style: LineStyle;
  of(sample: PerformanceSample): number | null;
}

export interface Chart {
  key: string;
  unit: 'count' | 'perMinute' | 'ms' | 'money' | 'share' | 'mb';
  lines: ChartLine[];
}

/** Every chart of the page, in its order. */
export const CHARTS: readonly Chart[] = [
  {
    key: 'images',
    unit: 'perMinute',
    lines: [{ key: 'images', style: 'main', of: (sample) => sample.imagesPerMinute }],
  },
  {
    key: 'calls',
    unit: 'count',
    lines: [
      { key: 'underWay', style: 'main', of: (sample) => sample.callsUnderWay },
      { key: 'slots', style: 'limit', of: (sample) => sample.slots },
    ],
  },
  {
    key: 'latency',
    unit: 'ms',
    lines: [
      { key: 'p50', style: 'main', of: (sample) => sample.latencyMs.p50 },
      { key: 'p95', style: 'second', of: (sample) => sample.latencyMs.p95 },
    ],
  },
  {
    key: 'requests',
    unit: 'perMinute',
    lines: [
      { key: 'used', style: 'main', of: (sample) => sample.quota.requestsPerMinute.used },
      { key: 'allowed', style: 'limit', of: (sample) => sample.quota.requestsPerMinute.allowed },
    ],
  },
  {
    key: 'tokens',
    unit: 'perMinute',
    lines: [
      { key: 'used', style: 'main', of: (sample) => sample.quota.inputTokensPerMinute.used },
      { key: 'allowed', style: 'limit', of: (sample) => sample.quota.inputTokensPerMinute.allowed },
    ],
  },
  {
    key: 'answers',
    unit: 'count',
    lines: [
      { key: 'refusals', style: 'main', of: (sample) => sample.refusals },
      { key: 'cacheHits', style: 'second', of: (sample) => sample.cacheHits },
    ],
  },
  { key: 'cost', unit: 'money', lines: [{ key: 'cost', style: 'main', of: (sample) => sample.costUsd }] },
  {
    key: 'workers',
    unit: 'share',
    lines: [
      { key: 'busy', style: 'main', of: (sample) => (sample.workers.count === 0 ? null : sample.workers.busyShare) },
    ],
  },
  { key: 'queue', unit: 'count', lines: [{ key: 'queued', style: 'main', of: (sample) => sample.queued }] },
  { key: 'memory', unit: 'mb', lines: [{ key: 'memory', style: 'main', of: (sample) => sample.memoryMb }] },
  {
    key: 'eventLoop',
    unit: 'ms',
    lines: [{ key: 'delay', style: 'main', of: (sample) => sample.eventLoopDelayMs }],
  },
];

/** Samples further apart than this are not joined by a line: nothing is known of the time between. */
const GAP_SECONDS = 5;

/**
 * The columns that uPlot draws: seconds since 1970, then each line's values. Where samples are missing, a point without a
 * value parts the line.
 */
export function columnsOf(
  samples: readonly PerformanceSample[],
  lines: readonly ChartLine[],
): [number[], ...(number | null)[][]] {
  const seconds: number[] = [];
  const values: (number | null)[][] = lines.map(() => []);
  for (const sample of samples) {
    const at = Date.parse(sample.at) / 1_000;
    const before = seconds.at(-1);
    if (before !== undefined && at - before > GAP_SECONDS) {
      seconds.push(before + 1);
      for (const column of values) column.push(null);
    }
    seconds.push(at);
    for (const [index, line] of lines.entries()) values[index]?.push(line.of(sample));
  }
  return [seconds, ...values];
}

export interface LineSummary {
  now: number | null;
  least: number | null;
  most: number | null;
}

/** What a line says, for those who do not see it. */
export function summaryOf(samples: readonly PerformanceSample[], line: ChartLine): LineSummary {
  const values = samples.flatMap((sample) => line.of(sample) ?? []);
  const last = samples.at(-1);
  return {
    now: last === undefined ? null : line.of(last),
    least: values.length === 0 ? null : values.reduce((least, value) => Math.min(least, value)),
    most: values.length === 0 ? null : values.reduce((most, value) => Math.max(most, value)),
  };
}
