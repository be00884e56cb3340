import type { RawImage } from '../port.ts';
import type { RotatedRectangle } from './rotated-rectangle.ts';

/** What the recogniser takes: three planes in the order blue, green, red, each value in -1..1. */
export interface LineImage {
  planes: Float32Array;
  width: number;
  height: number;
}

/** The height the recogniser was trained with, pixels. */
const LINE_HEIGHT = 48;
const MIN_WIDTH = 16;
/** Longer lines are squeezed: bounds one inference (0.1 s at this width). */
const MAX_WIDTH = 2_400;
/** Grey after the end of the line: without it the model drops the last character of some lines. */
const END_PADDING = 32;
const WIDTH_STEP = 8;
/** A pixel of the crop is the mean of at most this many samples squared: bounds the work on a line of any size. */
const MAX_SAMPLES_PER_SIDE = 4;

/** Cuts a line out of the image, turned level and scaled to the recogniser's height. */
export function cropLine(image: RawImage, line: RotatedRectangle): LineImage {
  const textWidth = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Math.round((LINE_HEIGHT * line.width) / line.height)));
  const width = Math.ceil((textWidth + END_PADDING) / WIDTH_STEP) * WIDTH_STEP;
  const planes = new Float32Array(3 * LINE_HEIGHT * width);
  fillPlanes(planes, width, textWidth, image, line);
  return { planes, width, height: LINE_HEIGHT };
}

/** Fills the first `textWidth` columns; each pixel is the mean of n × n samples of the image. */
function fillPlanes(
  planes: Float32Array,
  width: number,
  textWidth: number,
  image: RawImage,
  line: RotatedRectangle,
): void {
  const stepAlong = line.width / textWidth;
  const stepAcross = line.height / LINE_HEIGHT;
  const n = Math.max(1, Math.min(MAX_SAMPLES_PER_SIDE, Math.round(Math.max(stepAlong, stepAcross))));
  const cos = Math.cos(line.angle);
  const sin = Math.sin(line.angle);
  const plane = LINE_HEIGHT * width;
  const toUnit = 1 / (n * n * 127.5);
  const rgb: Rgb = { red: 0, green: 0, blue: 0 };
  for (let row = 0; row < LINE_HEIGHT; row++) {
    for (let column = 0; column < textWidth; column++) {
      rgb.red = rgb.green = rgb.blue = 0;
      for (let sample = 0; sample < n * n; sample++) {
        const along = (column + ((sample % n) + 0.5) / n) * stepAlong - line.width / 2;
        const across = (row + (Math.floor(sample / n) + 0.5) / n) * stepAcross - line.height / 2;
        addSample(
          rgb,
          image,
          line.centerX + along * cos - across * sin - 0.5,
          line.centerY + along * sin + across * cos - 0.5,
        );
      }
      const target = row * width + column;
      planes[target] = rgb.blue * toUnit - 1;
      planes[target + plane] = rgb.green * toUnit - 1;
      planes[target + 2 * plane] = rgb.red * toUnit - 1;
    }
  }
}

interface Rgb {
  red: number;
  green: number;
  blue: number;
}

/** Adds the colour at a place between pixels, weighed from the four around it; beyond the image its edge goes on. */
function addSample(sum: Rgb, { data, width, height }: RawImage, atX: number, atY: number): void {
  const x = Math.max(0, Math.min(width - 1, atX));
  const y = Math.max(0, Math.min(height - 1, atY));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const topLeft = (top * width + left) * 3;
  const topRight = left + 1 < width ? topLeft + 3 : topLeft;
  const down = top + 1 < height ? width * 3 : 0;
  addPixel(sum, data, topLeft, (1 - dx) * (1 - dy));
  addPixel(sum, data, topRight, dx * (1 - dy));
  addPixel(sum, data, topLeft + down, (1 - dx) * dy);
  addPixel(sum, data, topRight + down, dx * dy);
}

function addPixel(sum: Rgb, data: Uint8Array, index: number, share: number): void {
  sum.red += (data[index] ?? 0) * share;
  sum.green += (data[index + 1] ?? 0) * share;
  sum.blue += (data[index + 2] ?? 0) * share;
}
