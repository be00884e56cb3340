import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { framesOf } from '../../src/video/frames.ts';
import { makeVideoFile } from '../support/video-file.ts';

const MOST_BYTES = 200 * 2 ** 20;

describe('frames of 720 pictures of 720p', () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-video-'));
    const scenes = Array.from({ length: 10 }, (_, scene) => ({ look: -1 - scene, seconds: 3 }));
    const size = { width: 1_280, height: 720, framesPerSecond: 24 };
    path = await makeVideoFile({ path: join(folder, 'a.mp4'), scenes, ...size });
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it(`takes less than ${MOST_BYTES / 2 ** 20} MB, however slowly they are taken`, async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const startedMs = performance.now();
    let frames = 0;
    for await (const frame of framesOf(path)) {
      frames += 1;
      if (frame.index % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    clearInterval(watch);
    console.log(
      `${frames} frames, ${Math.round(performance.now() - startedMs)} ms, ${Math.round((most - before) / 1e6)} MB`,
    );
    expect(frames).toBe(10);
    expect(most - before).toBeLessThan(MOST_BYTES);
  }, 60_000);
});
