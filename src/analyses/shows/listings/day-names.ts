import { hasPlaceWord } from '../places/venue-score.ts';
import type { Entry } from './entries.ts';
import { hasDay, timesOf } from './nights.ts';

/**
 * `SUNDAY SOCIAL CLUB` on a flyer whose night is `WED NIGHTS 7-12`: there the day is a part of the name. In a list, where
 * several lines read `DAY Name`, it is the night.
 */
export function keepDaysInNames(entries: readonly Entry[]): void {
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

function namedAfterDay(entry: Entry): Entry['names'][number] | null {
  const day = entry.phrases[0];
  const name = entry.names[0];
  if (day?.kind !== 'days' || name === undefined || entry.names.length > 1) return null;
  const printed = entry.line.text.slice(day.start, day.end);
  const whole = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i.test(printed) && day.start === 0;
  return whole && name.start === day.end + 1 && hasPlaceWord(name.text) ? name : null;
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
