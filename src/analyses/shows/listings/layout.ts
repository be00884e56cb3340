import { findPhrases } from '../schedule/phrases.ts';
import type { PageLine } from './page-lines.ts';

export type ColumnRole = 'day' | 'venue' | 'address' | 'time' | 'host' | 'city' | 'other';

/** Lines to be read one after another: a column, or one cell of a table. */
export interface Flow {
  lines: PageLine[];
  /** Rows of a table share a number; null where the flow is no cell. */
  row: number | null;
  role: ColumnRole | null;
  /** Where lines wrap, pixels; null for a page's full width. */
  rightLimit: number | null;
  /** Flows of the same section belong together: a table, a grid of cards, running text. */
  section: number;
}

const HEADERS: [ColumnRole, RegExp][] = [
  ['day', /^(?:days?|nights?|when|date|día|dia|day of week)$/i],
  ['venue', /^(?:venues?|where|locations?|bars?|places?|spots?|lugar|club|establishment|name|bar name)$/i],
  ['address', /^(?:address|street|dirección|direccion)$/i],
  ['city', /^(?:city|town|area|ciudad)$/i],
  ['time', /^(?:times?|hours?|hora|horario|start|start time|starts)$/i],
  ['host', /^(?:hosts?|kj|dj|kjs?|djs?|kj\/dj|dj\/kj|host\/kj|mc|with|hosted by|company)$/i],
];

/** Splits a post into flows in reading order: tables by rows, cards by columns, the rest from top to bottom. */
export function splitFlows(lines: readonly PageLine[]): Flow[] {
  const flows: Flow[] = [];
  layOut([...lines], flows, { section: 0 }, null);
  return flows;
}

interface Counter {
  section: number;
}

function layOut(lines: PageLine[], flows: Flow[], counter: Counter, rightLimit: number | null): void {
  const sorted = lines.toSorted((a, b) => a.top - b.top || a.left - b.left);
  const cut = bestCut(sorted);
  if (cut === null) {
    if (sorted.length > 0)
      flows.push({ lines: inRows(sorted), row: null, role: null, rightLimit, section: counter.section++ });
    return;
  }
  layOut(cut.above, flows, counter, rightLimit);
  const inside = [...cut.left, ...cut.right];
  const table = readTable(inside);
  if (table !== null) {
    const section = counter.section++;
    flows.push(...table.map((flow) => ({ ...flow, section })));
  } else {
    layOut(cut.left, flows, counter, extent(cut.left));
    layOut(cut.right, flows, counter, extent(cut.right));
  }
  layOut(cut.below, flows, counter, rightLimit);
}

interface Cut {
  above: PageLine[];
  left: PageLine[];
  right: PageLine[];
  below: PageLine[];
  score: number;
}

/** The vertical white band that most lines respect, with the lines above and below it that cross it. */
function bestCut(lines: readonly PageLine[]): Cut | null {
  let best: Cut | null = null;
  for (const x of cutPlaces(lines)) {
    const cut = cutAt(lines, x);
    if (cut !== null && (best === null || cut.score > best.score)) best = cut;
  }
  return best;
}

function cutPlaces(lines: readonly PageLine[]): number[] {
  const places = new Set<number>();
  for (const left of lines) {
    const beside = lines.filter(
      (line) => sameRow(left, line) && line.left - left.right > 0.5 * Math.min(left.height, line.height),
    );
    const nearest = Math.min(...beside.map((line) => line.left));
    if (Number.isFinite(nearest)) places.add(Math.round((nearest + left.right) / 2)).add(Math.round(nearest - 2));
  }
  return [...places];
}

function cutAt(lines: readonly PageLine[], x: number): Cut | null {
  let best: PageLine[] = [];
  let run: PageLine[] = [];
  for (const line of lines) {
    if (line.left < x - 1 && line.right > x + 1) run = [];
    else run.push(line);
    if (run.length > best.length) best = [...run];
  }
  const isLeft = (line: PageLine): boolean => (line.left + line.right) / 2 < x;
  const inside = trimRun(best, isLeft);
  const left = inside.filter(isLeft);
  const right = inside.filter((line) => !isLeft(line));
  const pairs = left.filter((line) => right.some((other) => sameRow(line, other))).length;
  if (left.length < 2 || right.length < 2 || pairs < 2 || pairs < 0.3 * Math.min(left.length, right.length))
    return null;
  const gap = Math.min(...right.map((line) => line.left)) - Math.max(...left.map((line) => line.right));
  const top = Math.min(...inside.map((line) => line.top));
  const set = new Set(inside);
  return {
    above: lines.filter((line) => !set.has(line) && line.top < top),
    left,
    right,
    below: lines.filter((line) => !set.has(line) && line.top >= top),
    score: inside.length + 0.5 * pairs + Math.min(3, gap / (inside[0]?.height ?? 1)),
  };
}

/** A title over the left column alone is no part of the columns; neither is a footer far below them. */
function trimRun(run: readonly PageLine[], isLeft: (line: PageLine) => boolean): PageLine[] {
  const firstOf = (side: boolean): number =>
    Math.min(...run.filter((line) => isLeft(line) === side).map((line) => line.top));
  const start = Math.max(firstOf(true), firstOf(false));
  const typical = median(run.map((line) => line.height));
  const kept = run.filter((line) => line.bottom > start);
  const early = run.filter(
    (line) => line.bottom <= start && start - line.bottom < 0.5 * typical && line.height < 1.25 * typical,
  );
  const inside = kept.length > 0 && early.length <= 1 && startsListing(early[0]) ? [...early, ...kept] : kept;
  const sides = inside.filter((line) => inside.some((other) => isLeft(other) !== isLeft(line) && sameRow(line, other)));
  const end = Math.max(...sides.map((line) => line.bottom));
  const result: PageLine[] = [];
  let bottom = end;
  for (const line of inside) {
    if (line.top > bottom + 2.2 * typical) break;
    bottom = Math.max(bottom, line.bottom);
    result.push(line);
  }
  return result;
}

function startsListing(line: PageLine | undefined): boolean {
  return line !== undefined && isKey(line);
}

/** Rows of a table, cell by cell; null where the lines are columns that stand for themselves. */
function readTable(lines: readonly PageLine[]): Omit<Flow, 'section'>[] | null {
  const header = headerRow(lines);
  const body =
    header === null
      ? [...lines]
      : lines.filter((line) => !header.cells.includes(line) && line.top >= header.bottom - 0.5 * line.height);
  const keys = keyLines(body, header);
  if (keys === null || keys.length < 2) return null;
  const rows = cutRows(body, keys);
  const limits = columnLimits(body);
  return rows.flatMap((row, index) => cellsOf(row).map((cell) => toFlow(cell, index, header, limits)));
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

function labelRole(line: PageLine): ColumnRole | null {
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
  return best?.role ?? 'other';
}

/** The lines that begin the rows: days that stand in one column only, or the first column under a header. */
function keyLines(body: readonly PageLine[], header: Header | null): PageLine[] | null {
  const days = body.filter(isKey);
  if (days.length >= 2) {
    const first = days[0];
    if (first === undefined || !days.every((line) => overlapsColumn(first, line))) return null;
    const accompanied = days.filter((day) => body.some((line) => line !== day && sameRow(day, line))).length;
    return accompanied >= 0.5 * days.length ? days : null;
  }
  if (header === null) return timesInOneColumn(body);
  const leftmost = header.cells.toSorted((a, b) => a.left - b.left)[0];
  const column = leftmost === undefined ? [] : body.filter((line) => overlapsColumn(leftmost, line));
  return column.filter((line) =>
    body.some((other) => other !== line && sameRow(line, other) && !column.includes(other)),
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
    return centred ? widestGap(body, previous, key) : key.top - 0.45 * key.height;
  });
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? Infinity;
    return body.filter((line) => middleOf(line) >= start && middleOf(line) < end);
  });
}

function widestGap(body: readonly PageLine[], above: PageLine, below: PageLine): number {
  const between = body
    .filter((line) => line.bottom > above.top && line.top < below.bottom)
    .toSorted((a, b) => a.top - b.top);
  let bottom = above.bottom;
  let best = { gap: -Infinity, at: (above.bottom + below.top) / 2 };
  for (const line of between) {
    const gap = line.top - bottom;
    if (line.top > above.top && gap > best.gap && line.top <= below.top + 0.5 * below.height)
      best = { gap, at: (line.top + bottom) / 2 };
    bottom = Math.max(bottom, line.bottom);
  }
  return best.at;
}

/** Lines of one row that overlap from left to right are one cell. */
function cellsOf(row: readonly PageLine[]): PageLine[][] {
  const cells: PageLine[][] = [];
  for (const line of row.toSorted((a, b) => a.left - b.left)) {
    const cell = cells.find((lines) => lines.some((other) => overlapsColumn(other, line)));
    if (cell === undefined) cells.push([line]);
    else cell.push(line);
  }
  return cells.map((cell) => cell.toSorted((a, b) => a.top - b.top));
}

function columnLimits(body: readonly PageLine[]): (cell: PageLine[]) => number {
  return (cell) =>
    Math.max(
      ...body
        .filter((line) => cell.some((own) => Math.abs(own.left - line.left) < own.height))
        .map((line) => line.right),
    );
}

/** Running lines; those that stand side by side are read from left to right. */
function inRows(lines: readonly PageLine[]): PageLine[] {
  const rows: PageLine[][] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    if (row !== undefined && row.some((other) => sameRow(other, line))) row.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.left - b.left));
}

/** Whether two lines stand side by side. */
export function sameRow(a: PageLine, b: PageLine): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return a !== b && shared > 0.5 * Math.min(a.height, b.height) && (a.right <= b.left + 2 || b.right <= a.left + 2);
}

function overlapsColumn(a: PageLine, b: PageLine): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0;
}

function extent(lines: readonly PageLine[]): number {
  return Math.max(...lines.map((line) => line.right));
}

function middleOf(line: PageLine): number {
  return (line.top + line.bottom) / 2;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
