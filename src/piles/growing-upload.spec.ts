import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Quiet } from '../runs/video-reception.ts';
import { growingUpload } from './growing-upload.ts';

const never = new AbortController().signal;

describe('growingUpload', () => {
  let folder: string;
  let made = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-upload-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const of = async (bytes: string, waitMs = 60_000) => {
    const path = join(folder, `${(made += 1)}`);
    await writeFile(path, bytes);
    return { path, upload: growingUpload({ path, sizeBytes: 10, waitMs }) };
  };

  it('waits until so many bytes are here', async () => {
    const { path, upload } = await of('1234');
    await upload.grown(4, never);
    let isHere = false;
    const waiting = upload.grown(6, never).then(() => (isHere = true));
    await appendFile(path, '5');
    await upload.grown(5, never);
    expect(isHere).toBe(false);
    await appendFile(path, '6');
    await waiting;
  });

  it('gives up when nothing has come for too long, and where the file is gone', async () => {
    const { path, upload } = await of('1234', 1);
    const broken = { code: 'upload.brokenOff', message: expect.stringContaining('at 40 %') };
    await expect(upload.grown(5, never)).rejects.toMatchObject(broken);
    await upload.grown(4, never);
    await rm(path);
    const gone = { code: 'upload.brokenOff', message: expect.stringContaining('given up') };
    await expect(upload.grown(5, never)).rejects.toMatchObject(gone);
  });

  it('does not count the time before it was opened: the server may have been down', async () => {
    const { path } = await of('1234');
    await utimes(path, 1_000, 1_000);
    const upload = growingUpload({ path, sizeBytes: 10, waitMs: 60_000 });
    const stop = new AbortController();
    const waiting = upload.grown(5, stop.signal);
    await appendFile(path, '5');
    await waiting;
  });

  it('tells of a sender that has fallen silent, and when it goes on', async () => {
    const { path } = await of('1234');
    const upload = growingUpload({ path, sizeBytes: 10, waitMs: 60_000 });
    const told: (Quiet | null)[] = [];
    const clock = jest.spyOn(Date, 'now');
    const opened = Date.now();
    try {
      const waiting = upload.grown(10, never, (quiet) => {
        told.push(quiet);
        clock.mockReturnValue(opened);
        void appendFile(path, quiet === null ? '7890' : '56');
      });
      clock.mockReturnValue(opened + 6_000);
      await waiting;
    } finally {
      clock.mockRestore();
    }
    expect(told).toEqual([{ receivedBytes: 4, waitMs: 60_000 }, null]);
  });

  it('is waited for no longer when nobody wants it', async () => {
    const { upload } = await of('1234');
    const stop = new AbortController();
    const waiting = upload.grown(5, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
