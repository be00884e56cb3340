import { looksLikeTown } from '../places/town.ts';
import { hasPlaceWord } from '../places/venue-score.ts';
import { isPersonName } from '../hosts/first-names.ts';
import { timesOf } from './nights.ts';
import type { Entry, NamePiece } from './entries.ts';

/** A piece of text that stands where a venue's name stands. */
export interface VenueMark {
  entry: Entry;
  name: NamePiece | null;
  /** Words and surroundings together; 3 and more is a venue. */
  score: number;
}

export const SURE_VENUE = 2.75;

/** The likeliest venue of each entry, where it is likely enough; an address without a name above it is one too. */
export function markVenues(entries: readonly Entry[]): Map<Entry, VenueMark> {
  const marks = new Map<Entry, VenueMark>();
  const loud = medianHeight(entries);
  entries.forEach((entry, index) => {
    const best = bestName(entries, index, loud);
    if (best !== null && best.score >= SURE_VENUE) marks.set(entry, best);
  });
  markRepeated(entries, marks, loud);
  // A lone street belongs to whatever name the post has, however far apart a poster sets them.
  if (entries.filter(hasStreet).length < 2) return marks;
  entries.forEach((entry, index) => {
    if (entry.address?.street == null || marks.has(entry)) return;
    const named = [1, 2, 3].some((back) => {
      const above = entries[index - back];
      return above !== undefined && marks.has(above) && !between(entries, index - back, index).some(hasStreet);
    });
    if (!named) marks.set(entry, { entry, name: null, score: SURE_VENUE });
  });
  return marks;
}

/** A name that is a venue's in one listing is that in the next one too. */
function markRepeated(entries: readonly Entry[], marks: Map<Entry, VenueMark>, loud: number): void {
  const known = new Set([...marks.values()].map(({ name }) => nameKey(name?.text ?? '')));
  entries.forEach((entry, index) => {
    if (marks.has(entry)) return;
    const name = entry.names.find((piece) => known.has(nameKey(piece.text)));
    if (name !== undefined)
      marks.set(entry, {
        entry,
        name,
        score: Math.max(SURE_VENUE, name.score + surroundings(entries, index, name, loud)),
      });
  });
}

function nameKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}

/** The likeliest venue name of one entry, whatever its score. */
export function bestName(entries: readonly Entry[], index: number, loud = medianHeight(entries)): VenueMark | null {
  const entry = entries[index];
  if (entry === undefined) return null;
  let best: VenueMark | null = null;
  for (const name of entry.names) {
    // `No cover before 10` above the street is still no name.
    if (name.score < -1.5 && !name.introduced) continue;
    const score = name.score + surroundings(entries, index, name, loud);
    if (best === null || score > best.score) best = { entry, name, score };
  }
  return best;
}

function surroundings(entries: readonly Entry[], index: number, name: NamePiece, loud: number): number {
  const entry = entries[index];
  if (entry === undefined) return 0;
  let score = 0;
  if (entry.address?.street != null && entry.address.start > name.start) score += 3;
  else if (streetFollows(entries, index)) score += 4;
  if (name.introduced) score += 3;
  if (besideDay(entry, name)) score += 2;
  if (standsAlone(entry, name)) score += placeInListing(entries, index);
  if (standsUnderName(entries, index, name)) score -= 3;
  if (entry.line.role === 'venue') score += 6;
  if (entry.line.role !== null && !['venue', 'other', 'address', 'day'].includes(entry.line.role))
    score -= streetFollows(entries, index) ? 0 : 8;
  if (entry.otherEvent && !entry.karaoke && !hasPlaceWord(name.text)) score -= 2;
  return score + Math.max(-1, Math.min(1.5, Math.log2(entry.line.height / loud)));
}

/** `Tipsy Wagon` + `Kaukauna`: right under a name of its own, what could be a town is one. */
function standsUnderName(entries: readonly Entry[], index: number, name: NamePiece): boolean {
  const entry = entries[index];
  const above = entries[index - 1];
  const over = above?.names[0];
  if (entry === undefined || above === undefined || over === undefined || !looksLikeTown(name.text)) return false;
  if (entry.line.section !== above.line.section || entry.line.row !== above.line.row) return false;
  if (entry.line.gapBefore > entry.line.height || entry.line.height > 1.35 * above.line.height) return false;
  const alone = /^[\s•·|-]*$/.test(entry.line.text.replace(name.text, ''));
  return alone && above.names.length === 1 && standsAlone(above, over) && !isPersonName(over.text);
}

function standsAlone(entry: Entry, name: NamePiece): boolean {
  const leads =
    !/[\p{L}\d]/u.test(entry.line.text.slice(0, name.start)) && entry.phrases.length === 0 && entry.hosts.length === 0;
  return leads && name.score >= 0.5 && !/karaoke/i.test(name.text);
}

/** A name on a line of its own under a day, above an hour, a city or a host: listings are built so. */
function placeInListing(entries: readonly Entry[], index: number): number {
  const before = entries[index - 1];
  const after = entries[index + 1];
  const underDay =
    before !== undefined &&
    before.phrases.some((phrase) => phrase.kind === 'days') &&
    before.names.length === 0 &&
    before.phrases.every((phrase) => phrase.kind !== 'time');
  const white = entries[index]?.line.gapBefore ?? 0;
  const afterGap =
    Number.isFinite(white) && white > 0.35 * (entries[index]?.line.height ?? 1) && white > 1.8 * usualGap(entries);
  const aboveWhen =
    after !== undefined &&
    after.names.every((name) => name.score < 0) &&
    (after.phrases.some((phrase) => phrase.kind === 'time' || phrase.kind === 'days') ||
      after.city !== null ||
      after.address !== null);
  const next = entries[index + 2];
  const town = after?.names[0];
  const aboveTown =
    town !== undefined &&
    next !== undefined &&
    timesOf(next).length > 0 &&
    town.text === after?.line.text.trim() &&
    looksLikeTown(town.text);
  return (underDay || (afterGap && aboveWhen) ? 1.5 : 0) + (aboveWhen || aboveTown ? 1.2 : 0) + (aboveTown ? 0.6 : 0);
}

/** A street on the next line, or on the one after where the next is no name itself (a phone, a slogan, a city). */
function streetFollows(entries: readonly Entry[], index: number): boolean {
  const own = entries[index];
  const next = entries[index + 1];
  if (own === undefined || next === undefined || hasStreet(own)) return false;
  if (hasStreet(next)) return (next.address?.start ?? 0) <= 2 || next.names.every((name) => name.score < 1);
  const after = entries[index + 2];
  return (
    after !== undefined &&
    hasStreet(after) &&
    next.names.every((name) => name.score < 0) &&
    next.line.row === after.line.row
  );
}

function besideDay(entry: Entry, name: NamePiece): boolean {
  if (/karaoke/i.test(name.text)) return false;
  const day = entry.phrases.find((phrase) => phrase.kind === 'days' || phrase.kind === 'date');
  if (day === undefined || name.score < 0.5) return false;
  const between = day.end <= name.start ? entry.line.text.slice(day.end, name.start) : null;
  return name.end <= day.start + 1 || (between !== null && /^\s*[:-]?\s*$/.test(between));
}

function hasStreet(entry: Entry): boolean {
  return entry.address?.street != null;
}

function between(entries: readonly Entry[], from: number, to: number): readonly Entry[] {
  return entries.slice(from + 1, to);
}

function medianHeight(entries: readonly Entry[]): number {
  const heights = entries.map((entry) => entry.line.height).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 1;
}

function usualGap(entries: readonly Entry[]): number {
  const gaps = entries
    .map((entry) => entry.line.gapBefore)
    .filter((gap) => Number.isFinite(gap))
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 4)] ?? 0;
}
