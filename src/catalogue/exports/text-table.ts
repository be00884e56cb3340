import { plainText } from './plain-text.ts';
import { fitTo, widthOf } from './text-width.ts';

/** A column of a table for a terminal. */
export interface TextColumn<Row> {
  header: string;
  read: (row: Row) => string;
  /** Columns it is not narrowed below. */
  least: number;
  /** How readily it is narrowed beside others: the name of the place is what people look for. */
  gives: number;
  /** Columns are left out in this order where even the least widths do not fit; 0 = never. */
  leavesAt: number;
}

const GAP = '  ';

interface LaidOut<Row> extends TextColumn<Row> {
  cells: string[];
  width: number;
}

function totalWidth(layout: readonly Pick<LaidOut<unknown>, 'width'>[]): number {
  return layout.reduce((sum, { width }) => sum + width, 0) + GAP.length * Math.max(0, layout.length - 1);
}

/** Narrows the widest column that gives most readily, step by step, and leaves columns out where that is not enough. */
function fitLayout<Row>(layout: readonly LaidOut<Row>[], columns: number): LaidOut<Row>[] {
  let kept = layout.filter(({ cells, leavesAt }) => leavesAt === 0 || cells.some((cell) => cell !== ''));
  const least = (all: readonly LaidOut<Row>[]): number =>
    totalWidth(all.map((column) => ({ ...column, width: Math.min(column.width, column.least) })));
  for (let turn = 1; turn <= 5 && least(kept) > columns; turn++)
    kept = kept.filter(({ leavesAt }) => leavesAt !== turn);
  const fitted = kept.map((column) => ({ ...column }));
  while (totalWidth(fitted) > columns) {
    const widest = fitted
      .filter(({ width, least: floor }) => width > floor)
      .sort((a, b) => b.width * b.gives - a.width * a.gives)[0];
    const narrowed = widest ?? fitted.filter(({ width }) => width > 1).sort((a, b) => b.width - a.width)[0];
    if (narrowed === undefined) break;
    narrowed.width -= 1;
  }
  return fitted;
}

/**
 * Rows as a plain table for a terminal. Text from images is stripped of everything that could steer the terminal.
 *
 * @param columns width of the terminal; longer cells are cut with `…`, and columns left out where it is very narrow
 * @param colour bold header, and dimmed rows where `isDim` says so, by ANSI codes
 */
export function renderColumns<Row>(
  all: readonly TextColumn<Row>[],
  rows: readonly Row[],
  columns: number,
  { colour = false, isDim = () => false }: { colour?: boolean; isDim?: (row: Row) => boolean } = {},
): string {
  const layout = all.map((column) => {
    const cells = rows.map((each) => plainText(column.read(each)));
    return { ...column, cells, width: Math.max(widthOf(column.header), ...cells.map(widthOf)) };
  });
  const fitted = fitLayout(layout, columns);
  const row = (cellOf: (column: LaidOut<Row>) => string): string =>
    fitted
      .map((column) => fitTo(cellOf(column), column.width))
      .join(GAP)
      .trimEnd();
  const paint = (line: string, code: number): string => (colour ? `\u001b[${code}m${line}\u001b[0m` : line);
  const header = paint(
    row(({ header: title }) => title),
    1,
  );
  const rule = fitted.map(({ width }) => '─'.repeat(width)).join(GAP);
  const body = rows.map((each, at) => {
    const line = row(({ cells }) => cells[at] ?? '');
    return isDim(each) ? paint(line, 2) : line;
  });
  return [header, rule, ...body].join('\n');
}
