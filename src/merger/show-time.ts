const MINUTES_IN_DAY = 24 * 60;
/** A show whose end is not printed is taken to last this long when it is asked whether two shows can be one. */
const UNKNOWN_LENGTH_MINUTES = 120;

/** A show's times as printed. */
export interface Times {
  startTime: string | null;
  endTime: string | null;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function spanOf(startTime: string, endTime: string | null): [start: number, end: number] {
  const start = minutesOf(startTime);
  if (endTime === null) return [start, start + UNKNOWN_LENGTH_MINUTES];
  const end = minutesOf(endTime);
  return [start, end <= start ? end + MINUTES_IN_DAY : end];
}

/** `unknown` where a start is missing. Only an end before the other's start is `disjoint`; touching spans are too. */
export function compareTimes(a: Times, b: Times): 'overlap' | 'disjoint' | 'unknown' {
  if (a.startTime === null || b.startTime === null) return 'unknown';
  const [startA, endA] = spanOf(a.startTime, a.endTime);
  const [startB, endB] = spanOf(b.startTime, b.endTime);
  return startA === startB || (startA < endB && startB < endA) ? 'overlap' : 'disjoint';
}

/** Minutes between two starts; 0 where one is missing. */
export function startsApart(a: Times, b: Times): number {
  return a.startTime === null || b.startTime === null ? 0 : Math.abs(minutesOf(a.startTime) - minutesOf(b.startTime));
}
