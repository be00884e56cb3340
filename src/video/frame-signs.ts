/**
 * What a picture is compared and judged by: a small grey copy, cut in blocks. Pure arithmetic, the same on every machine.
 */

/** Longer side of the grey copy, px. Small enough to be quick, large enough that a caption changes it. */
const GREY_SIDE = 320;
/** Side of a block of the comparison, px of the copy at half its size. */
const BLOCK = 10;
/** The part of all blocks that a difference is taken from: those that changed most. A caption takes about as much. */
const MOST_CHANGED = 1 / 8;

/** One plane of brightness as decoders give it. */
export interface Luma {
  data: Uint8Array;
  /** Where it starts; how far rows are apart, and pixels; bytes. */
  offset: number;
  stride: number;
  step: number;
  width: number;
  height: number;
}

export interface Grey {
  width: number;
  height: number;
  /** 0 to 255, row by row. */
  pixels: Uint8Array;
}

export interface FrameSigns {
  /** Half the size of what the other signs are taken from. */
  grey: Grey;
  /** Standard deviation of the brightness, levels of 255: 0 for a picture of one colour. */
  contrast: number;
  /** Variance of the Laplacian: how hard the edges are. Comparable between pictures of one video only. */
  sharpness: number;
}

/** The picture in grey, its longer side {@link GREY_SIDE} at most, each pixel the mean of those it stands for. */
export function shrunk(luma: Luma, longerSide = GREY_SIDE): Grey {
  const scale = Math.min(1, longerSide / Math.max(luma.width, luma.height));
  const width = Math.max(1, Math.round(luma.width * scale));
  const height = Math.max(1, Math.round(luma.height * scale));
  const pixels = new Uint8Array(width * height);
  const edges = Int32Array.from({ length: width + 1 }, (_, x) => Math.floor((x * luma.width) / width));
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor((y * luma.height) / height);
    const bottom = Math.floor(((y + 1) * luma.height) / height);
    sums.fill(0);
    for (let row = top; row < bottom; row += 1) addRow(luma, row, edges, sums);
    for (let x = 0; x < width; x += 1) {
      const count = (bottom - top) * ((edges[x + 1] ?? 0) - (edges[x] ?? 0));
      pixels[y * width + x] = Math.round((sums[x] ?? 0) / count);
    }
  }
  return { width, height, pixels };
}

function addRow(luma: Luma, row: number, edges: Int32Array, sums: Uint32Array): void {
  const { data, step } = luma;
  let at = luma.offset + row * luma.stride;
  for (let x = 0; x < sums.length; x += 1) {
    const until = luma.offset + row * luma.stride + (edges[x + 1] ?? 0) * step;
    let sum = 0;
    for (; at < until; at += step) sum += data[at] ?? 0;
    sums[x] = (sums[x] ?? 0) + sum;
  }
}

export function signsOf(grey: Grey): FrameSigns {
  return { grey: halved(grey), contrast: contrastOf(grey), sharpness: sharpnessOf(grey) };
}

/** How much each block differs between two pictures, levels of 255. Pictures of different shapes differ altogether. */
export function changesOf(one: FrameSigns, other: FrameSigns): Float64Array {
  const { width, height, pixels } = one.grey;
  const columns = Math.ceil(width / BLOCK);
  const sums = new Float64Array(columns * Math.ceil(height / BLOCK));
  if (width !== other.grey.width || height !== other.grey.height) return sums.fill(255);
  const counts = new Float64Array(sums.length);
  for (let y = 0, at = 0; y < height; y += 1) {
    const first = Math.floor(y / BLOCK) * columns;
    for (let x = 0; x < width; x += 1, at += 1) {
      const block = first + Math.floor(x / BLOCK);
      sums[block] = (sums[block] ?? 0) + Math.abs((pixels[at] ?? 0) - (other.grey.pixels[at] ?? 0));
      counts[block] = (counts[block] ?? 0) + 1;
    }
  }
  return sums.map((sum, block) => sum / (counts[block] ?? 1));
}

/**
 * How much of one picture is not in the other: the mean difference in brightness (0 to 255) over the eighth of all blocks
 * that differ most. A new caption over the same picture counts, which a mean over all of it would not see; a few noisy
 * pixels do not.
 */
export function differenceOf(one: FrameSigns, other: FrameSigns): number {
  const changes = changesOf(one, other).sort();
  return meanOf(changes.subarray(changes.length - Math.max(1, Math.round(changes.length * MOST_CHANGED))));
}

export function meanOf(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function halved(grey: Grey): Grey {
  const { width, height, pixels: data } = grey;
  const luma = { data, offset: 0, stride: width, step: 1, width, height };
  return shrunk(luma, Math.ceil(Math.max(width, height) / 2));
}

function contrastOf({ pixels }: Grey): number {
  let sum = 0;
  let squares = 0;
  for (const pixel of pixels) {
    sum += pixel;
    squares += pixel * pixel;
  }
  const mean = sum / pixels.length;
  return Math.sqrt(Math.max(0, squares / pixels.length - mean * mean));
}

function sharpnessOf({ width, height, pixels }: Grey): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const beside =
        (pixels[at - 1] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at - width] ?? 0) + (pixels[at + width] ?? 0);
      const value = beside - 4 * (pixels[at] ?? 0);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return squares / count - mean * mean;
}
