import type { Box } from '../../../../src/contract/show.ts';

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface ImageView {
  x: number;
  y: number;
  scale: number;
}

export const MAX_SCALE = 8;
/** Of the place for the image, what the box takes up at most: words are read with what is around them. */
const SHARE_ACROSS = 0.62;
const SHARE_DOWN = 0.22;

/** The image as large as it can be shown whole. */
export function fitted(image: Size, place: Size): Size {
  const factor = Math.min(place.width / image.width, place.height / image.height);
  return { width: image.width * factor, height: image.height * factor };
}

/** Where to move a fitted image, and how far to enlarge it, for the box to be in the middle and well readable. */
export function viewOf(box: Box | null, content: Size, place: Size): ImageView {
  if (box === null) return { ...centred(content, place, 1), scale: 1 };
  const [x, y, width, height] = box;
  const wanted = Math.min(
    (place.width * SHARE_ACROSS) / (width * content.width),
    (place.height * SHARE_DOWN) / (height * content.height),
  );
  const scale = Number.isFinite(wanted) ? Math.min(Math.max(wanted, 1), MAX_SCALE) : 1;
  return {
    scale,
    x: within(place.width / 2 - (x + width / 2) * content.width * scale, content.width * scale, place.width),
    y: within(place.height / 2 - (y + height / 2) * content.height * scale, content.height * scale, place.height),
  };
}

function centred(content: Size, place: Size, scale: number): { x: number; y: number } {
  return {
    x: (place.width - content.width * scale) / 2,
    y: (place.height - content.height * scale) / 2,
  };
}

/** No empty edge where the image could fill it. */
function within(start: number, length: number, place: number): number {
  if (length <= place) return (place - length) / 2;
  return Math.min(0, Math.max(place - length, start));
}
