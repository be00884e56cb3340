import { convexHull, levelled, smallestRectangle } from './rotated-rectangle.ts';
import type { Point, RotatedRectangle } from './rotated-rectangle.ts';

/** For each pixel of a page, row by row, the probability that it lies in the core of a line of text. */
export interface ProbabilityMap {
  values: Float32Array;
  width: number;
  height: number;
}

/** A pixel above this belongs to some text. */
const PIXEL_THRESHOLD = 0.3;
/** A group of pixels whose mean is below this is no text. */
const REGION_THRESHOLD = 0.6;
const MIN_PIXELS = 6;
/** Pixels of the map: what is thinner than this cannot be read. */
const MIN_CORE_SIDE = 3;
const MIN_SIDE = 5;
/** The detector marks lines shrunk by area / perimeter times this, so that neighbours stay apart; undone here. */
const UNCLIP_RATIO = 1.5;

/**
 * The lines of text in a detector's map: the groups of touching pixels above the threshold, each as the smallest
 * rectangle around it, grown back to the line's full height ("differentiable binarisation").
 */
export function textRegions(map: ProbabilityMap): RotatedRectangle[] {
  const { values } = map;
  const finder = new GroupFinder(map);
  const regions: RotatedRectangle[] = [];
  for (let pixel = 0; pixel < values.length; pixel++) {
    if (!finder.isFree(pixel)) continue;
    const group = finder.take(pixel);
    if (group.pixelCount < MIN_PIXELS || group.probabilitySum / group.pixelCount < REGION_THRESHOLD) continue;
    const core = levelled(smallestRectangle(convexHull(group.outline)));
    if (Math.min(core.width, core.height) < MIN_CORE_SIDE) continue;
    const region = unclipped(core);
    if (Math.min(region.width, region.height) >= MIN_SIDE) regions.push(region);
  }
  return regions;
}

function unclipped(core: RotatedRectangle): RotatedRectangle {
  const { width, height } = core;
  const margin = (width * height * UNCLIP_RATIO) / (2 * (width + height));
  return { ...core, width: width + 2 * margin, height: height + 2 * margin };
}

interface PixelGroup {
  pixelCount: number;
  probabilitySum: number;
  /** The corners of the first and last pixel of each of the group's rows. */
  outline: Point[];
}

/** Takes groups of touching pixels (by side or corner) off a map, each pixel once. */
class GroupFinder {
  readonly #map: ProbabilityMap;
  readonly #taken: Uint8Array;
  readonly #stack: Int32Array;
  readonly #rowStart: Int32Array;
  readonly #rowEnd: Int32Array;

  constructor(map: ProbabilityMap) {
    this.#map = map;
    this.#taken = new Uint8Array(map.values.length);
    this.#stack = new Int32Array(map.values.length);
    this.#rowStart = new Int32Array(map.height).fill(map.width);
    this.#rowEnd = new Int32Array(map.height);
  }

  isFree(pixel: number): boolean {
    return (this.#map.values[pixel] ?? 0) > PIXEL_THRESHOLD && this.#taken[pixel] === 0;
  }

  take(first: number): PixelGroup {
    const { values, width } = this.#map;
    const stack = this.#stack;
    let stackSize = this.#push(first, 0);
    let pixelCount = 0;
    let probabilitySum = 0;
    const topRow = Math.floor(first / width);
    let bottomRow = topRow;
    while (stackSize > 0) {
      const pixel = stack[--stackSize] ?? 0;
      const y = Math.floor(pixel / width);
      const x = pixel - y * width;
      pixelCount++;
      probabilitySum += values[pixel] ?? 0;
      // The scan goes from the top, so the first pixel is in the group's highest row.
      bottomRow = Math.max(bottomRow, y);
      this.#rowStart[y] = Math.min(this.#rowStart[y] ?? x, x);
      this.#rowEnd[y] = Math.max(this.#rowEnd[y] ?? 0, x + 1);
      stackSize = this.#pushNeighbours(x, y, stackSize);
    }
    return { pixelCount, probabilitySum, outline: this.#takeOutline(topRow, bottomRow) };
  }

  #pushNeighbours(x: number, y: number, stackSize: number): number {
    const { width, height } = this.#map;
    const left = Math.max(0, x - 1);
    const right = Math.min(width - 1, x + 1);
    const bottom = Math.min(height - 1, y + 1);
    let size = stackSize;
    for (let row = Math.max(0, y - 1); row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const pixel = row * width + column;
        if (this.isFree(pixel)) size = this.#push(pixel, size);
      }
    }
    return size;
  }

  #push(pixel: number, stackSize: number): number {
    this.#taken[pixel] = 1;
    this.#stack[stackSize] = pixel;
    return stackSize + 1;
  }

  #takeOutline(topRow: number, bottomRow: number): Point[] {
    const outline: Point[] = [];
    for (let y = topRow; y <= bottomRow; y++) {
      const start = this.#rowStart[y] ?? 0;
      const end = this.#rowEnd[y] ?? 0;
      outline.push({ x: start, y }, { x: end, y }, { x: start, y: y + 1 }, { x: end, y: y + 1 });
      this.#rowStart[y] = this.#map.width;
      this.#rowEnd[y] = 0;
    }
    return outline;
  }
}
