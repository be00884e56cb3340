import type { Flow } from './flow.ts';
import { inReadingOrder, middleOf, sameRow, type PageLine } from './page-lines.ts';
import { isKey, readHeadedTable, readTable } from './table.ts';

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
  const headed = readHeadedTable(sorted);
  if (headed !== null) {
    layOut(headed.above, flows, counter, rightLimit);
    const section = counter.section++;
    flows.push(...headed.rows.map((flow) => ({ ...flow, section })));
    layOut(headed.below, flows, counter, rightLimit);
    return;
  }
  const cut = bestCut(sorted);
  if (cut === null) {
    if (sorted.length > 0)
      flows.push({ lines: inReadingOrder(sorted), row: null, role: null, rightLimit, section: counter.section++ });
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
  if (!sidesStandTogether(left, right, pairs)) return null;
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

/** Two columns, or one loud word beside a stack (`FRI` beside `7:30 PM` over `to close`). */
function sidesStandTogether(left: readonly PageLine[], right: readonly PageLine[], pairs: number): boolean {
  const fewer = Math.min(left.length, right.length);
  if (fewer >= 2) return (pairs >= 2 && pairs >= 0.3 * fewer) || (pairs === 1 && isPanel(left, right));
  const [one, stack] = left.length === 1 ? [left[0], right] : [right[0], left];
  if (one === undefined || fewer === 0 || stack.length < 2 || stack.length > 4) return false;
  const middle = middleOf(one);
  if (isPanel(left, right)) return true;
  return (
    middle > Math.min(...stack.map((line) => line.top)) &&
    middle < Math.max(...stack.map((line) => line.bottom)) &&
    stack.every((line) => line.top < one.bottom && line.bottom > one.top - 0.5 * line.height)
  );
}

/** Two short stacks with a common middle (`Every / Thursday / & Sunday` beside `9:30pm - / 2:30am`). */
function isPanel(left: readonly PageLine[], right: readonly PageLine[]): boolean {
  if (left.length + right.length > 6) return false;
  const middles = [left, right].map(
    (side) => (Math.min(...side.map(({ top }) => top)) + Math.max(...side.map(({ bottom }) => bottom))) / 2,
  );
  const height = Math.max(...left.map((line) => line.height));
  return Math.abs((middles[0] ?? 0) - (middles[1] ?? 0)) < 0.6 * height;
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

function extent(lines: readonly PageLine[]): number {
  return Math.max(...lines.map((line) => line.right));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
