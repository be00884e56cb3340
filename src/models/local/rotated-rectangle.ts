import type { Box } from '../../contract/show.ts';

export interface Point {
  x: number;
  y: number;
}

/** A rectangle in pixels around a line of text. */
export interface RotatedRectangle {
  centerX: number;
  centerY: number;
  /** Along the text. */
  width: number;
  /** Across the text. */
  height: number;
  /** Radians, clockwise positive (y points down). */
  angle: number;
}

/** The convex hull of the points, clockwise as seen on screen, without points on its edges. Sorts `points` in place. */
export function convexHull(points: Point[]): Point[] {
  if (points.length < 3) return points;
  points.sort((a, b) => a.x - b.x || a.y - b.y);
  return [...halfHull(points), ...halfHull(points.toReversed())];
}

function halfHull(sorted: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of sorted) {
    while (turnsLeftOrStraight(hull.at(-2), hull.at(-1), point)) hull.pop();
    hull.push(point);
  }
  hull.pop();
  return hull;
}

function turnsLeftOrStraight(from: Point | undefined, via: Point | undefined, to: Point): boolean {
  if (!from || !via) return false;
  return (via.x - from.x) * (to.y - from.y) - (via.y - from.y) * (to.x - from.x) <= 0;
}

/**
 * The rectangle of least area around a convex polygon: one of its sides lies on a side of the polygon. Its angle is that
 * of the polygon's side; see {@link levelled}.
 */
export function smallestRectangle(hull: readonly Point[]): RotatedRectangle {
  let smallest: RotatedRectangle = { centerX: 0, centerY: 0, width: 0, height: 0, angle: 0 };
  let smallestArea = Infinity;
  for (const [index, from] of hull.entries()) {
    const to = hull[(index + 1) % hull.length] ?? from;
    const rectangle = rectangleAlong(hull, Math.atan2(to.y - from.y, to.x - from.x));
    const area = rectangle.width * rectangle.height;
    if (area < smallestArea - 1e-6) {
      smallest = rectangle;
      smallestArea = area;
    }
  }
  return smallest;
}

function rectangleAlong(points: readonly Point[], angle: number): RotatedRectangle {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const { x, y } of points) {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const along = (left + right) / 2;
  const across = (top + bottom) / 2;
  return {
    centerX: along * cos - across * sin,
    centerY: along * sin + across * cos,
    width: right - left,
    height: bottom - top,
    angle,
  };
}

/** The same rectangle, its sides named so that the angle is within a quarter turn around level: (-45°, 45°]. */
export function levelled(rectangle: RotatedRectangle): RotatedRectangle {
  let { width, height, angle } = rectangle;
  while (angle > Math.PI / 4) {
    angle -= Math.PI / 2;
    [width, height] = [height, width];
  }
  while (angle <= -Math.PI / 4) {
    angle += Math.PI / 2;
    [width, height] = [height, width];
  }
  return { ...rectangle, width, height, angle };
}

/** The axis-aligned box around the rectangle as fractions of an image of the given size, cut at the image's edges. */
export function boxAround(rectangle: RotatedRectangle, imageWidth: number, imageHeight: number): Box {
  const { centerX, centerY, width, height, angle } = rectangle;
  const cos = Math.abs(Math.cos(angle));
  const sin = Math.abs(Math.sin(angle));
  const halfWidth = (width * cos + height * sin) / 2;
  const halfHeight = (width * sin + height * cos) / 2;
  const left = fraction(centerX - halfWidth, imageWidth);
  const top = fraction(centerY - halfHeight, imageHeight);
  const right = fraction(centerX + halfWidth, imageWidth);
  const bottom = fraction(centerY + halfHeight, imageHeight);
  return [left, top, right - left, bottom - top];
}

function fraction(pixels: number, size: number): number {
  return Math.min(1, Math.max(0, pixels / size));
}
