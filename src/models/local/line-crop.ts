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

/** Fills the first `textWidth` columns; each pixel is the mean of n × n samples between the image's pixels. */
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
  const plane = LINE_HEIGHT * width;
  const toUnit = 1 / (n * n * 127.5);
  const cos = Math.cos(line.angle);
  const sin = Math.sin(line.angle);
  const { data } = image;
  const lastX = image.width - 1;
  const lastY = image.height - 1;
  for (let row = 0; row < LINE_HEIGHT; row++) {
    for (let column = 0; column < textWidth; column++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < n; j++) {
        const across = (row + (j + 0.5) / n) * stepAcross - line.height / 2;
        for (let i = 0; i < n; i++) {
          const along = (column + (i + 0.5) / n) * stepAlong - line.width / 2;
          // Samples beyond the image's edge repeat the edge.
          const x = Math.max(0, Math.min(lastX, line.centerX + along * cos - across * sin - 0.5));
          const y = Math.max(0, Math.min(lastY, line.centerY + along * sin + across * cos - 0.5));
          const x0 = Math.floor(x);
          const y0 = Math.floor(y);
          const dx = x - x0;
          const dy = y - y0;
          const topLeft = (y0 * image.width + x0) * 3;
          const topRight = x0 < lastX ? topLeft + 3 : topLeft;
          const down = y0 < lastY ? image.width * 3 : 0;
          const bottomLeft = topLeft + down;
          const bottomRight = topRight + down;
          const shareTopLeft = (1 - dx) * (1 - dy);
          const shareTopRight = dx * (1 - dy);
          const shareBottomLeft = (1 - dx) * dy;
          const shareBottomRight = dx * dy;
          red +=
            data[topLeft]! * shareTopLeft +
            data[topRight]! * shareTopRight +
            data[bottomLeft]! * shareBottomLeft +
            data[bottomRight]! * shareBottomRight;
          green +=
            data[topLeft + 1]! * shareTopLeft +
            data[topRight + 1]! * shareTopRight +
            data[bottomLeft + 1]! * shareBottomLeft +
            data[bottomRight + 1]! * shareBottomRight;
          blue +=
            data[topLeft + 2]! * shareTopLeft +
            data[topRight + 2]! * shareTopRight +
            data[bottomLeft + 2]! * shareBottomLeft +
            data[bottomRight + 2]! * shareBottomRight;
        }
      }
      const target = row * width + column;
      planes[target] = blue * toUnit - 1;
      planes[target + plane] = green * toUnit - 1;
      planes[target + 2 * plane] = red * toUnit - 1;
    }
  }
}
