import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { slowStore } from '../../test/support/slow-store.ts';
import { removeDirectory, temporaryDirectory } from '../../test/support/server.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunState } from '../contract/run.ts';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import type { PauseGate } from '../engine/pause-gate.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import { createRunStore } from '../storage/run-store.ts';
import type { AnalysisRunner, RunnerEnd, RunnerRequest, TextVectors } from './analysis-runner.ts';
import { unreadImage } from './new-image.ts';
import type { RunStore, StoredEvent, StoredImage } from './run-store.ts';
import { RunsService } from './runs.service.ts';

const IMAGES = 8;
const NO_CALLS = {
  made: 0,
  succeeded: 0,
  retried: 0,
  hedged: 0,
  refused: 0,
  cached: 0,
  tokens: { input: 0, output: 0 },
};
const DAY_IS_OVER = new CodedError('model.quotaPerDay', 'Nothing more today.', { pausesRun: { until: null } }).toData();
const NO_WORKERS = { configured: 1, peak: 1, restarts: 0, utilisation: 0 };

/** Resolves when the gate is open or the signal aborts. */
async function whenOpen(gate: PauseGate, signal: AbortSignal): Promise<void> {
  while (!gate.isOpen && !signal.aborted) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const unwatch = gate.onOpen(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    unwatch();
  }
}

/** Reads one image after another, each in 40 ms, as the real one does: through the gate, until it is stopped. */
class SteadyRunner implements AnalysisRunner {
  read: number[] = [];
  failWith: CodedError | null = null;
  /** After so many images the account allows nothing more. */
  pauseAfter = Infinity;
  signal: AbortSignal | null = null;

  modelFor(): string {
    return 'steady';
  }

  async run({ images, gate, signal, onOutcome }: RunnerRequest): Promise<RunnerEnd> {
    if (this.failWith) throw this.failWith;
    this.signal = signal;
    let ended = 0;
    for (const { position } of images) {
      await whenOpen(gate, signal);
      await new Promise((resolve) => setTimeout(resolve, 40));
      if (signal.aborted || ended === this.pauseAfter) break;
      this.read.push(position);
      ended += 1;
      const tokens = { input: 10, output: 1 };
      onOutcome({ position, observations: [], failure: null, ms: 40, attempts: 1, tokens, fingerprint: null });
    }
    const cancelled = signal.aborted && ended < images.length;
    const pausedBy = !cancelled && ended < images.length ? DAY_IS_OVER : null;
    const end = { counts: NO_CALLS, workers: NO_WORKERS, notices: [], stoppedBy: null, pausedBy };
    return { ...end, mode: 'parallel', cancelled };
  }

  costUsd(): number | null {
    return null;
  }

  async merge(): Promise<unknown[]> {
    return [];
  }

  async conclude(): Promise<null> {
    return null;
  }

  async embed(): Promise<TextVectors> {
    return { model: null, vectors: [] };
  }

  async close(): Promise<void> {}
}

describe('operations on runs that come close together, on a store that takes its time', () => {
  let dataDir: string;
  let database: Database;
  let store: RunStore;
  let runner: SteadyRunner;
  let service: RunsService;
  let broken: unknown[];

  beforeAll(async () => {
    dataDir = await temporaryDirectory();
    database = await openDatabase({ dataDir, databaseUrl: null });
    store = slowStore(createRunStore(database.kysely), 15);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await removeDirectory(dataDir);
  });
  beforeEach(() => {
    broken = [];
    runner = new SteadyRunner();
    service = newService();
  });
  afterEach(() => service.close());

  const newService = () =>
    new RunsService({ store, runner, pathOf: (sha256) => sha256, onBrokenRun: (_id, error) => broken.push(error) });

  const start = async () => {
    const images = Array.from({ length: IMAGES }, (_, position): StoredImage => {
      const sha256 = crypto.randomUUID().replaceAll('-', '').padEnd(64, '0');
      return unreadImage({ position, imageId: `img_${position}`, sha256, name: `${position}.png`, sizeBytes: 1 });
    });
    const context = { timezone: null, city: null, state: null, notes: null };
    const settings = DEFAULT_SETTINGS;
    const how = { mode: 'parallel', audience: 'admin', useKept: true } as const;
    return service.start({ analysis: 'shows', ...how, context, settings, images });
  };
  const until = async (runId: string, wanted: RunState | number) => {
    for (;;) {
      const { state, progress } = await service.result(runId);
      if (state === wanted || (typeof wanted === 'number' && progress.processedImages >= wanted)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  /** The process ends and starts again. */
  const restart = async () => {
    await service.close();
    service = newService();
    await service.carryOn(await service.unfinished());
  };
  const told = async (runId: string) => {
    const events: StoredEvent[] = [];
    const end = Promise.withResolvers<void>();
    const unwatch = await service.watch(runId, 0, (event) => events.push(event), end.resolve);
    await end.promise;
    unwatch();
    return events;
  };

  it('resume and at once pause: the run is paused, and reads nothing more', async () => {
    const { runId } = await start();
    await until(runId, 2);
    await service.pause(runId);
    const [, paused] = await Promise.all([service.resume(runId), service.pause(runId)]);
    expect(paused.state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 120));
    const before = runner.read.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(runner.read.length).toBe(before);
    await service.resume(runId);
    expect((await service.whenEnded(runId)).progress.processedImages).toBe(IMAGES);
  });

  it('two resumes of a run that was paused before a restart: one life, every image read once', async () => {
    const { runId } = await start();
    await until(runId, 2);
    await service.pause(runId);
    await restart();
    const [first, second] = await Promise.allSettled([service.resume(runId), service.resume(runId)]);
    expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    if (first.status === 'fulfilled') expect(first.value.state).toBe('running');
    await service.whenEnded(runId);
    expect(runner.read.toSorted((a, b) => a - b)).toEqual(Array.from({ length: IMAGES }, (_, position) => position));
    expect(broken).toEqual([]);
  });

  it('a pause in the first moment after a restart holds, and can be ended', async () => {
    const { runId } = await start();
    await until(runId, 2);
    await restart();
    expect((await service.pause(runId)).state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await service.result(runId)).state).toBe('paused');
    await service.resume(runId);
    expect((await service.whenEnded(runId)).state).toBe('completed');
  });

  it('a run paused before a restart can be cancelled, and those who follow it are told', async () => {
    const { runId } = await start();
    await until(runId, 2);
    await service.pause(runId);
    await restart();
    const following = told(runId);
    expect((await service.cancel(runId)).state).toBe('cancelled');
    expect((await following).at(-1)).toMatchObject({ type: 'done', data: { state: 'cancelled' } });
    expect(runner.read.length).toBeLessThan(IMAGES);
    await expect(service.retryFailed(runId)).rejects.toMatchObject({ code: 'run.wrongState' });
  });

  it('a cancel stops the calls before it asks the store anything', async () => {
    const { runId } = await start();
    await until(runId, 1);
    const asking = jest.spyOn(store, 'get');
    const cancelling = service.cancel(runId);
    expect(runner.signal?.aborted).toBe(true);
    expect(asking).not.toHaveBeenCalled();
    asking.mockRestore();
    expect((await cancelling).state).toBe('cancelled');
  });

  it('a run that pauses by itself can be resumed, or cancelled, in the very moment it shows so', async () => {
    runner.pauseAfter = 3;
    const { runId } = await start();
    await until(runId, 'paused');
    runner.pauseAfter = 2;
    await service.resume(runId);
    await until(runId, 'paused');
    expect(await service.result(runId)).toMatchObject({ notices: ['Paused: Nothing more today.'] });
    runner.pauseAfter = Infinity;
    await service.resume(runId);
    expect(await service.whenEnded(runId)).toMatchObject({ state: 'completed', notices: [] });
    expect(runner.read.toSorted((a, b) => a - b)).toEqual(Array.from({ length: IMAGES }, (_, position) => position));

    runner.pauseAfter = 2;
    const other = await start();
    await until(other.runId, 2);
    // The runner is about to say that it cannot go on.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await service.cancel(other.runId)).state).toBe('cancelled');
  });

  it('a run that cannot be carried on is failed, says why, and those who follow it are told', async () => {
    const { runId } = await start();
    await until(runId, 2);
    await service.close();
    runner.failWith = new CodedError('model.notConfigured', 'No model is set up for this.');
    service = newService();
    await service.carryOn(await service.unfinished());
    const events = await told(runId);
    expect(events.at(-1)).toMatchObject({ type: 'done', data: { state: 'failed' } });
    const result = await service.result(runId);
    expect(result.notices.join(' ')).toContain('No model is set up');
    expect(await told(runId)).toEqual(events);
    expect(broken).toHaveLength(1);
  });

  it('who waits for a run when the server stops is told so; the run goes on at the next start', async () => {
    const { runId } = await start();
    await until(runId, 2);
    const waiting = service.whenEnded(runId);
    const [refused] = await Promise.allSettled([waiting, service.close()]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'server.stopping' } });
    service = newService();
    await service.carryOn(await service.unfinished());
    expect((await service.whenEnded(runId)).progress).toMatchObject({ processedImages: IMAGES, failedImages: 0 });
    expect(runner.read.toSorted((a, b) => a - b)).toEqual(Array.from({ length: IMAGES }, (_, position) => position));
  });

  it('who comes too late, or with an event id of the future, is told all the same', async () => {
    const { runId } = await start();
    const ended = told(runId);
    await service.whenEnded(runId);
    const events = await ended;
    expect(await told(runId)).toEqual(events);
    const late: StoredEvent[] = [];
    const end = Promise.withResolvers<void>();
    await service.watch(runId, 1_000_000, (event) => late.push(event), end.resolve);
    await end.promise;
    expect(late).toEqual([]);
  });
});
