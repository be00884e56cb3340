import { create } from 'zustand';
import { GIVEN_UP } from '../api/pile-upload.ts';
import { sendRest, sendVideo } from '../api/video-upload.ts';

/** The one video that is on its way; going to another page does not stop it. */
export interface VideoStore {
  file: File | null;
  sentBytes: number;
  /** The run that reads it while it comes. */
  runId: string | null;
  /** The page has gone to that run. */
  isShown: boolean;
  /** Where it is sent to. */
  uploadUrl: string | null;
  /** Why sending has stopped. */
  error: unknown;
}

const NOTHING: VideoStore = { file: null, sentBytes: 0, runId: null, isShown: false, uploadUrl: null, error: null };

export const useVideoStore = create<VideoStore>(() => NOTHING);

let sending: AbortController | null = null;

/** Sends a video for its recipe, in place of one that may be on its way. */
export async function startVideo(file: File): Promise<void> {
  useVideoStore.setState({ ...NOTHING, file });
  await underWay(GIVEN_UP, (signal, change) =>
    sendVideo(
      {
        file,
        analysis: 'recipes',
        onProgress: (sentBytes) => change({ sentBytes }),
        onRun: (runId, uploadUrl) => change({ runId, uploadUrl }),
      },
      signal,
    ),
  );
}

/** Sends what is missing of a video, given again, whose run waits for it. */
export async function continueVideo(file: File, runId: string, uploadUrl: string): Promise<void> {
  useVideoStore.setState({ ...NOTHING, file, runId, uploadUrl, isShown: true });
  await underWay(undefined, (signal, change) =>
    sendRest({ file, onProgress: (sentBytes) => change({ sentBytes }) }, uploadUrl, signal),
  );
}

/** The page has gone to the run of the video. */
export function markShown(): void {
  useVideoStore.setState({ isShown: true });
}

/** Breaks off what is on its way, removes what was sent of it, and forgets it. */
export function dropVideo(): void {
  const stopped = sending;
  sending = null;
  stopped?.abort(GIVEN_UP);
  useVideoStore.setState(NOTHING);
}

async function underWay(
  reason: unknown,
  send: (signal: AbortSignal, change: (changes: Partial<VideoStore>) => void) => Promise<void>,
): Promise<void> {
  sending?.abort(reason);
  const stop = new AbortController();
  sending = stop;
  const isMine = () => sending === stop;
  const change = (changes: Partial<VideoStore>) => {
    if (isMine()) useVideoStore.setState(changes);
  };
  try {
    await send(stop.signal, change);
    // Sent: its run goes on without this page. A page that has not gone there yet still does.
    change({ file: null, sentBytes: 0, uploadUrl: null });
  } catch (error) {
    // With a run that waits it can be sent on; without one there is nothing to go on with.
    const { runId } = useVideoStore.getState();
    change(runId === null ? { ...NOTHING, error } : { error });
  } finally {
    if (isMine()) sending = null;
  }
}
