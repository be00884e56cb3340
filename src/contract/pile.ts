/** What `POST /api/piles` answers. */
export interface PileStarted {
  pileId: string;
  /** Lets its bearer read and fill this pile; shown only here. */
  pileToken: string;
  limits: { maxImages: number; maxBytesPerFile: number };
}

/** Where an image of a pile is from. `page` counts from 1. */
export type PileImageOrigin =
  | { kind: 'file' }
  | { kind: 'archive'; file: string }
  | { kind: 'pdf'; file: string; page: number }
  | { kind: 'url'; url: string };

/** An image that looks the same, by fingerprint: marked only. `bits` that differ, of 64. */
export interface LooksLike {
  position: number;
  bits: number;
}

export interface PileImage {
  /** Stable, as added; also what `only` and `DELETE` name. */
  position: number;
  imageId: string;
  name: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  from: PileImageOrigin;
  /** Position of an earlier image with the same bytes: not read. */
  duplicateOf: number | null;
  looksLike: LooksLike[];
  thumbnailUrl: string;
  imageUrl: string;
}

/** A file or address that gave no image, in plain words. */
export interface PileProblem {
  file: string;
  code: string;
  detail: string;
}

export interface Pile {
  pileId: string;
  audience: 'admin' | 'public';
  images: PileImage[];
  problems: PileProblem[];
  /** Files and addresses still being taken in: unpacked, drawn, downloaded. */
  underWay: number;
  expiresAt: string;
}
