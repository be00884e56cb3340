import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import { PauseGate } from '../engine/pause-gate.ts';
import type { ImageOutcome, RunnerEnd } from '../runs/analysis-runner.ts';
import { ParallelGeminiService } from './parallel-gemini.service.ts';

const CRASHING_WORKER = new URL('../../test/support/crashing-worker.ts', import.meta.url);

describe('ParallelGeminiService with threads that die', () => {
  let directory: string;
  let service: ParallelGeminiService;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'contactsheet-pool-'));
    service = new ParallelGeminiService({
      // Many calls in one thread, so that a thread that dies takes some with it.
      model: { kind: 'gemini', apiKey: 'not-used', baseUrl: null, model: 'not-used' },
      maxInFlight: 6,
      workerFile: CRASHING_WORKER,
      heapLimitMb: 64,
    });
  });

  afterEach(async () => {
    await service.close();
    await rm(directory, { recursive: true });
  });

  async function analyse(
    names: readonly string[],
    settings: Partial<Settings> = {},
    stop = new AbortController(),
  ): Promise<{ end: RunnerEnd; outcomes: ImageOutcome[] }> {
    const outcomes: ImageOutcome[] = [];
    const end = await service.analyse({
      analysis: 'shows',
      mode: 'parallel',
      context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
      settings: { ...DEFAULT_SETTINGS, ...settings },
      images: names.map((name, position) => ({ position, imageId: `img_${position}`, name, path: '' })),
      answersNotBefore: 0,
      spent: { input: 0, output: 0 },
      wantsFingerprints: false,
      gate: new PauseGate(),
      signal: stop.signal,
      onOutcome: (outcome) => outcomes.push(outcome),
    });
    return { end, outcomes: outcomes.sort((a, b) => a.position - b.position) };
  }

  it('replaces a thread that called process.exit() and tries its images again', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `image ${index}`);
    names[7] = `exit-once:${join(directory, 'a')}`;
    names[21] = `exit-once:${join(directory, 'b')}`;
    const { end, outcomes } = await analyse(names);
    expect(outcomes.map(({ failure }) => failure)).toEqual(names.map(() => null));
    expect(end.workers.restarts).toBe(2);
    expect(end.mode).toBe('parallel');
    expect(end.notices).toEqual([]);
  });

  it('survives a thread that runs out of memory: that image fails, all others are read', async () => {
    const { end, outcomes } = await analyse(['a', 'b', 'memory', 'c', 'd', 'e'], { maxRetries: 1 });
    expect(outcomes.filter(({ failure }) => failure === null)).toHaveLength(5);
    expect(outcomes[2]?.failure).toMatchObject({ code: 'worker.crashed', retryable: true });
    expect(end.workers.restarts).toBeGreaterThanOrEqual(2);
  });

  it('shrinks when threads keep dying, and at last works one after another and says so', async () => {
    const { end, outcomes } = await analyse(
      Array.from({ length: 8 }, () => 'exit'),
      { maxConcurrentWorkers: 2, maxRetries: 3 },
    );
    expect(outcomes.every(({ failure }) => failure?.code === 'worker.crashed')).toBe(true);
    expect(outcomes).toHaveLength(8);
    expect(end.mode).toBe('sequential');
    expect(end.notices.join(' ')).toMatch(/one image after another/);
  });

  it('is whole again for the next run', async () => {
    await analyse(
      Array.from({ length: 8 }, () => 'exit'),
      { maxConcurrentWorkers: 2 },
    );
    const { end, outcomes } = await analyse(['a', 'b', 'c'], { maxConcurrentWorkers: 2 });
    expect(outcomes.every(({ failure }) => failure === null)).toBe(true);
    expect(end).toMatchObject({ mode: 'parallel', notices: [], workers: { configured: 2, restarts: 0 } });
  });

  it('a cancel stops what is under way within 100 ms', async () => {
    await service.warmUp(DEFAULT_SETTINGS);
    const stop = new AbortController();
    let stoppedAt = 0;
    setTimeout(() => {
      stoppedAt = performance.now();
      stop.abort();
    }, 500);
    const { end } = await analyse(['slow', 'slow', 'a'], {}, stop);
    expect(end.cancelled).toBe(true);
    expect(performance.now() - stoppedAt).toBeLessThan(100);
  });

  it('a script that cannot load is found out at once, not by hanging', async () => {
    const broken = new ParallelGeminiService({
      model: { kind: 'local' },
      maxInFlight: null,
      workerFile: new URL('./no-such-worker.ts', import.meta.url),
    });
    const startedAt = performance.now();
    await expect(broken.warmUp(DEFAULT_SETTINGS)).rejects.toThrow(/thread/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    // Nor are threads started for ever that nobody asked for.
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(300);
    await broken.close();
  });
});
