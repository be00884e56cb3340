import type { RotatedRectangle } from './rotated-rectangle.ts';

/** Which way lines run: 0 to the right, 1 down, 2 to the left (upside down), 3 up. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/** A side this much longer than the other is the one that the text runs along. */
const CLEARLY_LONGER = 1.5;

/** Whether most of the text stands on end: a photo or a flyer that lies on its side. Regions are level rectangles. */
export function isSideways(regions: readonly RotatedRectangle[]): boolean {
  let level = 0;
  let sideways = 0;
  for (const { width, height } of regions) {
    if (width > CLEARLY_LONGER * height) level += width;
    else if (height > CLEARLY_LONGER * width) sideways += height;
  }
  return sideways > level;
}

/** The same place, as a line that runs the given number of quarter turns further clockwise. */
export function runningOn(line: RotatedRectangle, turns: QuarterTurns): RotatedRectangle {
  const [width, height] = turns % 2 === 0 ? [line.width, line.height] : [line.height, line.width];
  return { ...line, width, height, angle: line.angle + (turns * Math.PI) / 2 };
}

/** Where a line of an image is once the image is turned so that lines which run as told run to the right. */
export function inUprightPage(
  line: RotatedRectangle,
  image: { width: number; height: number },
  turns: QuarterTurns,
): RotatedRectangle {
  const { centerX: x, centerY: y } = line;
  const angle = line.angle - (turns * Math.PI) / 2;
  switch (turns) {
    case 0:
      return line;
    case 1:
      return { ...line, centerX: y, centerY: image.width - x, angle };
    case 2:
      return { ...line, centerX: image.width - x, centerY: image.height - y, angle };
    case 3:
      return { ...line, centerX: image.height - y, centerY: x, angle };
  }
}
