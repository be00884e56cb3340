import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { receiveImage, removeStaleUploads, storedImagePath } from './stream-intake.ts';

const MB = 1024 * 1024;
const LIMIT = 20 * MB;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contactsheet-intake-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** The same 64 KB again and again: what grows while it is read is not the source's. */
function repeated(totalBytes: number): { source: Readable; sentBytes: () => number } {
  const chunk = Buffer.alloc(64 * 1024, 'karaoke ');
  let sent = 0;
  const source = new Readable({
    read() {
      const isOver = sent >= totalBytes;
      if (!isOver) sent += chunk.length;
      this.push(isOver ? null : chunk);
    },
  });
  return { source, sentBytes: () => sent };
}

/** Bytes that the process grows by while it receives, after a first upload has warmed everything up. */
async function growthWhileReceiving(totalBytes: number, maxBytes: number) {
  const { source, sentBytes } = repeated(totalBytes);
  await receiveImage(repeated(30 * MB).source, { directory, maxBytes: 30 * MB });
  await rm(directory, { recursive: true, force: true });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  const received = await receiveImage(source, { directory, maxBytes });
  clearInterval(watch);
  return { received, source, sentBytes: sentBytes(), growth: peak - before };
}

describe('receiveImage', () => {
  it('stores the content under its hash', async () => {
    const content = Buffer.from('some image bytes');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const received = await receiveImage(Readable.from([content.subarray(0, 5), content.subarray(5)]), {
      directory: join(directory, 'made', 'here'),
      maxBytes: LIMIT,
    });
    const path = join(directory, 'made', 'here', sha256.slice(0, 2), sha256);
    const imageId = `img_${sha256.slice(0, 24)}`;
    expect(received).toEqual({ ok: true, sha256, imageId, path, sizeBytes: content.length, head: content });
    expect(storedImagePath(join(directory, 'made', 'here'), sha256)).toBe(path);
    expect(await readFile(path)).toEqual(content);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await filesIn(directory)).toEqual([sha256]);
  });

  it('makes one file of the same bytes sent many times at once', async () => {
    const content = Buffer.alloc(300_000, 'same');
    const receive = () => receiveImage(Readable.from([content]), { directory, maxBytes: LIMIT });
    const all = await Promise.all(Array.from({ length: 8 }, receive));
    const again = await receive();
    for (const received of all) expect(received).toEqual(again);
    expect(await filesIn(directory)).toHaveLength(1);
  });

  it('reads a file that is too large to its end, keeps nothing of it and stays flat in memory', async () => {
    const { received, source, sentBytes, growth } = await growthWhileReceiving(60 * MB, LIMIT);
    expect(received).toMatchObject({
      ok: false,
      failure: { code: 'image.tooLarge', retryable: false, detail: expect.stringContaining('20 MB') },
      sizeBytes: 60 * MB,
    });
    expect(sentBytes).toBe(60 * MB);
    expect(source.readableEnded).toBe(true);
    expect(await filesIn(directory)).toEqual([]);
    expect(growth).toBeLessThan(40 * MB);
  });

  it('stores 60 MB without holding them', async () => {
    const { received, growth } = await growthWhileReceiving(60 * MB, 60 * MB);
    expect(received).toMatchObject({ ok: true, sizeBytes: 60 * MB });
    expect(growth).toBeLessThan(40 * MB);
  });

  it('accepts exactly the limit and refuses one byte more', async () => {
    const sized = (bytes: number) =>
      receiveImage(Readable.from([Buffer.alloc(bytes, 1)]), { directory, maxBytes: 1000 });
    expect(await sized(1000)).toMatchObject({ ok: true });
    expect(await sized(1001)).toMatchObject({ ok: false, failure: { code: 'image.tooLarge' } });
  });

  it('says that an empty file is empty', async () => {
    const received = await receiveImage(Readable.from([]), { directory, maxBytes: LIMIT });
    expect(received).toMatchObject({ ok: false, failure: { code: 'image.unreadable' }, sizeBytes: 0 });
    expect(await filesIn(directory)).toEqual([]);
  });

  it.each([
    ['with an error', new Error('socket /tmp/secret hang up')],
    ['silently', undefined],
  ])('leaves no file where the client goes away %s', async (_how, error) => {
    const source = new Readable({ read: () => undefined });
    source.push(Buffer.alloc(100_000));
    setTimeout(() => source.destroy(error), 20);
    await expect(receiveImage(source, { directory, maxBytes: LIMIT })).rejects.toMatchObject({
      code: 'upload.invalid',
      message: 'The upload broke off before the file was complete.',
    });
    expect(await filesIn(directory)).toEqual([]);
  });

  it('reads the source to its end even where the disk refuses', async () => {
    const blocked = join(directory, 'a-file');
    await writeFile(blocked, '');
    const { source } = repeated(MB);
    await expect(receiveImage(source, { directory: blocked, maxBytes: LIMIT })).rejects.toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining(directory),
    });
    expect(source.readableEnded).toBe(true);
  });
});

describe('removeStaleUploads', () => {
  it('removes old temporary files only', async () => {
    const [old, fresh] = [1, 2].map((n) => join(directory, `incoming-00000000-0000-4000-8000-00000000000${n}.part`));
    const other = join(directory, 'notes.part');
    for (const path of [old, fresh, other]) await writeFile(path ?? '', 'x');
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (const path of [old, other]) await utimes(path ?? '', hourAgo, hourAgo);
    const stored = await receiveImage(Readable.from([Buffer.from('kept')]), { directory, maxBytes: LIMIT });
    expect(await removeStaleUploads(directory, 60_000)).toBe(1);
    const left = await filesIn(directory);
    expect(left).toHaveLength(3);
    expect(left).toContain(stored.ok ? stored.sha256 : '');
  });

  it('has nothing to do where the folder does not exist yet', async () => {
    expect(await removeStaleUploads(join(directory, 'none'), 0)).toBe(0);
  });
});
