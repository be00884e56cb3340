/** A word, number, clock time or sign with its place in the text; `end` is exclusive. */
export type Token = { start: number; end: number } & (
  | { kind: 'word'; word: string; printed: string }
  | { kind: 'number'; value: number; digits: string }
  | { kind: 'ordinal'; value: number }
  | ClockToken
  | { kind: 'date'; first: number; second: number; year: number | null }
  | { kind: 'sign'; sign: string }
  /** Prices, phone numbers, unit numbers, ages: numbers that are never a time. */
  | { kind: 'decoy' }
);

export interface ClockToken {
  kind: 'clock';
  hour: number;
  minute: number;
  /** The half of the day as printed; null where it is not. */
  half: 'am' | 'pm' | null;
  /** Printed as a 24-hour clock prints it (`21:00`, `00:30`, `09:00`). */
  is24h: boolean;
}

/** Words that text recognition tends to glue to a preceding am/pm. */
const GLUED = 'til|till|until|to|thru|close|closing|late|mid|every|each|with|ish|karaoke|on|at|w/';
const HALF = String.raw`(?:\s?([ap])\.?\s?m(?:(?![a-z])|(?=${GLUED}))\.?|([ap])(?![a-z0-9']))`;
const CLOCK_WITH_MINUTES = new RegExp(String.raw`(\d{1,2})\s?[:;]\s?(\d{2})(?!\d)${HALF}?`, 'iy');
const CLOCK_WITH_DOT = new RegExp(String.raw`(\d{1,2})\.(\d{2})(?!\d)${HALF}`, 'iy');
const CLOCK_WITH_HALF = new RegExp(String.raw`(\d{1,2})${HALF}`, 'iy');
const CLOCK_RUN_TOGETHER = new RegExp(String.raw`(\d{1,2})([0-5]\d)${HALF}`, 'iy');
const MILITARY_RANGE = /([01]?\d|2[0-4])(00|15|30|45)(?=\s?(?:-|to)\s?(?:[01]?\d|2[0-4])(?:00|15|30|45)(?![\d-]))/iy;
const MILITARY_END = /([01]?\d|2[0-4])(00|15|30|45)(?![\d-])/y;
const HOUR_RANGE =
  /(\d{1,2})\s?h(?:rs?)?(\d{2})?(?=\s?(?:-|a|to|hasta)\s?(?:las\s)?\d{1,2}\s?h(?:\d{2})?(?![a-z\d]))/iy;
const HOUR_END = /(\d{1,2})\s?h(?:rs?)?(\d{2})?(?![a-z\d])/iy;
const ORDINAL = /(\d{1,2})\s?(?:st|nd|rd|th|er|do|ro)(?![a-z])/iy;
const SLASH_DATE = /(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/y;
const DASH_DATE = /(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\d-])/y;
const DECOYS = [
  /\$\s?\d+(?:[.,]\d+)*(?:\s?-\s?\$?\d+(?:[.,]\d+)?)?/y,
  /\d+(?:\.\d+)?\s?[¢%]/y,
  /(?:\+?1[-. ]?)?\(\d{3}\)\s?\d{3}[-. ]?\d{4}/y,
  /(?:\+?1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)/y,
  /\d{3}-\d{4}(?!\d)/y,
  /#\s?\d+/y,
  /\d{2}\s?\+/y,
  /\d-(?:4|for)-\d/iy,
  /\d+\/\d+\s?(?:price|off|lb|oz|yd)/iy,
  /\d+(?:\.\d+)?\s?[km](?![a-z])/iy,
  /\d{1,2}\s?-\s?\d{1,2}\s?(?:players|people|years|yrs|miles|mi\b|oz|min|dollars)/iy,
];
const NUMBER = /\d+/y;
const WORD = /[\p{L}]+(?:['’][\p{L}]+)*/uy;
const DAY_NAME_INSIDE = /(?:mon|tues|wednes|thurs|fri|satur|sun)days?/i;

/** Splits text into tokens; every token keeps its offsets into `text`. */
export function tokenize(text: string): Token[] {
  const clean = repairDigits(text);
  const tokens: Token[] = [];
  let at = 0;
  while (at < clean.length) {
    if (/\s/.test(clean.charAt(at))) {
      at += 1;
      continue;
    }
    const found = tokensAt(clean, at, tokens.at(-1));
    tokens.push(...found);
    at = found.at(-1)?.end ?? at + 1;
  }
  return tokens;
}

/**
 * Recognition reads `10` as `1O` or `lO`: in front of am/pm such letters are digits. Also makes dashes and apostrophes
 * plain. Keeps the length, so that offsets still hold.
 */
export function repairDigits(text: string): string {
  return text
    .replace(/[‐-―−~]/g, '-')
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\u00a0/g, ' ')
    .replace(
      /(?<![\p{L}\d])(?:[lI|1]?[0-9OolI|])(?:[:;.][0-9OolI]{2})?(?=\s?[apAP]\.?\s?[mM]?\.?(?![\p{L}]))/gu,
      (digits) => (/\d/.test(digits) || /^[lI|][Oo]$/.test(digits) ? toDigits(digits) : digits),
    );
}

function toDigits(letters: string): string {
  return letters.replace(/[Oo]/g, '0').replace(/[lI|]/g, '1');
}

function tokensAt(text: string, at: number, previous: Token | undefined): Token[] {
  if (/[\d$#(+]/.test(text.charAt(at))) {
    const token = militaryAt(text, at, previous) ?? hourRangeAt(text, at) ?? decoyAt(text, at) ?? numericAt(text, at);
    if (token !== null) return [token];
  }
  const word = match(WORD, text, at);
  if (word !== null) return wordTokens(word[0], at);
  return [{ kind: 'sign', sign: text.charAt(at), start: at, end: at + 1 }];
}

function decoyAt(text: string, at: number): Token | null {
  for (const pattern of DECOYS) {
    const found = match(pattern, text, at);
    if (found !== null) return { kind: 'decoy', start: at, end: at + found[0].length };
  }
  return null;
}

function numericAt(text: string, at: number): Token | null {
  const clock = clockAt(text, at);
  if (clock !== null) return clock;
  const date = match(SLASH_DATE, text, at) ?? match(DASH_DATE, text, at);
  if (date !== null) {
    const end = at + date[0].length;
    return { kind: 'date', first: Number(date[1]), second: Number(date[2]), year: fullYear(date[3]), start: at, end };
  }
  const ordinal = match(ORDINAL, text, at);
  if (ordinal !== null) return { kind: 'ordinal', value: Number(ordinal[1]), start: at, end: at + ordinal[0].length };
  const number = match(NUMBER, text, at);
  if (number === null) return null;
  return { kind: 'number', value: Number(number[0]), digits: number[0], start: at, end: at + number[0].length };
}

function clockAt(text: string, at: number): Token | null {
  const found =
    match(CLOCK_WITH_MINUTES, text, at) ?? match(CLOCK_WITH_DOT, text, at) ?? match(CLOCK_RUN_TOGETHER, text, at);
  if (found !== null) return clockToken(Number(found[1]), Number(found[2]), found[3] ?? found[4], at, found[0]);
  const short = match(CLOCK_WITH_HALF, text, at);
  return short === null ? null : clockToken(Number(short[1]), 0, short[2] ?? short[3], at, short[0]);
}

/** `830-1230`, `1900-2300`: both ends on a quarter of an hour, or it is a phone number. */
function militaryAt(text: string, at: number, previous: Token | undefined): Token | null {
  const follows =
    previous?.kind === 'clock' || text.slice(0, at).trimEnd().endsWith('to') || text.charAt(at - 1) === '-';
  const afterStart = follows && /(?<!\d)(?:[01]?\d|2[0-4])(?:00|15|30|45)\s?(?:-|to)\s?$/i.test(text.slice(0, at));
  const found =
    (/\d/.test(text.charAt(at - 1)) ? null : match(MILITARY_RANGE, text, at)) ??
    (afterStart ? match(MILITARY_END, text, at) : null);
  return found === null ? null : clockToken(Number(found[1]), Number(found[2]), undefined, at, found[0]);
}

/** `20h a 00h`, `19h30-23h`: only as a range, since `18h` alone is how old a post is. */
function hourRangeAt(text: string, at: number): Token | null {
  const isEnd = /\dh(?:rs?)?(?:\d{2})?\s?(?:-|a|to|hasta)\s?(?:las\s)?$/i.test(text.slice(Math.max(0, at - 16), at));
  const found = match(HOUR_RANGE, text, at) ?? (isEnd ? match(HOUR_END, text, at) : null);
  const minute = Number(found?.[2] ?? '0');
  if (found === null || Number(found[1]) > 24 || minute > 59) return null;
  return {
    kind: 'clock',
    hour: Number(found[1]),
    minute,
    half: null,
    is24h: true,
    start: at,
    end: at + found[0].length,
  };
}

function clockToken(hour: number, minute: number, half: string | undefined, at: number, raw: string): Token | null {
  if (hour > 24 || minute > 59) return null;
  // `3:21` is the length of a song: shows begin on a round minute.
  if (half === undefined && minute % 5 !== 0) return null;
  const marked = half === undefined ? null : half.toLowerCase() === 'a' ? 'am' : 'pm';
  const padded = /^0\d/.test(raw);
  const is24h = hour > 12 || hour === 0 || (marked === null && padded);
  return {
    kind: 'clock',
    hour,
    minute,
    half: hour > 12 ? null : marked,
    is24h,
    start: at,
    end: at + raw.trimEnd().length,
  };
}

function wordTokens(printed: string, at: number): Token[] {
  const inside = DAY_NAME_INSIDE.exec(printed);
  const pieces: [string, number][] = [];
  if (inside !== null && inside[0].length < printed.length && !printed.includes("'")) {
    const { index } = inside;
    const after = index + inside[0].length;
    pieces.push([printed.slice(0, index), at], [inside[0], at + index], [printed.slice(after), at + after]);
  } else {
    pieces.push([printed, at]);
  }
  return pieces
    .filter(([piece]) => piece !== '')
    .map(([piece, start]) => ({ kind: 'word', word: plain(piece), printed: piece, start, end: start + piece.length }));
}

/** Lower case, without accents or apostrophes: `Miércoles` and `miercoles` are one word. */
export function plain(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
}

function fullYear(digits: string | undefined): number | null {
  if (digits === undefined) return null;
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The word at an index, in lower case; empty where there is none. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' ? token.word : '';
}

/** The sign at an index; empty where there is none. */
export function signAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'sign' ? token.sign : '';
}
