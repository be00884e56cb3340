import { findHosts, isCompany } from '../hosts/host-phrases.ts';
import { findAddress, STREET_SUFFIX } from '../places/address.ts';
import { hasPlaceWord, isCall } from '../places/venue-score.ts';
import { findPhrases } from '../schedule/phrases.ts';
import type { Flow } from './flow.ts';
import {
  beginsSomethingNew,
  breaksHost,
  breaksPlace,
  breaksTown,
  endsWithHost,
  isOneCell,
  isPrintedElsewhere,
  opensNotice,
  saysAtName,
  saysWhenAtEnd,
} from './broken-names.ts';
import { aligned, isFull, ratio, widest, type Beginning, type WrapContext } from './line-measures.ts';
import { sameRow, type PageLine } from './page-lines.ts';

const ENDS_OPEN =
  /(?:[-&@/+]|\b(?:to|til|till|until|thru|through|and|with|w\/|by|at|of|the|hosted|from|every|on|en|con|de|y|kj|dj|vdj|host|your|starts|is|in|\d(?:st|nd|rd|th)|first|second|third|fourth))\s*$/i;
/** After these a day is a continuation: `Mon thru` + `Thurs`, `1st` + `Thursday`. */
const TAKES_DAYS =
  /(?:[-&+/]|\b(?:to|thru|through|and|every|from|y|on|this|\d(?:st|nd|rd|th)|first|second|third|fourth|last))\s*$/i;
const TAKES_TIMES = /(?:[-@/]|\b(?:to|til|till|until|thru|from|at|starts|and|de|a))\s*$/i;
const NUMBERED = /\b(?:lodge|aerie|post|vfw|legion|elks|moose|eagles|amvets|chapter|local|no\.?|#)\s*$/i;
const UNIT_WORD = /\b(?:ste|suite|unit|bldg|building|apt|#)\.?\s*$/i;

/** Measures a flow. */
export function wrapContext(flow: Flow, cities: ReadonlySet<string>): WrapContext {
  const gaps = flow.lines
    .slice(1)
    .map((line, index) => line.top - (flow.lines[index]?.bottom ?? line.top))
    .toSorted((a, b) => a - b);
  const gap = Math.max(0, gaps[Math.floor(gaps.length / 4)] ?? 0);
  return { flow, left: Math.min(...flow.lines.map((line) => line.left)), gap, cities };
}

/** Whether a line goes on with what the lines before it began. */
export function continues(before: Beginning, line: PageLine, context: WrapContext): boolean {
  const { last, text } = before;
  if (sameRow(last, line))
    return (
      line.left > last.left &&
      line.left - last.right < 0.8 * Math.min(last.height, line.height) &&
      ratio(last, line) < 1.5
    );
  const gap = line.top - last.bottom;
  if (gap > 0.9 * Math.min(last.height, line.height)) return false;
  if (continuesAddress(before, line, context)) return ratio(last, line) < 1.6;
  if (ratio(last, line) > 1.45 || before.parts.length > 6) return false;
  if (isOneCell(line, context)) return true;
  if (continuesTime(text, line.text) || opensBracket(text)) return true;
  if (
    /^(?:through|thru|to|and|&|til|until)(?:$|\s+\S*(?:day|\d|close|midnight|mon|tue|wed|thu|fri|sat|sun))/i.test(
      line.text.trim(),
    ) &&
    saysWhenAtEnd(text)
  )
    return true;
  if (NUMBERED.test(text) && /^#?\d{2,5}\b/.test(line.text)) return true;
  if (ENDS_OPEN.test(text)) return takesNext(text, line.text);
  if (isPlaceTail(line.text) && (endsWithName(text) || /^[&+]|^and\s/i.test(line.text) || saysAtName(text)))
    return ratio(last, line) < 1.3 && aligned(last, line);
  if (isPrintedElsewhere(last, line, context)) return aligned(last, line);
  if (opensNotice(text, line.text)) return true;
  if (breaksHost(before, line, context) || breaksTown(before, line, context)) return true;
  if (breaksPlace(before, line, context)) return true;
  if (endsCompany(text, line.text)) return isFull(last, line, context, widest(context.flow, last));
  return wrapsByWidth(before, line, context);
}

/** `12650 Gulf Blvd, Treasure` + `Island, FL 33706`. */
function continuesAddress({ text, last }: Beginning, line: PageLine, context: WrapContext): boolean {
  const next = line.text;
  const first = findAddress(text);
  if (first?.street == null && wrapsStreet(text, next)) return true;
  if (first?.street != null && UNIT_WORD.test(text) && /^#?[\w-]{1,5}\b/.test(next)) return true;
  if (first === null || first.end < text.trimEnd().length - 2 || first.postcode !== null) return false;
  if (first.street === null && first.state === null) return false;
  const whole = findAddress(`${text} ${next}`);
  if (whole === null || whole.end <= text.length + 1) return false;
  if (first.street !== null && whole.street?.start !== first.street.start) return false;
  const grown = whole.end - (text.length + 1);
  if (whole.state === null && whole.postcode === null && whole.city !== null) {
    const city = `${text} ${next}`.slice(whole.city.start, whole.city.end);
    const known = context.cities.has(city.toLowerCase());
    // Without a comma before it or a state behind it, what stands below a street is as likely the next place.
    if (!known && first.city === null && !/,\s*$/.test(text)) return false;
    if (!known && first.city !== null)
      return (
        /^\S+$/.test(next.trim()) && isFull(last, line, context, context.flow.rightLimit ?? widest(context.flow, last))
      );
  }
  return (
    (whole.state !== null || whole.postcode !== null || first.street !== null) && grown >= Math.min(5, next.length)
  );
}

/** `7399 Highland` + `Ct.` */
function wrapsStreet(text: string, next: string): boolean {
  if (/^\s*\d/.test(next)) return false;
  const street = findAddress(`${text} ${next}`)?.street ?? null;
  if (
    street === null ||
    street.start >= text.length ||
    street.end <= text.length + 1 ||
    text.length - street.start >= 40
  )
    return false;
  return (
    new RegExp(`^(?:\\S+\\s+)?(?:${STREET_SUFFIX})\\b`, 'i').test(next) &&
    findPhrases(text).every(({ end }) => end <= street.start)
  );
}

/** `9:30 PM to` + `1:30 AM`, `8:00 PM` + `- 12:00 AM`, `10:00` + `PM-2:00 AM`. */
function continuesTime(text: string, next: string): boolean {
  const ended = /(?:\d|[ap]\.?m\.?)\s*$/i.test(text);
  const open = /(?:\d|[ap]\.?m\.?)\s*(?:-|to|til|till|until)\s*$/i.test(text);
  if (open && /^\s*(?:\d|close|midnight|late|\?|noon)/i.test(next)) return true;
  if (ended && /^\s*(?:-|to\b|til|till|until)\s*(?:\d|close|midnight|late|\?)/i.test(next)) return true;
  return /\d\s*$/.test(text) && /^\s*[ap]\.?m\b/i.test(next);
}

function takesNext(text: string, next: string): boolean {
  const first = findPhrases(next).find((phrase) => phrase.start <= 1);
  if (first?.kind === 'days' || first?.kind === 'date') return TAKES_DAYS.test(text) || /\b[kd]j\s*$/i.test(text);
  if (first?.kind === 'time') return TAKES_TIMES.test(text);
  if (/\byour\s*$/i.test(text) && /^(?:hosts?|kj|dj)\b/i.test(next)) return true;
  return !/^(?:hosts?\b|hosted|with\b|w\/)/i.test(next) && findAddress(next)?.street?.start !== 0;
}

/** `Karaoke at Twelve Oaks` + `Bar & Grill`: what kind of place, set on a line of its own. */
function isPlaceTail(next: string): boolean {
  const words = next.trim().split(/\s+/);
  return (
    words.length <= 4 &&
    words.every((word) =>
      /^(?:&|and|sports|grill[e]?|bar|pub|tavern|lounge|saloon|taproom|cantina|club|lanes|brewery|brewing|co\.?|company|restaurant|roadhouse|cafe|inn|room|house|ale|kitchen)$/i.test(
        word,
      ),
    )
  );
}

function endsWithName(text: string): boolean {
  const tail = text.trim().split(/\s+/).slice(-1)[0] ?? '';
  return (
    /^[\p{Lu}\d][\p{L}\d'.&-]*$/u.test(tail) &&
    !saysWhenAtEnd(text) &&
    !/karaoke|night|party|bar|pub|tavern|lounge|grill$/i.test(tail)
  );
}

/** `w/ KJ Bubba of Rock Star` + `Karaoke` */
function endsCompany(text: string, next: string): boolean {
  return /^(?:karaoke|productions?|entertainment|djs|events)[.!]?$/i.test(next.trim()) && findHosts(text).length > 0;
}

function opensBracket(text: string): boolean {
  return text.lastIndexOf('(') > text.lastIndexOf(')') && text.length < 120;
}

/** The first word of the next line would not have fitted: the writer did not mean to break here. */
function wrapsByWidth({ last, text }: Beginning, line: PageLine, context: WrapContext): boolean {
  const { flow } = context;
  if (!aligned(last, line)) return false;
  if (/[!?:]\s*$/.test(last.text) || /^[\s•*-]/.test(line.text)) return false;
  const full = isProse(text) && isFull(last, line, context, widest(flow, last));
  if (beginsSomethingNew(line.text))
    return (
      full &&
      !endsWithHost(text) &&
      !/[.]\s*$/.test(last.text) &&
      /^(?:\S+day|\d|every|each|this|on\s)/i.test(line.text)
    );
  const lowerCase = /^\p{Ll}/u.test(line.text) && /\p{Ll}/u.test(last.text);
  // Boxes of a line with `p` and `g` are taller: prose is told by its words.
  if (ratio(last, line) > 1.15 && !(full && lowerCase)) return false;
  if (flow.rightLimit === null || full) return lowerCase || full;
  if (/\.\s*$/.test(last.text) || saysWhenAtEnd(last.text) || findAddress(last.text) !== null) return false;
  return lowerCase || wrapsName(last, line, context, flow.rightLimit);
}

/** A name that a narrow column broke: tight, full, and not whole already. */
function wrapsName(last: PageLine, line: PageLine, context: WrapContext, limit: number): boolean {
  const gap = line.top - last.bottom;
  if (gap > Math.max(1.7 * context.gap, 0.2 * line.height)) return false;
  if (context.cities.has(line.text.trim().toLowerCase())) return false;
  const whole =
    hasPlaceWord(last.text.split(' ').slice(-2).join(' ')) && !hasPlaceWord(line.text) && !isCompany(line.text);
  // A cell of a table holds one name.
  const cell = context.flow.role === 'venue' || context.flow.role === 'host';
  return !whole && (cell || isFull(last, line, context, limit));
}

/** Running prose, as in a post or a message: small words, and the turns of speech. */
function isProse(text: string): boolean {
  const words = text.split(/\s+/);
  const small = words.filter((word) => /^\p{Ll}{2,}/u.test(word)).length;
  if (words.length < 6 || /^(?:with|w\/|hosted|host|your|by|kj|dj|presented|brought)\b/i.test(text)) return false;
  return small >= 0.4 * words.length || (small >= 2 && isCall(text));
}
