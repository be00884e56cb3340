import type { Weekday } from '../../../contract/show.ts';
import type { Entry } from './entries.ts';

/** Entries that speak of one night (or of several that share their hours). */
export type NightGroup = Entry[];

/** Entries before the first night, which speak of all of them, and the nights. */
export interface Nights {
  shared: Entry[];
  groups: NightGroup[];
}

/** The days that an entry names. */
export function daysOf(entry: Entry): Weekday[] {
  return entry.phrases.flatMap((phrase) => (phrase.kind === 'days' && !phrase.excluded ? phrase.days : []));
}

/** Whether an entry says on which night: days or a date. */
export function hasDay(entry: Entry): boolean {
  return entry.phrases.some(
    (phrase) => (phrase.kind === 'days' && !phrase.excluded) || (phrase.kind === 'date' && phrase.relation === 'on'),
  );
}

/** Start times of the show, decoys left out. */
export function timesOf(entry: Entry): string[] {
  return entry.phrases.flatMap((phrase) =>
    phrase.kind === 'time' && !phrase.decoy && phrase.startTime !== null ? [phrase.startTime] : [],
  );
}

/** `Mon-Thu 8-12, Fri & Sat 9-1` is two nights in one line: gives an entry for each. */
export function splitNightsInLine(entry: Entry): Entry[] {
  const cuts: number[] = [];
  let state: 'none' | 'day' | 'timed' = 'none';
  for (const phrase of entry.phrases) {
    if (phrase.kind === 'time' && !phrase.decoy && phrase.startTime !== null && state === 'day') state = 'timed';
    if (phrase.kind !== 'days' || phrase.excluded) continue;
    const timed = entry.phrases.some((other) => other.kind === 'time' && !other.decoy && other.start > phrase.start);
    if (state === 'timed' && timed) cuts.push(phrase.start);
    state = 'day';
  }
  if (cuts.length === 0) return [entry];
  return [0, ...cuts].map((start, index) => partOf(entry, start, cuts[index] ?? entry.line.text.length));
}

function partOf(entry: Entry, from: number, to: number): Entry {
  const inside = ({ start }: { start: number }): boolean => start >= from && start < to;
  const { address, line } = entry;
  return {
    ...entry,
    line: from === 0 ? line : { ...line, gapBefore: 0 },
    phrases: entry.phrases.filter(inside),
    hosts: entry.hosts.filter(inside),
    names: entry.names.filter(inside),
    address: address !== null && inside(address) ? address : null,
  };
}

/** Tells the nights of one venue apart. */
export function groupNights(entries: readonly Entry[]): Nights {
  const shared: Entry[] = [];
  const groups: NightGroup[] = [];
  for (const entry of entries) {
    const current = groups.at(-1);
    if (!hasDay(entry) && timesOf(entry).length === 0) (current ?? shared).push(entry);
    else if (current === undefined || beginsNight(current, entry)) groups.push([entry]);
    else current.push(entry);
  }
  return settle({ shared, groups });
}

function beginsNight(group: NightGroup, entry: Entry): boolean {
  const grouped = new Set(group.flatMap(daysOf));
  const dayed = group.some(hasDay);
  const times = group.flatMap(timesOf);
  const own = timesOf(entry);
  if (!hasDay(entry)) return false;
  const newDays = daysOf(entry).some((day) => !grouped.has(day)) || daysOf(entry).length === 0;
  if (!dayed) return times.length > 0 && own.length > 0;
  if (newDays && times.length === 0 && entry.karaoke && group.some(offersElse) && !group.some((one) => one.karaoke))
    return true;
  const otherRow = entry.line.row !== null && !group.some((other) => other.line.row === entry.line.row);
  if (otherRow) return newDays || own.length > 0;
  if (times.length > 0)
    return newDays
      ? true
      : own.length > 0 &&
          !own.some((time) => times.includes(time)) &&
          daysOf(entry).length > 0 &&
          entry.line.text.length < 60;
  return newDays && (differentHosts(group, entry) || isOtherNight(group) || group.some(hasOtherHours));
}

/** A night of something else: `MONDAY` / `Trivia 7pm`. A footer's "Brunch Sun" further below says nothing of the night. */
export function isOtherNight(group: readonly Entry[]): boolean {
  const day = group.findIndex(hasDay);
  const near = group.slice(Math.max(0, day), Math.max(0, day) + 2);
  const other = near.some((entry) => entry.otherEvent && (hasDay(entry) || entry.line.text.length < 30));
  return other && !group.some((entry) => entry.karaoke);
}

/** `FRI | - off -` in a week's table. */
export function isDayOff({ line, phrases }: Entry): boolean {
  let text = line.text;
  for (const { start, end, kind } of phrases)
    if (kind === 'days') text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  return /^\W*(?:off|closed|none|dark|no shows?|n\/a|day off|private (?:party|event|function|gig))\W*$/i.test(text);
}

/** `Tue: Kids Eat Free`: a day with words of its own that are no singing. */
function offersElse(entry: Entry): boolean {
  const { line, phrases, karaoke } = entry;
  if (karaoke || !hasDay(entry) || entry.hosts.length > 0 || timesOf(entry).length > 0) return false;
  let text = line.text;
  for (const { start, end } of phrases) text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  return (text.match(/\p{L}{3,}/gu) ?? []).length >= 2;
}

/** Beside nights of karaoke, a night with nothing but an offer is none. */
function isOfferOnly(group: readonly Entry[]): boolean {
  const sings = group.some((entry) => entry.karaoke || entry.hosts.length > 0 || timesOf(entry).length > 0);
  return !sings && group.some(offersElse);
}

function hasOtherHours(entry: Entry): boolean {
  return entry.otherEvent && entry.phrases.some((phrase) => phrase.kind === 'time' && phrase.decoy);
}

function differentHosts(group: NightGroup, entry: Entry): boolean {
  return entry.hosts.length > 0 && group.some((other) => other.hosts.length > 0);
}

/** A time before or after all nights holds for all; nights of trivia or bingo are not karaoke where others say karaoke. */
function settle({ shared, groups }: Nights): Nights {
  const nights = groups.filter((group) => group.some(hasDay));
  const dayless = groups.filter((group) => !group.some(hasDay));
  if (nights.length === 0) return { shared, groups };
  const rest = [...shared, ...dayless.flat()];
  const sung = nights.some((group) => group.some((entry) => entry.karaoke));
  const kept = nights.filter(
    (group) => (!sung || (!isOtherNight(group) && !isOfferOnly(group))) && !group.some(isDayOff),
  );
  const only = kept.length === 1 && nights.length === 1 ? kept[0] : undefined;
  // What stands before the only night speaks of it: `CANCELLED` above it, its host, its address.
  if (only !== undefined) return { shared: dayless.flat(), groups: [[...shared, ...only]] };
  return { shared: [...rest, ...commonTime(kept)], groups: kept };
}

/** `Monday DJ Bob / Tuesday KJ Steve / 9pm-1am`: the one time, on a line of its own behind the last night. */
function commonTime(groups: readonly NightGroup[]): Entry[] {
  const timed = groups.filter((group) => group.some((entry) => timesOf(entry).length > 0));
  const last = groups.at(-1);
  if (groups.length < 2 || timed.length !== 1 || last === undefined || timed[0] !== last) return [];
  return last.filter((entry) => timesOf(entry).length > 0 && !hasDay(entry));
}
