import { create } from 'zustand';
import { sendVideo } from '../api/video-upload.ts';

/** The one video that is on its way; going to another page does not stop it. */
export interface VideoStore {
  file: Pick<File, 'name' | 'size'> | null;
  sentBytes: number;
  /** The run that came of it: for the page to go to, once. */
  runId: string | null;
  error: unknown;
}

const NOTHING: VideoStore = { file: null, sentBytes: 0, runId: null, error: null };

export const useVideoStore = create<VideoStore>(() => NOTHING);

let sending: AbortController | null = null;

/** Sends a video for its recipe, in place of one that may be on its way. */
export async function startVideo(file: File): Promise<void> {
  sending?.abort();
  const stop = new AbortController();
  sending = stop;
  useVideoStore.setState({ ...NOTHING, file });
  const isMine = () => sending === stop;
  try {
    const onProgress = (sentBytes: number) => {
      if (isMine()) useVideoStore.setState({ sentBytes });
    };
    const runId = await sendVideo({ file, analysis: 'recipes', onProgress }, stop.signal);
    if (isMine()) useVideoStore.setState({ ...NOTHING, runId });
  } catch (error) {
    if (isMine()) useVideoStore.setState({ ...NOTHING, error });
  } finally {
    if (isMine()) sending = null;
  }
}

/** Breaks off what is on its way, and forgets what came of the last one. */
export function dropVideo(): void {
  const stopped = sending;
  sending = null;
  stopped?.abort();
  useVideoStore.setState(NOTHING);
}
