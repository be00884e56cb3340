import type { Observation, OtherQuestion, RunContext } from '../contract/analysis.ts';
import type { FailureData } from '../contract/coded-error.ts';
import type { AnalysisName, ProcessingMode, RunMetrics } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import type { Box } from '../contract/show.ts';
import type { DispatchCounts } from '../engine/dispatch-options.ts';
import type { TimeLeft } from '../engine/forecast.ts';
import type { EngineObserver, EngineState } from '../engine/observer.ts';
import type { EmbeddingUse } from '../models/port.ts';
import type { PauseGate } from '../engine/pause-gate.ts';
import type { Tokens } from '../engine/unit.ts';

/** An image of a run that is still to be read. */
export interface ImageToRead {
  /** Place in the run. */
  position: number;
  imageId: string;
  /** Display name. */
  name: string;
  path: string;
  sizeBytes?: number;
  /** The part of the upright image that this is about; missing for the whole. */
  crop?: Box;
  /** Of a frame of a video: its time in it, ms. */
  timeMs?: number;
  /** Where the objects are in it is asked, which then come as parts of it; missing for the analysis' own question. */
  asks?: OtherQuestion;
}

/** How one image ended. */
export interface ImageOutcome {
  position: number;
  observations: Observation<unknown>[];
  /** Where its objects are, where that was asked. */
  boxes?: Box[];
  /** Null where the image was read. */
  failure: FailureData | null;
  ms: number;
  attempts: number;
  tokens: Tokens;
  /** What the picture looks like; null where nobody asked, or nobody knows. Only ever shown. */
  fingerprint: string | null;
}

/** A run under way, as others may look at it. */
export interface RunInsight {
  /** Going by what binds: the account, the slots, the slowest call. */
  timeLeft(): TimeLeft;
  /** How the engine stands at this moment, with what it does for other runs. */
  state(): EngineState;
}

/** Images that join a run while it goes on, those that come at the same moment together. */
export type ArrivingImages = AsyncIterable<readonly ImageToRead[]>;

export interface RunnerRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  context: RunContext;
  settings: Settings;
  /** Parts of one image stand next to each other: it is opened once for them. */
  images: readonly ImageToRead[];
  /** Images that come while the run goes on; missing for none. Ends soon after {@link signal}; never rejects. */
  arriving?: ArrivingImages;
  /** Epoch ms: answers that were kept before do not count. 0 for all that have not expired. */
  answersNotBefore: number;
  /** Tokens that earlier lives of the run have spent: they count against its cap. */
  spent: Tokens;
  wantsFingerprints: boolean;
  /** Whether answers of a service are held against the printed words of their image; missing for no. */
  ground?: boolean;
  /** Whether the questions go out in batches, at half the price and within a day; missing for no. */
  batch?: boolean;
  /** Closed while the run is paused. */
  gate: PauseGate;
  signal: AbortSignal;
  /** Once for each image that ends, in the order of ending. */
  onOutcome: (outcome: ImageOutcome) => void;
  /** Told what the run waits for outside of this machine, in words; null for nothing any more. Never rejects. */
  onWaiting?: (what: string | null) => Promise<void>;
  /** Told of the calls of this run. */
  observer?: EngineObserver;
  /** Once, when the run is under way. */
  onStart?: (insight: RunInsight) => void;
}

export interface RunnerEnd {
  counts: DispatchCounts;
  workers: RunMetrics['workers'];
  /** The way it was done in the end: `sequential` where the threads kept dying. */
  mode: ProcessingMode;
  /** In words, for the result. */
  notices: string[];
  stoppedBy: FailureData | null;
  /** The run cannot go on now, but later: what was not read is still to be read. */
  pausedBy: FailureData | null;
  cancelled: boolean;
}

/** What is asked once all images of a run have been read. */
export type ConcludeRequest = Pick<
  RunnerRequest,
  'analysis' | 'context' | 'settings' | 'answersNotBefore' | 'spent' | 'gate' | 'signal' | 'observer'
> & { observations: readonly Observation<unknown>[] };

export interface Concluded {
  /** Null where it could not be asked or answered, or there was nothing to ask. */
  records: unknown[] | null;
  counts: DispatchCounts;
  /** Why there are no records; null where there are, and where there was nothing to ask. */
  failure: FailureData | null;
  /** It cannot be asked now, but later. */
  pausedBy: FailureData | null;
}

/** Texts with their place among others by what they mean; `model` is null where none is set up. */
export interface TextVectors {
  model: string | null;
  vectors: number[][];
}

/** Reads the images of a run and merges what they say. Implemented by `parser/`. */
export interface AnalysisRunner {
  /**
   * The name of the model that would answer.
   *
   * @param options `batch`: whether the run shall go out in batches
   * @throws CodedError `model.notConfigured`, `request.invalid` where the analysis, or a batch, cannot be done here
   */
  modelFor(analysis: AnalysisName, options?: { batch?: boolean }): string;
  run(request: RunnerRequest): Promise<RunnerEnd>;
  /** Asks what an analysis asks about all readings together; null where it asks nothing. */
  conclude(request: ConcludeRequest): Promise<Concluded | null>;
  /** @throws CodedError `model.*` */
  embed(texts: readonly string[], use: EmbeddingUse, signal: AbortSignal): Promise<TextVectors>;
  /** US dollars; null where the model's price is not known. */
  costUsd(tokens: Tokens): number | null;
  /** The same records whatever the order of the observations. Many are merged in a thread: HTTP must not wait for it. */
  merge(analysis: AnalysisName, observations: readonly Observation<unknown>[], context: RunContext): Promise<unknown[]>;
  /** Cancels nothing by itself: ends the threads once no run needs them. */
  close(): Promise<void>;
}
