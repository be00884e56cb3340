import type { ClockToken } from './tokens.ts';

/** A time as printed, before its half of the day is known. */
export type PrintedClock = Omit<ClockToken, 'kind'>;

const DAY_MINUTES = 24 * 60;
/** Nobody sings for longer: a range that would last longer was read with the wrong half of the day. */
const LONGEST_MINUTES = 14 * 60;

/** `HH:MM`, 24 h, of minutes after midnight. */
export function formatMinutes(minutes: number): string {
  const inDay = ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const hours = Math.floor(inDay / 60);
  return `${String(hours).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** One time alone. Karaoke is an evening thing: a bare hour is after noon. */
export function resolveSingle(clock: PrintedClock): string {
  if (clock.half !== null || clock.is24h) return formatMinutes(firstOf(candidates(clock)));
  return formatMinutes(halved(clock, 'pm'));
}

/**
 * The end of a night that begins where `start` says. What is printed wins; a half that is not printed is chosen so that
 * the night is as short as it can be, and bare starts are after noon.
 *
 * @returns null where no reading makes sense (the same time twice, a "night" of 15 hours)
 */
export function resolveRange(start: PrintedClock, end: PrintedClock): { start: string; end: string } | null {
  const starts = candidates(start).filter((minutes) => !isBare(start) || !isBare(end) || minutes >= 12 * 60);
  // "8 PM - 12 PM" is a slip of the pen: nobody ends at noon.
  const nightEnd = end.half === 'pm' && end.hour === 12 && start.half !== 'am' ? { ...end, half: null } : end;
  let best: { start: number; end: number; minutes: number } | null = null;
  for (const from of starts) {
    for (const to of candidates(nightEnd)) {
      const minutes = (to - from + DAY_MINUTES) % DAY_MINUTES;
      if (minutes === 0 || minutes > LONGEST_MINUTES) continue;
      if (best === null || minutes < best.minutes) best = { start: from, end: to, minutes };
    }
  }
  if (best !== null) return { start: formatMinutes(best.start), end: formatMinutes(best.end) };
  // `9 PM - 6 PM` is wrong, but it is what is printed: it is kept, and the schedule's warnings say so.
  const [from, to] = [candidates(start), candidates(end)];
  if (from.length > 1 || to.length > 1 || from[0] === to[0]) return null;
  return { start: formatMinutes(firstOf(from)), end: formatMinutes(firstOf(to)) };
}

function isBare(clock: PrintedClock): boolean {
  return clock.half === null && !clock.is24h;
}

/** The minutes after midnight that a printed time can mean. */
function candidates(clock: PrintedClock): number[] {
  if (clock.half !== null) return [halved(clock, clock.half)];
  if (clock.is24h) return [((clock.hour % 24) * 60 + clock.minute) % DAY_MINUTES];
  return [halved(clock, 'am'), halved(clock, 'pm')];
}

function halved(clock: PrintedClock, half: 'am' | 'pm'): number {
  return ((clock.hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + clock.minute;
}

function firstOf(values: readonly number[]): number {
  return values[0] ?? 0;
}
