import { copyFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { makeVideoFile, type VideoFileSpec } from '../../test/support/video-file.ts';
import { framesOf, videoInfo, type FrameOptions, type GrowingFile } from './frames.ts';
import type { VideoFrame } from './video-messages.ts';

const PANCAKES = new URL('../../samples/videos/pancakes.mp4', import.meta.url).pathname;

interface SampleTruth {
  durationMs: number;
  scenes: { id: string; kind: 'scene' | 'repeat' | 'blank' | 'blur'; fromMs: number; toMs: number }[];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contactsheet-video-'));
});
afterAll(() => rm(folder, { recursive: true }));

let made = 0;
function make(spec: Partial<VideoFileSpec> = {}): Promise<string> {
  made += 1;
  return makeVideoFile({ path: join(folder, `${made}.video`), ...spec });
}

async function framesAndError(source: string | GrowingFile, options?: FrameOptions, signal?: AbortSignal) {
  const frames: VideoFrame[] = [];
  try {
    for await (const frame of framesOf(source, options, signal)) frames.push(frame);
    return { frames, error: null };
  } catch (error) {
    return { frames, error: error as Error & { code: string } };
  }
}

describe('framesOf the sample', () => {
  let truth: SampleTruth;
  let frames: VideoFrame[];
  beforeAll(async () => {
    truth = JSON.parse(await readFile(PANCAKES.replace(/mp4$/, 'json'), 'utf8')) as SampleTruth;
    ({ frames } = await framesAndError(PANCAKES));
  });

  it('gives one frame of each scene, and none that is blank, blurred or shows the same again', () => {
    const sceneOf = ({ timeMs }: VideoFrame) => truth.scenes.find(({ toMs }) => timeMs < toMs)?.id;
    const wanted = truth.scenes.filter(({ kind }) => kind === 'scene').map(({ id }) => id);
    expect(frames.map(sceneOf)).toEqual(wanted);
    expect(frames.map(({ index }) => index)).toEqual(wanted.map((_, index) => index));
    for (const frame of frames) {
      const began = truth.scenes.find(({ toMs }) => frame.timeMs < toMs)?.fromMs ?? 0;
      expect(Math.abs(frame.fromMs - began)).toBeLessThanOrEqual(500);
    }
    expect(frames.map(({ reason }) => reason)).toEqual(['first', ...wanted.slice(1).map(() => 'sceneChange')]);
  });

  it('gives the same frames again', async () => {
    const again = await framesAndError(PANCAKES);
    expect(again.frames.map(({ jpeg }) => Buffer.from(jpeg).toString('base64'))).toEqual(
      frames.map(({ jpeg }) => Buffer.from(jpeg).toString('base64')),
    );
  });

  it('gives JPEGs of at most the side asked for', async () => {
    const { frames: small } = await framesAndError(PANCAKES, { maxSide: 200, maxFrames: 1 });
    expect(small).toHaveLength(1);
    const { format, width, height } = await sharp(Buffer.from(small[0]?.jpeg ?? [])).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 200, height: 113 });
  });

  it('tells what it is', async () => {
    await expect(videoInfo(PANCAKES)).resolves.toEqual({
      kind: 'mp4',
      durationMs: truth.durationMs,
      width: 640,
      height: 360,
      codec: 'avc',
      rotation: 0,
    });
  });
});

describe('framesOf', () => {
  it.each([
    ['mov', 'avc'],
    ['mov', 'hevc'],
    ['webm', 'vp8'],
    ['webm', 'vp9'],
    ['webm', 'av1'],
  ] as const)('reads %s with %s', async (format, codec) => {
    const path = await make({ format, codec });
    const { frames, error } = await framesAndError(path);
    expect(error).toBeNull();
    expect(frames.map(({ timeMs }) => Math.floor(timeMs / 3_000))).toEqual([0, 1]);
    await expect(videoInfo(path)).resolves.toMatchObject({ kind: format, codec, width: 320, height: 180 });
  });

  it.each([90, 180, 270] as const)('gives a video stored turned by %d° upright', async (rotation) => {
    const path = await make({ format: 'mov', rotation });
    const isTurned = rotation !== 180;
    const size = isTurned ? { width: 180, height: 320 } : { width: 320, height: 180 };
    await expect(videoInfo(path)).resolves.toMatchObject({ rotation, ...size });
    const { frames } = await framesAndError(path);
    expect(frames[0]).toMatchObject(size);
    // The red square is at the top left of the stored picture.
    const [left, top] = {
      90: [size.width - 12, 4],
      180: [size.width - 12, size.height - 12],
      270: [4, size.height - 12],
    }[rotation];
    const corner = sharp(Buffer.from(frames[0]?.jpeg ?? [])).extract({
      left: left ?? 0,
      top: top ?? 0,
      width: 8,
      height: 8,
    });
    const [red, green] = (await sharp(await corner.png().toBuffer()).stats()).channels;
    expect(red?.mean).toBeGreaterThan(180);
    expect(green?.mean).toBeLessThan(80);
  });

  it('gives a frame every so often where only a small thing moves', async () => {
    const path = await make({ scenes: [{ look: 1, seconds: 21 }] });
    const { frames } = await framesAndError(path, { intervalMs: 4_000 });
    const times = [0, ...frames.map(({ timeMs }) => timeMs), 21_000];
    for (const [at, timeMs] of times.slice(1).entries()) expect(timeMs - (times[at] ?? 0)).toBeLessThanOrEqual(4_000);
    expect(frames.length).toBeLessThanOrEqual(10);
  });

  it('looks at key frames of a long video, and spreads its frames over all of it', async () => {
    const scenes = Array.from({ length: 60 }, (_, look) => ({ look, seconds: 30 }));
    const path = await make({ scenes, framesPerSecond: 1, keyFrameEverySeconds: 10, width: 160, height: 90 });
    const { frames, error } = await framesAndError(path, { maxFrames: 40 });
    expect(error).toBeNull();
    expect(frames.length).toBeLessThanOrEqual(40);
    expect(frames.length).toBeGreaterThan(25);
    expect(frames.at(-1)?.timeMs).toBeGreaterThan(28 * 60_000);
  });

  it('gives one frame where nothing moves at all', async () => {
    const path = await make({ scenes: [{ look: -1, seconds: 21 }] });
    const { frames } = await framesAndError(path, { intervalMs: 4_000 });
    expect(frames.map(({ reason }) => reason)).toEqual(['first']);
  });

  it('gives nothing of a video that shows nothing', async () => {
    const path = await make({
      scenes: [
        { look: 'black', seconds: 3 },
        { look: 'soft', seconds: 3 },
      ],
    });
    await expect(framesAndError(path)).resolves.toEqual({ frames: [], error: null });
  });
});

describe('what cannot be read', () => {
  it('is a file that is no video, or none at all', async () => {
    const path = join(folder, 'words.mp4');
    await writeFile(path, 'Take two eggs and beat them until they are foamy.');
    await expect(videoInfo(path)).rejects.toMatchObject({
      code: 'video.unreadable',
      message: expect.stringContaining('MP4'),
    });
    await expect(framesAndError(join(folder, 'nothing.mp4'))).resolves.toMatchObject({
      error: { code: 'video.unreadable' },
    });
    await writeFile(path, '');
    await expect(videoInfo(path)).rejects.toMatchObject({ code: 'video.unreadable' });
  });

  it.each(['mp4', 'webm'] as const)('is the rest of a cut off %s, after the frames before', async (format) => {
    const scenes = Array.from({ length: 6 }, (_, look) => ({ look, seconds: 2 }));
    const path = await make({ format, codec: format === 'mp4' ? 'avc' : 'vp9', scenes });
    await truncate(path, Math.round((await stat(path)).size * 0.6));
    const { frames, error } = await framesAndError(path);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(frames.length).toBeLessThan(6);
    expect(error).toMatchObject({ code: 'video.unreadable', message: expect.stringMatching(/cut off after \d+ s/) });
  });

  it('is an MP4 that was cut off before its table of contents', async () => {
    const path = await make({ fastStart: false });
    await truncate(path, Math.round((await stat(path)).size * 0.6));
    await expect(framesAndError(path)).resolves.toMatchObject({ frames: [], error: { code: 'video.unreadable' } });
  });

  it('is what is damaged within, after the frames before', async () => {
    const path = join(folder, 'damaged.mp4');
    await copyFile(PANCAKES, path);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(60_000, 0xa7), 0, 60_000, 200_000);
    await file.close();
    const { frames, error } = await framesAndError(path);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(error).toMatchObject({ code: 'video.unreadable' });
  });

  it.each(['mp4', 'webm'] as const)('is sound alone, as %s', async (format) => {
    const path = await make({ format, scenes: [] });
    await expect(videoInfo(path)).rejects.toMatchObject({ code: 'video.noPicture' });
  });

  it('is what lasts 4 hours', async () => {
    const path = await make({ framesPerSecond: 1 / 3_600, scenes: [{ look: 1, seconds: 4 * 3_600 }] });
    const { frames, error } = await framesAndError(path);
    expect(frames).toEqual([]);
    expect(error).toMatchObject({
      code: 'video.tooLong',
      message: 'The video is 4 hours long; at most 2 hours can be read. Cut it, or send it in parts.',
    });
  });

  it('is what has too many bytes or pixels', async () => {
    await expect(videoInfo(PANCAKES, { limits: { maxBytes: 1_000 } })).rejects.toMatchObject({
      code: 'video.tooLarge',
    });
    await expect(videoInfo(PANCAKES, { limits: { maxPixels: 1_000 } })).rejects.toMatchObject({
      code: 'video.tooLarge',
    });
  });
});
