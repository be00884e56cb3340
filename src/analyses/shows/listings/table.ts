import { findPhrases } from '../schedule/phrases.ts';
import type { ColumnRole, Flow } from './flow.ts';
import { inReadingOrder, middleOf, sameRow, splitLine, type PageLine } from './page-lines.ts';

const HEADERS: [ColumnRole, RegExp][] = [
  ['day', /^(?:days?|nights?|when|date|día|dia|day of week)$/i],
  ['venue', /^(?:venues?|where|locations?|bars?|places?|spots?|lugar|club|establishment|name|bar name)$/i],
  ['address', /^(?:address|street|dirección|direccion)$/i],
  ['city', /^(?:city|town|area|ciudad)$/i],
  ['time', /^(?:times?|hours?|hora|horario|start|start time|starts)$/i],
  ['host', /^(?:hosts?|kj|dj|kjs?|djs?|kj\/dj|dj\/kj|host\/kj|mc|with|hosted by|company)$/i],
];

/** Rows of a table, cell by cell; null where the lines are columns that stand for themselves. */
export function readTable(lines: readonly PageLine[]): Omit<Flow, 'section'>[] | null {
  const header = headerRow(lines);
  const body =
    header === null
      ? [...lines]
      : splitAtColumns(lines, header).filter(
          (line) => !header.cells.includes(line) && line.top >= header.bottom - 0.5 * line.height,
        );
  const keys = keyLines(body, header);
  if (keys === null || keys.length < 2) return null;
  const rows = cutRows(body, keys);
  const limits = columnLimits(body);
  return rows.flatMap((row, index) => cellsOf(row).map((cell) => toFlow(cell, index, header, limits)));
}

/** A table that names its columns: it takes all that stands below their names, up to a gap wider than between rows. */
export function readHeadedTable(
  printed: readonly PageLine[],
): { above: PageLine[]; rows: Omit<Flow, 'section'>[]; below: PageLine[] } | null {
  const lines = printed.flatMap(splitLabels);
  const header = headerRow(lines);
  if (header === null) return null;
  const above = lines.filter((line) => !header.cells.includes(line) && middleOf(line) < header.bottom);
  const rest = lines.filter((line) => !header.cells.includes(line) && middleOf(line) >= header.bottom);
  const end = tableEnd(rest, header);
  const rows = readTable([...header.cells, ...rest.filter((line) => line.top < end)]);
  return rows === null ? null : { above, rows, below: rest.filter((line) => line.top >= end) };
}

/** Recognition may read two column names as one line: `Day Venue`. */
function splitLabels(line: PageLine): PageLine[] {
  const words = line.text.trim().split(/\s+/);
  if (words.length < 2 || words.length > 5 || !words.every((word) => labelRole({ text: word }) !== null)) return [line];
  const place = line.left + ((words[0]?.length ?? 0) / line.text.length) * (line.right - line.left);
  const [first, ...rest] = splitLine(line, place);
  return first === undefined || rest.length === 0 ? [line] : [first, ...rest.flatMap(splitLabels)];
}

function tableEnd(lines: readonly PageLine[], header: Header): number {
  const sorted = lines.toSorted((a, b) => a.top - b.top);
  const gaps: number[] = [];
  let bottom = header.bottom;
  for (const line of sorted) {
    const gap = line.top - bottom;
    const usual = Math.max(line.height, ...gaps);
    if (gaps.length > 1 && gap > 2.2 * usual) return line.top;
    if (gap > 0) gaps.push(gap);
    bottom = Math.max(bottom, line.bottom);
  }
  return Infinity;
}

function toFlow(
  cell: PageLine[],
  row: number,
  header: Header | null,
  limits: (cell: PageLine[]) => number,
): Omit<Flow, 'section'> {
  return { lines: cell, row, role: header === null ? null : roleOf(cell, header), rightLimit: limits(cell) };
}

interface Header {
  cells: PageLine[];
  bottom: number;
}

function headerRow(lines: readonly PageLine[]): Header | null {
  const labels = lines.filter((line) => labelRole(line) !== null);
  for (const first of labels) {
    const cells = labels.filter((line) => line === first || sameRow(first, line));
    const roles = new Set(cells.map((line) => labelRole(line)));
    if (roles.size >= 2) return { cells, bottom: Math.max(...cells.map((line) => line.bottom)) };
  }
  return null;
}

/** Recognition may read two cells as one line: cut it at the left edge of the column it runs into. */
function splitAtColumns(lines: readonly PageLine[], header: Header, all = lines): PageLine[] {
  const edges = header.cells.map((cell) => cell.left).toSorted((a, b) => a - b);
  return lines.flatMap((line) => {
    const edge = edges.find((x) => x > line.left + 2 * line.height && x < line.right - line.height);
    const others = all.filter((other) => Math.abs(other.left - (edge ?? 0)) < other.height).length;
    if (edge === undefined || others < 3 || header.cells.includes(line)) return [line];
    const [first, second] = splitLine(line, edge);
    if (first === undefined || second === undefined) return [line];
    return [first, ...splitAtColumns([second], header, lines)];
  });
}

function labelRole(line: Pick<PageLine, 'text'>): ColumnRole | null {
  const text = line.text.trim().replace(/[:.]$/, '');
  return HEADERS.find(([, label]) => label.test(text))?.[0] ?? null;
}

function roleOf(cell: readonly PageLine[], header: Header): ColumnRole {
  const left = Math.min(...cell.map((line) => line.left));
  const right = Math.max(...cell.map((line) => line.right));
  let best: { role: ColumnRole; distance: number } | null = null;
  for (const label of header.cells) {
    const middle = Math.abs((label.left + label.right) / 2 - (left + right) / 2);
    const distance = Math.min(Math.abs(label.left - left), middle);
    if (best === null || distance < best.distance) best = { role: labelRole(label) ?? 'other', distance };
  }
  // Far from every name, the column has none (it was not read).
  const near = best !== null && best.distance < 4 * (cell[0]?.height ?? 0);
  return near ? (best?.role ?? 'other') : 'other';
}

/** The lines that begin the rows: days that stand in one column only, or the first column under a header. */
function keyLines(body: readonly PageLine[], header: Header | null): PageLine[] | null {
  const days = dayColumn(body);
  if (days === null) return null;
  if (days.length >= 2) {
    const accompanied = days.filter((day) => body.some((line) => line !== day && standsBeside(day, line))).length;
    const beside = body.filter((line) => !days.includes(line) && days.some((day) => standsBeside(day, line))).length;
    // One hour set beside a stack of two days is of both.
    return accompanied >= 0.5 * days.length && beside >= Math.min(2, days.length) ? days : null;
  }
  if (header === null) return timesInOneColumn(body);
  const leftmost = header.cells.toSorted((a, b) => a.left - b.left)[0];
  const column = leftmost === undefined ? [] : body.filter((line) => overlapsColumn(leftmost, line));
  return column.filter((line) =>
    body.some((other) => other !== line && sameRow(line, other) && !column.includes(other)),
  );
}

/** The days of a table stand in one column; null where two columns have days, or where a phrase runs over lines. */
function dayColumn(body: readonly PageLine[]): PageLine[] | null {
  const days = body.filter(isKey);
  const columns = days.map((day) => days.filter((other) => overlapsColumn(day, other)));
  const column = columns.toSorted((a, b) => b.length - a.length)[0] ?? [];
  // A venue may be named after a day (`Mondays Pub`), in a row that has its day already.
  const strays = days.filter((day) => !column.includes(day));
  if (strays.length > 0.3 * column.length || !strays.every((stray) => column.some((day) => standsBeside(day, stray))))
    return null;
  const first = column[0];
  if (first === undefined) return [];
  const runsOver = body.some(
    (line) =>
      overlapsColumn(first, line) &&
      /^(?:through|thru|to|and|&|-|til)$|(?:\b(?:through|thru|and|to)|[&-])$/i.test(line.text.trim()),
  );
  return runsOver && column.length <= 3 ? null : column;
}

/** Side by side, if only in part: a day set in the middle of a row of two lines. */
function standsBeside(a: PageLine, b: PageLine): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return (
    shared > 0.1 * Math.min(a.height, b.height) &&
    (a.right <= b.left + 0.4 * a.height || b.right <= a.left + 0.4 * a.height)
  );
}

/** `The Fox Den ....... 9 PM`: no days, and times in one column only. */
function timesInOneColumn(body: readonly PageLine[]): PageLine[] | null {
  const times = body.filter((line) => findPhrases(line.text).some((phrase) => phrase.kind === 'time' && !phrase.decoy));
  const first = times[0];
  if (first === undefined || times.length < 2 || !times.every((line) => overlapsColumn(first, line))) return null;
  const rest = body.filter((line) => !overlapsColumn(first, line));
  const keys = times.map((time) => rest.find((line) => sameRow(time, line)));
  return keys.every((key) => key !== undefined) ? keys.filter((key) => key !== undefined) : null;
}

/** Whether a line begins with a day and is short enough to be a cell or a heading. */
export function isKey(line: PageLine): boolean {
  const first = findPhrases(line.text).find((phrase) => phrase.kind === 'days' || phrase.kind === 'date');
  return first !== undefined && first.start <= 2 && (line.text.length <= 28 || first.end > 0.6 * line.text.length);
}

function cutRows(body: readonly PageLine[], keys: readonly PageLine[]): PageLine[][] {
  const sorted = keys.toSorted((a, b) => a.top - b.top);
  const first = sorted[0];
  const centred = first !== undefined && body.some((line) => line.bottom < first.top + 0.3 * first.height);
  const starts = sorted.map((key, index) => {
    const previous = sorted[index - 1];
    if (previous === undefined) return -Infinity;
    const gap = widestGap(body, previous, key);
    return gap.clear || centred ? gap.at : key.top - 0.45 * key.height;
  });
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? Infinity;
    return body.filter((line) => middleOf(line) >= start && middleOf(line) < end);
  });
}

/** Where the white between two rows is widest; `clear` where no other white between them comes near it. */
function widestGap(body: readonly PageLine[], above: PageLine, below: PageLine): { at: number; clear: boolean } {
  const between = body
    .filter((line) => middleOf(line) > above.top && middleOf(line) < below.bottom)
    .toSorted((a, b) => a.top - b.top);
  let bottom = above.bottom;
  const gaps: { gap: number; at: number }[] = [];
  for (const line of between) {
    const gap = line.top - bottom;
    if (line.top > above.top && line.top <= below.top + 0.5 * below.height)
      gaps.push({ gap, at: (line.top + bottom) / 2 });
    bottom = Math.max(bottom, line.bottom);
  }
  const [widest, next] = gaps.toSorted((a, b) => b.gap - a.gap);
  if (widest === undefined) return { at: (above.bottom + below.top) / 2, clear: false };
  return { at: widest.at, clear: widest.gap > 0.15 * below.height && widest.gap > 1.5 * Math.max(0, next?.gap ?? 0) };
}

/** Lines of one row that overlap from left to right are one cell. */
function cellsOf(row: readonly PageLine[]): PageLine[][] {
  const cells: PageLine[][] = [];
  for (const line of row.toSorted((a, b) => a.left - b.left)) {
    const cell = cells.find((lines) => lines.some((other) => sharesColumn(other, line)));
    if (cell === undefined) cells.push([line]);
    else cell.push(line);
  }
  return cells.map((cell) => inReadingOrder(cell));
}

function columnLimits(body: readonly PageLine[]): (cell: PageLine[]) => number {
  return (cell) =>
    Math.max(
      ...body
        .filter((line) => cell.some((own) => Math.abs(own.left - line.left) < own.height))
        .map((line) => line.right),
    );
}

/** Two lines of one cell stand one under the other; tall letters make boxes of neighbouring cells touch. */
function sharesColumn(a: PageLine, b: PageLine): boolean {
  const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  return shared > 0.25 * Math.min(a.right - a.left, b.right - b.left);
}

function overlapsColumn(a: PageLine, b: PageLine): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0;
}
