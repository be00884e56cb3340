import { findAddress } from '../places/address.ts';
import { findPhrases } from '../schedule/phrases.ts';
import type { ColumnRole, Flow } from './layout.ts';
import { sameRow } from './layout.ts';
import type { PageLine } from './page-lines.ts';

/** A line as it was meant, put together from the printed lines it wraps over. */
export interface LogicalLine {
  text: string;
  /** Printed lines and where each begins in `text`. */
  parts: { line: PageLine; start: number }[];
  top: number;
  bottom: number;
  height: number;
  /** White above it, pixels; infinite for the first of a flow. */
  gapBefore: number;
  row: number | null;
  role: ColumnRole | null;
  section: number;
}

const ENDS_OPEN = /(?:[-&@/+]|\b(?:to|til|till|until|and|with|w\/|by|at|of|the|hosted|from|every|on|en|con|de|y))\s*$/i;
const BEGINS_OPEN = /^(?:[-&@+]|(?:to|til|till|until|thru|close|and)\b)\s*\S/i;

/** Joins what wraps: addresses over lines, `8:00 PM -` with `12:00 AM`, long names in narrow columns. */
export function joinWrapped(flow: Flow): LogicalLine[] {
  const joined: LogicalLine[] = [];
  for (const line of flow.lines) {
    const previous = joined.at(-1);
    const last = previous?.parts.at(-1)?.line;
    if (previous !== undefined && last !== undefined && continues(previous, last, line, flow)) append(previous, line);
    else joined.push(start(line, last, flow));
  }
  return joined;
}

function start(line: PageLine, last: PageLine | undefined, flow: Flow): LogicalLine {
  const { row, role, section } = flow;
  const { text, top, bottom, height } = line;
  const gapBefore = last === undefined ? Infinity : sameRow(last, line) ? 0 : Math.max(0, top - last.bottom);
  return { text, parts: [{ line, start: 0 }], top, bottom, height, gapBefore, row, role, section };
}

function append(logical: LogicalLine, line: PageLine): void {
  logical.parts.push({ line, start: logical.text.length + 1 });
  logical.text = `${logical.text} ${line.text}`;
  logical.bottom = Math.max(logical.bottom, line.bottom);
}

function continues(logical: LogicalLine, last: PageLine, line: PageLine, flow: Flow): boolean {
  const beside = sameRow(last, line);
  if (beside) return line.left - last.right < 0.8 * Math.min(last.height, line.height) && ratio(last, line) < 1.5;
  const gap = line.top - last.bottom;
  if (gap > 0.9 * Math.min(last.height, line.height)) return false;
  if (continuesAddress(logical.text, line.text)) return ratio(last, line) < 1.6;
  if (ratio(last, line) > 1.3 || logical.parts.length > 4) return false;
  if (continuesTime(logical.text, line.text)) return true;
  if (ENDS_OPEN.test(logical.text) && !/\b(?:AM|PM)\s*-\s*$/.test(line.text))
    return !/^(?:hosted|with)\b/i.test(line.text);
  if (/^(?:and|&|with|w\/)\s/i.test(line.text) && flow.rightLimit !== null) return false;
  return wrapsByWidth(last, line, flow);
}

/** `12650 Gulf Blvd, Treasure` + `Island, FL 33706`. */
function continuesAddress(text: string, next: string): boolean {
  const first = findAddress(text);
  if (first === null || first.end < text.trimEnd().length - 2 || first.postcode !== null) return false;
  if (first.street === null && first.state === null) return false;
  const both = `${text} ${next}`;
  const whole = findAddress(both);
  if (whole === null || whole.end <= text.length + 2) return false;
  if (first.street !== null && whole.street?.start !== first.street.start) return false;
  const grown = whole.end - (text.length + 1);
  return (
    (whole.state !== null || whole.postcode !== null || first.street !== null) && grown >= Math.min(5, next.length)
  );
}

/** `9:30 PM to` + `1:30 AM`, or `8:00 PM` + `- 12:00 AM`. */
function continuesTime(text: string, next: string): boolean {
  const open =
    /(?:\d|[ap]\.?m\.?)\s*(?:-|to|til|till|until)\s*$/i.test(text) &&
    /^\s*(?:\d|close|midnight|late|\?|noon)/i.test(next);
  const begun =
    /(?:\d|[ap]\.?m\.?)\s*$/i.test(text) && /^\s*(?:-|to\b|til|till|until)\s*(?:\d|close|midnight|late|\?)/i.test(next);
  return open || begun;
}

/** The first word of the next line would not have fitted: the writer did not mean to break here. */
function wrapsByWidth(last: PageLine, line: PageLine, flow: Flow): boolean {
  if (ratio(last, line) > 1.15) return false;
  if (/[.!?:]\s*$/.test(last.text) || /^[\s•*-]/.test(line.text)) return false;
  if (beginsSomethingNew(line.text)) return false;
  if (BEGINS_OPEN.test(line.text) && /\p{L}/u.test(last.text)) return true;
  const lowerCase = /^\p{Ll}/u.test(line.text) && /\p{Ll}/u.test(last.text);
  if (flow.rightLimit === null) return lowerCase && aligned(last, line);
  if (findAddress(last.text) !== null || endsWithTime(last.text)) return false;
  const word = line.text.split(' ')[0] ?? '';
  const perCharacter = (line.right - line.left) / Math.max(1, line.text.length);
  const room = flow.rightLimit - last.right;
  return aligned(last, line) && (lowerCase || (word.length + 1) * perCharacter > room + 0.3 * perCharacter);
}

function beginsSomethingNew(text: string): boolean {
  if (/^(?:hosts?|hosted|kj|dj|vdj|with|w\/)\b/i.test(text)) return true;
  const address = findAddress(text);
  if (address?.street !== undefined && address.street !== null && address.start <= 1) return true;
  const first = findPhrases(text)[0];
  return first !== undefined && first.start <= 1;
}

function endsWithTime(text: string): boolean {
  const last = findPhrases(text).at(-1);
  return last !== undefined && last.kind === 'time' && last.end >= text.trimEnd().length - 1;
}

function aligned(a: PageLine, b: PageLine): boolean {
  const middle = Math.abs((a.left + a.right) / 2 - (b.left + b.right) / 2);
  return Math.abs(a.left - b.left) < 1.2 * a.height || middle < 1.2 * a.height;
}

function ratio(a: PageLine, b: PageLine): number {
  return Math.max(a.height, b.height) / Math.max(1, Math.min(a.height, b.height));
}
