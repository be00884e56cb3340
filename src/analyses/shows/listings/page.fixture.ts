import type { PageText, TextLine } from '../../../contract/text-line.ts';

const WIDTH = 1080;
const MARGIN = 40;
const SIZES: [string, number][] = [
  ['### ', 130],
  ['## ', 84],
  ['# ', 60],
];
const BODY = 40;
/** Width of a character as a share of its height. */
const ASPECT = 0.5;

/**
 * Sets a page from lines of text: `#`, `##`, `###` are larger type, an empty line is white space, ` || ` sets cells
 * side by side in columns of equal width, ` >> ` indents.
 */
export function pageOf(
  lines: readonly string[],
  options: { centred?: boolean; columns?: readonly number[] } = {},
): PageText {
  const placed: { text: string; x: number; y: number; height: number }[] = [];
  let y = 120;
  for (const line of lines) {
    if (line === '') {
      y += 50;
      continue;
    }
    const [mark, height] = SIZES.find(([prefix]) => line.startsWith(prefix)) ?? ['', BODY];
    const cells = line.slice(mark.length).split(' || ');
    cells.forEach((cell, index) => {
      if (cell.trim() === '') return;
      const text = cell.replace(/^>> /, '');
      const column = options.columns?.[index] ?? MARGIN + (index * (WIDTH - MARGIN)) / cells.length;
      const width = text.length * height * ASPECT;
      const x =
        options.centred === true && cells.length === 1
          ? Math.max(0, (WIDTH - width) / 2)
          : column + (cell.startsWith('>> ') ? 120 : 0);
      placed.push({ text, x, y, height });
    });
    y += height + 10;
  }
  const height = Math.max(1350, y + 100);
  return { width: WIDTH, height, lines: placed.map((line) => toLine(line, height)) };
}

function toLine(
  { text, x, y, height }: { text: string; x: number; y: number; height: number },
  pageHeight: number,
): TextLine {
  const width = Math.min(WIDTH - x, text.length * height * ASPECT);
  return { text, confidence: 0.98, angle: 0, box: [x / WIDTH, y / pageHeight, width / WIDTH, height / pageHeight] };
}
