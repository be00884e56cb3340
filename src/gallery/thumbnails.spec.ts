import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { imageIdFrom } from '../images/content-id.ts';
import { storedImagePath } from '../images/stream-intake.ts';
import { scene } from '../../test/fixtures/images/scene.ts';
import { ImageThreads } from './image-threads.ts';
import { Thumbnails } from './thumbnails.ts';

describe('Thumbnails', () => {
  let folder: string;
  let threads: ImageThreads;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-thumbnails-'));
    threads = new ImageThreads();
  });
  afterEach(async () => {
    await threads.close();
    await rm(folder, { recursive: true });
  });

  const opened = (maxBytes?: number) =>
    new Thumbnails({
      directory: join(folder, 'thumbnails'),
      imageDirectory: join(folder, 'images'),
      threads,
      ...(maxBytes !== undefined && { maxBytes }),
    });

  async function stored(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = storedImagePath(join(folder, 'images'), sha256);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    return imageIdFrom(sha256);
  }

  const kept = async () =>
    (await readdir(join(folder, 'thumbnails'), { recursive: true })).filter((name) => name.endsWith('.webp'));

  it('makes one for all who ask at the same time', async () => {
    const imageId = await stored(await scene().png().toBuffer());
    const thumbnails = opened();
    const paths = await Promise.all([1, 2, 3].map(() => thumbnails.pathOf(imageId, 160)));
    expect(new Set(paths).size).toBe(1);
    expect(await kept()).toHaveLength(1);
  });

  it('knows what cannot be made, and what is not there', async () => {
    const imageId = await stored(Buffer.from('no image'));
    const thumbnails = opened();
    for (let time = 0; time < 2; time += 1) {
      await expect(thumbnails.pathOf(imageId, 320)).rejects.toMatchObject({ code: 'image.unreadable' });
    }
    for (const id of ['img_000000000000000000000000', '../../etc/passwd', 'img_']) {
      await expect(thumbnails.pathOf(id, 320)).rejects.toMatchObject({ code: 'image.notFound' });
    }
  });

  it('removes those not looked at for longest where they take too much room', async () => {
    const imageId = await stored(await scene().png().toBuffer());
    const thumbnails = opened(1);
    const [old, young] = [await thumbnails.pathOf(imageId, 160), await thumbnails.pathOf(imageId, 320)];
    await utimes(old, new Date(0), new Date(0));
    expect(await opened(1_000_000).sweep()).toBe(0);
    // Looking at it makes it young again.
    await thumbnails.pathOf(imageId, 160);
    await utimes(young, new Date(0), new Date(0));
    expect(await opened(500).sweep()).toBe(1);
    expect(await kept()).toEqual([expect.stringContaining('-160.webp')]);
    expect(await opened(1).sweep()).toBe(1);
  });
});
