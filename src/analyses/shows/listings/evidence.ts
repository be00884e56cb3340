import type { Box } from '../../../contract/show.ts';
import { around, partOfLine, type PageSize } from '../../grounding/boxes.ts';
import type { Span } from '../places/address.ts';
import type { LogicalLine } from './logical-lines.ts';

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
    boxes.push(partOfLine(source, { from, to, length: text.length }, page));
    confidence = Math.min(confidence, source.confidence);
  }
  return { text: texts.filter((text) => text !== '').join(' '), box: around(boxes), confidence };
}
