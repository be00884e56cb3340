import { WEEKDAYS } from '../../contract/show.ts';
import type { Evidence, Schedule, Show, Weekday } from '../../contract/show.ts';
import { parseRule } from './calendar-dates.ts';
import { renderColumns, type TextColumn } from './text-table.ts';

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

const COLUMNS: readonly TextColumn<Show>[] = [
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
  return renderColumns(COLUMNS, shows, columns, { colour, isDim: ({ status }) => status === 'cancelled' });
}
