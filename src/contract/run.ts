import type { AlreadyListed } from './catalogue.ts';
import type { Show } from './show.ts';

export const ANALYSES = ['shows', 'products', 'styles', 'posters', 'recipes'] as const;
export type AnalysisName = (typeof ANALYSES)[number];

/** The formats a run's result can be had in. */
export const EXPORT_FORMATS = ['json', 'csv', 'ics', 'jsonld', 'html', 'pdf', 'png'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** Those that an analysis writes itself, where it has them. */
export type OwnFormat = 'jsonld' | 'html' | 'pdf' | 'png';

const PLAIN_FORMATS: readonly ExportFormat[] = ['json', 'csv'];
/** Of any other: {@link PLAIN_FORMATS}. */
const FORMATS_OF: Readonly<Partial<Record<AnalysisName, readonly ExportFormat[]>>> = {
  shows: ['json', 'csv', 'ics', 'jsonld'],
  styles: ['json', 'csv', 'pdf', 'png'],
  posters: ['json', 'csv', 'html'],
  recipes: ['json', 'csv', 'jsonld'],
};

export function formatsOf(analysis: AnalysisName): readonly ExportFormat[] {
  return FORMATS_OF[analysis] ?? PLAIN_FORMATS;
}

export function isExportable(analysis: AnalysisName, format: ExportFormat): boolean {
  return formatsOf(analysis).includes(format);
}

export type ProcessingMode = 'sequential' | 'parallel';

export const RUN_STATES = ['queued', 'running', 'paused', 'completed', 'cancelled', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Event `progress`, and `RunResult.progress`. */
export interface BatchProgress {
  totalImages: number;
  processedImages: number;
  remainingImages: number;
  failedImages: number;
  currentBatch: number;
  totalBatches: number;
  /** ms, of the finished ones. */
  averageTimePerImage: number;
  /** ms */
  estimatedTimeRemaining: number;
  /** Nobody has said what the account allows, nor has it refused anything yet: it may take longer than is estimated. */
  timeRemainingIsAtLeast?: true;
}

export interface RunMetrics {
  wallMs: number;
  /** The sum of what each image took, ms. */
  sequentialEstimateMs: number;
  /** sequentialEstimateMs / wallMs */
  speedup: number;
  /** 0..1 */
  successRate: number;
  imagesPerMinute: number;
  perImageMs: { p50: number; p95: number; max: number };
  workers: { configured: number; peak: number; restarts: number; utilisation: number };
  calls: { made: number; succeeded: number; retried: number; hedged: number; refused: number; cached: number };
  tokens: { input: number; output: number };
  costUsd: number | null;
  peakMemoryMb: number;
  /** Of a run of a video: what took how long. Steps overlap. */
  steps?: RunStep[];
}

export const STEPS = ['upload', 'frames', 'describe', 'embed', 'compose', 'store'] as const;

/** A step of a run, from the first moment that something was done for it to the last. Times in ms from the run's beginning. */
export interface RunStep {
  step: (typeof STEPS)[number];
  startMs: number;
  endMs: number;
  /** endMs - startMs, as a share (0..1) of the whole. */
  share: number;
}

export interface Failure {
  image: string;
  imageId: string | null;
  code: string;
  detail: string;
  retryable: boolean;
  attempts: number;
}

/** The video of a run. */
export interface RunVideoState {
  /** Display name, cleaned; never a path. */
  name: string;
  sizeBytes: number;
  /**
   * Where its bytes are sent to (tus 1.0), or what is missing of them where they broke off; null where it came another way, and
   * where the run has all it wants of it.
   */
  uploadUrl: string | null;
  /** Nothing has come for some seconds: so many bytes are here, and the rest is waited for; null where that is not so. */
  stalledAtBytes: number | null;
}

/** A run's state and result. */
export interface RunResult {
  runId: string;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  /** Empty for any other analysis. */
  shows: Show[];
  /** What merging gave, of any analysis but `shows`; each analysis says in `contract/` what its records are. */
  records?: unknown[];
  failures: Failure[];
  progress: BatchProgress;
  metrics: RunMetrics;
  /** What the reader should know beside the result, in words: a fallback to the sequential way, a stop and why. */
  notices: string[];
  /** Of a run of a video. */
  video?: RunVideoState;
  /** Of a completed run of shows: those that the catalogue has already. Missing until the run has ended. */
  alreadyListed?: AlreadyListed[];
}

/** Event `image`: one image ended. */
export interface ImageEvent {
  image: string;
  imageId: string | null;
  ok: boolean;
  ms: number;
  code?: string;
}

/** A line of the list of runs. */
export interface RunSummary {
  runId: string;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  createdAt: string;
  endedAt: string | null;
  /** Who sent its images. */
  audience: 'public' | 'admin';
  /** Without those that are in the pile twice. */
  images: number;
  readImages: number;
  failedImages: number;
  /** ms spent reading; a pause does not count. */
  activeMs: number;
  /** Against one image after another; null until the run has ended. */
  speedup: number | null;
  /** Null until the run has ended, and where the model has no price. */
  costUsd: number | null;
}
