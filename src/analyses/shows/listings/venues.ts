import { hasPlaceWord } from '../places/venue-score.ts';
import type { Entry, NamePiece } from './entries.ts';

/** A piece of text that stands where a venue's name stands. */
export interface VenueMark {
  entry: Entry;
  name: NamePiece | null;
  /** Words and surroundings together; 3 and more is a venue. */
  score: number;
}

export const SURE_VENUE = 3;

/** The likeliest venue of each entry, where it is likely enough; an address without a name above it is one too. */
export function markVenues(entries: readonly Entry[]): Map<Entry, VenueMark> {
  const marks = new Map<Entry, VenueMark>();
  const loud = medianHeight(entries);
  entries.forEach((entry, index) => {
    const best = bestName(entries, index, loud);
    if (best !== null && best.score >= SURE_VENUE) marks.set(entry, best);
  });
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

/** The likeliest venue name of one entry, whatever its score. */
export function bestName(entries: readonly Entry[], index: number, loud = medianHeight(entries)): VenueMark | null {
  const entry = entries[index];
  if (entry === undefined) return null;
  let best: VenueMark | null = null;
  for (const name of entry.names) {
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
  if (entry.line.role === 'venue') score += 6;
  if (entry.line.role !== null && !['venue', 'other', 'address'].includes(entry.line.role)) score -= 8;
  if (entry.otherEvent && !entry.karaoke && !hasPlaceWord(name.text)) score -= 2;
  return score + Math.max(-1, Math.min(1.5, Math.log2(entry.line.height / loud)));
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
  return day !== undefined && (day.end <= name.start + 1 || name.end <= day.start + 1) && name.score >= 0.5;
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
