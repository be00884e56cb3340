import { WEEKDAYS, type Schedule, type Weekday } from '../../../../src/contract/show.ts';

const DAY_MS = 86_400_000;
/** Rules that leave out more than this are not reckoned here. */
const LOOK_AHEAD_DAYS = 400;

/**
 * The next nights of a schedule that is being edited, as `YYYY-MM-DDTHH:MM` without an offset, or the date alone where no
 * start is known: what the server says of one that is saved (`schedule.next`). Knows rules by week and by place in the
 * month.
 *
 * @param today `YYYY-MM-DD`
 * @returns null for rules it does not know, the server being the one to say
 */
export function nextNights(schedule: Schedule, today: string, count = 4): string[] | null {
  const { rrule, startDate, endDate, exceptDates, startTime } = schedule;
  const isNight = nightTest(schedule);
  if (isNight === null) return null;
  const first = startDate !== null && startDate > today ? startDate : today;
  const nights: string[] = [];
  for (let at = 0; at < LOOK_AHEAD_DAYS && nights.length < count; at += 1) {
    const date = new Date(Date.parse(first) + at * DAY_MS).toISOString().slice(0, 10);
    if (endDate !== null && date > endDate) break;
    if (rrule === null && startDate !== null && date > startDate) break;
    if (isNight(date) && !exceptDates.includes(date)) nights.push(startTime === null ? date : `${date}T${startTime}`);
  }
  return nights;
}

function nightTest({ rrule, days, startDate }: Schedule): ((date: string) => boolean) | null {
  if (rrule === null) {
    if (startDate !== null) return (date) => date === startDate;
    return days.length === 0 ? () => false : (date) => days.includes(weekdayOf(date));
  }
  const parts = new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string]));
  if ([...parts.keys()].some((name) => !['FREQ', 'INTERVAL', 'BYDAY', 'WKST'].includes(name))) return null;
  if ((parts.get('INTERVAL') ?? '1') !== '1') return null;
  const entries = (parts.get('BYDAY') ?? days.join(',')).split(',').filter((entry) => entry !== '');
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return parts.has('BYDAY') ? null : () => true;
    case 'WEEKLY':
      return (date) => entries.includes(weekdayOf(date));
    case 'MONTHLY':
      return entries.every((entry) => /^-?\d[A-Z]{2}$/.test(entry))
        ? (date) => placesInMonth(date).some((place) => entries.includes(place))
        : null;
    case undefined:
    default:
      return null;
  }
}

function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7] ?? 'MO';
}

/** `2FR` and, where it is the last one, `-1FR`. */
function placesInMonth(date: string): string[] {
  const day = new Date(date).getUTCDate();
  const isLast = new Date(Date.parse(date) + 7 * DAY_MS).getUTCMonth() !== new Date(date).getUTCMonth();
  return [`${Math.ceil(day / 7)}${weekdayOf(date)}`, ...(isLast ? [`-1${weekdayOf(date)}`] : [])];
}
