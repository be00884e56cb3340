import { pastSequence, skipConnectors, skipWords } from './connectors.ts';
import { weekdayAt } from './day-words.ts';
import { holidayAt } from './holidays.ts';
import { signAt, wordAt, type Token } from './tokens.ts';
import type { PrintedDate } from './yearly-dates.ts';

/** A date as printed, with what it says about the schedule. */
export interface DatePhrase {
  kind: 'date';
  start: number;
  end: number;
  date: PrintedDate;
  /** null where no year is printed. */
  year: number | null;
  /**
   * `from`: starting May 3; `until`: thru Labor Day; `except`: no karaoke 12/25; `during`: in October (the date is the
   * month's end); `on`: that one night.
   */
  relation: 'from' | 'until' | 'except' | 'during' | 'on';
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
  'partir',
]);
const FROM_A_MONTH = new Set(['starting', 'beginning', 'begins', 'starts', 'partir']);
const UNTIL = new Set(['thru', 'through', 'until', 'till', 'til', 'ending', 'ends', 'hasta']);
const EXCEPT = new Set(['except', 'excluding', 'closed', 'excepto', 'salvo', 'menos', 'not']);

/** The date phrase that begins at a token. A bare `8/16` counts only beside words of a schedule. */
export function datePhraseAt(tokens: readonly Token[], index: number): Found | null {
  return (
    namedMonthAt(tokens, index) ??
    dayThenMonthAt(tokens, index) ??
    numericAt(tokens, index) ??
    namedHolidayAt(tokens, index) ??
    monthEndAt(tokens, index) ??
    wholeMonthAt(tokens, index) ??
    boundingMonthAt(tokens, index) ??
    dayOfMonthAt(tokens, index)
  );
}

/** A holiday counts where it bounds the schedule or is said to be the night; `Halloween contest` alone says neither. */
function namedHolidayAt(tokens: readonly Token[], index: number): Found | null {
  const holiday = holidayAt(tokens, index);
  if (holiday === null) return null;
  const found = make(tokens, index, holiday.next, holiday.date);
  const isBound = found.phrase.relation !== 'on' || beginsRange(tokens, found.next);
  return isBound || ['on', 'this'].includes(wordAt(tokens, index - 1)) ? found : null;
}

/** `thru (the) end of August` */
function monthEndAt(tokens: readonly Token[], index: number): Found | null {
  const next = pastSequence(tokens, index, ['end of', 'fin de', 'fines de', 'finales de']);
  const month = next === null ? undefined : MONTHS[wordAt(tokens, next)];
  if (next === null || month === undefined) return null;
  const found = make(tokens, index, next + 1, { kind: 'monthEnd', month });
  return found.phrase.relation === 'on' ? null : found;
}

/** `Fridays in October`: only right behind a day, since months are also names and verbs. */
function wholeMonthAt(tokens: readonly Token[], index: number): Found | null {
  if (!['in', 'en'].includes(wordAt(tokens, index)) || weekdayAt(tokens, index - 1) === null) return null;
  const month = MONTHS[wordAt(tokens, index + 1)];
  if (month === undefined || dayNumber(tokens[index + 2]) !== null) return null;
  const found = make(tokens, index, index + 2, { kind: 'monthEnd', month });
  found.phrase.relation = 'during';
  return found;
}

/** `May thru September`, `starting in September`, `thru October`: from its first day, or until its last. */
function boundingMonthAt(tokens: readonly Token[], index: number): Found | null {
  const month = monthAlone(tokens, index);
  if (month === null) return null;
  const before = wordAt(tokens, ['in', 'de', 'en'].includes(wordAt(tokens, index - 1)) ? index - 2 : index - 1);
  const isFirst = isThrough(tokens, index + 1) && monthAlone(tokens, index + 2) !== null;
  const isLast =
    isThrough(tokens, index - 1) && (signAt(tokens, index - 1) === '' || monthAlone(tokens, index - 2) !== null);
  const isStart = isFirst || FROM_A_MONTH.has(before);
  if (!isStart && !isLast) return null;
  const found = make(
    tokens,
    index,
    index + 1,
    isStart ? { kind: 'fixed', month, day: 1 } : { kind: 'monthEnd', month },
  );
  found.phrase.relation = isStart ? 'from' : 'until';
  return found;
}

/** `Friday the 15th`, `Fri 15th`: which month is found out by the weekday. `Friday 16th Ave` is no date. */
function dayOfMonthAt(tokens: readonly Token[], index: number): Found | null {
  const at = wordAt(tokens, index) === 'the' ? index + 1 : index;
  const [token, after] = [tokens[at], tokens[at + 1]];
  // `Friday 1st` may be the first of each month.
  const isDay = token?.kind === 'ordinal' && token.value <= 31 && (token.value > 5 || at > index);
  if (!isDay || weekdayAt(tokens, index - 1) === null) return null;
  const endsThere = after === undefined || after.kind === 'clock' || after.kind === 'sign';
  if (!endsThere && !['at', 'from', 'karaoke', 'with'].includes(wordAt(tokens, at + 1))) return null;
  return make(tokens, index, at + 1, { kind: 'dayOfMonth', day: token.value });
}

/** A month without a day; null for none. */
function monthAlone(tokens: readonly Token[], index: number): number | null {
  const token = tokens[index];
  const month = MONTHS[wordAt(tokens, index)];
  if (token?.kind !== 'word' || month === undefined || /^may$/.test(token.printed)) return null;
  if (dayNumber(tokens[index - 1]) !== null) return null;
  return dayNumber(tokens[index + 1]) === null || beginsHours(tokens, index + 1) ? month : null;
}

function isThrough(tokens: readonly Token[], index: number): boolean {
  return signAt(tokens, index) === '-' || ['thru', 'through', 'to', 'a'].includes(wordAt(tokens, index));
}

/** `… thru Labor Day`, `… - 8/30` behind a date: it is the first of a range. */
function beginsRange(tokens: readonly Token[], index: number): boolean {
  if (!UNTIL.has(wordAt(tokens, index)) && wordAt(tokens, index) !== 'to' && signAt(tokens, index) !== '-')
    return false;
  const at = skipWords(tokens, index + 1, ['the', 'el']);
  return (
    holidayAt(tokens, at) !== null ||
    (namedMonthAt(tokens, at) ?? dayThenMonthAt(tokens, at) ?? numericAt(tokens, at)) !== null
  );
}

function namedMonthAt(tokens: readonly Token[], index: number): Found | null {
  const month = MONTHS[wordAt(tokens, index)];
  if (month === undefined) return null;
  const dayIndex = signAt(tokens, index + 1) === '.' ? index + 2 : index + 1;
  const day = dayNumber(tokens[dayIndex]);
  if (day === null || beginsHours(tokens, dayIndex)) return null;
  return make(tokens, index, dayIndex + 1, { kind: 'fixed', month, day });
}

/** `September 2-6pm`: hours, not a day of the month. */
function beginsHours(tokens: readonly Token[], index: number): boolean {
  const [first, sign, last] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  return sign?.kind === 'sign' && sign.sign === '-' && sign.start === first?.end && last?.kind === 'clock';
}

function dayThenMonthAt(tokens: readonly Token[], index: number): Found | null {
  const day = dayNumber(tokens[index]);
  const monthIndex = ['of', 'de'].includes(wordAt(tokens, index + 1)) ? index + 2 : index + 1;
  const month = MONTHS[wordAt(tokens, monthIndex)];
  if (day === null || month === undefined || dayNumber(tokens[monthIndex + 1]) !== null) return null;
  return make(tokens, index, monthIndex + 1, { kind: 'fixed', month, day });
}

function numericAt(tokens: readonly Token[], index: number): Found | null {
  const token = tokens[index];
  if (token?.kind !== 'date') return null;
  // `Domingo 17/8`: the day first, where it can be no month and stands behind a weekday (`24/7` does not).
  const isDayFirst = token.first > 12 && token.second <= 12 && weekdayAt(tokens, index - 1) !== null;
  const [month, day] = isDayFirst ? [token.second, token.first] : [token.first, token.second];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return make(tokens, index, index + 1, { kind: 'fixed', month, day }, token.year);
}

function make(
  tokens: readonly Token[],
  first: number,
  next: number,
  date: PrintedDate,
  printedYear: number | null = null,
): Found {
  const [year, after] = printedYear === null ? yearAt(tokens, next) : [printedYear, next];
  const start = tokens[first]?.start ?? 0;
  const end = tokens[after - 1]?.end ?? start;
  return {
    phrase: { kind: 'date', start, end, date, year, relation: relationOf(tokens, first, after) },
    next: after,
  };
}

/** The further days of `Aug 15th & 16th`, `Sept 6, 13, 20`, each a date like the first. */
export function moreDaysAt(tokens: readonly Token[], { phrase, next }: Found): Found[] {
  const { date } = phrase;
  if (date.kind !== 'fixed' || phrase.year !== null) return [];
  const found: Found[] = [];
  let { day } = date;
  let at = skipConnectors(tokens, next);
  for (let behind = next; at > behind; at = skipConnectors(tokens, behind)) {
    const more = dayNumber(tokens[at]);
    if (more === null || more <= day || !endsDay(tokens, at)) break;
    behind = at + 1;
    day = more;
    const { start, end } = tokens[at] ?? phrase;
    found.push({ phrase: { ...phrase, start, end, date: { ...date, day } }, next: behind });
  }
  return found;
}

/** A bare number is one more day where a list, an hour or nothing follows: not the `9` of `Aug 6, 9-1`. */
function endsDay(tokens: readonly Token[], index: number): boolean {
  const after = tokens[index + 1];
  if (tokens[index]?.kind === 'ordinal') return MONTHS[wordAt(tokens, index + 1)] === undefined;
  if (after === undefined || after.kind === 'clock' || signAt(tokens, index + 1) === '@') return true;
  return skipConnectors(tokens, index + 1) > index + 1 && dayNumber(tokens[skipConnectors(tokens, index + 1)]) !== null;
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
  return /^(?:no karaoke|closed\b|cerrado\b)/.test(after) ? 'except' : 'on';
}

function yearAt(tokens: readonly Token[], index: number): [number | null, number] {
  const isJoined = signAt(tokens, index) === ',' || ['de', 'del'].includes(wordAt(tokens, index));
  const at = isJoined ? index + 1 : index;
  const token = tokens[at];
  const isYear = token?.kind === 'number' && token.digits.length === 4 && token.value >= 2000 && token.value < 2100;
  return isYear ? [token.value, at + 1] : [null, index];
}

function dayNumber(token: Token | undefined): number | null {
  if (token?.kind !== 'number' && token?.kind !== 'ordinal') return null;
  return token.value >= 1 && token.value <= 31 ? token.value : null;
}
