import type { PageText, TextLine } from '../../contract/text-line.ts';

/** A page of 1000 × 1000 pixels from lines with their left, top and width in pixels; each is 20 high. */
export function pageOf(...lines: (readonly [text: string, left: number, top: number, width?: number])[]): PageText {
  return {
    width: 1_000,
    height: 1_000,
    lines: lines.map(([text, left, top, width = text.length * 10]): TextLine => ({
      text,
      confidence: 0.97,
      box: [left / 1_000, top / 1_000, width / 1_000, 0.02],
      angle: 0,
    })),
  };
}
