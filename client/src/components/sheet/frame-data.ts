/** One picture on a contact sheet: on its way, in the pile, or read. */
export interface FrameData {
  key: string;
  /** As printed on the edge of the film, counted from 1; null while it has no place yet. */
  number: number | null;
  name: string;
  state: FrameState;
  /** The server's small picture. */
  thumbnailUrl: string | null;
  /** The picture from the person's own disk, shown until the server's is there. */
  previewUrl: string | null;
  /** Of the sending, 0..1. */
  sentShare?: number;
  /** Number of the frame with the same bytes. */
  duplicateOf: number | null;
  /** Numbers of the frames that look the same. */
  looksLike: readonly number[];
  /** Where it is from, if not a file of its own. */
  origin: string | null;
  /** ms; 0 where it was not read. */
  ms: number;
  /** Why it failed, in words. */
  detail: string | null;
  /** Its live entry in the ParserStore, for images of a run. */
  liveKey: string | null;
}

export type FrameState = 'waiting' | 'sending' | 'sent' | 'ready' | 'pending' | 'done' | 'failed' | 'duplicate';
