import { signAt, wordAt, type Token } from './tokens.ts';

/** A date as printed, with what it says about the schedule. */
export interface DatePhrase {
  kind: 'date';
  start: number;
  end: number;
  month: number;
  day: number;
  /** null where no year is printed. */
  year: number | null;
  /** `from`: starting May 3; `until`: thru Aug 30; `except`: no karaoke 12/25; `on`: that one night. */
  relation: 'from' | 'until' | 'except' | 'on';
}

interface Found {
  phrase: DatePhrase;
  next: number;
}

const MONTHS: Record<string, number> = {
  jan: 1, january: 1, enero: 1, feb: 2, february: 2, febrero: 2, mar: 3, march: 3, marzo: 3, apr: 4, april: 4, abril: 4,
  may: 5, mayo: 5, jun: 6, june: 6, junio: 6, jul: 7, july: 7, julio: 7, aug: 8, august: 8, agosto: 8,
  sep: 9, sept: 9, september: 9, septiembre: 9, oct: 10, october: 10, octubre: 10, nov: 11, november: 11, noviembre: 11,
  dec: 12, december: 12, diciembre: 12,
}; // prettier-ignore
const FROM = new Set([
  'starting',
  'starts',
  'start',
  'begins',
  'beginning',
  'from',
  'since',
  'effective',
  'off',
  'desde',
  'begin',
]);
const UNTIL = new Set(['thru', 'through', 'until', 'till', 'til', 'ending', 'ends', 'hasta']);
const EXCEPT = new Set(['except', 'excluding', 'closed', 'excepto', 'not']);

/** The date phrase that begins at a token. A bare `8/16` counts only beside words of a schedule. */
export function datePhraseAt(tokens: readonly Token[], index: number): Found | null {
  return namedMonthAt(tokens, index) ?? dayThenMonthAt(tokens, index) ?? numericAt(tokens, index);
}

function namedMonthAt(tokens: readonly Token[], index: number): Found | null {
  const month = MONTHS[wordAt(tokens, index)];
  if (month === undefined) return null;
  const dayIndex = signAt(tokens, index + 1) === '.' ? index + 2 : index + 1;
  const day = dayNumber(tokens[dayIndex]);
  if (day === null) return null;
  return make(tokens, index, dayIndex + 1, month, day);
}

function dayThenMonthAt(tokens: readonly Token[], index: number): Found | null {
  const day = dayNumber(tokens[index]);
  const monthIndex = ['of', 'de'].includes(wordAt(tokens, index + 1)) ? index + 2 : index + 1;
  const month = MONTHS[wordAt(tokens, monthIndex)];
  if (day === null || month === undefined || dayNumber(tokens[monthIndex + 1]) !== null) return null;
  return make(tokens, index, monthIndex + 1, month, day);
}

function numericAt(tokens: readonly Token[], index: number): Found | null {
  const token = tokens[index];
  if (token?.kind !== 'date' || token.first < 1 || token.first > 12 || token.second < 1 || token.second > 31)
    return null;
  return make(tokens, index, index + 1, token.first, token.second, token.year);
}

function make(
  tokens: readonly Token[],
  first: number,
  next: number,
  month: number,
  day: number,
  printedYear: number | null = null,
): Found | null {
  const [year, after] = printedYear === null ? yearAt(tokens, next) : [printedYear, next];
  const start = tokens[first]?.start ?? 0;
  const end = tokens[after - 1]?.end ?? start;
  return {
    phrase: { kind: 'date', start, end, month, day, year, relation: relationOf(tokens, first, after) },
    next: after,
  };
}

function relationOf(tokens: readonly Token[], index: number, next: number): DatePhrase['relation'] {
  for (let at = index - 1; at >= Math.max(0, index - 4); at -= 1) {
    const token = tokens[at];
    if (token?.kind === 'clock' || token?.kind === 'number') return 'on';
    const word = wordAt(tokens, at);
    if (FROM.has(word)) return 'from';
    if (UNTIL.has(word)) return 'until';
    if (EXCEPT.has(word) || (word === 'karaoke' && wordAt(tokens, at - 1) === 'no')) return 'except';
  }
  const after = [0, 1].map((step) => wordAt(tokens, next + step)).join(' ');
  return after === 'no karaoke' ? 'except' : 'on';
}

function yearAt(tokens: readonly Token[], index: number): [number | null, number] {
  const at = signAt(tokens, index) === ',' ? index + 1 : index;
  const token = tokens[at];
  const isYear = token?.kind === 'number' && token.digits.length === 4 && token.value >= 2000 && token.value < 2100;
  return isYear ? [token.value, at + 1] : [null, index];
}

function dayNumber(token: Token | undefined): number | null {
  if (token?.kind !== 'number' && token?.kind !== 'ordinal') return null;
  return token.value >= 1 && token.value <= 31 ? token.value : null;
}
