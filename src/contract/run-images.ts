import type { LooksLike } from './pile.ts';
import type { Box } from './show.ts';

/** One unit of a run, for a page that shows each as a tile: an image, or one detection in an image. */
export interface RunImage {
  /** Place in the run, from 0. */
  position: number;
  /** Null where nothing of it was stored (refused while it streamed in). */
  imageId: string | null;
  name: string;
  sizeBytes: number;
  /** Pixels of the upright image; null where its header cannot be read, or was not looked at yet. */
  width: number | null;
  height: number | null;
  /** The part of the upright image that is asked about, where the run is of detections; null for the whole. */
  crop: Box | null;
  state: 'pending' | 'done' | 'failed' | 'duplicate';
  /** Position of the earlier image with the same bytes; it is read once for both. */
  duplicateOf: number | null;
  looksLike: LooksLike[];
  /** What reading it took, ms. */
  ms: number;
  attempts: number;
  /** Of its failure; null where it has none. */
  code: string | null;
  detail: string | null;
  retryable: boolean;
  /** Null where there is no picture to show. Other widths by replacing the number: 160, 320, 640, 1280. Of the whole image. */
  thumbnailUrl: string | null;
  imageUrl: string | null;
}

/** The answer of `GET /api/runs/:id/images`. */
export interface RunImages {
  /** In order of position. */
  images: RunImage[];
}
