import { findsBoxes } from '../analyses/options.ts';
import { ActiveTime } from './active-time.ts';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { BatchProgress, RunMetrics, RunResult, RunState } from '../contract/run.ts';
import { addCounts, type DispatchCounts } from '../engine/dispatch-options.ts';
import { PauseGate } from '../engine/pause-gate.ts';
import { batchSizeFor } from '../engine/progress.ts';
import { PeakMemory } from '../observability/peak-memory.ts';
import type {
  Concluded,
  ConcludeRequest,
  ImageOutcome,
  ImageToRead,
  RunInsight,
  RunnerEnd,
} from './analysis-runner.ts';
import { checkpointOf, imageToRead, notRead } from './checkpoint.ts';
import { CheckpointQueue } from './checkpoint-queue.ts';
import { isLeftForLater, LEFT_FOR_LATER } from './left-for-later.ts';
import { LiveMerge } from './live-merge.ts';
import { arrivingOf, imagesThoughtOf, meaningOf, type ArrivingFrames, type LiveRunParts } from './live-run-parts.ts';
import { RunLedger } from './run-ledger.ts';
import { waysOf } from './new-run.ts';
import { PartArrivals } from './part-arrivals.ts';
import { noticesAtEnd, noticesWhilePaused, noticesWhileWaiting, notConcluded } from './run-notices.ts';
import { metricsOf, runResult, stateAfter, withoutRecords } from './run-result.ts';
import type { RunMeaning } from './run-meaning.ts';
import { RunJournal } from './run-journal.ts';
import { RunSteps } from './run-steps.ts';
import { TimelineKeeper } from './timeline-keeper.ts';
import type { Checkpoint, RunPatch, StoredEvent, StoredImage, StoredRun } from './run-store.ts';

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
  readonly #journal: RunJournal;
  readonly #checkpoints: CheckpointQueue;
  readonly #fingerprints = new Map<number, string>();
  readonly #timeline: TimelineKeeper;
  readonly #steps: RunSteps;
  readonly #meaning: RunMeaning | null;
  readonly #found: PartArrivals | null;
  #insight: RunInsight | null = null;
  #storeFailure: unknown = null;
  readonly #active: ActiveTime;
  #isLeaving = false;

  constructor(parts: LiveRunParts) {
    this.#parts = parts;
    this.#run = parts.run;
    this.#active = new ActiveTime(parts.run.activeMs);
    this.#timeline = new TimelineKeeper(parts.run, parts.timelines, () => this.#active.ms);
    this.#ledger = new RunLedger(parts.images, batchSizeFor(imagesThoughtOf(parts), parts.run.settings.batchSize));
    const { analysis, context, video } = parts.run;
    this.#journal = new RunJournal(parts, this.#ledger, () => this.#active.ms);
    this.#steps = new RunSteps(() => this.#active.ms + (video?.receivedMs ?? 0));
    this.#found = findsBoxes(parts.run) ? new PartArrivals(this.#ledger.pendingWhole(), this.#stop.signal) : null;
    this.#meaning = meaningOf(parts, this.#stop.signal, this.#steps);
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
    await this.#update({ state: 'paused', activeMs: this.#active.pause() });
    this.#parts.log?.paused(this.#run.id);
  }

  async resume(): Promise<void> {
    this.#active.resume();
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

  /** Ends the work without ending the run: it keeps its state and goes on at the next start of the process. */
  async suspend(): Promise<void> {
    this.#stop.abort(LEFT_FOR_LATER);
    await this.ended;
  }

  result(): RunResult {
    return runResult(this.#run, {
      state: this.#run.state,
      records: this.#merge.records,
      failures: this.#ledger.failures(),
      progress: this.#progress(),
      metrics: this.#run.metrics ?? this.#metrics(),
      notices: this.#run.notices,
    });
  }

  async #work(onStarted: () => void): Promise<void> {
    const { runner, log } = this.#parts;
    const { mode, settings, video } = this.#run;
    this.#meaning?.add(this.#ledger.all());
    await this.#journal.open();
    // What was read in earlier lives is known, not news.
    await this.#merge.now();
    this.#merge.takeChanges();
    if (this.#run.state !== 'running') await this.#update({ state: 'running' });
    await this.#checkpoints.flush();
    onStarted();
    log?.started(this.#run, { total: this.#ledger.count, pending: this.#ledger.pending().length });
    const arriving = this.#arriving();
    const end = await runner.run({
      ...this.#terms(this.#ledger.countsSoFar()),
      mode,
      images: this.#ledger.pending().map((image) => this.#toRead(image)),
      ...(arriving && { arriving }),
      // Frames that look alike are not chosen.
      wantsFingerprints: this.#ledger.count > 1 && video === null,
      ...waysOf(settings),
      onWaiting: (what) => this.#update({ notices: noticesWhileWaiting(this.#run.notices, what) }).catch(() => {}),
      onStart: (insight) => {
        this.#insight = insight;
        this.#timeline.begin(() => insight.state());
      },
      onOutcome: (outcome) => this.#onOutcome(outcome),
    });
    await arriving?.end(end.cancelled && !isLeftForLater(this.#stop.signal));
    const concluded = end.stoppedBy || end.pausedBy || end.cancelled ? null : await this.#conclude(end);
    this.#isLeaving = true;
    await this.#checkpoints.flush();
    await this.#timeline.keep(end.stoppedBy?.code);
    const peakMemoryMb = this.#memory.stop();
    if (isLeftForLater(this.#stop.signal) && end.cancelled) return;
    if (this.#storeFailure !== null) throw this.#storeFailure;
    const pausedBy = end.pausedBy ?? concluded?.pausedBy;
    if (pausedBy && !end.cancelled) await this.#pauseForLater(pausedBy);
    else await this.#finish(end, peakMemoryMb, concluded);
  }

  #onOutcome(outcome: ImageOutcome): void {
    if (this.#run.video) this.#steps.note('describe', this.#steps.nowMs - outcome.ms);
    if (outcome.boxes) this.#found?.found(outcome.position, outcome.boxes);
    const image = this.#ledger.image(outcome.position);
    this.#checkpoints.add(checkpointOf(outcome, image));
    this.#parts.log?.unitEnded(this.#run.id, image?.imageId ?? '', outcome);
    if (outcome.fingerprint !== null) this.#fingerprints.set(outcome.position, outcome.fingerprint);
  }

  async #storeGroup(group: readonly Checkpoint[]): Promise<void> {
    const startMs = this.#steps.nowMs;
    const events = [...this.#journal.ended(group), ...this.#recordEvents()];
    const parts = this.#found?.partsOf(group, this.#ledger) ?? [];
    const told = [...events, this.#journal.event('progress', this.#progress())];
    await this.#journal.write(group, told, { added: parts });
    this.#found?.join(
      group,
      parts.map((part) => this.#toRead(part)),
    );
    if (this.#run.video) this.#steps.note('store', startMs);
    if (group.length > 0) this.#merge.nudge();
    this.#meaning?.add(group);
    await this.#timeline.keepIfDue();
  }

  /** The account allows nothing more for now: what was not read stays to be read, and a person resumes it. */
  async #pauseForLater({ detail }: FailureData): Promise<void> {
    await this.#merge.now();
    await this.#checkpoints.flush();
    const notices = noticesWhilePaused(this.#run.notices, detail);
    await this.#update({ state: 'paused', activeMs: this.#active.pause(), notices });
    this.#parts.log?.paused(this.#run.id);
  }

  #recordEvents(): StoredEvent[] {
    return this.#merge.takeChanges().map((data) => this.#journal.event('record', data));
  }

  async #finish(end: RunnerEnd, peakMemoryMb: number, concluded: Concluded | null): Promise<void> {
    // It stopped for a reason that holds for every image: each one not read yet says so.
    const { stoppedBy } = end;
    const unread = stoppedBy ? this.#ledger.pending().map((image) => notRead(image, stoppedBy)) : [];
    const events = this.#journal.ended(unread);
    await this.#merge.now();
    const unfindable = (await this.#meaning?.end()) ?? null;
    if (concluded?.records) this.#merge.replace(concluded.records);
    events.push(...this.#recordEvents());
    const seen = { fingerprints: this.#fingerprints, images: this.#ledger.all() };
    const patch: RunPatch = {
      state: stateAfter(end),
      mode: end.mode,
      endedAt: new Date().toISOString(),
      activeMs: this.#active.ms,
      notices: noticesAtEnd(this.#run.notices, end, seen, [notConcluded(concluded), unfindable]),
      metrics: this.#metrics({ counts: this.#ledger.countsWith(end.counts), workers: end.workers, peakMemoryMb }),
      records: this.#merge.records,
    };
    events.push(this.#journal.event('progress', this.#progress()));
    this.#run = { ...this.#run, ...patch };
    const told = withoutRecords(this.result());
    await this.#journal.write(unread, [...events, this.#journal.event('done', told)], { patch });
    this.#parts.log?.ended(told);
  }

  #toRead(image: StoredImage): ImageToRead {
    return imageToRead(image, this.#parts.pathOf, this.#found !== null);
  }

  /** What joins the run while it goes on: objects that are found, frames of its video; null for nothing. */
  #arriving(): PartArrivals | ArrivingFrames | null {
    const [ledger, steps, signal] = [this.#ledger, this.#steps, this.#stop.signal];
    const add = (image: StoredImage) => this.#journal.add(image);
    const update = (change: (run: StoredRun) => RunPatch) => this.#update(change(this.#run));
    return this.#found ?? arrivingOf(this.#parts, this.#run.video, { ledger, steps, signal, add, update });
  }

  /** Asks what the analysis asks about all readings together; null where it asks nothing. */
  async #conclude({ counts }: RunnerEnd): Promise<Concluded | null> {
    await this.#checkpoints.flush();
    const request = { ...this.#terms(this.#ledger.countsWith(counts)), observations: this.#ledger.observations() };
    const concluded = await this.#steps.during('compose', () => this.#parts.runner.conclude(request));
    if (concluded) addCounts(counts, concluded.counts);
    return concluded;
  }

  /** What holds for all that is asked in this run. @param counts what was spent so far */
  #terms(counts: DispatchCounts): Omit<ConcludeRequest, 'observations'> {
    const { analysis, context, settings, createdAt } = this.#run;
    const answersNotBefore = settings.cache === 'off' ? Date.parse(createdAt) : 0;
    const [gate, signal, observer] = [this.#gate, this.#stop.signal, this.#timeline.log];
    return { analysis, context, settings, answersNotBefore, spent: counts.tokens, observer, gate, signal };
  }

  async #update(patch: RunPatch): Promise<void> {
    this.#run = { ...this.#run, ...patch };
    await this.#parts.store.update(this.#run.id, patch);
  }

  #progress(): BatchProgress {
    return this.#ledger.progress(this.#active.ms - this.#parts.run.activeMs, this.#insight?.timeLeft() ?? null);
  }

  #metrics(seen: Parameters<typeof metricsOf>[1] = {}): RunMetrics {
    const run = { wallMs: this.#active.ms, ledger: this.#ledger, runner: this.#parts.runner };
    return metricsOf(run, { ...seen, ...(this.#run.video && { steps: this.#steps.table() }) });
  }
}
