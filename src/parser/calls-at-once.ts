/** Calls under way per thread to begin with, where the settings say `auto` and a service does the work. */
const AUTO_CALLS_PER_THREAD = 20;
/** With fewer threads as well: the pile of an ordinary evening goes out at once, and none of it waits for a first answer. */
const FEWEST_AUTO_CALLS = 60;
/** Where the settings say `auto`, the slots may grow to this. */
export const AUTO_MOST_CALLS = 1_000;
/** What one thread may hold; the slots decide how many there really are. */
export const MAX_CALLS_PER_THREAD = 1_000;

/**
 * Calls to a service that may be under way at once: to begin with, and at most.
 *
 * @param before what the service bore when it was asked last; null where that is not known
 */
export function callsAtOnce(
  wanted: 'auto' | number,
  threads: number,
  before: number | null,
): { start: number; max: number } {
  if (wanted !== 'auto') return { start: wanted, max: wanted };
  return { start: before ?? Math.max(FEWEST_AUTO_CALLS, threads * AUTO_CALLS_PER_THREAD), max: AUTO_MOST_CALLS };
}
