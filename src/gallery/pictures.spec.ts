import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { CodedError } from '../contract/coded-error.ts';
import { ImageThreads } from './image-threads.ts';
import { picturesFrom } from './pictures.ts';

describe('picturesFrom', () => {
  let folder: string;
  let threads: ImageThreads;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-pictures-'));
    threads = new ImageThreads();
    const wide = sharp({ create: { width: 300, height: 100, channels: 4, background: '#ff000080' } });
    // Turned on its side by its metadata, and with a text that says where it was taken.
    const turned = wide.withMetadata({ orientation: 6 }).withExif({ IFD0: { ImageDescription: 'at home' } });
    await writeFile(join(folder, 'wide'), await turned.png().toBuffer());
    await writeFile(join(folder, 'damaged'), Buffer.from('GIF89a, as it says'));
  });
  afterAll(async () => {
    await threads.close();
    await rm(folder, { recursive: true, force: true });
  });

  const pathOf = async (imageId: string): Promise<string> => {
    if (imageId === 'gone') throw new CodedError('image.notFound', 'There is no such image.');
    return join(folder, imageId);
  };

  it('gives an upright JPEG of at most that size, on white, with nothing of the metadata', async () => {
    const picture = await picturesFrom(threads, pathOf)('wide', 150);
    expect(picture).toMatchObject({ width: 50, height: 150 });
    const { format, exif, orientation } = await sharp(picture?.jpeg).metadata();
    expect([format, exif, orientation]).toEqual(['jpeg', undefined, undefined]);
    const { channels } = await sharp(picture?.jpeg).stats();
    const means = channels.map(({ mean }) => mean);
    expect(means).toEqual([255, 127, 127].map((half) => expect.closeTo(half, -1)));
  });

  it('never enlarges', async () => {
    expect(await picturesFrom(threads, pathOf)('wide', 2_000)).toMatchObject({ width: 100, height: 300 });
  });

  it('is null for one that is gone or damaged, so that it costs no more than its place', async () => {
    const picture = picturesFrom(threads, pathOf);
    expect([await picture('gone', 100), await picture('damaged', 100)]).toEqual([null, null]);
  });
});
