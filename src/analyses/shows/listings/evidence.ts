import type { Box } from '../../../contract/show.ts';
import type { Span } from '../places/address.ts';
import type { LogicalLine } from './logical-lines.ts';

/** Pixels of the page the boxes are fractions of. */
export interface PageSize {
  width: number;
  height: number;
}

/** What was printed at a span of a logical line, where, and how sure the recogniser was. */
export function evidenceOf(
  line: Pick<LogicalLine, 'text' | 'parts'>,
  span: Span,
  page: PageSize,
): { text: string; box: Box | null; confidence: number } {
  const texts: string[] = [];
  const boxes: Box[] = [];
  let confidence = 1;
  for (const part of line.parts) {
    const { source, text } = part.line;
    const from = Math.max(0, span.start - part.start);
    const to = Math.min(text.length, span.end - part.start);
    if (from >= to) continue;
    texts.push(source.text.slice(from, to).trim());
    boxes.push(boxOf(source.box, source.angle, text, from, to, page));
    confidence = Math.min(confidence, source.confidence);
  }
  return { text: texts.filter((text) => text !== '').join(' '), box: around(boxes), confidence };
}

/** The part of a line's box that some of its characters take; letters are counted as equally wide. */
function boxOf([x, y, width, height]: Box, angle: number, text: string, from: number, to: number, page: PageSize): Box {
  const begin = from / text.length;
  const share = (to - from) / text.length;
  const rise = Math.tan(angle) * width * (page.width / page.height);
  // In a tilted line the words stand higher or lower along it, and their own box is flatter than the line's.
  const own = Math.max(height - Math.abs(rise) * (1 - share), height * 0.2);
  const shift = rise >= 0 ? rise * begin : -rise * (1 - begin - share);
  return [x + begin * width, y + Math.min(Math.max(0, shift), height - own), share * width, own];
}

function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}
