import type { ElementKind } from '../../contract/poster.ts';
import type { PageText, TextLine } from '../../contract/text-line.ts';

/** Lines of one page that belong together, by their indices. */
export interface PrintedGroup {
  kind: Extract<ElementKind, 'title' | 'credits' | 'ratingMark' | 'text'>;
  lines: number[];
  /** 0..1: how sure the kind is, apart from how sure the words are. */
  certainty: number;
}

/** Less sure than this is mostly texture that looks like letters. */
const LEAST_CONFIDENCE = 0.6;
/** Lines of a title differ this much in height, of the tallest one. */
const TITLE_HEIGHT = 0.62;
/** The type of a block of credits: taller or lower by this factor is no part of it. */
const CREDITS_HEIGHT = 1.8;
/** A title that is not this much taller than the others, by the one in their middle, is a guess among equals. */
const OUTSTANDING = 1.6;

const CREDIT_WORDS =
  /\b(?:directed|written|produced|edited|screenplay|director of photography|music|costumes?|production design(?:er)?|casting|executive producers?|based (?:up)?on|an? .{2,40} (?:film|production)|starring|regie|drehbuch|dirigid[ao]|guion|réalisé|scénario)\b/i;
const RATING =
  /^(?:rated\s+)?(?:PG(?:-?\s?13)?|NC-?\s?17|TV-?\s?(?:MA|14|PG|Y7?|G)|R-?\s?(?:16|18)\+?|(?:12|15|16|18)\s?\+|12A|U\/?A|(?:FSK|ab|PEGI)\s?\d{1,2}|rated\s+(?:R|G))$/i;

/** Whether a line is print at all, and not a texture. */
export function isPrint({ text, confidence }: TextLine): boolean {
  return confidence >= LEAST_CONFIDENCE && (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2;
}

/** What the lines of a poster are, by their words, size and place. Lines without a kind of their own are `text`, each alone. */
export function printedGroups(page: PageText): PrintedGroup[] {
  const open = new Set(page.lines.keys().filter((index) => isPrint(lineAt(page, index))));
  const take = (lines: number[]): number[] => {
    for (const index of lines) open.delete(index);
    return lines;
  };
  const groups: PrintedGroup[] = [];
  for (const index of open) {
    if (!RATING.test(lineAt(page, index).text.trim())) continue;
    groups.push({ kind: 'ratingMark', lines: take([index]), certainty: 0.8 });
  }
  for (const index of open) {
    if (!CREDIT_WORDS.test(lineAt(page, index).text)) continue;
    const height = typeHeight(page, index);
    const block = connected(page, open, index, (other) => isWithin(typeHeight(page, other) / height, CREDITS_HEIGHT));
    groups.push({ kind: 'credits', lines: take(block), certainty: 0.7 });
  }
  const title = titleLines(page, open);
  if (title) groups.push({ ...title, lines: take(title.lines) });
  for (const index of open) groups.push({ kind: 'text', lines: [index], certainty: 1 });
  return groups;
}

/** The tallest line and those of its size above and below it. */
function titleLines(page: PageText, open: ReadonlySet<number>): PrintedGroup | null {
  const byHeight = [...open].toSorted((one, other) => typeHeight(page, other) - typeHeight(page, one));
  const [tallest] = byHeight;
  if (tallest === undefined) return null;
  const height = typeHeight(page, tallest);
  const lines = connected(page, open, tallest, (other) => typeHeight(page, other) >= TITLE_HEIGHT * height);
  const others = byHeight.filter((index) => !lines.includes(index));
  const middle = others[Math.floor(others.length / 2)];
  const isOutstanding = middle === undefined || height >= OUTSTANDING * typeHeight(page, middle);
  return { kind: 'title', lines, certainty: isOutstanding ? 0.7 : 0.45 };
}

/** The line, and every line that lies near one of those found, as long as they fit. In reading order. */
function connected(
  page: PageText,
  open: ReadonlySet<number>,
  start: number,
  fits: (index: number) => boolean,
): number[] {
  const found = new Set([start]);
  // A set tells its members that come while it is walked through, too.
  for (const index of found) {
    for (const other of open) if (!found.has(other) && fits(other) && areNear(page, index, other)) found.add(other);
  }
  return [...found].toSorted((one, other) => middleOf(page, one) - middleOf(page, other) || one - other);
}

/** Within a line's height above or below each other and side by side, or next to each other in one row. */
function areNear(page: PageText, one: number, other: number): boolean {
  const [a, b] = [lineAt(page, one).box, lineAt(page, other).box];
  const type = Math.max(typeHeight(page, one), typeHeight(page, other));
  const across = (Math.max(a[0], b[0]) - Math.min(a[0] + a[2], b[0] + b[2])) * (page.width / page.height);
  const down = Math.max(a[1], b[1]) - Math.min(a[1] + a[3], b[1] + b[3]);
  return (across <= 0 && down <= type) || (down <= -0.4 * type && across <= type);
}

/** Of the letters: the box of a tilted line is taller than they are. A fraction of the page's height. */
function typeHeight(page: PageText, index: number): number {
  const { box, angle } = lineAt(page, index);
  return Math.max(box[3] - Math.abs(Math.tan(angle)) * box[2] * (page.width / page.height), box[3] * 0.2);
}

function middleOf(page: PageText, index: number): number {
  const { box } = lineAt(page, index);
  return box[1] + box[3] / 2;
}

function lineAt(page: PageText, index: number): TextLine {
  return page.lines[index] as TextLine;
}

function isWithin(ratio: number, factor: number): boolean {
  return ratio <= factor && ratio >= 1 / factor;
}
