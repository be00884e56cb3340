import type { PileImageOrigin, PileProblem } from '../contract/pile.ts';
import type { ImageLook } from '../gallery/image-looks.ts';
import type { Audience } from '../runs/run-store.ts';

/** A pile as stored. Instants are RFC 3339 strings. */
export interface StoredPile {
  id: string;
  audience: Audience;
  /** SHA-256 (hex) of the token of who began it. */
  tokenHash: string;
  createdAt: string;
  expiresAt: string;
}

/**
 * A file or a URL that came to a pile. `receiving` while its bytes are sent, `underWay` while it is taken in (also after
 * the process was killed in the middle of it), `done` when its images and problems are all there. `kept` is a whole video: it
 * lies where it was sent to, for a run.
 */
export interface PileSource {
  id: string;
  kind: 'file' | 'url';
  /** Display name of the file, or the URL. */
  name: string;
  /** As announced; 0 for a URL, until it is known. */
  sizeBytes: number;
  state: 'receiving' | 'underWay' | 'kept' | 'done';
}

/** An image on its way into a pile. */
export interface NewPileImage {
  /** The source it came with, and its place there: a source that is taken in once more adds nothing twice. */
  sourceId: string;
  sourceIndex: number;
  imageId: string;
  sha256: string;
  name: string;
  sizeBytes: number;
  from: PileImageOrigin;
}

export interface StoredPileImage extends NewPileImage {
  position: number;
  /** Null where nobody has looked yet. */
  look: ImageLook | null;
}

export interface NewPileProblem extends PileProblem {
  sourceId: string;
  sourceIndex: number;
}

/** A source that is not done, and whose it is. */
export interface LeftOver {
  pileId: string;
  source: PileSource;
}

/** Where piles live. Implemented by `storage/` on the embedded database and on a PostgreSQL server alike. */
export interface PileStore {
  create(pile: StoredPile): Promise<void>;
  get(pileId: string): Promise<StoredPile | null>;
  /** In order of position; without those that were removed. */
  images(pileId: string): Promise<StoredPileImage[]>;
  /** Without those that were removed. */
  countImages(pileId: string): Promise<number>;
  problems(pileId: string): Promise<PileProblem[]>;
  /** In the order they came. */
  sources(pileId: string): Promise<PileSource[]>;
  addSource(pileId: string, source: PileSource): Promise<void>;
  /** @returns false where the pile has no such source */
  updateSource(
    pileId: string,
    sourceId: string,
    patch: Partial<Pick<PileSource, 'state' | 'sizeBytes'>>,
  ): Promise<boolean>;
  removeSource(pileId: string, sourceId: string): Promise<void>;
  /** The image gets the next position. @returns null where the source has given this one before */
  addImage(pileId: string, image: NewPileImage): Promise<number | null>;
  addProblem(pileId: string, problem: NewPileProblem): Promise<void>;
  /** Its position stays taken. @returns the content it had; null where there is no such image */
  removeImage(pileId: string, position: number): Promise<string | null>;
  /** Sources of all piles that are being sent, or were being taken in when the process ended. */
  unfinished(): Promise<LeftOver[]>;
  liveIds(): Promise<Set<string>>;
  /** Removes piles that expired before `now`. @returns the contents that their images had */
  removeExpired(now: string): Promise<string[]>;
  /** Which of these contents (SHA-256, hex) belong to an image of some pile. */
  referenced(sha256s: readonly string[]): Promise<Set<string>>;
}
