import type { Observation, RunContext } from '../contract/analysis.ts';
import type { FailureData } from '../contract/coded-error.ts';
import type { AnalysisName, ProcessingMode, RunMetrics } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import type { DispatchCounts } from '../engine/dispatcher.ts';
import type { PauseGate } from '../engine/pause-gate.ts';

/** An image of a run that is still to be read. */
export interface ImageToRead {
  /** Place in the run's pile. */
  position: number;
  imageId: string;
  /** Display name. */
  name: string;
  path: string;
}

/** How one image ended. */
export interface ImageOutcome {
  position: number;
  observations: Observation<unknown>[];
  /** Null where the image was read. */
  failure: FailureData | null;
  ms: number;
  attempts: number;
  tokens: { input: number; output: number };
}

export interface RunnerRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  context: RunContext;
  settings: Settings;
  images: readonly ImageToRead[];
  /** Closed while the run is paused. */
  gate: PauseGate;
  signal: AbortSignal;
  /** Once for each image that ends, in the order of ending. */
  onOutcome: (outcome: ImageOutcome) => void;
}

export interface RunnerEnd {
  counts: DispatchCounts;
  workers: RunMetrics['workers'];
  /** The way it was done in the end: `sequential` where the threads kept dying. */
  mode: ProcessingMode;
  /** In words, for the result. */
  notices: string[];
  stoppedBy: FailureData | null;
  cancelled: boolean;
}

/** Reads the images of a run and merges what they say. Implemented by `parser/`. */
export interface AnalysisRunner {
  /**
   * The name of the model that would answer.
   * @throws CodedError `model.notConfigured`, `request.invalid` where the analysis cannot be done here
   */
  modelFor(analysis: AnalysisName): string;
  run(request: RunnerRequest): Promise<RunnerEnd>;
  /** The same records whatever the order of the observations. Many are merged in a thread: HTTP must not wait for it. */
  merge(analysis: AnalysisName, observations: readonly Observation<unknown>[], context: RunContext): Promise<unknown[]>;
  /** Cancels nothing by itself: ends the threads once no run needs them. */
  close(): Promise<void>;
}
