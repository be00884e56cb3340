import type { Box } from '../../contract/show.ts';
import type { PageText, TextLine } from '../../contract/text-line.ts';
import { alignments, type Alignment } from './align.ts';
import { around, distanceBetween, partOfLine } from './boxes.ts';
import { foldText, isDigit, looksOf, type FoldedText } from './folded-text.ts';

/** Printed words that read like what was looked for. */
export interface PrintedPlace {
  /** As printed, in the order they are read. */
  text: string;
  box: Box;
  /** 0..1: 1 where every letter is the same. */
  likeness: number;
  /** 0..1: how sure the text reader is of the lines they stand in. */
  readerConfidence: number;
}

/** Lines that are read one after another: one alone, or one with what stands below or beside it. */
interface Passage {
  lines: number[];
  letters: string;
  /** Of each line, where its letters begin in `letters`. */
  offsets: number[];
  pairs: ReadonlySet<string>;
}

/** Short words have to be the same, long ones may have some slips. */
function mostCostOf(length: number): number {
  if (length <= 4) return 0.4;
  if (length <= 7) return 1;
  return length * 0.2;
}

/** The words of one image, to be searched for values that a model says it read there. */
export class PrintedPage {
  readonly page: PageText;
  readonly #folded: FoldedText[];
  readonly #passages: Passage[];
  readonly #found = new Map<string, PrintedPlace[]>();
  /** Of the type in the middle, as a fraction of the page's height. */
  readonly lineHeight: number;

  constructor(page: PageText) {
    this.page = page;
    this.#folded = page.lines.map(({ text }) => foldText(text));
    const heights = page.lines.map(({ box }) => box[3]).sort((a, b) => a - b);
    this.lineHeight = heights[Math.floor(heights.length / 2)] ?? 1;
    this.#passages = page.lines.flatMap((_, index) => this.#chainsFrom(index)).map((lines) => this.#passage(lines));
  }

  /** Where words are printed that read like `words`, the likeliest first; none for words without letters. */
  find(words: string): PrintedPlace[] {
    const wanted = foldText(words).letters;
    const known = this.#found.get(wanted);
    if (known) return known;
    const places = wanted === '' ? [] : distinct(this.#search(wanted));
    this.#found.set(wanted, places);
    return places;
  }

  /** The place of some characters of a line. */
  placeIn(index: number, from: number, to: number): PrintedPlace | null {
    const line = this.page.lines[index];
    if (line === undefined || from >= to) return null;
    return {
      text: line.text.slice(from, to).trim(),
      box: partOfLine(line, { from, to, length: line.text.length }, this.page),
      likeness: 1,
      readerConfidence: line.confidence,
    };
  }

  /** In heights of a line. */
  distance(a: Box, b: Box): number {
    return distanceBetween(a, b, this.page, this.lineHeight);
  }

  #search(wanted: string): PrintedPlace[] {
    const pairs = pairsOf(wanted);
    const least = pairs.size - 2 * Math.ceil(mostCostOf(wanted.length)) - 1;
    const places: PrintedPlace[] = [];
    for (const passage of this.#passages) {
      let shared = 0;
      for (const pair of pairs) if (passage.pairs.has(pair)) shared += 1;
      if (shared < least) continue;
      for (const alignment of alignments(wanted, passage.letters, mostCostOf(wanted.length))) {
        const place = this.#placeOf(passage, alignment, wanted);
        if (place) places.push(place);
      }
    }
    return places;
  }

  #placeOf({ lines, letters, offsets }: Passage, { start, end, cost }: Alignment, wanted: string): PrintedPlace | null {
    const boxes: Box[] = [];
    const texts: string[] = [];
    let readerConfidence = 1;
    let torn = 0;
    lines.forEach((lineIndex, order) => {
      const line = this.page.lines[lineIndex] as TextLine;
      const folded = this.#folded[lineIndex] as FoldedText;
      const offset = offsets[order] ?? 0;
      const from = Math.max(0, start - offset);
      const to = Math.min(folded.letters.length, end - offset);
      if (from >= to) return;
      if (start >= offset && folded.wordStarts[from] === false) torn += tornBy(folded.letters, from);
      if (end - offset <= folded.letters.length && folded.wordStarts[to] === false) torn += tornBy(folded.letters, to);
      const span = { from: folded.starts[from] ?? 0, to: folded.ends[to - 1] ?? 0 };
      texts.push(line.text.slice(span.from, span.to));
      boxes.push(partOfLine(line, { ...span, length: line.text.length }, this.page));
      readerConfidence = Math.min(readerConfidence, line.confidence);
    });
    const box = around(boxes);
    // A few letters out of the middle of a word are no find; nor are some digits of a longer number.
    if (box === null || torn >= 2 || (torn > 0 && wanted.length <= 5) || letters.length === 0) return null;
    const likeness = Math.max(0, 1 - (cost + torn * 0.25) / wanted.length);
    return { text: texts.join(' '), box, likeness, readerConfidence };
  }

  #passage(lines: number[]): Passage {
    let letters = '';
    const offsets: number[] = [];
    for (const index of lines) {
      offsets.push(letters.length);
      letters += this.#folded[index]?.letters ?? '';
    }
    return { lines, letters, offsets, pairs: pairsOf(letters) };
  }

  /** The line alone, with the one or two below it, and with the one to its right. */
  #chainsFrom(index: number): number[][] {
    const below = this.#below(index);
    const further = below === null ? null : this.#below(below);
    const beside = this.#beside(index);
    return [
      [index],
      ...(below === null ? [] : [[index, below]]),
      ...(below === null || further === null ? [] : [[index, below, further]]),
      ...(beside === null ? [] : [[index, beside]]),
    ];
  }

  #below(index: number): number | null {
    return this.#nearest(index, (a, b) => {
      const type = Math.min(a[3], b[3]);
      const down = b[1] + b[3] / 2 - (a[1] + a[3] / 2);
      const shared = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
      return down > 0.5 * type && down < 2.2 * Math.max(a[3], b[3]) && shared > 0 ? down : null;
    });
  }

  #beside(index: number): number | null {
    return this.#nearest(index, (a, b) => {
      const shared = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
      const gap = (b[0] - a[0] - a[2]) * (this.page.width / this.page.height);
      const type = Math.min(a[3], b[3]);
      return shared > 0.5 * type && gap > -0.5 * type && gap < 3 * type ? Math.max(0, gap) : null;
    });
  }

  #nearest(index: number, measure: (own: Box, other: Box) => number | null): number | null {
    const own = this.page.lines[index]?.box;
    if (own === undefined) return null;
    let best: { other: number; far: number } | null = null;
    this.page.lines.forEach(({ box }, other) => {
      const far = other === index ? null : measure(own, box);
      if (far !== null && (best === null || far < best.far)) best = { other, far };
    });
    return (best as { other: number } | null)?.other ?? null;
  }
}

/** Digits torn out of a longer number are another number. */
function tornBy(letters: string, at: number): number {
  return isDigit(letters[at - 1]) && isDigit(letters[at]) ? 2 : 1;
}

function pairsOf(letters: string): Set<string> {
  const pairs = new Set<string>();
  for (let at = 1; at < letters.length; at += 1)
    pairs.add(looksOf(letters.charAt(at - 1)) + looksOf(letters.charAt(at)));
  return pairs;
}

/** Passages share lines, so the same words are found more than once. */
function distinct(places: readonly PrintedPlace[]): PrintedPlace[] {
  const ranked = places.toSorted((a, b) => b.likeness - a.likeness || a.box[2] * a.box[3] - b.box[2] * b.box[3]);
  const kept: PrintedPlace[] = [];
  for (const place of ranked) if (!kept.some(({ box }) => overlaps(box, place.box))) kept.push(place);
  return kept;
}

function overlaps(a: Box, b: Box): boolean {
  const across = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const down = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return across > 0.5 * Math.min(a[2], b[2]) && down > 0.5 * Math.min(a[3], b[3]);
}
