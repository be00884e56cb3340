import { statSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import type { Settings } from '../../src/contract/settings.ts';
import { PauseGate } from '../../src/engine/pause-gate.ts';
import { ParallelGeminiService } from '../../src/parser/parallel-gemini.service.ts';
import type { RunInsight } from '../../src/runs/analysis-runner.ts';
import { openKeptStore, type KeptStore } from '../../src/storage/kept-store.ts';
import { timeFactor } from '../job.ts';
import type { Contender, Job, ProgressSample, Report } from '../job.ts';
import { OURS } from './names.ts';

/** Between two samples of the estimate, ms of an unscaled minute. */
const SAMPLE_EVERY_MS = 250;

let service: ParallelGeminiService | null = null;
let kept: KeptStore | null = null;
let sizes: number[] = [];

/** Our own engine, as the server and the command line run it: threads, image work, retries, and all. */
export const ours: Contender = {
  name: OURS,

  async prepare(job) {
    // What was learnt of the account is kept, no answer is: every run asks for everything.
    kept = job.dataDir === null ? null : openKeptStore({ dataDir: job.dataDir, expireAfterMs: 0 });
    service = new ParallelGeminiService({
      model: { kind: 'gemini', apiKey: 'bench', baseUrl: job.baseUrl, model: 'gemini-2.5-flash' },
      maxInFlight: job.findsSlots ? null : job.inFlight,
      told: { requests: job.rpm, inputTokens: job.tpm },
      minuteMs: job.minuteMs,
      learnt: kept?.learnt ?? null,
    });
    // One after another: ten thousand questions at once would be this process's largest moment.
    sizes = job.units.map(({ path }) => statSync(path).size);
    await service.warmUp(settingsFor(job));
  },

  async run(job): Promise<Report> {
    if (!service) throw new Error('prepare first');
    const startedAtMs = performance.now();
    const progress: ProgressSample[] = [];
    let insight: RunInsight | null = null;
    let succeeded = 0;
    await service.analyse({
      analysis: job.analysis,
      mode: 'parallel',
      context: { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' },
      settings: settingsFor(job),
      images: job.units.map(({ path, crop }, position) => ({
        position,
        imageId: `img_${position}`,
        name: `${position}.jpg`,
        path,
        // As the server and the command line know it, from the upload or from reading the file once.
        sizeBytes: sizes[position] ?? 0,
        ...(crop ? { crop } : {}),
      })),
      answersNotBefore: 0,
      spent: { input: 0, output: 0 },
      wantsFingerprints: false,
      // No peer does this, and what is measured is calls.
      ground: false,
      gate: new PauseGate(),
      signal: new AbortController().signal,
      onStart: (started) => (insight = started),
      onOutcome({ failure }) {
        if (failure === null) succeeded += 1;
        const elapsedMs = performance.now() - startedAtMs;
        const last = progress.at(-1)?.elapsedMs ?? -Infinity;
        if (insight === null || elapsedMs - last < SAMPLE_EVERY_MS * timeFactor(job)) return;
        const { ms: remainingMs, isAtLeast } = insight.timeLeft();
        progress.push({ elapsedMs, remainingMs, isAtLeast });
      },
    });
    return { succeeded, lost: job.units.length - succeeded, progress };
  },

  async close() {
    await service?.close();
    kept?.close();
  },
};

function settingsFor(job: Job): Settings {
  return {
    ...DEFAULT_SETTINGS,
    maxConcurrentWorkers: 2,
    maxInFlight: job.findsSlots ? 'auto' : job.inFlight,
    timeoutPerImage: job.timeoutMs,
    maxRetries: job.maxRetries,
    hedging: job.hedging ? 'auto' : 'off',
  };
}
