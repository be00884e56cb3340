/** The script of a thread that makes a video file for tests: jest's own realm has typed arrays that the encoder does not take. */
import { workerData } from 'node:worker_threads';
import { registerMediabunnyServer } from '@mediabunny/server';
import {
  AudioSample,
  AudioSampleSource,
  FilePathTarget,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import type { VideoFileSpec } from './video-file.ts';

const spec = workerData as VideoFileSpec;
const { width, height, framesPerSecond, fastStart } = spec;

const FORMATS = {
  mp4: () => new Mp4OutputFormat({ fastStart: fastStart ? 'in-memory' : false }),
  mov: () => new MovOutputFormat({ fastStart: fastStart ? 'in-memory' : false }),
  webm: () => new WebMOutputFormat(),
};

/**
 * Shapes by the number of the scene, over which a bar moves; at its top left a red square, by which it can be seen which way
 * up it is. A scene with a number below zero stands still.
 */
function draw(pixels: Uint8Array, look: number | 'black' | 'soft', frame: number): void {
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const [red, green, blue] = colourAt(look, x, y, frame);
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
      pixels[at + 3] = 255;
    }
  }
}

function colourAt(look: number | 'black' | 'soft', x: number, y: number, frame: number): [number, number, number] {
  if (look === 'black') return [0, 0, 0];
  if (look === 'soft') return [120 + (40 * x) / width, 120, 100 + (40 * y) / height];
  if (x < width / 8 && y < height / 8) return [255, 0, 0];
  const cell = Math.floor((x * 8) / width) * 7 + Math.floor((y * 6) / height) * 13 + look * 31;
  if (look >= 0 && Math.abs(x - barAt(frame)) < 10 && y > height / 3) return [250, 250, 250];
  return [(cell * 53) % 200, (cell * 97 + look * 71) % 200, (cell * 29) % 200];
}

/** From left to right, and never twice at the same places. */
function barAt(frame: number): number {
  return (frame * 4 + Math.floor((frame * 4) / width) * 37) % width;
}

async function addPictures(video: VideoSampleSource): Promise<void> {
  const pixels = new Uint8Array(width * height * 4);
  let frame = 0;
  for (const { look, seconds } of spec.scenes) {
    for (let count = 0; count < Math.round(seconds * framesPerSecond); count += 1, frame += 1) {
      if (count === 0 || (typeof look === 'number' && look >= 0)) draw(pixels, look, frame);
      const timestamp = frame / framesPerSecond;
      using sample = new VideoSample(pixels, {
        format: 'RGBX',
        codedWidth: width,
        codedHeight: height,
        timestamp,
        duration: 1 / framesPerSecond,
      });
      await video.add(sample);
    }
  }
}

async function addSilence(audio: AudioSampleSource): Promise<void> {
  const sample = new AudioSample({
    data: new Float32Array(24_000),
    format: 'f32',
    numberOfChannels: 1,
    sampleRate: 48_000,
    timestamp: 0,
  });
  await audio.add(sample);
  sample.close();
}

registerMediabunnyServer({ hardwareContext: null });
const output = new Output({ format: FORMATS[spec.format](), target: new FilePathTarget(spec.path) });
if (spec.scenes.length > 0) {
  const video = new VideoSampleSource({
    codec: spec.codec,
    bitrate: 400_000,
    keyFrameInterval: spec.keyFrameEverySeconds,
    hardwareAcceleration: 'prefer-software',
  });
  output.addVideoTrack(video, { rotation: spec.rotation });
  await output.start();
  await addPictures(video);
} else {
  const audio = new AudioSampleSource({ codec: spec.format === 'webm' ? 'opus' : 'aac', bitrate: 64_000 });
  output.addAudioTrack(audio);
  await output.start();
  await addSilence(audio);
}
await output.finalize();
