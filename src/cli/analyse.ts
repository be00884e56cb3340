import { randomBytes } from 'node:crypto';
import { findsBoxes } from '../analyses/options.ts';
import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName, BatchProgress, ProcessingMode, RunResult } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { addCounts } from '../engine/dispatch-options.ts';
import { PauseGate } from '../engine/pause-gate.ts';
import { batchSizeFor } from '../engine/progress.ts';
import { PeakMemory } from '../observability/peak-memory.ts';
import type { AnalysisRunner, ImageOutcome, RunInsight, RunnerEnd } from '../runs/analysis-runner.ts';
import type { StoredImage } from '../runs/run-store.ts';
import { markDuplicates, RunLedger } from '../runs/run-ledger.ts';
import { notConcluded } from '../runs/run-notices.ts';
import { metricsOf, placedRecords } from '../runs/run-result.ts';
import { checkpointOf, imageToRead } from '../runs/checkpoint.ts';
import { PartArrivals } from '../runs/part-arrivals.ts';
import { lookAlikeNotices } from '../runs/look-alikes.ts';
import type { FoundImages } from './find-images.ts';
import { framesOfVideo, type FoundVideo } from './found-video.ts';

export interface AnalyseRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: Omit<RunContext, 'startedAt'>;
  found: FoundImages;
  /** Whose frames are images of the run; null for none. */
  video: FoundVideo | null;
  runner: AnalysisRunner;
  signal: AbortSignal;
  /** Whether answers that were kept count. */
  useKept: boolean;
  /** Whether answers are held against the printed words of their image. */
  ground: boolean;
  /** Whether the questions go out in batches. */
  batch: boolean;
  /** What is waited for outside of this machine; null for nothing any more. */
  onWaiting: (what: string | null) => void;
  onProgress: (progress: BatchProgress) => void;
}

/** One run without a server or a database: everything is in memory, and the images stay where they are. */
export async function analyse(request: AnalyseRequest): Promise<{ result: RunResult; readings: number }> {
  const { analysis, settings, found, video, runner, signal } = request;
  const startedAt = performance.now();
  const context: RunContext = { ...request.context, startedAt: new Date().toISOString() };
  const model = runner.modelFor(analysis, { batch: request.batch });
  const images = markDuplicates(found.images);
  const ledger = new RunLedger(images, batchSizeFor(images.length, settings.batchSize));
  const memory = new PeakMemory();
  const elapsedMs = () => performance.now() - startedAt;
  const pictures = new Map<number, string>();
  let insight: RunInsight | null = null;
  const parts = findsBoxes({ analysis, context }) ? new PartArrivals(ledger.pendingWhole(), signal) : null;
  const paths = new Map(found.images.map(({ sha256, position }) => [sha256, found.paths[position] ?? '']));
  const toRead = (image: StoredImage) => imageToRead(image, (sha256) => paths.get(sha256) ?? '', parts !== null);
  const note = (outcome: ImageOutcome) => {
    const { position, boxes } = outcome;
    ledger.end(checkpointOf(outcome, ledger.image(position)));
    if (boxes) parts?.found(position, boxes);
    parts?.join([outcome], parts.partsOf([outcome], ledger).map(toRead));
    if (outcome.fingerprint !== null) pictures.set(outcome.position, outcome.fingerprint);
    request.onProgress(ledger.progress(elapsedMs(), insight?.timeLeft() ?? null));
  };
  request.onProgress(ledger.progress(0));
  const arriving = parts ?? (video && framesOfVideo(video, ledger, signal));
  const terms = {
    analysis,
    context,
    settings,
    answersNotBefore: request.useKept ? 0 : Date.now(),
    gate: new PauseGate(),
    signal,
  };
  const end = await runner.run({
    ...terms,
    mode: request.mode,
    images: ledger.pending().map(toRead),
    ...(arriving && { arriving }),
    spent: { input: 0, output: 0 },
    wantsFingerprints: images.length > 1 && !video,
    ground: request.ground,
    batch: request.batch,
    onWaiting: (what) => Promise.resolve(request.onWaiting(what)),
    onStart: (started) => (insight = started),
    onOutcome: note,
  });
  parts?.end();
  if (end.stoppedBy) {
    const unread = { observations: [], failure: end.stoppedBy, ms: 0, attempts: 0, fingerprint: null };
    for (const { position } of ledger.pending()) note({ position, ...unread, tokens: { input: 0, output: 0 } });
  }
  const observations = ledger.observations();
  const isWhole = !end.stoppedBy && !end.pausedBy && !end.cancelled;
  const spent = ledger.countsWith(end.counts).tokens;
  const concluded = isWhole ? await runner.conclude({ ...terms, spent, observations }) : null;
  if (concluded) addCounts(end.counts, concluded.counts);
  const records = concluded?.records ?? (await runner.merge(analysis, observations, context));
  const wallMs = elapsedMs();
  const counts = ledger.countsWith(end.counts);
  const seen = { counts, workers: end.workers, peakMemoryMb: memory.stop() };
  const metrics = metricsOf({ wallMs, ledger, runner }, seen);
  const unwritten = notConcluded(concluded);
  const notWritten = unwritten === null ? [] : [unwritten];
  const result: RunResult = {
    runId: `run_${randomBytes(9).toString('hex')}`,
    analysis,
    mode: end.mode,
    model,
    state: end.stoppedBy ? 'failed' : end.cancelled ? 'cancelled' : end.pausedBy ? 'paused' : 'completed',
    ...placedRecords(analysis, records),
    failures: ledger.failures(),
    progress: ledger.progress(wallMs),
    metrics,
    notices: [
      ...end.notices,
      ...lookAlikeNotices(pictures, ledger.all()),
      ...whyNotAll(end, request.useKept, request.batch),
      ...notWritten,
    ],
  };
  return { result, readings: observations.length };
}

function whyNotAll({ stoppedBy, pausedBy, cancelled }: RunnerEnd, isKept: boolean, inBatches: boolean): string[] {
  if (stoppedBy) return [stoppedBy.detail];
  if (cancelled && inBatches) return ['The batches go on at the service: the same command takes their answers.'];
  if (!pausedBy) return [];
  return [
    isKept ? `${pausedBy.detail} What was read is kept: the same command then goes on from here.` : pausedBy.detail,
  ];
}
