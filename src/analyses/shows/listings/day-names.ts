import { hasPlaceWord, venueScore } from '../places/venue-score.ts';
import { findPhrases } from '../schedule/phrases.ts';
import type { Entry } from './entries.ts';
import { daysOf, hasDay, timesOf } from './nights.ts';

/**
 * `SUNDAY SOCIAL CLUB` on a flyer whose night is `WED NIGHTS 7-12`: there the day is a part of the name. In a list, where
 * several lines read `DAY Name`, it is the night.
 */
export function keepDaysInNames(entries: readonly Entry[]): void {
  dropSummaries(entries);
  keepDaysBehindDashes(entries);
  keepDaysAboveNights(entries);
  const alike = entries.filter((entry) => namedAfterDay(entry) !== null);
  const only = alike[0];
  if (alike.length !== 1 || only === undefined) return;
  const index = entries.indexOf(only);
  const follows = entries[index + 1];
  const hasHours = timesOf(only).length > 0 || (follows !== undefined && timesOf(follows).length > 0);
  const elsewhere = entries.some(
    (entry, at) =>
      entry !== only &&
      hasDay(entry) &&
      [entry, entries[at + 1]].some((near) => near !== undefined && near !== only && timesOf(near).length > 0),
  );
  if (hasHours || !elsewhere) return;
  const name = namedAfterDay(only);
  const day = only.phrases[0];
  if (name === null || day === undefined) return;
  only.names = [{ ...name, start: day.start, text: only.line.text.slice(day.start, name.end), score: name.score }];
  only.phrases = only.phrases.slice(1);
}

/**
 * `Saturday Jack's - Sparks` above `Mon. 9p - 12a`, and `Friday Harbor Saloon` under the heading `THURSDAY`: the line's
 * own night is said elsewhere, so the day in it is a part of the name.
 */
function keepDaysAboveNights(entries: readonly Entry[]): void {
  const headings = entries.filter(isDayHeading).length;
  const inNames = entries.filter((entry) => hasDay(entry) && !isDayHeading(entry)).length;
  entries.forEach((entry, index) => {
    const [day] = entry.phrases;
    const [name] = entry.names;
    const before = entries[index - 1];
    const after = entries[index + 1];
    if (day?.kind !== 'days' || name === undefined || entry.phrases.length > 1) return;
    const introduced = /(?:\bat|@)\s*(?:the\s+)?$/i.test(entry.line.text.slice(0, day.start));
    if (day.start !== 0 && !introduced) return;
    const printed = entry.line.text.slice(day.start, day.end);
    if (!/^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$/i.test(printed) || name.start !== day.end + 1) return;
    if (!hasPlaceWord(name.text) && !/'s$/.test(name.text)) return;
    const toldBelow = after !== undefined && hasDay(after) && timesOf(after).length > 0 && isWithoutName(after);
    const toldAbove = headings >= 2 && inNames <= 0.34 * headings && before !== undefined;
    const toldElsewhere = introduced && entries.some((other) => other !== entry && hasDay(other));
    if (!toldBelow && !toldAbove && !toldElsewhere) return;
    entry.names = [
      { ...name, start: day.start, text: entry.line.text.slice(day.start, name.end), score: Math.max(2, name.score) },
      ...entry.names.slice(1),
    ];
    entry.phrases = [];
  });
}

/** `KARAOKE THURS, FRI & SAT` above `THURS 8-12` and `FRI & SAT 9-1` says no night of its own. */
function dropSummaries(entries: readonly Entry[]): void {
  const timed = entries.filter((entry) => hasDay(entry) && timesOf(entry).length > 0);
  const told = new Set(timed.flatMap(daysOf));
  for (const entry of entries) {
    const days = daysOf(entry);
    const sums =
      days.length >= 2 && timesOf(entry).length === 0 && (days.length === 7 || days.every((day) => told.has(day)));
    const parts = timed.filter((other) => daysOf(other).length < days.length).length;
    if (sums && entry.karaoke && parts >= (days.length === 7 ? 3 : 2))
      entry.phrases = entry.phrases.filter((phrase) => phrase.kind !== 'days' || phrase.excluded);
  }
}

function isWithoutName(entry: Entry): boolean {
  return entry.names.every((name) => name.score < 0);
}

const DASHED = /^(\p{L}+day)\s+-\s+(?=\p{Lu})/u;
const DASHED_DAY_NAME = /^(\p{L}+day)\s+-\s+(\p{L}+days?(?:'s)?\s+\p{Lu}[^,;•|]*)/u;

/** `Friday - Mondays Pub, 10pm` in a list of `Day - Name`: a night and a name, no span of days. */
function keepDaysBehindDashes(entries: readonly Entry[]): void {
  if (entries.filter(({ line }) => DASHED.test(line.text) && !DASHED_DAY_NAME.test(line.text)).length < 2) return;
  for (const entry of entries) {
    const [, word = '', name = ''] = DASHED_DAY_NAME.exec(entry.line.text) ?? [];
    const [day] = entry.phrases;
    const own = findPhrases(word)[0];
    if (day?.kind !== 'days' || day.start !== 0 || own?.kind !== 'days') continue;
    if (!hasPlaceWord(name) && !/'s\b/.test(name)) continue;
    const start = entry.line.text.indexOf(name);
    const end = start + name.trimEnd().length;
    const piece = { start, end, text: name.trimEnd(), score: venueScore(name), introduced: false };
    entry.names = [piece, ...entry.names.filter((other) => other.start >= end)];
    entry.phrases = [{ ...day, end: own.end, days: own.days }, ...entry.phrases.filter((other) => other.start >= end)];
  }
}

/** A day on a line of its own. */
function isDayHeading(entry: Entry): boolean {
  return hasDay(entry) && entry.names.length === 0 && entry.hosts.length === 0 && timesOf(entry).length === 0;
}

function namedAfterDay(entry: Entry): Entry['names'][number] | null {
  const day = entry.phrases[0];
  const name = entry.names[0];
  if (day?.kind !== 'days' || name === undefined || entry.names.length > 1) return null;
  const printed = entry.line.text.slice(day.start, day.end);
  const whole = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i.test(printed) && day.start === 0;
  return whole && name.start === day.end + 1 && (hasPlaceWord(name.text) || /'s$/.test(name.text)) ? name : null;
}

/** `FRI | Mondays Pub | 9:30 PM`: a row has its day in a cell of its own; a day elsewhere in it is a part of a name. */
export function keepDaysInRows(entries: readonly Entry[]): void {
  const rows = Map.groupBy(entries, ({ line }) => (line.row === null ? null : `${line.section}/${line.row}`));
  for (const [key, row] of rows) {
    const own = row.find((entry) => hasDay(entry) && entry.names.length === 0);
    if (key === null || own === undefined) continue;
    for (const entry of row) {
      const day = entry.phrases[0];
      const name = entry.names[0];
      if (
        entry === own ||
        day?.kind !== 'days' ||
        name === undefined ||
        name.start > day.end + 2 ||
        name.start < day.end
      )
        continue;
      entry.names = [
        { ...name, start: day.start, text: entry.line.text.slice(day.start, name.end), score: Math.max(1, name.score) },
      ];
      entry.phrases = entry.phrases.slice(1);
    }
  }
}
