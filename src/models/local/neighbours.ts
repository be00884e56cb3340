import type { RotatedRectangle } from './rotated-rectangle.ts';

/** Radians: lines that slope differently by more are not neighbours in a row. */
const SAME_SLOPE = 0.05;

/**
 * Cuts neighbours in a row apart where growing them to full size made them overlap, each by half of what they share: in
 * a table the first letter of a column was read at the end of the column before as well.
 */
export function separated(regions: readonly RotatedRectangle[]): RotatedRectangle[] {
  const result = regions.map((region) => ({ ...region }));
  for (const left of result) {
    for (const right of result) {
      const overlap = left === right ? 0 : overlapInRow(left, right);
      if (overlap <= 0) continue;
      moveEnd(left, overlap / 2, -1);
      moveEnd(right, overlap / 2, 1);
    }
  }
  return result;
}

/** By how many pixels `right` starts before `left` ends, where they stand side by side in one row; else 0. */
function overlapInRow(left: RotatedRectangle, right: RotatedRectangle): number {
  if (Math.abs(left.angle - right.angle) > SAME_SLOPE) return 0;
  const dx = right.centerX - left.centerX;
  const dy = right.centerY - left.centerY;
  const along = dx * Math.cos(left.angle) + dy * Math.sin(left.angle);
  const across = dy * Math.cos(left.angle) - dx * Math.sin(left.angle);
  const lowerHeight = Math.min(left.height, right.height);
  if (along <= 0 || Math.abs(across) > lowerHeight / 2) return 0;
  const overlap = (left.width + right.width) / 2 - along;
  // What shares more than a letter is not a row of neighbours but one thing within another.
  return overlap < Math.min(lowerHeight, left.width / 2, right.width / 2) ? overlap : 0;
}

/** Takes `pixels` off one end: the right end and the centre moves left for -1, the left end for 1. */
function moveEnd(region: RotatedRectangle, pixels: number, direction: 1 | -1): void {
  region.width -= pixels;
  region.centerX += ((direction * pixels) / 2) * Math.cos(region.angle);
  region.centerY += ((direction * pixels) / 2) * Math.sin(region.angle);
}

/** All of `preferred`, and those of `others` that are not the same thing, seen a second time or in pieces. */
export function union(preferred: readonly RotatedRectangle[], others: readonly RotatedRectangle[]): RotatedRectangle[] {
  const isKnown = (other: RotatedRectangle): boolean =>
    preferred.some((known) => holdsCenterOf(known, other) || holdsCenterOf(other, known));
  return [...preferred, ...others.filter((other) => !isKnown(other))];
}

function holdsCenterOf(outer: RotatedRectangle, inner: RotatedRectangle): boolean {
  const dx = inner.centerX - outer.centerX;
  const dy = inner.centerY - outer.centerY;
  const along = dx * Math.cos(outer.angle) + dy * Math.sin(outer.angle);
  const across = dy * Math.cos(outer.angle) - dx * Math.sin(outer.angle);
  return Math.abs(along) < outer.width / 2 && Math.abs(across) < outer.height / 2;
}
