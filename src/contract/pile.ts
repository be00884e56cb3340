/** Where an image of a pile came from. */
export type PileImageOrigin =
  | { kind: 'file' }
  /** `file` is the archive's display name. */
  | { kind: 'archive'; file: string }
  /** `page` counts from 1. */
  | { kind: 'pdf'; file: string; page: number }
  | { kind: 'url'; url: string };

/** The answer of `POST /api/piles`. */
export interface PileStarted {
  pileId: string;
  /** Lets its bearer add to this pile, read it and start runs from it; shown only here. */
  pileToken: string;
  limits: { maxImages: number; maxBytesPerFile: number };
}

/** An earlier picture that this one looks the same as. Marked only: flyers of two nights may differ by a line. */
export interface LooksLike {
  position: number;
  /** Of 64 bits of the fingerprints, how many differ. */
  bits: number;
}

export interface PileImage {
  /** Stable, counted from 0 as images are added: what `only` and `DELETE` name. */
  position: number;
  imageId: string;
  /** Display name, cleaned; never a path. */
  name: string;
  sizeBytes: number;
  /** Pixels of the upright image. */
  width: number | null;
  height: number | null;
  from: PileImageOrigin;
  /** Position of an earlier image with the same bytes: shown grey, never read. */
  duplicateOf: number | null;
  looksLike: LooksLike[];
  thumbnailUrl: string;
  imageUrl: string;
}

/** A file, an entry of an archive, a page or a URL that gave no image, in plain words. */
export interface PileProblem {
  /** Display name, or the URL. */
  file: string;
  code: string;
  detail: string;
}

/** A whole video of a pile, which a run may be started with. Once a run has its frames it is gone. */
export interface PileVideo {
  /** The last part of the address that it was sent to. */
  fileId: string;
  /** Display name, cleaned; never a path. */
  name: string;
  sizeBytes: number;
}

export interface Pile {
  pileId: string;
  audience: 'admin' | 'public';
  /** In order of position. */
  images: PileImage[];
  /** The admin's; a visitor's video is a problem. */
  videos: PileVideo[];
  problems: PileProblem[];
  /** Files and URLs that are still being taken in: unpacked, rendered, fetched. */
  underWay: number;
  /** RFC 3339 */
  expiresAt: string;
}
