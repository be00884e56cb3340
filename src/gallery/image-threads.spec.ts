import { afterEach, describe, expect, it } from '@jest/globals';
import { ImageThreads } from './image-threads.ts';

const HANGING = new URL('../../test/support/hanging-image-thread.ts', import.meta.url);

describe('ImageThreads', () => {
  let threads: ImageThreads;
  afterEach(() => threads.close());

  it('ends a thread that hangs, and goes on with a fresh one', async () => {
    threads = new ImageThreads({ threadFile: HANGING, stuckAfterMs: 400 });
    await threads.look('first');
    await expect(threads.look('hangs')).rejects.toMatchObject({ code: 'worker.crashed', retryable: true });
    expect(await threads.look('next')).toMatchObject({ width: 1 });
  });

  it('says what is wrong with a file by its code', async () => {
    threads = new ImageThreads();
    await expect(threads.look('/nowhere/at/all')).rejects.toMatchObject({ code: 'image.unreadable' });
  });

  it('takes nothing more once it is closed', async () => {
    threads = new ImageThreads();
    await threads.close();
    await expect(threads.look('x')).rejects.toMatchObject({ code: 'server.stopping' });
  });
});
