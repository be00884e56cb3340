import { readFileSync } from 'node:fs';
import type { Schedule } from '../src/contract/show.ts';
import { readSchedules } from '../src/analyses/shows/schedule/read-schedule.ts';
import { scheduleWarnings } from '../src/analyses/shows/schedule/warnings.ts';

/** The run that the labels are true of: a Monday. */
export const LABEL_CONTEXT = { timezone: 'America/New_York', startedAt: '2025-08-11T12:00:00Z' };

/** What is compared, by the columns of the label files; empty where nothing is printed. */
const COLUMNS = ['rule', 'start', 'end', 'from', 'until', 'except', 'marks'] as const;
export type StatedSchedule = Record<(typeof COLUMNS)[number], string>;

/** Words with the schedules that a person read in them. */
export interface LabelledWords {
  words: string;
  schedules: StatedSchedule[];
}

/** How far a reader agrees with the labels. */
export interface ScheduleScore {
  wordings: number;
  /** Wordings read right in every column of every schedule. */
  right: number;
  /** 0..1 */
  accuracy: number;
  /** Values given where the label says that nothing is printed, in words. */
  invented: string[];
  misses: { words: string; expected: string; came: string }[];
}

/** The least share of wordings that must be read wholly right; nothing may be invented at all. */
export const SCHEDULE_THRESHOLD = 0.97;

/** The label files beside this one. `texts`: of real listings; `flyers`: in the style of flyers, written for this project. */
export const LABEL_FILES = { texts: 'schedule-labels.tsv', flyers: 'flyer-schedule-labels.tsv' } as const;

/**
 * @returns the labels of a file: tab-separated, one line a schedule; a line whose words are `"` is one more schedule of
 * the words above
 */
export function readLabels(file: string): LabelledWords[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const labels: LabelledWords[] = [];
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const [words = '', ...values] = line.split('\t');
    const schedule = Object.fromEntries(
      COLUMNS.map((column, place) => [column, values[place] ?? '']),
    ) as StatedSchedule;
    const above = labels.at(-1);
    if (words === '"' && above !== undefined) above.schedules.push(schedule);
    else labels.push({ words, schedules: [schedule] });
  }
  return labels;
}

/** Reads each of the words with the project's reader and compares with the labels. */
export function scoreSchedules(labels: readonly LabelledWords[]): ScheduleScore {
  const invented: string[] = [];
  const misses: ScheduleScore['misses'] = [];
  for (const { words, schedules } of labels) {
    const read = readSchedules(words, LABEL_CONTEXT).map(stated);
    const [expected, came] = [schedules, read].map((each) => each.map(inWords).join(' + '));
    if (expected !== came) misses.push({ words, expected: expected ?? '', came: came ?? '' });
    invented.push(...inventedIn(words, schedules, read));
  }
  const right = labels.length - misses.length;
  return { wordings: labels.length, right, accuracy: right / Math.max(1, labels.length), invented, misses };
}

/** What of a score lies below what is promised, in words. */
export function scheduleShortfalls(name: string, { accuracy, invented }: ScheduleScore): string[] {
  return [
    ...(accuracy < SCHEDULE_THRESHOLD ? [`schedules of ${name} ${accuracy.toFixed(3)} < ${SCHEDULE_THRESHOLD}`] : []),
    ...(invented.length > 0 ? [`${invented.length} values invented in schedules of ${name}`] : []),
  ];
}

/** The figures in words; with `details`, each difference on lines of its own. */
export function scheduleReport(name: string, score: ScheduleScore, details: boolean): string {
  const { wordings, right, accuracy, invented, misses } = score;
  const head = `schedules of ${name}: ${accuracy.toFixed(3)} (${right} of ${wordings} wordings), ${invented.length} values invented`;
  if (!details) return head;
  const differences = misses.map(({ words, expected, came }) => `"${words}": expected ${expected}, came ${came}`);
  return [head, ...differences, ...invented.map((each) => `invented: ${each}`)].join('\n');
}

function stated(read: Schedule & { cancelled: boolean }): StatedSchedule {
  const { startTime, endTime, startDate, endDate, exceptDates, cancelled } = read;
  const codes = scheduleWarnings(read, '2025-08-11').map((warning) => warning.replace(/^schedule\.|:.*$/g, ''));
  return {
    rule: ruleOf(read),
    start: startTime ?? '',
    end: endTime ?? '',
    from: startDate ?? '',
    until: endDate ?? '',
    except: exceptDates.join(','),
    marks: [...codes, ...(cancelled ? ['cancelled'] : [])].join(','),
  };
}

/** `weekly TU,TH`, `weekly/2 SU`, `monthly 1MO,3MO`, `once SA`, `unclear FR`, `-` */
function ruleOf({ rrule, days, startDate }: Schedule): string {
  if (rrule === null) return days.length === 0 ? '-' : `${startDate === null ? 'unclear' : 'once'} ${days.join(',')}`;
  const parts = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]));
  const interval = parts.get('INTERVAL');
  return `${(parts.get('FREQ') ?? '').toLowerCase()}${interval === undefined ? '' : `/${interval}`} ${parts.get('BYDAY') ?? ''}`;
}

function inventedIn(words: string, labels: readonly StatedSchedule[], read: readonly StatedSchedule[]): string[] {
  return read.flatMap((schedule, place) =>
    COLUMNS.filter((column) => column !== 'marks' && !['', '-'].includes(schedule[column]))
      .filter((column) => ['', '-'].includes(labels[place]?.[column] ?? ''))
      .map((column) => `${column} "${schedule[column]}" in "${words}"`),
  );
}

function inWords(schedule: StatedSchedule): string {
  return COLUMNS.map((column) => schedule[column] || '·').join(' ');
}
