import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';
import { aWeek, dayRange, inCalendarOrder, letterDayAt, weekdayAt } from './day-words.ts';
import { signAt, wordAt, type Token } from './tokens.ts';

/** Words that say on which nights: `every Tues & Thurs`, `1st & 3rd Mondays`, `nightly`. */
export interface DayPhrase {
  kind: 'days';
  start: number;
  end: number;
  days: Weekday[];
  /** Which of the month: 1..5, -1 for the last; empty for every week. */
  ordinals: number[];
  /** 2 for every other week. */
  intervalWeeks: number;
  /** One night only (`this Saturday`), not a rule. */
  once: boolean;
  daily: boolean;
  /** Nights that are taken away: `closed Mondays`, `except Sunday`. */
  excluded: boolean;
  /** Said to repeat: `every Thursday`, `Thursdays`, `1st Monday`. */
  repeats: boolean;
}

interface Found {
  phrase: DayPhrase;
  /** Index of the first token after the phrase. */
  next: number;
}

const RANGE_WORDS = new Set(['to', 'thru', 'through', 'til', 'till', 'until', 'a', 'al', 'hasta', 'tru']);
const LIST_WORDS = new Set(['and', 'n', 'y', 'e', 'plus', 'or']);
const LIST_SIGNS = new Set([',', '&', '+', '/', '|', '·', '•']);
const EVERY = new Set(['every', 'each', 'cada', 'todos', 'todas', 'all', 'evry']);
const NIGHT = new Set([
  'night',
  'nights',
  'nite',
  'nites',
  'day',
  'days',
  'noche',
  'noches',
  'dia',
  'dias',
  'evening',
  'evenings',
]);
const ORDINAL_WORDS: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: -1,
  primer: 1,
  primero: 1,
  segundo: 2,
  tercer: 3,
  cuarto: 4,
  ultimo: -1,
};
const WHOLE_WEEK: Record<string, Weekday[]> = {
  nightly: [...WEEKDAYS],
  daily: [...WEEKDAYS],
  diario: [...WEEKDAYS],
  weekdays: dayRange('MO', 'FR'),
  weeknights: dayRange('MO', 'FR'),
  weekends: ['SA', 'SU'],
};
const EXCLUDING = new Set(['closed', 'except', 'excluding', 'excepto', 'menos', 'not']);

/** The day phrase that begins at a token, the longest there is. */
export function dayPhraseAt(tokens: readonly Token[], index: number): Found | null {
  // "Last Friday was great": a night that is over.
  if (['last', 'past', 'pasado'].includes(wordAt(tokens, index - 1)) && weekdayAt(tokens, index) !== null) return null;
  const found = wholeWeekAt(tokens, index) ?? listedDaysAt(tokens, index);
  if (found === null) return null;
  const before = wordAt(tokens, index - 1);
  const beforeThat = wordAt(tokens, index - 2);
  found.phrase.excluded = EXCLUDING.has(before) || (before === 'on' && EXCLUDING.has(beforeThat));
  return found;
}

function wholeWeekAt(tokens: readonly Token[], index: number): Found | null {
  const word = wordAt(tokens, index);
  const days = WHOLE_WEEK[word];
  if (days !== undefined) return make(tokens, index, index + 1, { days, daily: days.length === 7 });
  const every = EVERY.has(word) && word !== 'all';
  if (every) {
    const next = skipWords(tokens, index + 1, ['single', 'los', 'las', 'damn']);
    if (wordAt(tokens, next) === 'weekend') return make(tokens, index, next + 1, { days: ['SA', 'SU'] });
    if (wordAt(tokens, next) === 'weekday') return make(tokens, index, next + 1, { days: dayRange('MO', 'FR') });
    if (NIGHT.has(wordAt(tokens, next)) && weekdayAt(tokens, next) === null && !ofTheMonth(tokens, next + 1))
      return make(tokens, index, weekTail(tokens, next + 1), { days: [...WEEKDAYS], daily: true });
  }
  return sevenNightsAt(tokens, index, word);
}

/** `every night of the week` */
function weekTail(tokens: readonly Token[], index: number): number {
  const at = isOf(tokens, index) ? skipWords(tokens, index + 1, ['the', 'la']) : index;
  return ['week', 'semana'].includes(wordAt(tokens, at)) ? at + 1 : index;
}

function sevenNightsAt(tokens: readonly Token[], index: number, word: string): Found | null {
  const token = tokens[index];
  const seven = word === 'seven' || (token?.kind === 'number' && token.value === 7);
  // Print that begins with `DAYS A WEEK` has lost its number to the eye. Only a seven says which days are meant.
  const lostSeven = index === 0 && NIGHT.has(word) && aWeek(tokens, 1) > 1;
  if (lostSeven) return make(tokens, 0, aWeek(tokens, 1), { days: [...WEEKDAYS], daily: true });
  if (!seven || !NIGHT.has(wordAt(tokens, index + 1))) return null;
  const next = aWeek(tokens, index + 2);
  return make(tokens, index, next, { days: [...WEEKDAYS], daily: true });
}

function listedDaysAt(tokens: readonly Token[], index: number): Found | null {
  let at = index;
  let intervalWeeks = 1;
  let once = false;
  const every = EVERY.has(wordAt(tokens, at));
  if (every) {
    at = skipWords(tokens, at + 1, ['los', 'las', 'single']);
    if (wordAt(tokens, at) === 'other' || wordAt(tokens, at) === 'alternate') {
      intervalWeeks = 2;
      at += 1;
    }
  } else if (['alternate', 'alternating', 'biweekly'].includes(wordAt(tokens, at))) {
    intervalWeeks = 2;
    at += 1;
  } else if (['this', 'next', 'este', 'esta', 'proximo'].includes(wordAt(tokens, at))) {
    once = true;
    at = skipWords(tokens, at + 1, ['coming', 'past']);
  }
  const ordinals = ordinalsAt(tokens, at);
  at = ordinals.next;
  const list = dayListAt(tokens, at);
  if (list === null) return null;
  return finishList(tokens, index, { ...list, every, ordinals: ordinals.values, intervalWeeks, once });
}

interface ListedDays {
  days: Weekday[];
  next: number;
  every: boolean;
  ordinals: number[];
  intervalWeeks: number;
  once: boolean;
}

function finishList(tokens: readonly Token[], index: number, list: ListedDays): Found | null {
  let { next, ordinals } = list;
  if (NIGHT.has(wordAt(tokens, next)) && weekdayAt(tokens, next) === null) next += 1;
  if (ordinals.length === 0) {
    const behind = ordinalsBehind(tokens, next);
    ordinals = behind.values;
    next = behind.next;
  }
  const month = monthlyTail(tokens, next);
  // "Last Friday" alone is a night that is over; "last Friday of the month" is a rule.
  if (ordinals.includes(-1) && month === next && !list.every) return null;
  const { days, intervalWeeks, once } = list;
  return make(tokens, index, month, { days, ordinals, intervalWeeks, once });
}

function dayListAt(tokens: readonly Token[], index: number): { days: Weekday[]; next: number } | null {
  const first = dayOrRangeAt(tokens, index);
  if (first === null) return null;
  const days = [...first.days];
  let next = first.next;
  for (;;) {
    const after = skipConnectors(tokens, next);
    const more = after === next ? null : dayOrRangeAt(tokens, after);
    if (more === null) return { days, next };
    days.push(...more.days);
    next = more.next;
  }
}

function dayOrRangeAt(tokens: readonly Token[], index: number): { days: Weekday[]; next: number } | null {
  const letters = letterRangeAt(tokens, index);
  if (letters !== null) return letters;
  const first = weekdayAt(tokens, index);
  if (first === null) return null;
  const at = rangeSignAt(tokens, index + 1);
  const last = at === null ? null : weekdayAt(tokens, at);
  if (at === null || last === null) return { days: [first], next: skipDot(tokens, index + 1) };
  return { days: dayRange(first, last), next: skipDot(tokens, at + 1) };
}

function letterRangeAt(tokens: readonly Token[], index: number): { days: Weekday[]; next: number } | null {
  const first = letterDayAt(tokens, index);
  const sign = signAt(tokens, index + 1);
  const last = letterDayAt(tokens, index + 2) ?? weekdayAt(tokens, index + 2);
  if (first === null || last === null || tokens[index + 2] === undefined) return null;
  if (sign === '-') return { days: dayRange(first, last), next: index + 3 };
  if (sign !== '/' && sign !== '&') return null;
  const further = letterRangeAt(tokens, index + 2);
  return { days: [first, ...(further?.days ?? [last])], next: further?.next ?? index + 3 };
}

function rangeSignAt(tokens: readonly Token[], index: number): number | null {
  const at = skipDot(tokens, index);
  if (signAt(tokens, at) === '-' || RANGE_WORDS.has(wordAt(tokens, at))) return at + 1;
  return null;
}

function ordinalsAt(tokens: readonly Token[], index: number): { values: number[]; next: number } {
  const values: number[] = [];
  let at = skipWords(tokens, index, ['the', 'el']);
  let next = index;
  for (;;) {
    const value = ordinalAt(tokens, at);
    if (value === null) return { values, next };
    values.push(value);
    next = at + 1;
    at = skipConnectors(tokens, next);
    if (at === next) return { values, next };
  }
}

/** `Mondays (1st & 3rd)`: the ordinals may follow, then in brackets or with "of the month". */
function ordinalsBehind(tokens: readonly Token[], index: number): { values: number[]; next: number } {
  const none = { values: [], next: index };
  const bracket = signAt(tokens, index) === '(';
  const { values, next } = ordinalsAt(tokens, bracket || signAt(tokens, index) === '-' ? index + 1 : index);
  if (values.length === 0) return none;
  if (bracket && signAt(tokens, next) === ')') return { values, next: next + 1 };
  return monthlyTail(tokens, next) > next ? { values, next } : none;
}

function ordinalAt(tokens: readonly Token[], index: number): number | null {
  const token = tokens[index];
  if (token?.kind === 'ordinal') return token.value <= 5 ? token.value : null;
  return token?.kind === 'word' ? (ORDINAL_WORDS[token.word] ?? null) : null;
}

function monthlyTail(tokens: readonly Token[], index: number): number {
  if (!isOf(tokens, index)) return index;
  const at = skipWords(tokens, index + 1, ['the', 'each', 'every', 'cada']);
  return ['month', 'mes', 'months'].includes(wordAt(tokens, at)) ? at + 1 : index;
}

function ofTheMonth(tokens: readonly Token[], index: number): boolean {
  return monthlyTail(tokens, index) > index;
}

function isOf(tokens: readonly Token[], index: number): boolean {
  return ['of', 'de', 'del'].includes(wordAt(tokens, index));
}

function make(tokens: readonly Token[], first: number, next: number, facts: Partial<DayPhrase>): Found {
  const start = tokens[first]?.start ?? 0;
  const end = tokens[next - 1]?.end ?? start;
  const phrase: DayPhrase = {
    kind: 'days',
    start,
    end,
    days: inCalendarOrder(facts.days ?? []),
    ordinals: facts.ordinals ?? [],
    intervalWeeks: facts.intervalWeeks ?? 1,
    once: facts.once ?? false,
    daily: facts.daily ?? false,
    excluded: false,
    repeats: saysRepeating(tokens.slice(first, next), facts),
  };
  return { phrase, next };
}

function saysRepeating(tokens: readonly Token[], { ordinals, intervalWeeks, daily }: Partial<DayPhrase>): boolean {
  if ((ordinals ?? []).length > 0 || (intervalWeeks ?? 1) > 1 || daily === true) return true;
  return tokens.some((token) => token.kind === 'word' && (EVERY.has(token.word) || /days$/.test(token.word)));
}

function skipConnectors(tokens: readonly Token[], index: number): number {
  let at = index;
  while (LIST_SIGNS.has(signAt(tokens, at)) || LIST_WORDS.has(wordAt(tokens, at))) at += 1;
  return at;
}

function skipDot(tokens: readonly Token[], index: number): number {
  return signAt(tokens, index) === '.' ? index + 1 : index;
}

function skipWords(tokens: readonly Token[], index: number, words: readonly string[]): number {
  let at = index;
  while (words.includes(wordAt(tokens, at))) at += 1;
  return at;
}
