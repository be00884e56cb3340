/**
 * How well a page was read, against its truth.
 *
 * The rule, the same for every reader:
 * 1. Texts are compared after straightening curly quotes, making every dash a hyphen and every middle dot or bullet a
 *    `·`, and joining white space. Upper and lower case count, but not on flyers (`kind`): their truth has the words as
 *    typed, and some of their typefaces print small letters as capitals. Every other character counts.
 * 2. A line read and a true line belong together when, in the frame of the true line (which may slope), the centre of
 *    the line read is within its height and they share at least half of the shorter one's width. Readers may join or
 *    split lines (columns, wide gaps): lines that belong together, directly or through others, form one group, and each
 *    side of a group is joined from left to right.
 * 3. Character errors are the edit distance of each group's two sides: what was not read counts in full.
 *    Lines read where there is no true line at all (a logo, an icon) are counted apart, as `extraLines`.
 * 4. Word recall is the share of true words that the same group's reading has, each as often as it is there.
 */
import type { PageText, TextLine } from '../../src/contract/text-line.ts';

/** Boxes in pixels: left, top, right, bottom. `poly` has the line's corners from its top left, where it slopes. */
export interface TrueLine {
  text: string;
  box: [number, number, number, number];
  poly?: [number, number][];
}

export interface TruePage {
  width: number;
  height: number;
  lines: TrueLine[];
  kind?: string;
}

export interface TextAccuracy {
  characters: number;
  characterErrors: number;
  words: number;
  wordsRead: number;
  extraLines: string[];
  /** The groups with errors, for people to look at. */
  differences: { truth: string; read: string }[];
}

export function measureAccuracy(page: PageText, truth: TruePage): TextAccuracy {
  const trueLines = truth.lines.map((line) => ({ text: line.text, place: placeOfTruth(line) }));
  const readLines = page.lines.map((line) => ({ text: line.text, place: placeOfReading(line, page) }));
  const foldCase = (text: string): string => (truth.kind?.startsWith('flyer') ? text.toLowerCase() : text);
  const accuracy: TextAccuracy = {
    characters: 0,
    characterErrors: 0,
    words: 0,
    wordsRead: 0,
    extraLines: [],
    differences: [],
  };
  for (const group of groupsOf(trueLines, readLines)) {
    const trueText = foldCase(joined(group.truth));
    const readText = foldCase(joined(group.read));
    if (group.truth.length === 0) {
      accuracy.extraLines.push(readText);
      continue;
    }
    const errors = editDistance(trueText, readText);
    if (errors > 0) accuracy.differences.push({ truth: trueText, read: readText });
    accuracy.characters += trueText.length;
    accuracy.characterErrors += errors;
    accuracy.words += trueText.split(' ').length;
    accuracy.wordsRead += wordsInCommon(trueText.split(' '), readText.split(' '));
  }
  return accuracy;
}

/** The accuracy over several pages. */
export function sumAccuracy(parts: readonly TextAccuracy[]): TextAccuracy & { errorRate: number; wordRecall: number } {
  const total = (pick: (part: TextAccuracy) => number): number => parts.reduce((sum, part) => sum + pick(part), 0);
  const characters = total((part) => part.characters);
  const characterErrors = total((part) => part.characterErrors);
  const words = total((part) => part.words);
  const wordsRead = total((part) => part.wordsRead);
  return {
    characters,
    characterErrors,
    words,
    wordsRead,
    errorRate: characterErrors / characters,
    wordRecall: wordsRead / words,
    extraLines: parts.flatMap((part) => part.extraLines),
    differences: parts.flatMap((part) => part.differences),
  };
}

export function straightened(text: string): string {
  return text
    .replace(/[\u2018\u2019\u201b\u00b4`]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2022\u2027\u2219\u22c5\u30fb\uff65]/g, '·')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where a line is: a rectangle that slopes. Pixels and radians. */
interface Place {
  centerX: number;
  centerY: number;
  width: number;
  height: number;
  slope: number;
}

interface PlacedText {
  text: string;
  place: Place;
}

function placeOfTruth({ box, poly }: TrueLine): Place {
  const [left, top, right, bottom] = box;
  const [topLeft, topRight, , bottomLeft] = poly ?? [];
  const center = { centerX: (left + right) / 2, centerY: (top + bottom) / 2 };
  if (!topLeft || !topRight || !bottomLeft) return { ...center, width: right - left, height: bottom - top, slope: 0 };
  return {
    ...center,
    width: Math.hypot(topRight[0] - topLeft[0], topRight[1] - topLeft[1]),
    height: Math.hypot(bottomLeft[0] - topLeft[0], bottomLeft[1] - topLeft[1]),
    slope: Math.atan2(topRight[1] - topLeft[1], topRight[0] - topLeft[0]),
  };
}

/** The sloping line's own size follows from the level box around it and its angle. */
function placeOfReading({ box, angle }: TextLine, page: PageText): Place {
  const boxWidth = box[2] * page.width;
  const boxHeight = box[3] * page.height;
  const cos = Math.cos(angle);
  const sin = Math.abs(Math.sin(angle));
  const squeeze = cos * cos - sin * sin;
  const isSteep = squeeze < 0.1;
  return {
    centerX: box[0] * page.width + boxWidth / 2,
    centerY: box[1] * page.height + boxHeight / 2,
    width: isSteep ? boxWidth : (boxWidth * cos - boxHeight * sin) / squeeze,
    height: isSteep ? boxHeight : (boxHeight * cos - boxWidth * sin) / squeeze,
    slope: angle,
  };
}

function belongTogether(truth: Place, read: Place): boolean {
  const dx = read.centerX - truth.centerX;
  const dy = read.centerY - truth.centerY;
  const along = dx * Math.cos(truth.slope) + dy * Math.sin(truth.slope);
  const across = dy * Math.cos(truth.slope) - dx * Math.sin(truth.slope);
  if (Math.abs(across) > truth.height / 2) return false;
  const shared = Math.min(truth.width / 2, along + read.width / 2) - Math.max(-truth.width / 2, along - read.width / 2);
  return shared >= Math.min(truth.width, read.width) / 2;
}

interface Group {
  truth: PlacedText[];
  read: PlacedText[];
}

function groupsOf(truth: readonly PlacedText[], read: readonly PlacedText[]): Group[] {
  let groups: Group[] = truth.map((line) => ({ truth: [line], read: [] }));
  for (const line of read) {
    const near = groups.filter((group) => group.truth.some((other) => belongTogether(other.place, line.place)));
    const merged = {
      truth: near.flatMap((group) => group.truth),
      read: [...near.flatMap((group) => group.read), line],
    };
    groups = [...groups.filter((group) => !near.includes(group)), merged];
  }
  return groups;
}

function joined(lines: readonly PlacedText[]): string {
  const fromLeft = lines.toSorted((a, b) => a.place.centerX - b.place.centerX);
  return straightened(fromLeft.map((line) => line.text).join(' '));
}

function wordsInCommon(truth: readonly string[], read: readonly string[]): number {
  const left = [...read];
  return truth.filter((word) => {
    const index = left.indexOf(word);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  }).length;
}

/** Insertions, deletions and replacements of single characters that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
