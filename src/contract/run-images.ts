import type { LooksLike } from './pile.ts';

export type RunImageState = 'pending' | 'done' | 'failed' | 'duplicate';

/** One image of a run, and how it ended. */
export interface RunImage {
  position: number;
  imageId: string | null;
  name: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  state: RunImageState;
  duplicateOf: number | null;
  looksLike: LooksLike[];
  ms: number;
  attempts: number;
  code: string | null;
  detail: string | null;
  retryable: boolean;
  thumbnailUrl: string | null;
  imageUrl: string | null;
}

export interface RunImages {
  images: RunImage[];
}
