import type { RawImage } from '../port.ts';

/** A part of an image over its whole width. */
export interface Tile {
  /** A view of the image's own pixels, not a copy. */
  image: RawImage;
  /** The row of the image that the tile starts at. */
  top: number;
  /** The rows of the image for which this tile is the best to look at: those away from its cut edges. */
  ownTop: number;
  ownBottom: number;
}

/** Height over width. Phone screens are up to 2.33 times as high as wide. */
const MAX_PROPORTION = 2.5;
const TILE_PROPORTION = 2;
/** Of the width: how much neighbouring tiles share, so that every line is whole in one of them. */
const OVERLAP = 0.15;

/**
 * Cuts a long scrolled screenshot into parts of about a phone screen, so that its print does not shrink with its
 * length. Any other image is one tile.
 */
export function tilesOf(image: RawImage): Tile[] {
  const { width, height } = image;
  if (height <= width * MAX_PROPORTION) return [{ image, top: 0, ownTop: 0, ownBottom: height }];
  const overlap = Math.max(1, Math.round(width * OVERLAP));
  const count = Math.ceil((height - overlap) / (width * TILE_PROPORTION - overlap));
  const step = (height - overlap) / count;
  return Array.from({ length: count }, (_, index) => {
    const top = Math.floor(index * step);
    const bottom = Math.min(height, Math.ceil((index + 1) * step + overlap));
    return {
      image: { data: image.data.subarray(top * width * 3, bottom * width * 3), width, height: bottom - top },
      top,
      ownTop: index === 0 ? 0 : top + overlap / 2,
      ownBottom: index === count - 1 ? height : bottom - overlap / 2,
    };
  });
}
