import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readImageSize } from '../../src/images/read-size.ts';

const PHOTO = { width: 3_000, height: 2_000 };
const HEADERS = 500;

describe('the headers of 500 photos', () => {
  let directory: string;
  const paths: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'contactsheet-headers-'));
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const photo = await sharp({ create: { ...PHOTO, channels: 3, background: '#000', noise } })
      .jpeg()
      .toBuffer();
    for (let copy = 0; copy < 10; copy += 1) {
      const path = join(directory, `${copy}.jpg`);
      await writeFile(path, photo);
      paths.push(path);
    }
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('are read in far less time than decoding takes, and leave the event loop free', async () => {
    let longestMs = 0;
    let lastMs = performance.now();
    const ticking = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }, 1);
    const startedMs = performance.now();
    for (let i = 0; i < HEADERS; i += 1) {
      expect(await readImageSize(paths[i % paths.length] ?? '')).toEqual(PHOTO);
    }
    const tookMs = performance.now() - startedMs;
    clearInterval(ticking);
    // Decoding them would take 20 seconds and more.
    expect(tookMs).toBeLessThan(5_000);
    expect(longestMs).toBeLessThan(250);
  });
});
