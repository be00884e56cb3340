import type { ElementKind, PosterElement } from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';
import type { PageText, TextLine } from '../../contract/text-line.ts';
import { around, unturned } from '../grounding/boxes.ts';
import { PrintedPage } from '../grounding/printed-page.ts';
import { aspectOf, plainText, type PosterReading } from './from-reply.ts';
import { coveredShare } from './geometry.ts';
import { isPrint, printedGroups, type PrintedGroup } from './printed-kinds.ts';

/** Words that are less like those of the model are other words. */
const LEAST_LIKENESS = 0.7;
/** Models miss by a little: printed words this far from the box they give can still be those. Of width and height. */
const MOST_APART = 0.15;
/** Around the model's box, in which print is taken to be of its element. */
const SLACK = 0.015;
/** Of a line's area, to belong to a box. */
const BELONGS = 0.6;
/** Print that fills less of the model's box than this is a part of the element: letters were drawn that no reader knows. */
const WHOLE_PRINT = 0.35;

/** Of a line's area, for the rest of it to belong to the words that were found in it. */
const OWN_LINE = 0.5;

const PRINTED_KINDS: ReadonlySet<ElementKind> = new Set(['title', 'credits', 'ratingMark', 'text']);

/** A poster by its print alone: nobody has seen its faces and logos, and the title is a guess by size. */
export function posterFromText(page: PageText): PosterReading[] {
  const elements = printedGroups(page).map((group) => elementOf(page, group));
  return [{ ...ofPage(page), judged: 'text', isTextRead: true, elements: onImage(elements, page) }];
}

/**
 * A model's reading with the boxes of its words where they are printed, and with the print that it did not name. Faces and
 * logos stay where the model saw them.
 */
export function posterOnPrint(page: PageText, reading: PosterReading): PosterReading {
  const printed = new PrintedPage(page);
  const turns = page.turns ?? 0;
  // The model has seen the page before it was turned for reading.
  const seen = reading.elements.map((element): PosterElement => ({
    ...element,
    box: element.box && unturned(element.box, ((4 - turns) % 4) as 0 | 1 | 2 | 3),
  }));
  const claimed = new Set<number>();
  const elements = seen.map((element) => placedByPrint(printed, element, claimed));
  const isNamed = (kind: ElementKind): boolean => seen.some((element) => element.kind === kind);
  const unnamed = printedGroups(page).flatMap((group): PrintedGroup[] => {
    const lines = group.lines.filter((index) => !claimed.has(index));
    if (lines.length === 0) return [];
    // Who has seen the poster says what its title is; a kind that was named is not found a second time.
    const isNew = (group.kind === 'credits' || group.kind === 'ratingMark') && !isNamed(group.kind);
    return isNew ? [{ ...group, lines }] : lines.map((line) => ({ kind: 'text', lines: [line], certainty: 1 }));
  });
  const all = [...elements, ...unnamed.map((group) => elementOf(page, group))];
  return { ...reading, ...ofPage(page), isTextRead: true, elements: onImage(all, page) };
}

/** @param claimed lines that belong to an element; those of this one are added */
function placedByPrint(printed: PrintedPage, element: PosterElement, claimed: Set<number>): PosterElement {
  const { page } = printed;
  const { kind, text, box } = element;
  if (!PRINTED_KINDS.has(kind)) {
    // Words in a logo are the logo's; words on a face are a tagline over it.
    if (kind === 'logo' && box) claim(page, box, claimed);
    return element;
  }
  const inBox = box && linesIn(page, box);
  const byLines = inBox && inBox.length > 0 ? around(inBox.map((index) => lineAt(page, index).box)) : null;
  const isWhole = byLines !== null && box !== null && coveredShare(box, [byLines]) >= WHOLE_PRINT;
  const words = text === null ? null : placeOfWords(printed, text, box);
  const byWords = words && wholeLines(page, words, text ?? '', inBox ?? []);
  // Credits are many lines, of which a model copies a few; a title is found by its words, whatever stands around it.
  const found = kind === 'credits' && isWhole ? byLines : (byWords ?? (isWhole ? byLines : null));
  for (const each of [found, byWords === null ? box : null]) if (each) claim(page, each, claimed);
  return found === null ? element : { ...element, box: found, placedBy: 'print' };
}

/** The nearest to where the model saw them; without that, the largest. */
function placeOfWords(printed: PrintedPage, words: string, near: Box | null): Box | null {
  const places = printed
    .find(words)
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .map(({ box }) => ({ box, apart: near === null ? -(box[2] * box[3]) : apart(box, near) }))
    .filter(({ apart: far }) => far <= MOST_APART)
    .toSorted((one, other) => one.apart - other.apart);
  return places[0]?.box ?? null;
}

/**
 * The place with the rest of lines that are its own for the most part, and with lines in the model's box that are a part of
 * the words: "THE" above a title is left out by the search, as it is by most who speak of it.
 */
function wholeLines(page: PageText, place: Box, words: string, inBox: readonly number[]): Box {
  const letters = lettersOf(words);
  const more = page.lines.flatMap((line, index) => {
    const isPart = inBox.includes(index) && letters.includes(lettersOf(line.text));
    return isPart || (isPrint(line) && coveredShare(line.box, [place]) >= OWN_LINE) ? [line.box] : [];
  });
  return around([place, ...more]) ?? place;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function claim(page: PageText, box: Box, claimed: Set<number>): void {
  for (const index of linesIn(page, box)) claimed.add(index);
}

/** Indices of lines of print that lie in a box. */
function linesIn(page: PageText, [x, y, width, height]: Box): number[] {
  const wide: Box = [x - SLACK, y - SLACK, width + 2 * SLACK, height + 2 * SLACK];
  return page.lines.flatMap((line, index) =>
    isPrint(line) && coveredShare(line.box, [wide]) >= BELONGS ? [index] : [],
  );
}

function elementOf(page: PageText, { kind, lines, certainty }: PrintedGroup): PosterElement {
  const own = lines.map((index) => lineAt(page, index));
  return {
    kind,
    text: plainText(own.map(({ text }) => text).join(' ')),
    box: around(own.map(({ box }) => box)),
    placedBy: 'print',
    confidence: Math.round(Math.min(...own.map(({ confidence }) => confidence)) * certainty * 1_000) / 1_000,
  };
}

/** As people see the poster, and within it. */
function onImage(elements: readonly PosterElement[], { turns = 0 }: PageText): PosterElement[] {
  return elements.map((element) => ({ ...element, box: element.box && within(unturned(element.box, turns)) }));
}

function within(box: Box): Box | null {
  const [x, y, width, height] = box;
  if (x >= 0 && y >= 0 && x + width <= 1 && y + height <= 1) return box;
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(1, x + width), Math.min(1, y + height)];
  return right > left && bottom > top ? [left, top, right - left, bottom - top] : null;
}

function ofPage({ width, height, turns = 0 }: PageText): Pick<PosterReading, 'aspect'> {
  return { aspect: aspectOf(turns % 2 === 0 ? { width, height } : { width: height, height: width }) };
}

/** The gap between two boxes, along the axis on which it is larger; 0 where they touch. */
function apart(a: Box, b: Box): number {
  const across = Math.max(a[0], b[0]) - Math.min(a[0] + a[2], b[0] + b[2]);
  const down = Math.max(a[1], b[1]) - Math.min(a[1] + a[3], b[1] + b[3]);
  return Math.max(0, across, down);
}

function lineAt(page: PageText, index: number): TextLine {
  return page.lines[index] as TextLine;
}
