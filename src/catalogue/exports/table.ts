import { WEEKDAYS } from '../../contract/show.ts';
import type { Evidence, Schedule, Show, Weekday } from '../../contract/show.ts';
import { parseRule } from './calendar-dates.ts';
import { plainText } from './plain-text.ts';
import { fitTo, widthOf } from './text-width.ts';

const SHORT_DAYS: Readonly<Record<Weekday, string>> = {
  MO: 'Mon',
  TU: 'Tue',
  WE: 'Wed',
  TH: 'Thu',
  FR: 'Fri',
  SA: 'Sat',
  SU: 'Sun',
};
const ORDINALS: Readonly<Record<number, string>> = {
  1: '1st',
  2: '2nd',
  3: '3rd',
  4: '4th',
  5: '5th',
  [-1]: 'last',
  [-2]: '2nd last',
};

/** `Wed–Sat`, `Tue, Thu`, `daily`. */
function daysText(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'daily';
  const places = days.map((day) => WEEKDAYS.indexOf(day));
  const isRun = places.length > 2 && places.every((place, at) => at === 0 || place === (places[at - 1] ?? 0) + 1);
  const [first, last] = [days[0], days.at(-1)];
  if (isRun && first !== undefined && last !== undefined) return `${SHORT_DAYS[first]}–${SHORT_DAYS[last]}`;
  return days.map((day) => SHORT_DAYS[day]).join(', ');
}

function whenText({ days, rrule, startDate, endDate }: Schedule): string {
  if (rrule === null && startDate !== null && (endDate === null || endDate === startDate)) {
    return days[0] === undefined ? startDate : `${SHORT_DAYS[days[0]]} ${startDate}`;
  }
  const rule = rrule === null ? null : parseRule(rrule);
  const ordinals = rule?.byDay.filter(({ ordinal }) => ordinal !== 0) ?? [];
  if (ordinals.length > 0) {
    return WEEKDAYS.flatMap((day) => {
      const own = ordinals
        .filter((entry) => entry.day === day)
        .map(({ ordinal }) => ORDINALS[ordinal] ?? `${ordinal}.`);
      return own.length === 0 ? [] : `${own.join(' & ')} ${SHORT_DAYS[day]}`;
    }).join(', ');
  }
  const text = daysText(days);
  if (rule === null || rule.interval === 1) return text;
  return rule.interval === 2 && rule.frequency === 'WEEKLY' ? `every other ${text}` : `${text} (1 in ${rule.interval})`;
}

function timeText({ startTime, endTime }: Schedule): string {
  if (startTime === null && endTime === null) return '';
  return endTime === null ? `${startTime}` : `${startTime ?? '?'}–${endTime}`;
}

function cityText({ venue }: Show): string {
  return [venue.city, venue.state].filter((part) => part !== null).join(', ');
}

function flagsText({ status, conflicts }: Show): string {
  const disputed = conflicts.map(({ field }) => field.replace(/^.*\./, '').replace(/Time$/, ''));
  return [
    ...(status === 'cancelled' ? ['cancelled'] : []),
    ...(disputed.length > 0 ? [`differs: ${disputed.join(', ')}`] : []),
  ].join('; ');
}

/** An image may only back a venue's address, which it prints beside another of the venue's shows. */
function tellsOfShow({ fields }: Evidence): boolean {
  const paths = Object.keys(fields);
  return paths.length === 0 || paths.some((path) => !path.startsWith('venue.'));
}

interface Column {
  header: string;
  read: (show: Show) => string;
  /** Columns it is not narrowed below. */
  least: number;
  /** How readily it is narrowed beside others: the name of the place is what people look for. */
  gives: number;
  /** Columns are left out in this order where even the least widths do not fit; 0 = never. */
  leavesAt: number;
}

const COLUMNS: readonly Column[] = [
  { header: 'Night', read: ({ schedule }) => whenText(schedule), least: 7, gives: 0.6, leavesAt: 0 },
  { header: 'Time', read: ({ schedule }) => timeText(schedule), least: 11, gives: 1, leavesAt: 0 },
  { header: 'Venue', read: ({ venue }) => venue.name ?? '?', least: 12, gives: 0.6, leavesAt: 0 },
  { header: 'Address', read: ({ venue }) => venue.address ?? '', least: 12, gives: 1.3, leavesAt: 2 },
  { header: 'City', read: cityText, least: 8, gives: 1, leavesAt: 4 },
  { header: 'Host', read: ({ host }) => host.name ?? host.company ?? '', least: 8, gives: 0.9, leavesAt: 5 },
  {
    header: 'Images',
    read: ({ evidence }) => String(evidence.filter(tellsOfShow).length),
    least: 6,
    gives: 1,
    leavesAt: 1,
  },
  { header: 'Notes', read: flagsText, least: 9, gives: 1.6, leavesAt: 3 },
];
const GAP = '  ';

interface LaidOut extends Column {
  cells: string[];
  width: number;
}

function totalWidth(layout: readonly LaidOut[]): number {
  return layout.reduce((sum, { width }) => sum + width, 0) + GAP.length * Math.max(0, layout.length - 1);
}

/** Narrows the widest column that gives most readily, step by step, and leaves columns out where that is not enough. */
function fitLayout(layout: readonly LaidOut[], columns: number): LaidOut[] {
  let kept = layout.filter(({ cells, leavesAt }) => leavesAt === 0 || cells.some((cell) => cell !== ''));
  const least = (all: readonly LaidOut[]): number =>
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
 * Shows as a plain table for a terminal. Text from images is stripped of everything that could steer the terminal.
 *
 * @param columns width of the terminal; longer cells are cut with `…`, and columns left out where it is very narrow
 * @param colour bold header and dimmed cancelled shows, by ANSI codes
 */
export function renderTable(
  shows: readonly Show[],
  columns: number,
  { colour = false }: { colour?: boolean } = {},
): string {
  const layout = COLUMNS.map((column) => {
    const cells = shows.map((show) => plainText(column.read(show)));
    return { ...column, cells, width: Math.max(widthOf(column.header), ...cells.map(widthOf)) };
  });
  const fitted = fitLayout(layout, columns);
  const row = (cellOf: (column: LaidOut) => string): string =>
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
  const body = shows.map((show, at) => {
    const line = row(({ cells }) => cells[at] ?? '');
    return show.status === 'cancelled' ? paint(line, 2) : line;
  });
  return [header, rule, ...body].join('\n');
}
