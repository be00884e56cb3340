import { describe, expect, it } from '@jest/globals';
import { RunSteps } from './run-steps.ts';
import type { RunVideo, StoredRun } from './run-store.ts';
import { VideoReception, videoState, type Quiet, type VideoUploads } from './video-reception.ts';

const VIDEO: RunVideo = {
  sha256: null,
  upload: 'pile_1.file_2',
  name: 'soup.mp4',
  sizeBytes: 4 * 2 ** 20,
  receivedMs: 100,
  firstPosition: 0,
  taken: false,
};

/** A run, its clock, and an upload whose course is told. */
function begin(video: Partial<RunVideo> = {}) {
  const whole = Promise.withResolvers<void>();
  const gone: string[] = [];
  let tell: (quiet: Quiet | null) => void = () => undefined;
  const uploads: VideoUploads = {
    open: (upload, sizeBytes) => ({
      path: `/uploads/${upload}`,
      sizeBytes,
      grown: (_bytes, signal, onQuiet) => {
        if (onQuiet) tell = onQuiet;
        signal.addEventListener('abort', () => whole.reject(signal.reason as Error));
        return whole.promise;
      },
    }),
    letGo: async (upload) => void gone.push(upload),
  };
  let nowMs = 100;
  const steps = new RunSteps(() => nowMs);
  let run = { notices: ['Read one by one.'], video: { ...VIDEO, ...video } } as unknown as StoredRun;
  const reception = new VideoReception(
    { ...VIDEO, ...video },
    {
      steps,
      signal: new AbortController().signal,
      uploads,
      pathOf: (sha256) => `/images/${sha256}`,
      letGo: async (sha256) => void gone.push(sha256),
      update: async (change) => void (run = { ...run, ...change(run) }),
    },
  );
  const upload = () => steps.table().find(({ step }) => step === 'upload');
  const at = (ms: number) => (nowMs = ms);
  return { reception, whole, gone, quiet: (quiet: Quiet | null) => tell(quiet), run: () => run, upload, at };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the video of a run as it comes in', () => {
  it('is being sent until it is whole, which is kept with the run', async () => {
    const { reception, whole, upload, at, run } = begin();
    expect(reception.file).toMatchObject({ path: '/uploads/pile_1.file_2' });
    at(2_000);
    expect(upload()).toMatchObject({ startMs: 0, endMs: 2_000 });
    at(3_000);
    whole.resolve();
    await settled();
    at(9_000);
    expect(upload()).toMatchObject({ startMs: 0, endMs: 3_000 });
    expect(run().video).toMatchObject({ wholeAtMs: 3_000, taken: false });
    await reception.end();
    expect(run().video).toMatchObject({ wholeAtMs: 3_000, taken: true });
  });

  it('says that its sender has fallen silent, and no longer when it goes on', async () => {
    const { quiet, run, whole } = begin();
    quiet({ receivedBytes: 2 ** 20, waitMs: 600_000 });
    await settled();
    expect(run().notices).toEqual(['Read one by one.', expect.stringContaining('1.0 of 4.0 MB are here')]);
    expect(videoState(run().video!)).toMatchObject({ stalledAtBytes: 2 ** 20 });
    quiet(null);
    await settled();
    expect(run().notices).toEqual(['Read one by one.']);
    expect(videoState(run().video!)).toEqual({
      name: 'soup.mp4',
      sizeBytes: 4 * 2 ** 20,
      uploadUrl: '/api/piles/pile_1/files/file_2',
      stalledAtBytes: null,
    });
    whole.resolve();
    await settled();
  });

  it('is let go when nothing more of it is wanted, whole or not', async () => {
    const { reception, gone, run } = begin();
    await reception.end();
    expect(gone).toEqual(['pile_1.file_2']);
    expect(run().video).toMatchObject({ taken: true });
    expect(videoState(run().video!)).toMatchObject({ uploadUrl: null });
  });

  it('was silent when the process ended: after the start it is waited for anew', async () => {
    const { run, whole } = begin({ stalledAtBytes: 7 });
    await settled();
    expect(videoState(run().video!)).toMatchObject({ stalledAtBytes: null });
    whole.resolve();
    await settled();
  });

  it('took what it took where it was whole before its run began', () => {
    expect(begin({ wholeAtMs: 80 }).upload()).toMatchObject({ startMs: 0, endMs: 80 });
    const { sha256, upload } = { sha256: 'ab', upload: undefined };
    const { reception, upload: step } = begin({ sha256, upload });
    expect(reception.file).toBe('/images/ab');
    expect(step()).toMatchObject({ startMs: 0, endMs: 100 });
  });
});
