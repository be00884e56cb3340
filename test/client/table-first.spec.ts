import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableFirst } from '../../client/src/api/table-first.ts';
import { framesOf } from '../../src/video/frames.ts';
import { PANCAKES, pancakesTableLast } from '../support/sample-video.ts';
import { makeVideoFile } from '../support/video-file.ts';

describe('a video with its table of contents in front', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-table-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const fileOf = async (path: string) =>
    new File([await readFile(path)], 'dish.mov', { type: 'video/quicktime', lastModified: 5 });
  const framesIn = async (path: string) => {
    const frames = [];
    for await (const frame of framesOf(path)) frames.push(frame);
    return frames;
  };

  it('has the same pictures, as many bytes, and is left as it is', async () => {
    const path = await makeVideoFile({ path: join(folder, 'late.mov'), format: 'mov', fastStart: false });
    const file = await fileOf(path);
    const moved = await tableFirst(file);
    expect(moved).toMatchObject({ name: 'dish.mov', size: file.size, type: 'video/quicktime', lastModified: 5 });
    const bytes = Buffer.from(await (moved as File).arrayBuffer());
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    const early = join(folder, 'early.mov');
    await writeFile(early, bytes);
    const frames = await framesIn(early);
    expect(frames.length).toBeGreaterThan(1);
    expect(frames).toEqual(await framesIn(path));
    expect(await tableFirst(moved as File)).toBeNull();
    // Given again after the page was left it must go on with the same bytes.
    const again = Buffer.from(await ((await tableFirst(await fileOf(path))) as File).arrayBuffer());
    expect(again.equals(bytes)).toBe(true);
  });

  it('turns the sample as a phone would write it into the sample as it is', async () => {
    const late = new File([new Uint8Array(await pancakesTableLast())], 'pancakes.mp4');
    const moved = Buffer.from(await ((await tableFirst(late)) as File).arrayBuffer());
    expect(moved.equals(await readFile(PANCAKES))).toBe(true);
  });

  it('moves nothing in what is no such file, cut off, or has places that are not known', async () => {
    const path = await makeVideoFile({ path: join(folder, 'whole.mp4'), fastStart: false });
    const bytes = await readFile(path);
    const box = (name: string) => Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from(name)]);
    const others = [
      Buffer.from('two eggs'),
      Buffer.from(''),
      bytes.subarray(0, bytes.length - 10),
      Buffer.concat([bytes, box('meta')]),
      Buffer.concat([bytes, box('moof')]),
      Buffer.concat([bytes, Buffer.from([0, 0, 0, 1])]),
    ];
    for (const other of others) expect(await tableFirst(new File([new Uint8Array(other)], 'x.mp4'))).toBeNull();
  });
});
