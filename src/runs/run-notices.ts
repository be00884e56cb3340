import type { Concluded, RunnerEnd } from './analysis-runner.ts';
import { lookAlikeNotices } from './look-alikes.ts';
import type { StoredImage } from './run-store.ts';

/** How a notice begins that tells why a run is paused; it goes when the run goes on. */
const PAUSED = 'Paused: ';
/** The same of one that tells what the run waits for at the moment. */
const WAITING = 'Now: ';

/** @param detail why the run is paused */
export function noticesWhilePaused(before: readonly string[], detail: string): string[] {
  return [...withoutPause(before), `${PAUSED}${detail}`];
}

/** @param what the run waits for outside of this machine; null for nothing any more */
export function noticesWhileWaiting(before: readonly string[], what: string | null): string[] {
  const rest = before.filter((notice) => !notice.startsWith(WAITING));
  return what === null ? rest : [...rest, `${WAITING}${what}`];
}

/** @param also what else there is to say; null where there is nothing */
export function noticesAtEnd(
  before: readonly string[],
  { notices, stoppedBy }: RunnerEnd,
  seen: { fingerprints: ReadonlyMap<number, string>; images: readonly StoredImage[] },
  also: readonly (string | null)[],
): string[] {
  const alike = lookAlikeNotices(seen.fingerprints, seen.images);
  const said = also.filter((notice) => notice !== null);
  return [...withoutPause(before), ...notices, ...alike, ...said, ...(stoppedBy ? [stoppedBy.detail] : [])];
}

/** @returns why the records are only what was merged; null where they were written, or nothing is written */
export function notConcluded(concluded: Concluded | null): string | null {
  if (!concluded?.failure) return null;
  const { detail } = concluded.failure;
  return `What all images say together could not be written: ${detail} What each of them says is here; a new run asks only for the rest.`;
}

function withoutPause(notices: readonly string[]): string[] {
  return notices.filter((notice) => !notice.startsWith(PAUSED));
}
