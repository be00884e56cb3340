import type { Schedule, ShowFacts, Weekday } from '../../contract/show.ts';
import { compareHosts } from '../../merger/host-identity.ts';
import { areDisjoint, nightsOf, patternKey, type Night } from '../../merger/night.ts';
import { compareTimes, startsApart } from '../../merger/show-time.ts';
import { agreements } from './listed-facts.ts';

/** A show of one venue, listed or of a run, by its id. */
export interface ShowAt {
  id: string;
  facts: ShowFacts;
}

/** A single night, not a rule. */
export function isOneNight({ rrule, startDate, endDate }: Schedule): boolean {
  return rrule === null && startDate !== null && (endDate === null || endDate === startDate);
}

/** Of a recurring show, a cancellation of one date. */
export function isDatedCancellation({ status, schedule }: ShowFacts): boolean {
  return status === 'cancelled' && isOneNight(schedule);
}

/** The nights of both that fall on the same weekday and whose dates can meet. */
function sharedNights(a: readonly Night[], b: readonly Night[]): [Night, Night][] {
  return a.flatMap((night) =>
    b
      .filter(({ day, pattern }) => day === night.day && !areDisjoint(night.pattern, pattern))
      .map((other): [Night, Night] => [night, other]),
  );
}

function daysOf(nights: readonly Night[]): (Weekday | null)[] {
  return nights.map(({ day }) => day);
}

/**
 * Whether a record may speak of a listed show of the same venue: they share a night. Another time is a change of the
 * show, not another show; another pattern with another time or host is another show (a special beside the weekly one),
 * and so is a pattern that could not be told for all nights of the listed one.
 */
export function maySpeakOf(record: ShowFacts, listed: ShowFacts): boolean {
  const [own, its] = [nightsOf(record.schedule), nightsOf(listed.schedule)];
  const times = compareTimes(record.schedule, listed.schedule);
  const hosts = compareHosts(record.host, listed.host);
  if (isNightless(own) || isNightless(its)) {
    const [rule, itsRule] = [record.schedule.rrule, listed.schedule.rrule];
    const sameRule = !isNightless(own) || !isNightless(its) || rule === null || itsRule === null || rule === itsRule;
    return times !== 'disjoint' && hosts !== 'differ' && sameRule;
  }
  const shared = sharedNights(own, its);
  if (shared.length === 0) return false;
  if (shared.every(([a, b]) => patternKey(a.pattern) === patternKey(b.pattern))) return true;
  if (isDatedCancellation(record)) return true;
  if (times === 'disjoint' || hosts === 'differ') return false;
  const [inner, outer] = saysLess(own) ? [own, its] : [its, own];
  return daysOf(inner).every((day) => daysOf(outer).includes(day));
}

function isNightless(nights: readonly Night[]): boolean {
  return nights.every(({ day }) => day === null);
}

/** A bare weekday or a single date, which says less than a rule. */
export function saysLess(nights: readonly Night[]): boolean {
  return nights.every(({ pattern }) => pattern.kind === 'plain' || pattern.kind === 'date');
}

/** How well a record fits a listed show: the same nights, then the same time, then the host, then the rest. */
function fitOf(record: ShowFacts, listed: ShowFacts, isSame: boolean): number {
  const shared = sharedNights(nightsOf(record.schedule), nightsOf(listed.schedule));
  const samePattern = shared.filter(([a, b]) => patternKey(a.pattern) === patternKey(b.pattern)).length;
  const times = compareTimes(record.schedule, listed.schedule);
  const hosts = compareHosts(record.host, listed.host);
  return (
    (isSame ? 1_000_000 : 0) +
    (times === 'overlap' ? 200_000 : times === 'unknown' ? 100_000 : 0) +
    samePattern * 10_000 +
    shared.length * 5_000 -
    startsApart(record.schedule, listed.schedule) +
    (hosts === 'agree' ? 3_000 : hosts === 'unknown' ? 1_500 : 0) +
    agreements(record, listed) * 10
  );
}

interface Pair {
  recordId: string;
  showId: string;
  /** Only one of the two says on which night it is. */
  isHalfNightless: boolean;
  score: number;
}

function isBetter(a: Pair, b: Pair): number {
  return b.score - a.score || (a.recordId + a.showId < b.recordId + b.showId ? -1 : 1);
}

function hasNight({ facts }: ShowAt): boolean {
  return facts.schedule.days.length > 0;
}

/**
 * Pairs the records of a run at one venue with the shows listed there, each with one at most, the best fitting first.
 * Where two records print the same night at two times, one takes the listed show that fits its time and the other is
 * another show. What names no night goes with the one show that it fits; where it fits several there is no saying which.
 *
 * Pure; neither order matters.
 *
 * @param isNoNews whether a record says nothing that is not listed
 * @param known listed ids of records that were published just so before, by the records' ids
 * @returns listed ids by the records' ids
 */
export function matchShows(
  records: readonly ShowAt[],
  listed: readonly ShowAt[],
  isNoNews: (record: ShowFacts, listed: ShowFacts) => boolean,
  known: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const pairs = records.flatMap((record) =>
    listed
      .filter(({ facts }) => maySpeakOf(record.facts, facts))
      .map((show): Pair => ({
        recordId: record.id,
        showId: show.id,
        isHalfNightless: hasNight(record) !== hasNight(show),
        score: fitOf(record.facts, show.facts, isNoNews(record.facts, show.facts)),
      })),
  );
  const taken = new Map<string, string>();
  const takenShows = new Set<string>();
  const take = ({ recordId, showId }: Pick<Pair, 'recordId' | 'showId'>): void => {
    if (taken.has(recordId) || takenShows.has(showId)) return;
    taken.set(recordId, showId);
    takenShows.add(showId);
  };
  for (const { id: recordId } of records) {
    const showId = known.get(recordId);
    if (showId !== undefined && listed.some(({ id }) => id === showId)) take({ recordId, showId });
  }
  for (const pair of pairs.filter(({ isHalfNightless }) => !isHalfNightless).sort(isBetter)) take(pair);
  const left = records.filter(({ id }) => !taken.has(id));
  const half = pairs.filter(({ isHalfNightless }) => isHalfNightless);
  // Counted before any is taken: what is published of this run must not make another choice of the next one.
  const isOnlyChoice = ({ recordId, showId }: Pair): boolean => {
    const record = left.find(({ id }) => id === recordId);
    if (record === undefined) return false;
    const others = left.filter((other) => other !== record && hasNight(other) !== hasNight(record));
    return (
      half.filter((pair) => pair.recordId === recordId).length === 1 &&
      half.filter((pair) => pair.showId === showId && !taken.has(pair.recordId)).length === 1 &&
      !others.some((other) => maySpeakOf(record.facts, other.facts))
    );
  };
  for (const pair of half.filter(isOnlyChoice)) take(pair);
  return taken;
}

/** Whether a record speaks of a night and time of a listed show that it was not paired with. */
export function overlaps(record: ShowFacts, listed: ShowFacts): boolean {
  const shared = sharedNights(nightsOf(record.schedule), nightsOf(listed.schedule));
  return shared.length > 0 && compareTimes(record.schedule, listed.schedule) !== 'disjoint';
}
