import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import type { Weekday } from '../../../../src/contract/show.ts';
import { weekdayOf } from './dates.ts';
import { isUnderWay, nightsAhead, type Night } from './nights.ts';

/** A show in the list, at one of its nights; without one where there is no saying when it is next. */
export interface Entry {
  show: ListedShow;
  night: Night | null;
  /** Of the whole list, the one or those that start first from now on. */
  isNext: boolean;
}

export interface NightGroup {
  /** `now`: under way. A number: nights from today on. `later`: beyond this week. `unknown`: nobody can say. */
  key: 'now' | number | 'later' | 'unknown';
  entries: Entry[];
}

/** From tonight to the same night of next week, without it. */
const WEEK = 7;
/** A rule of the first Friday comes within it. */
const LONG_AHEAD = 366;
/** What starts later is not announced as next. */
const SOON_MS = 24 * 3_600_000;

/**
 * Orders shows by their nights, as each one's own place counts them: what is on now; each night of the next seven; what
 * comes later; what nobody can date. A show of two nights a week is there twice.
 *
 * @param day the night of the week that is asked for; null for all
 */
export function showsByNight(shows: readonly ListedShow[], nowMs: number, day: Weekday | null): NightGroup[] {
  const groups = new Map<NightGroup['key'], Entry[]>();
  const put = (key: NightGroup['key'], show: ListedShow, night: Night | null) => {
    groups.set(key, [...(groups.get(key) ?? []), { show, night, isNext: false }]);
  };
  for (const show of shows) {
    const nights = nightsOf(show, nowMs, day);
    const [first] = nights;
    if (first === undefined) put('unknown', show, null);
    else if (first.daysAhead >= WEEK) put('later', show, first);
    for (const night of nights) {
      if (isUnderWay(night, nowMs) && show.status !== 'cancelled') put('now', show, night);
      else if (night.daysAhead < WEEK) put(Math.max(0, night.daysAhead), show, night);
    }
  }
  const nextMs = nextStartMs([...groups.values()].flat(), nowMs);
  return [...groups]
    .map(([key, entries]) => ({
      key,
      entries: entries
        .map((entry) => ({ ...entry, isNext: isStartAt(entry, nextMs) }))
        .sort((a, b) => orderOf(a) - orderOf(b)),
    }))
    .sort((a, b) => placeOf(a.key) - placeOf(b.key));
}

function nightsOf({ schedule }: ListedShow, nowMs: number, day: Weekday | null): Night[] {
  const fits = ({ date }: Night) => day === null || weekdayOf(date) === day;
  const soon = nightsAhead(schedule, nowMs, WEEK).filter((night) => fits(night) && night.daysAhead < WEEK);
  return soon.length > 0 ? soon : nightsAhead(schedule, nowMs, LONG_AHEAD).filter(fits).slice(0, 1);
}

function nextStartMs(entries: readonly Entry[], nowMs: number): number | null {
  const starts = entries.flatMap(({ show, night }) => {
    const startMs = night?.startMs ?? null;
    return startMs === null || startMs <= nowMs || startMs > nowMs + SOON_MS || show.status === 'cancelled'
      ? []
      : [startMs];
  });
  return starts.length === 0 ? null : Math.min(...starts);
}

const isStartAt = ({ show, night }: Entry, startMs: number | null): boolean =>
  startMs !== null && night?.startMs === startMs && show.status !== 'cancelled';

const orderOf = ({ night }: Entry): number => night?.startMs ?? Number.MAX_SAFE_INTEGER;

function placeOf(key: NightGroup['key']): number {
  if (typeof key === 'number') return key;
  return { now: -1, later: WEEK, unknown: WEEK + 1 }[key];
}
