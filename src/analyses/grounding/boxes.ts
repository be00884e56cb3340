import type { Box } from '../../contract/show.ts';
import type { PageText, TextLine } from '../../contract/text-line.ts';

/** Pixels of the page the boxes are fractions of. */
export interface PageSize {
  width: number;
  height: number;
}

/**
 * The part of a line's box that the characters from `from` to `to` of `length` take; letters are counted as equally wide.
 * Fractions of the page, as the line's own box.
 */
export function partOfLine(
  { box: [x, y, width, height], angle }: Pick<TextLine, 'box' | 'angle'>,
  { from, to, length }: { from: number; to: number; length: number },
  page: PageSize,
): Box {
  const begin = from / length;
  const share = (to - from) / length;
  const rise = Math.tan(angle) * width * (page.width / page.height);
  // In a tilted line the words stand higher or lower along it, and their own box is flatter than the line's.
  const own = Math.max(height - Math.abs(rise) * (1 - share), height * 0.2);
  const shift = rise >= 0 ? rise * begin : -rise * (1 - begin - share);
  return [x + begin * width, y + Math.min(Math.max(0, shift), height - own), share * width, own];
}

/** The smallest box around all of them; null for none. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

/**
 * How far two places of a page are from each other, in heights of a line of it. What stands side by side is nearer than
 * what stands as far above: a row belongs together.
 *
 * @param lineHeight as a fraction of the page's height
 */
export function distanceBetween(a: Box, b: Box, { width, height }: PageSize, lineHeight: number): number {
  const unit = Math.max(lineHeight, 1 / 200);
  const across = Math.max(0, a[0] - b[0] - b[2], b[0] - a[0] - a[2]) * (width / height);
  const down = Math.max(0, a[1] - b[1] - b[3], b[1] - a[1] - a[3]);
  const middles = Math.abs(a[1] + a[3] / 2 - b[1] - b[3] / 2);
  return (Math.hypot(across * 0.4, down) + 0.05 * middles) / unit;
}

/** Where a box of a page that was turned counter-clockwise lies on the image before the turn. All in fractions. */
export function unturned([x, y, width, height]: Box, turns: NonNullable<PageText['turns']>): Box {
  switch (turns) {
    case 0:
      return [x, y, width, height];
    case 1:
      return [1 - y - height, x, height, width];
    case 2:
      return [1 - x - width, 1 - y - height, width, height];
    case 3:
      return [y, 1 - x - width, height, width];
  }
}
