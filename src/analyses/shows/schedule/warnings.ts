import type { Schedule } from '../../../contract/show.ts';
import { addDays, weekdayOf } from './dates.ts';
import { doubtsIn, type DoubtPhrase } from './doubts.ts';

/** Afternoon and later: an end before the start at such a time is no end after midnight. */
const NOON = '12:00';
/** A date printed without its year may lie a little back, and that is no last year's flyer. */
const FRESH_DAYS = 60;

/** What a person should look at before the schedule is believed, by code. */
const WORDS = {
  endsBeforeStart: 'It ends before it starts, in the afternoon or evening of the same day.',
  oddMinutes: 'A time that is no multiple of five minutes may be misread.',
  noonAsMidnight: 'The end is printed as 12 PM, which is noon; it is taken for midnight.',
  pastYear: 'The dates are of an earlier year: an old flyer, or a year misread.',
  dateDisagrees: 'The weekday and the date printed do not fit each other.',
  noAnchor: 'Every other week, but no date says which weeks: ask for one night that was or will be.',
  biMonthly: 'Bi-monthly is twice a month to some and every two months to others: ask which.',
  whichWeeks: 'It says how often in a month, but not on which weeks: ask.',
  holidays: 'Not on holidays, but it does not say which: ask before one.',
} as const;
export type ScheduleWarning = keyof typeof WORDS;

/**
 * What is doubtful about a schedule, each as `schedule.code: words`, in a fixed order. Reads the fields and, for what no
 * field can hold, the words as printed.
 *
 * @param today `YYYY-MM-DD`, the day that the listing was read on
 */
export function scheduleWarnings(schedule: Schedule, today: string): string[] {
  const doubts = schedule.text === null ? [] : doubtsIn(schedule.text);
  const found: Record<ScheduleWarning, boolean> = {
    endsBeforeStart: endsBeforeStart(schedule),
    oddMinutes: [schedule.startTime, schedule.endTime].some((time) => time !== null && Number(time.slice(3)) % 5 !== 0),
    noonAsMidnight: isNoonForMidnight(schedule),
    pastYear: isOfPastYear(schedule, today),
    dateDisagrees: disagrees(schedule),
    noAnchor: schedule.startDate === null && /INTERVAL=(?!1(?:;|$))/.test(schedule.rrule ?? ''),
    biMonthly: schedule.rrule === null && says(doubts, 'biMonthly'),
    whichWeeks: schedule.rrule === null && says(doubts, 'whichWeeks'),
    holidays: says(doubts, 'holidays'),
  };
  return (Object.keys(WORDS) as ScheduleWarning[])
    .filter((code) => found[code])
    .map((code) => `schedule.${code}: ${WORDS[code]}`);
}

function says(doubts: readonly DoubtPhrase[], wanted: DoubtPhrase['doubt']): boolean {
  return doubts.some(({ doubt }) => doubt === wanted);
}

function endsBeforeStart({ startTime, endTime }: Schedule): boolean {
  return startTime !== null && endTime !== null && endTime <= startTime && endTime >= NOON;
}

function isNoonForMidnight({ text, endTime }: Schedule): boolean {
  return endTime === '00:00' && /(?:[-–—]|\bto|\btill?|\buntil)\s*12(?::00)?\s?p\.?\s?m\b/i.test(text ?? '');
}

function isOfPastYear({ rrule, startDate, endDate }: Schedule, today: string): boolean {
  const isEarlier = (date: string | null): boolean => date !== null && date.slice(0, 4) < today.slice(0, 4);
  if (isEarlier(endDate)) return true;
  // "every Thursday since May 2019" goes on: only a first date without any rule is a night that is over.
  return isEarlier(startDate) && rrule === null && (startDate ?? '') < addDays(today, -FRESH_DAYS);
}

function disagrees({ days, startDate, endDate }: Schedule): boolean {
  if (startDate === null || startDate !== endDate || days.length === 0) return false;
  return !days.includes(weekdayOf(startDate));
}
