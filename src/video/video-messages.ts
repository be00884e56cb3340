import type { FailureData } from '../contract/coded-error.ts';
import type { FrameReason } from './frame-chooser.ts';
import type { VideoKind } from './video-kind.ts';
import type { VideoLimits } from './video-limits.ts';

export interface VideoInfo {
  kind: VideoKind;
  durationMs: number;
  /** Pixels of the upright picture, as it is to be shown. */
  width: number;
  height: number;
  /** `avc`, `hevc`, `vp8`, `vp9`, `av1` … */
  codec: string;
  /** Clockwise, degrees, by which the pictures are stored turned; frames come upright. */
  rotation: 0 | 90 | 180 | 270;
}

/** A picture chosen from a video. */
export interface VideoFrame {
  /** From 0, in order of time. */
  index: number;
  timeMs: number;
  /** When what it shows began, ms; never after `timeMs`. Where people are to be sent who want to see it. */
  fromMs: number;
  /** Of the JPEG, px. */
  width: number;
  height: number;
  jpeg: Uint8Array;
  /** Why it was chosen: the first of the video, the best of a new scene, or due by time within a scene. */
  reason: FrameReason;
}

export interface FrameSettings {
  intervalMs: number;
  maxFrames: number;
  /** Between pictures that are looked at, ms. */
  stepMs: number;
  /** Longer side of the JPEGs, px. */
  maxSide: number;
  limits: VideoLimits;
}

/** What a thread that decodes a video is started with. */
export interface VideoThreadData {
  task: 'info' | 'frames';
  path: string;
  /** Of the whole file, also where it is still being written. */
  sizeBytes: number;
  /** The file is still being written: what is not there yet is asked for. */
  isGrowing: boolean;
  settings: FrameSettings;
}

/** What it tells. */
export type VideoThreadMessage =
  | { kind: 'info'; info: VideoInfo }
  | { kind: 'frame'; frame: VideoFrame }
  /** Still at work, though there is no frame to tell of. */
  | { kind: 'alive' }
  /** Waits until the file has so many bytes. */
  | { kind: 'needs'; bytes: number }
  /** `cause`: what the library threw, for the log only. */
  | { kind: 'failed'; failure: FailureData; cause: string | null }
  | { kind: 'end' };

/** What it is told. */
export type VideoThreadOrder =
  /** A frame was taken: the next may come. */
  | { kind: 'taken' }
  /** The file has so many bytes now. */
  | { kind: 'grown'; bytes: number }
  | { kind: 'stop' };
