import type { PageText, TextLine } from '../../../contract/text-line.ts';

/** A line of the page made level, in pixels. */
export interface PageLine {
  /** Plain dashes, quotes and spaces; the same length as what was printed, so that offsets hold. */
  text: string;
  source: TextLine;
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Of the type, pixels: the measure of loudness and of what is near. */
  height: number;
}

/** More than this is no slip of the hand but a design; radians (12°). */
const MOST_TILT = 0.21;

/** The lines of a page in pixels, with a common small rotation of the page undone, from top to bottom. */
export function levelLines(page: PageText): PageLine[] {
  const readable = page.lines.map(withoutLeadingPicture).filter((line) => line.text.trim() !== '');
  const tilt = commonTilt(readable);
  return readable.map((line) => levelLine(line, page, tilt)).sort((a, b) => a.top - b.top || a.left - b.left);
}

/** `📍 The Fox Den`: pictures before the words are none of them. */
function withoutLeadingPicture(line: TextLine): TextLine {
  const lead = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\ufe0f\u200d\s])+/u.exec(line.text)?.[0].length ?? 0;
  if (lead === 0) return line;
  const [x, y, width, height] = line.box;
  const share = lead / line.text.length;
  return { ...line, text: line.text.slice(lead), box: [x + share * width, y, (1 - share) * width, height] };
}

/** The tilt that most of the print shares, weighed by length; short lines have no slope to speak of. */
function commonTilt(lines: readonly TextLine[]): number {
  const slopes = lines
    .filter((line) => Math.abs(line.angle) <= MOST_TILT && line.text.length >= 6)
    .map((line) => ({ angle: line.angle, weight: line.box[2] }))
    .sort((a, b) => a.angle - b.angle);
  const half = slopes.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let seen = 0;
  for (const { angle, weight } of slopes) {
    seen += weight;
    if (seen >= half) return angle;
  }
  return 0;
}

function levelLine(source: TextLine, page: PageText, tilt: number): PageLine {
  const [x, y, width, height] = source.box;
  const pixels = { width: width * page.width, height: height * page.height };
  const center = { x: (x + width / 2) * page.width, y: (y + height / 2) * page.height };
  const own = Math.abs(source.angle) <= MOST_TILT ? source.angle : 0;
  const size = unrotated(pixels.width, pixels.height, own);
  const cos = Math.cos(tilt);
  const sin = Math.sin(tilt);
  const middle = { x: center.x * cos + center.y * sin, y: center.y * cos - center.x * sin };
  return {
    text: plainText(source.text),
    source,
    left: middle.x - size.width / 2,
    right: middle.x + size.width / 2,
    top: middle.y - size.height / 2,
    bottom: middle.y + size.height / 2,
    height: size.height,
  };
}

/** The size of a line whose upright bounding box is known. */
function unrotated(width: number, height: number, angle: number): { width: number; height: number } {
  const cos = Math.cos(angle);
  const sin = Math.abs(Math.sin(angle));
  const scale = cos * cos - sin * sin;
  const inner = { width: (width * cos - height * sin) / scale, height: (height * cos - width * sin) / scale };
  // Boxes of short lines are rough: never let the reckoning eat the line.
  return inner.height > height * 0.3 && inner.width > 0 ? inner : { width, height };
}

/** One character for one: curly quotes, long dashes, fixed spaces. */
export function plainText(text: string): string {
  return (
    text
      .replace(/[‘’ʼ´`]/g, "'")
      .replace(/[“”]/g, '"')
      .replace(/[‐-―−~]/g, '-')
      .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/gu, (picture) => ' '.repeat(picture.length))
      .replace(/[\u00a0\u2002-\u200a\t]/g, ' ')
      // A pin or a clock drawn before the words is read as a lone 0 or °.
      .replace(/^[0°©®](?= )/, ' ')
      // An hour's digits read as letters: `9p-la`, `TIL IAM`, `1OP`.
      .replace(/(?<=\d\s?(?:[ap]\.?m?\.?)?\s?(?:-|to|til|until)\s?)[lI](?=\s?a\.?m?\b)/gi, '1')
      .replace(/(?<=\b1)O(?=\s?[ap]m?\b|:\d)/gi, '0')
      .replace(/[⋅∙●▪■◆★☆✦►▶]/g, '•')
  );
}

/** Cuts a line at the space nearest to a place across it; the line itself where there is none near. */
export function splitLine(line: PageLine, x: number): PageLine[] {
  const { text, left, right } = line;
  const target = ((x - left) / (right - left)) * text.length;
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index).filter((index) => Math.abs(index - target) <= 4);
  // A cell does not end with `&`: that begins the next one (`& Grill`).
  const distance = (index: number): number => Math.abs(index - target) + (/[&+]$/.test(text.slice(0, index)) ? 2 : 0);
  const at = spaces.toSorted((a, b) => distance(a) - distance(b))[0];
  if (at === undefined) return [line];
  return [partOf(line, 0, at), partOf(line, at + 1, text.length)];
}

function partOf(line: PageLine, from: number, to: number): PageLine {
  const { source, text } = line;
  const [x, y, width, height] = source.box;
  const share = (to - from) / text.length;
  const begin = from / text.length;
  const span = line.right - line.left;
  return {
    ...line,
    text: text.slice(from, to),
    left: line.left + begin * span,
    right: line.left + (begin + share) * span,
    source: { ...source, text: source.text.slice(from, to), box: [x + begin * width, y, share * width, height] },
  };
}

/** Whether two lines stand side by side. */
export function sameRow(a: PageLine, b: PageLine): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return a !== b && shared > 0.5 * Math.min(a.height, b.height) && besideEachOther(a, b);
}

/** The height on the page of a line's middle. */
export function middleOf(line: PageLine): number {
  return (line.top + line.bottom) / 2;
}

/** Running lines; those that stand side by side are read from left to right. */
export function inReadingOrder(lines: readonly PageLine[]): PageLine[] {
  const rows: PageLine[][] = [];
  for (const line of lines.toSorted((a, b) => a.top - b.top)) {
    const row = rows.at(-1);
    if (row !== undefined && row.some((other) => sameRow(other, line))) row.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.left - b.left));
}

/** Boxes of tall letters reach into each other by a little. */
function besideEachOther(a: PageLine, b: PageLine): boolean {
  const slack = 0.3 * Math.min(a.height, b.height);
  return a.right <= b.left + slack || b.right <= a.left + slack;
}
