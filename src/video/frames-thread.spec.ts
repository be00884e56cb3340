import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeVideoFile } from '../../test/support/video-file.ts';
import { framesOf, videoInfo, type FrameOptions, type GrowingFile } from './frames.ts';
import type { VideoFrame } from './video-messages.ts';

const PANCAKES = new URL('../../samples/videos/pancakes.mp4', import.meta.url).pathname;

/** Threads of this process that are there: a thread holds a message port. */
function threads(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length;
}

async function all(source: string | GrowingFile, options?: FrameOptions, signal?: AbortSignal): Promise<VideoFrame[]> {
  const frames: VideoFrame[] = [];
  for await (const frame of framesOf(source, options, signal)) frames.push(frame);
  return frames;
}

describe('the thread of a video', () => {
  it('ends with the iteration', async () => {
    const before = threads();
    for await (const frame of framesOf(PANCAKES)) {
      expect(frame.index).toBe(0);
      break;
    }
    expect(threads()).toBe(before);
  });

  it('ends when it is cancelled, at any time', async () => {
    const before = threads();
    for (const afterMs of [0, 20, 100, 200, 300, 400, 500]) {
      const cancelling = new AbortController();
      const reason = new Error('enough');
      const call = all(PANCAKES, {}, cancelling.signal);
      setTimeout(() => cancelling.abort(reason), afterMs);
      await expect(call).rejects.toBe(reason);
    }
    expect(threads()).toBe(before);
  });

  it('is not begun when it was cancelled before', async () => {
    await expect(all(PANCAKES, {}, AbortSignal.abort(new Error('never')))).rejects.toThrow('never');
  });

  it('waits while its frames are not taken', async () => {
    const seen: number[] = [];
    for await (const { index } of framesOf(PANCAKES, { silenceLimitMs: 2_500 })) {
      // Longer than it may be silent: the thread is not to blame for it.
      if (index === 0) await wait(3_000);
      seen.push(index);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('is given up where it says nothing for too long', async () => {
    const before = threads();
    await expect(all(PANCAKES, { silenceLimitMs: 1 })).rejects.toMatchObject({
      code: 'video.unreadable',
      message: expect.stringContaining('too long'),
    });
    expect(threads()).toBe(before);
  });

  it('may die without the process', async () => {
    await expect(all(PANCAKES, { heapMegabytes: 5 })).rejects.toMatchObject({ code: 'video.unreadable' });
    await expect(videoInfo(PANCAKES)).resolves.toMatchObject({ kind: 'mp4' });
  });
});

describe('framesOf a file that is still being written', () => {
  let folder: string;
  let bytes: Buffer;
  let usual: VideoFrame[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-video-'));
    bytes = await readFile(PANCAKES);
    usual = await all(PANCAKES);
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** A file that is written only as far as it is asked for. */
  async function growing(upTo = Infinity): Promise<{ source: GrowingFile; written: () => Promise<number> }> {
    const path = join(folder, `${Math.random()}.mp4`);
    const file = await open(path, 'w');
    await file.close();
    const grown = async (wanted: number): Promise<void> => {
      if (wanted > upTo) throw new Error('the line is down');
      const file = await open(path, 'r+');
      await file.write(bytes.subarray(0, wanted), 0, wanted, 0);
      await file.close();
    };
    return { source: { path, sizeBytes: bytes.length, grown }, written: async () => (await stat(path)).size };
  }

  it('gives the same frames, the first before the file is whole', async () => {
    const { source, written } = await growing();
    const sizes: number[] = [];
    const frames: VideoFrame[] = [];
    for await (const frame of framesOf(source)) {
      sizes.push(await written());
      frames.push(frame);
    }
    expect(frames).toEqual(usual);
    expect(sizes[0]).toBeLessThan(bytes.length / 2);
  });

  it('gives the frames there are where the file never gets whole', async () => {
    const { source } = await growing(Math.round(bytes.length * 0.7));
    const frames: VideoFrame[] = [];
    const reading = async () => {
      for await (const frame of framesOf(source)) frames.push(frame);
    };
    await expect(reading()).rejects.toThrow('the line is down');
    expect(frames.length).toBeGreaterThan(1);
  });

  it('waits for all of an MP4 whose table of contents is at its end', async () => {
    const path = await makeVideoFile({ path: join(folder, 'late.mp4'), fastStart: false });
    const sizeBytes = (await stat(path)).size;
    const asked: number[] = [];
    const grown = async (wanted: number): Promise<void> => void asked.push(wanted);
    expect(await all({ path, sizeBytes, grown })).toEqual(await all(path));
    // Its beginning is looked at, and then its end: before any picture.
    expect(asked.findIndex((wanted) => wanted === sizeBytes)).toBeLessThan(6);
  });

  it('can be cancelled while it waits', async () => {
    const { source } = await growing();
    const cancelling = new AbortController();
    const call = all(
      { ...source, grown: () => new Promise(() => undefined) },
      { silenceLimitMs: 2_000 },
      cancelling.signal,
    );
    setTimeout(() => cancelling.abort(new Error('enough')), 3_000);
    await expect(call).rejects.toThrow('enough');
  });
});
