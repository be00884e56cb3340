import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { BatchProgress, RunMetrics, RunResult, RunState } from '../contract/run.ts';
import type { DispatchCounts } from '../engine/dispatch-options.ts';
import { runMetrics } from '../engine/metrics.ts';
import { PauseGate } from '../engine/pause-gate.ts';
import { batchSizeFor } from '../engine/progress.ts';
import { PeakMemory } from '../observability/peak-memory.ts';
import type { RunLog } from '../observability/run-log.ts';
import type { AnalysisRunner, ImageOutcome, RunInsight, RunnerEnd } from './analysis-runner.ts';
import { checkpointOf, imageToRead, notRead } from './checkpoint.ts';
import { CheckpointQueue } from './checkpoint-queue.ts';
import type { EventHub } from './event-hub.ts';
import { LEFT_FOR_LATER } from './left-for-later.ts';
import { LiveMerge } from './live-merge.ts';
import { RunLedger } from './run-ledger.ts';
import { noticesAtEnd, noticesWhilePaused, noticesWhileWaiting } from './run-notices.ts';
import { NO_WORKERS, runResult, withoutRecords } from './run-result.ts';
import { TimelineKeeper } from './timeline-keeper.ts';
import type { TimelineStore } from './timeline-store.ts';
import type { Checkpoint, RunPatch, RunStore, StoredEvent, StoredImage, StoredRun } from './run-store.ts';

export interface LiveRunParts {
  run: StoredRun;
  images: readonly StoredImage[];
  store: RunStore;
  hub: EventHub;
  runner: AnalysisRunner;
  /** Where the bytes of an image are. */
  pathOf: (sha256: string) => string;
  /** Ends the run as cancelled without reading anything more. */
  cancelled?: boolean;
  /** Missing where nobody looks at the calls of a run. */
  timelines?: TimelineStore;
  log?: RunLog;
  /** Told how long a group of ended images took to be stored, ms. */
  onCheckpoint?: (ms: number) => void;
}

/**
 * One run while this process works on it.
 *
 * States: `queued` → `running` ⇄ `paused` → `completed` | `cancelled` | `failed`. Ended images are stored in groups as
 * they end, with the events that tell of them; only then are the events published. A process that dies in between
 * starts again from what is stored, and reads no stored image twice.
 */
export class LiveRun {
  readonly ended: Promise<void>;
  /** Resolves when the run is under way and its result says what had been read before. */
  readonly started: Promise<void>;
  readonly #parts: LiveRunParts;
  readonly #ledger: RunLedger;
  readonly #gate = new PauseGate();
  readonly #stop = new AbortController();
  readonly #merge: LiveMerge;
  readonly #memory = new PeakMemory();
  #run: StoredRun;
  #seq = 0;
  readonly #checkpoints: CheckpointQueue;
  readonly #fingerprints = new Map<number, string>();
  readonly #timeline: TimelineKeeper;
  #insight: RunInsight | null = null;
  #storeFailure: unknown = null;
  #resumedAt = performance.now();
  #activeMsBefore: number;
  /** Set when the process shuts down: the run keeps its state and goes on at the next start. */
  #suspended = false;
  #isLeaving = false;

  constructor(parts: LiveRunParts) {
    this.#parts = parts;
    this.#run = parts.run;
    this.#activeMsBefore = parts.run.activeMs;
    this.#timeline = new TimelineKeeper(parts.run, parts.timelines, () => this.#activeMs());
    this.#ledger = new RunLedger(parts.images, batchSizeFor(parts.images.length, parts.run.settings.batchSize));
    const { analysis, context } = parts.run;
    this.#merge = new LiveMerge(
      () => parts.runner.merge(analysis, this.#ledger.observations(), context),
      () => void this.#checkpoints.flush(),
    );
    this.#checkpoints = new CheckpointQueue(
      (group) => this.#storeGroup(group),
      (error) => {
        // A run whose results cannot be stored must not go on spending.
        this.#storeFailure ??= error;
        this.#stop.abort();
      },
    );
    if (parts.cancelled) this.#stop.abort();
    const started = Promise.withResolvers<void>();
    this.started = started.promise;
    this.ended = this.#work(started.resolve).finally(() => {
      started.resolve();
      this.#memory.stop();
      this.#merge.stop();
    });
  }

  get state(): RunState {
    return this.#run.state;
  }

  /** Nothing more is read: what is known is being stored, and then this run ends or waits for a person. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  async pause(): Promise<void> {
    await this.started;
    if (this.#run.state !== 'running') throw new CodedError('run.wrongState', 'The run has ended in the meantime.');
    this.#gate.close();
    this.#activeMsBefore = this.#activeMs();
    await this.#update({ state: 'paused', activeMs: this.#activeMsBefore });
    this.#parts.log?.paused(this.#run.id);
  }

  async resume(): Promise<void> {
    this.#resumedAt = performance.now();
    // Before the state is stored, which takes a while: a pause that comes meanwhile must find the gate to close.
    this.#gate.open();
    await this.#update({ state: 'running' });
    this.#parts.log?.resumed(this.#run.id);
  }

  /** Calls under way are stopped at the socket, and none begins any more. */
  stop(): void {
    this.#stop.abort();
  }

  /** Resolves when the run has ended. */
  async cancel(): Promise<void> {
    this.stop();
    await this.ended;
  }

  /** Ends the work without ending the run. */
  async suspend(): Promise<void> {
    this.#suspended = true;
    this.#stop.abort(LEFT_FOR_LATER);
    await this.ended;
  }

  result(): RunResult {
    return runResult(this.#run, {
      state: this.#run.state,
      records: this.#merge.records,
      failures: this.#ledger.failures(),
      progress: this.#progress(),
      metrics: this.#run.metrics ?? this.#metrics(this.#ledger.countsSoFar(), NO_WORKERS, 0),
      notices: this.#run.notices,
    });
  }

  async #work(onStarted: () => void): Promise<void> {
    const { store, runner, log } = this.#parts;
    const { id, analysis, mode, context, settings } = this.#run;
    this.#seq = await store.lastEventSeq(id);
    // What was read in earlier lives is known, not news.
    await this.#merge.now();
    this.#merge.takeChanges();
    if (this.#run.state !== 'running') await this.#update({ state: 'running' });
    await this.#checkpoints.flush();
    onStarted();
    log?.started(this.#run, { total: this.#parts.images.length, pending: this.#ledger.pending().length });
    const end = await runner.run({
      analysis,
      mode,
      context,
      settings,
      images: this.#ledger.pending().map((image) => imageToRead(image, this.#parts.pathOf)),
      answersNotBefore: settings.cache === 'off' ? Date.parse(this.#run.createdAt) : 0,
      spent: this.#ledger.countsSoFar().tokens,
      wantsFingerprints: this.#parts.images.length > 1,
      ground: settings.ground === 'on',
      batch: settings.batch === 'on',
      onWaiting: (what) => this.#update({ notices: noticesWhileWaiting(this.#run.notices, what) }).catch(() => {}),
      observer: this.#timeline.log,
      onStart: (insight) => this.#underWay(insight),
      gate: this.#gate,
      signal: this.#stop.signal,
      onOutcome: (outcome) => this.#onOutcome(outcome),
    });
    this.#isLeaving = true;
    await this.#checkpoints.flush();
    await this.#timeline.keep(end.stoppedBy?.code);
    const peakMemoryMb = this.#memory.stop();
    if (this.#suspended && end.cancelled) return;
    if (this.#storeFailure !== null) throw this.#storeFailure;
    if (end.pausedBy && !end.cancelled) await this.#pauseForLater(end.pausedBy);
    else await this.#finish(end, peakMemoryMb);
  }

  #underWay(insight: RunInsight): void {
    this.#insight = insight;
    this.#timeline.begin(() => insight.state());
  }

  #onOutcome(outcome: ImageOutcome): void {
    const image = this.#parts.images[outcome.position];
    this.#checkpoints.add(checkpointOf(outcome, image));
    this.#parts.log?.unitEnded(this.#run.id, image?.imageId ?? '', outcome);
    if (outcome.fingerprint !== null) this.#fingerprints.set(outcome.position, outcome.fingerprint);
  }

  async #storeGroup(group: readonly Checkpoint[]): Promise<void> {
    const startedAt = performance.now();
    const events = group
      .flatMap((checkpoint) => this.#ledger.end(checkpoint))
      .map((image): StoredEvent => ({ seq: ++this.#seq, type: 'image', data: image }));
    events.push(...this.#recordEvents());
    events.push({ seq: ++this.#seq, type: 'progress', data: this.#progress() });
    await this.#parts.store.checkpoint(this.#run.id, group, events, this.#activeMs());
    this.#parts.onCheckpoint?.(performance.now() - startedAt);
    this.#parts.hub.publish(this.#run.id, events);
    if (group.length > 0) this.#merge.nudge();
    await this.#timeline.keepIfDue();
  }

  /** The account allows nothing more for now: what was not read stays to be read, and a person resumes it. */
  async #pauseForLater({ detail }: FailureData): Promise<void> {
    await this.#merge.now();
    await this.#checkpoints.flush();
    this.#activeMsBefore = this.#activeMs();
    const notices = noticesWhilePaused(this.#run.notices, detail);
    await this.#update({ state: 'paused', activeMs: this.#activeMsBefore, notices });
    this.#parts.log?.paused(this.#run.id);
  }

  #recordEvents(): StoredEvent[] {
    return this.#merge.takeChanges().map((data) => ({ seq: ++this.#seq, type: 'record', data }));
  }

  async #finish(end: RunnerEnd, peakMemoryMb: number): Promise<void> {
    const { store, hub, log, images } = this.#parts;
    const unread = end.stoppedBy ? this.#failUnread(end.stoppedBy) : { checkpoints: [], events: [] };
    await this.#merge.now();
    const records = this.#recordEvents();
    const activeMs = this.#activeMs();
    const patch: RunPatch = {
      state: stateAfter(end),
      mode: end.mode,
      endedAt: new Date().toISOString(),
      activeMs,
      notices: noticesAtEnd(this.#run.notices, end, { fingerprints: this.#fingerprints, images }),
      metrics: this.#metrics(this.#ledger.countsWith(end.counts), end.workers, peakMemoryMb),
      records: this.#merge.records,
    };
    const progress: StoredEvent = { seq: ++this.#seq, type: 'progress', data: this.#progress() };
    this.#run = { ...this.#run, ...patch };
    const told = withoutRecords(this.result());
    const done: StoredEvent = { seq: ++this.#seq, type: 'done', data: told };
    const events = [...unread.events, ...records, progress, done];
    // All in one: a process killed before or after it finds a run that has not ended, or one that has, with its reasons.
    await store.checkpoint(this.#run.id, unread.checkpoints, events, activeMs, patch);
    hub.publish(this.#run.id, events);
    log?.ended(told);
  }

  /** The run stopped for a reason that holds for every image: each one not read yet says so. */
  #failUnread(stoppedBy: FailureData): { checkpoints: Checkpoint[]; events: StoredEvent[] } {
    const checkpoints = this.#ledger.pending().map((image) => notRead(image, stoppedBy));
    const events = checkpoints
      .flatMap((checkpoint) => this.#ledger.end(checkpoint))
      .map((data): StoredEvent => ({ seq: ++this.#seq, type: 'image', data }));
    return { checkpoints, events };
  }

  async #update(patch: RunPatch): Promise<void> {
    this.#run = { ...this.#run, ...patch };
    await this.#parts.store.update(this.#run.id, patch);
  }

  #activeMs(): number {
    if (this.#run.state === 'paused') return this.#activeMsBefore;
    return this.#activeMsBefore + (performance.now() - this.#resumedAt);
  }

  #progress(): BatchProgress {
    return this.#ledger.progress(this.#activeMs() - this.#parts.run.activeMs, this.#insight?.remainingMs() ?? null);
  }

  #metrics(counts: DispatchCounts, workers: RunMetrics['workers'], peakMemoryMb: number): RunMetrics {
    return runMetrics({
      wallMs: this.#activeMs(),
      imageMs: this.#ledger.imageMs(),
      ...this.#ledger.tally(),
      counts,
      workers,
      costUsd: this.#parts.runner.costUsd(counts.tokens),
      peakMemoryMb,
    });
  }
}

function stateAfter(end: RunnerEnd): RunState {
  if (end.stoppedBy) return 'failed';
  return end.cancelled ? 'cancelled' : 'completed';
}
