import type { RunLog } from '../observability/run-log.ts';
import type { AnalysisRunner, ArrivingImages } from './analysis-runner.ts';
import type { EventHub } from './event-hub.ts';
import { frameArrivals, type FrameSource } from './frame-arrivals.ts';
import type { RunLedger } from './run-ledger.ts';
import { RunMeaning } from './run-meaning.ts';
import type { RunSteps } from './run-steps.ts';
import type { RunPatch, RunStore, RunVideo, StoredImage, StoredRun } from './run-store.ts';
import type { TextVectorStore } from './text-vectors.ts';
import type { TimelineStore } from './timeline-store.ts';
import { VideoReception, type VideoUploads } from './video-reception.ts';

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
  /** Missing where nobody sends videos. */
  videos?: VideoParts;
  /** Missing where nothing is searched by meaning. */
  vectors?: TextVectorStore;
}

/** What runs of videos need. */
export interface VideoParts {
  source: FrameSource;
  /** Where images are stored. */
  directory: string;
  /** A video that is not needed any more. */
  letGo: (sha256: string) => Promise<void>;
  /** Missing where no video comes as a resumable upload. */
  uploads?: VideoUploads;
}

/** A video gives about so many frames: what batches of progress are reckoned from. */
const FRAMES_THOUGHT_OF = 60;

export function imagesThoughtOf({ images, run }: LiveRunParts): number {
  return images.length + (run.video ? FRAMES_THOUGHT_OF : 0);
}

export function meaningOf(parts: LiveRunParts, signal: AbortSignal, steps: RunSteps): RunMeaning | null {
  const { run, runner, vectors } = parts;
  if (!vectors) return null;
  const during = <T>(work: () => Promise<T>) => steps.during('embed', work);
  return new RunMeaning({ runId: run.id, analysis: run.analysis, runner, vectors, signal, during });
}

export interface Arriving {
  ledger: RunLedger;
  steps: RunSteps;
  signal: AbortSignal;
  /** Makes an image part of the run. */
  add: (image: StoredImage) => Promise<void>;
  update: (change: (run: StoredRun) => RunPatch) => Promise<void>;
}

/** Frames on their way into a run. */
export interface ArrivingFrames extends ArrivingImages {
  /**
   * No frame joins the run any more once it has resolved: where the run stops before its video has ended.
   *
   * @param isForGood the run is cancelled, and nobody will want the rest of its video
   */
  end(isForGood: boolean): Promise<void>;
}

/** The frames of the run's video that are not images of it yet; null where there are none. */
export function arrivingOf(
  { videos, pathOf }: LiveRunParts,
  video: RunVideo | null,
  { ledger, steps, signal: stopped, add, update }: Arriving,
): ArrivingFrames | null {
  if (!video || video.taken || !videos) return null;
  const { source, directory } = videos;
  const startMs = steps.nowMs;
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal]);
  const reception = new VideoReception(video, { ...videos, steps, signal, pathOf, update });
  const images = frameArrivals(
    {
      source,
      video,
      file: reception.file,
      directory,
      pathOf,
      count: () => ledger.count,
      async add(image) {
        steps.note('frames', startMs);
        await add(image);
      },
      async onEnd() {
        steps.note('frames', startMs);
        await reception.end();
      },
    },
    signal,
  );
  return {
    [Symbol.asyncIterator]: () => images,
    async end(isForGood) {
      over.abort();
      // Behind the frame that is being added, if there is one.
      await images.return(undefined);
      if (isForGood) await reception.end();
    },
  };
}
