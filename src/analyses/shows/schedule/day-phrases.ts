import { WEEKDAYS, type Weekday } from '../../../contract/show.ts';
import { isOf, pastSequence, skipConnectors, skipWords } from './connectors.ts';
import { dayListAt } from './day-lists.ts';
import { aWeek, dayRange, inCalendarOrder, weekdayAt } from './day-words.ts';
import { weeksApartBefore, weeksApartBehind } from './fortnight.ts';
import { monthlyTail, ofTheMonth, ordinalsAt, ordinalsBehind } from './month-ordinals.ts';
import { wordAt, type Token } from './tokens.ts';

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
  const spanish = spanishPartOfWeek(tokens, index);
  if (spanish !== null) return spanish;
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

/** `entre semana`, `(todos los) fines de semana`; not `este fin de semana`, which is one night or two. */
function spanishPartOfWeek(tokens: readonly Token[], index: number): Found | null {
  if (['este', 'proximo'].includes(wordAt(tokens, index - 1))) return null;
  const weekdays = pastSequence(tokens, index, ['entre semana']);
  if (weekdays !== null) return make(tokens, index, weekdays, { days: dayRange('MO', 'FR') });
  const at = EVERY.has(wordAt(tokens, index)) ? skipWords(tokens, index + 1, ['los']) : index;
  const weekend = pastSequence(tokens, at, ['fines de semana', 'fin de semana']);
  return weekend === null ? null : make(tokens, index, weekend, { days: ['SA', 'SU'] });
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
  const apart = weeksApartBefore(tokens, index);
  const intervalWeeks = apart?.weeks ?? 1;
  let at = apart?.next ?? index;
  let once = false;
  const every = EVERY.has(wordAt(tokens, index));
  if (apart === null && every) at = skipWords(tokens, index + 1, ['los', 'las', 'single']);
  else if (['this', 'next', 'este', 'esta', 'proximo'].includes(wordAt(tokens, at))) {
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
  // "Last Friday" alone is a night that is over; "last Friday of the month" or "2nd & last Friday" is a rule.
  const onlyLast = ordinals.length > 0 && ordinals.every((ordinal) => ordinal === -1);
  if (onlyLast && month === next && !list.every && !standsInList(tokens, index)) return null;
  const { days, once } = list;
  const behind = list.intervalWeeks === 1 && ordinals.length === 0 ? weeksApartBehind(tokens, month) : null;
  const intervalWeeks = behind?.weeks ?? list.intervalWeeks;
  return make(tokens, index, behind?.next ?? month, { days, ordinals, intervalWeeks, once });
}

/** `2nd Fri & last Sat`: behind a day and a connecting word. */
function standsInList(tokens: readonly Token[], index: number): boolean {
  return skipConnectors(tokens, index - 1) === index && weekdayAt(tokens, index - 2) !== null;
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
