import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface VideoFileSpec {
  path: string;
  format: 'mp4' | 'mov' | 'webm';
  codec: 'avc' | 'hevc' | 'vp8' | 'vp9' | 'av1';
  width: number;
  height: number;
  framesPerSecond: number;
  keyFrameEverySeconds: number;
  rotation: 0 | 90 | 180 | 270;
  /** The table of contents comes first. */
  fastStart: boolean;
  /** A number is a look of its own, below zero one in which nothing moves; `soft` a picture that is all blur. None at all makes a file with sound alone. */
  scenes: { look: number | 'black' | 'soft'; seconds: number }[];
}

const USUAL: Omit<VideoFileSpec, 'path'> = {
  format: 'mp4',
  codec: 'avc',
  width: 320,
  height: 180,
  framesPerSecond: 10,
  keyFrameEverySeconds: 2,
  rotation: 0,
  fastStart: true,
  scenes: [
    { look: 1, seconds: 3 },
    { look: 2, seconds: 3 },
  ],
};

/** Makes a video file for a test; returns its path. */
export async function makeVideoFile(spec: Partial<VideoFileSpec> & { path: string }): Promise<string> {
  const worker = new Worker(new URL('./video-file.worker.ts', import.meta.url), { workerData: { ...USUAL, ...spec } });
  const [code] = (await once(worker, 'exit')) as [number];
  if (code !== 0) throw new Error('The video for the test could not be made.');
  return spec.path;
}
