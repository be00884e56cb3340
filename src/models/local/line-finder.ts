import type { RawImage } from '../port.ts';
import { separated, union } from './neighbours.ts';
import { isSideways, runningOn } from './page-direction.ts';
import type { RotatedRectangle } from './rotated-rectangle.ts';
import type { Detection, TextDetector } from './text-detector.ts';
import { tilesOf } from './tiles.ts';

/** The longer side of the first look. */
const FIRST_SIDE_PX = 960;
const MIN_SIDE_PX = 320;
/**
 * Bounds the closer look: the detector's memory grows with it and stays. Measured with two threads: 2.5 megapixels take
 * the process to 1,060 MB, 1.2 to 730, and miss 3 of 43 lines of a desktop screenshot and 12 of 114 of a dense page.
 */
const MAX_PIXELS = 1_200_000;

/** Lines lower than this, as the detector sees them, run into each other or are missed. */
const LOW_LINE_PX = 14;
const GOOD_LOW_LINE_PX = 20;
/** In lines taller than this the detector tears letters apart. */
const TALL_LINE_PX = 40;
const GOOD_TALL_LINE_PX = 26;

/** Pixels: by how much the places of a line, found in two tiles, may differ. */
const TILE_TOLERANCE_PX = 4;

export interface FoundLines {
  lines: RotatedRectangle[];
  /** Whether the lines run to the right or down; both may still be upside down, which their places do not tell. */
  turns: 0 | 1;
}

/**
 * Finds the lines of an image.
 *
 * @throws the signal's reason where it is aborted before a look at the image
 */
export async function findLines(detector: TextDetector, image: RawImage, signal: AbortSignal): Promise<FoundLines> {
  let lines: RotatedRectangle[] = [];
  for (const { image: part, top, ownTop, ownBottom } of tilesOf(image)) {
    const found = await findLinesOfTile(detector, part, signal);
    const own = found
      .map((line) => ({ ...line, centerY: line.centerY + top }))
      .filter(({ centerY }) => centerY > ownTop - TILE_TOLERANCE_PX && centerY < ownBottom + TILE_TOLERANCE_PX);
    lines = union(lines, own);
  }
  const turns = isSideways(lines) ? 1 : 0;
  return { lines: separated(lines.map((line) => runningOn(line, turns))), turns };
}

/**
 * One look or two. The detector sees lines of 14 to 40 pixels well; what the first look tells about their heights
 * decides on the scale of the second: closer for small print (desktop screens, photos), from further away for big
 * letters (most flyers).
 */
async function findLinesOfTile(
  detector: TextDetector,
  image: RawImage,
  signal: AbortSignal,
): Promise<RotatedRectangle[]> {
  signal.throwIfAborted();
  const first = await detector.detect(image, FIRST_SIDE_PX);
  if (first.regions.length === 0) return [];
  const heights = lineHeightsPx(first);
  const closerPx = closerSidePx(image, first.sidePx, quantile(heights, 0.25));
  if (closerPx > first.sidePx) {
    signal.throwIfAborted();
    const closer = await detector.detect(image, closerPx);
    const wellSeen = first.regions.filter((_, index) => (heights[index] ?? 0) >= LOW_LINE_PX);
    return union(wellSeen, closer.regions);
  }
  const medianPx = quantile(heights, 0.5);
  if (medianPx < TALL_LINE_PX) return first.regions;
  signal.throwIfAborted();
  const furtherPx = Math.max(MIN_SIDE_PX, Math.round((first.sidePx * GOOD_TALL_LINE_PX) / medianPx));
  const further = await detector.detect(image, furtherPx);
  const smallPrint = first.regions.filter((_, index) => (heights[index] ?? 0) < GOOD_TALL_LINE_PX);
  return union(further.regions, smallPrint);
}

/** The side at which lines of the given height are seen well; 0 where they are already. */
function closerSidePx({ width, height }: RawImage, sidePx: number, lowPx: number): number {
  if (lowPx >= LOW_LINE_PX) return 0;
  const longerSide = Math.max(width, height);
  const bound = longerSide * Math.sqrt(MAX_PIXELS / (width * height));
  return Math.floor(Math.min((sidePx * GOOD_LOW_LINE_PX) / lowPx, longerSide, bound));
}

/** For each region its height as the detector saw it. */
function lineHeightsPx({ regions, scale }: Detection): number[] {
  const sideways = isSideways(regions);
  return regions.map(({ width, height }) => (sideways ? width : height) * scale);
}

/** The value that the given share of the values stay below. */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
