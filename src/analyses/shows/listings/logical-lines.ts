import type { ColumnRole, Flow } from './flow.ts';
import { sameRow, type PageLine } from './page-lines.ts';
import { continues, wrapContext } from './wrapping.ts';

/** A line as it was meant, put together from the printed lines it wraps over. */
export interface LogicalLine {
  text: string;
  /** Printed lines and where each begins in `text`. */
  parts: { line: PageLine; start: number }[];
  top: number;
  bottom: number;
  height: number;
  /** White above it, pixels; infinite for the first of a flow. */
  gapBefore: number;
  row: number | null;
  role: ColumnRole | null;
  section: number;
}

/**
 * Joins what wraps: addresses over lines, `8:00 PM -` with `12:00 AM`, long names in narrow columns.
 *
 * @param cities lower-case names of cities that the page names elsewhere: such a word alone on a line is no remainder
 */
export function joinWrapped(flow: Flow, cities: ReadonlySet<string>): LogicalLine[] {
  const joined: LogicalLine[] = [];
  const context = wrapContext(flow, cities);
  for (const line of flow.lines) {
    const previous = joined.at(-1);
    const last = previous?.parts.at(-1)?.line;
    if (previous !== undefined && last !== undefined && continues({ ...previous, last }, line, context))
      append(previous, line);
    else joined.push(start(line, last, flow));
  }
  return joined;
}

function start(line: PageLine, last: PageLine | undefined, flow: Flow): LogicalLine {
  const { row, role, section } = flow;
  const { text, top, bottom, height } = line;
  const gapBefore = last === undefined ? Infinity : sameRow(last, line) ? 0 : Math.max(0, top - last.bottom);
  return { text, parts: [{ line, start: 0 }], top, bottom, height, gapBefore, row, role, section };
}

function append(logical: LogicalLine, line: PageLine): void {
  logical.parts.push({ line, start: logical.text.length + 1 });
  logical.text = `${logical.text} ${line.text}`;
  logical.bottom = Math.max(logical.bottom, line.bottom);
}
