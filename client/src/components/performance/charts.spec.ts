import { describe, expect, it } from '@jest/globals';
import type { PerformanceSample } from '../../../../src/contract/performance.ts';
import { withSamples } from '../../stores/PerformanceStore.ts';
import { CHARTS, columnsOf, summaryOf } from './charts.ts';

function sample(seconds: number, imagesPerMinute = 0): PerformanceSample {
  return {
    at: new Date(Date.UTC(2026, 10, 27) + seconds * 1_000).toISOString(),
    imagesPerMinute,
    callsUnderWay: 0,
    slots: 4,
    quota: { requestsPerMinute: { used: 0, allowed: null }, inputTokensPerMinute: { used: 0, allowed: null } },
    latencyMs: { p50: null, p95: null },
    refusals: 0,
    cacheHits: 0,
    callsMade: 0,
    costUsd: 0,
    queued: 0,
    workers: { count: 0, busyShare: 0 },
    memoryMb: 100,
    eventLoopDelayMs: 1,
  };
}
const [images] = CHARTS;
const seconds = (samples: readonly PerformanceSample[]) => samples.map(({ at }) => (Date.parse(at) / 1_000) % 86_400);

describe('the charts', () => {
  it('part a line where nothing is known of the time between', () => {
    const [at, values] = columnsOf([sample(0, 5), sample(1, 6), sample(60, 7)], images?.lines ?? []);
    expect(at.map((second) => second % 86_400)).toEqual([0, 1, 2, 60]);
    expect(values).toEqual([5, 6, null, 7]);
  });

  it('say what they show in numbers', () => {
    const line = images?.lines[0];
    expect(line && summaryOf([sample(0, 5), sample(1, 9), sample(2, 6)], line)).toEqual({ now: 6, least: 5, most: 9 });
    expect(line && summaryOf([], line)).toEqual({ now: null, least: null, most: null });
  });
});

describe('samples', () => {
  it('are those of ten minutes, each once, in their order, whatever comes first', () => {
    expect(seconds(withSamples([sample(0), sample(1)], [sample(601)]))).toEqual([601]);
    expect(seconds(withSamples([sample(0), sample(1), sample(2)], [sample(2), sample(3)]))).toEqual([0, 1, 2, 3]);
    expect(seconds(withSamples([sample(5)], [sample(4), sample(5)]))).toEqual([4, 5]);
  });
});
