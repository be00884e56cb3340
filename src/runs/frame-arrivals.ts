import { Readable } from 'node:stream';
import { clockTime } from '../contract/clock-time.ts';
import { toFailureData, type FailureData } from '../contract/coded-error.ts';
import { receiveImage } from '../images/stream-intake.ts';
import type { ImageToRead } from './analysis-runner.ts';
import { imageToRead } from './checkpoint.ts';
import { refusedImage, unreadImage } from './new-image.ts';
import type { RunVideo, StoredImage } from './run-store.ts';
import type { VideoFile } from './video-reception.ts';

/** A picture that was chosen from a video. */
export interface ChosenFrame {
  /** 0, 1, 2 … among those of the video: the same video always gives the same frames. */
  index: number;
  timeMs: number;
  jpeg: Uint8Array;
}

/** Chooses frames of videos. Implemented by `video/`. */
export interface FrameSource {
  /**
   * In the order of time, as they are chosen: of a video that is still being sent, while it comes.
   *
   * @throws CodedError `video.*`, also after some frames, where the rest cannot be read; `upload.brokenOff` where it never comes
   */
  framesOf(file: VideoFile, signal: AbortSignal): AsyncIterable<ChosenFrame>;
}

export interface FrameArrivalsParts {
  source: FrameSource;
  video: Pick<RunVideo, 'name' | 'sizeBytes' | 'firstPosition'>;
  file: VideoFile;
  /** Where images are stored, and a stored one is found. */
  directory: string;
  pathOf: (sha256: string) => string;
  /** How many images the run has by now: frames that are among them already are not added again. */
  count: () => number;
  add: (image: StoredImage) => Promise<void>;
  /** All of the video has been looked at. */
  onEnd: () => Promise<void>;
}

/** A frame of 1280 px is a tenth of this. */
const MOST_FRAME_BYTES = 8 * 2 ** 20;

/**
 * The frames of a video as images of a run, while the video is still being looked at. What cannot be read of it becomes a
 * failed image with the video's name, and the frames before it count. Ends soon after the signal; never rejects, but where
 * an image cannot be stored.
 */
export async function* frameArrivals(
  parts: FrameArrivalsParts,
  signal: AbortSignal,
): AsyncGenerator<readonly ImageToRead[]> {
  const { video, file, count, add, onEnd } = parts;
  const failure = yield* framesUpToFailure(parts, file, signal);
  if (failure?.code === 'upload.brokenOff' && typeof file !== 'string') {
    // Pictures that were here and not yet judged: what is here is gone through once more, as a file that is cut off there.
    yield* framesUpToFailure(parts, file.path, signal);
  }
  if (signal.aborted) return;
  if (failure) await add(refusedImage({ position: count(), name: video.name, sizeBytes: video.sizeBytes }, failure));
  await onEnd();
}

/** Those that the run does not have yet. @returns why there are no more; null where the video ends there */
async function* framesUpToFailure(
  { source, video, directory, pathOf, count, add }: FrameArrivalsParts,
  file: VideoFile,
  signal: AbortSignal,
): AsyncGenerator<readonly ImageToRead[], FailureData | null> {
  try {
    for await (const { index, timeMs, jpeg } of source.framesOf(file, signal)) {
      const position = video.firstPosition + index;
      if (signal.aborted) return null;
      if (position < count()) continue;
      const received = await receiveImage(Readable.from([jpeg]), { directory, maxBytes: MOST_FRAME_BYTES });
      if (!received.ok) continue;
      const { imageId, sha256, sizeBytes } = received;
      const name = `${video.name} ${clockTime(timeMs)}`;
      const image = { ...unreadImage({ position, imageId, sha256, name, sizeBytes }), timeMs };
      await add(image);
      yield [imageToRead(image, pathOf)];
    }
    return null;
  } catch (error) {
    return toFailureData(error);
  }
}
