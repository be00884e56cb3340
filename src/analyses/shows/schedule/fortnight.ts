import { pastSequence, skipWords } from './connectors.ts';
import { signAt, wordAt, type Token } from './tokens.ts';

/** Stand before the days alone: `every other Sunday`, `cada dos domingos`. */
const BEFORE_DAYS = ['every other', 'every alternate', 'cada dos', 'cada otro', 'alternate', 'alternating'];
/** Stand before the days or behind them: `biweekly on Thursdays`, `Thursdays (every other week)`. */
const EITHER_SIDE = [
  'every other week',
  'every two weeks',
  'every 2 weeks',
  'every fortnight',
  'fortnightly',
  'alternate weeks',
  'alternating weeks',
  'biweekly',
  'bi weekly',
  'bi - weekly',
  'quincenal',
  'quincenales',
  'quincenalmente',
  'cada dos semanas',
  'cada 2 semanas',
  'cada quince dias',
  'cada 15 dias',
];
const BEHIND_DAYS = ['si y otro no', 'alternos', 'alternating', 'alternate'];

/** Words that say how many weeks lie between nights, with the index behind them. */
export interface WeeksApart {
  weeks: number;
  next: number;
}

/** `every other week` apart from the days that it speaks of: `Wed 8-12 every other week`. */
export interface WeeksApartPhrase {
  kind: 'apart';
  start: number;
  end: number;
  weeks: number;
}

/** Such words by themselves; null where none stand here. */
export function weeksApartAt(
  tokens: readonly Token[],
  index: number,
): { phrase: WeeksApartPhrase; next: number } | null {
  const found = everyOther(tokens, index, EITHER_SIDE) ?? everyFewWeeks(tokens, index);
  if (found === null) return null;
  const start = tokens[index]?.start ?? 0;
  const end = tokens[found.next - 1]?.end ?? start;
  return { phrase: { kind: 'apart', start, end, weeks: found.weeks }, next: found.next };
}

/** Words in front of days that mean every other (or every n-th) week; null where none stand here. */
export function weeksApartBefore(tokens: readonly Token[], index: number): WeeksApart | null {
  const found = everyOther(tokens, index, [...BEFORE_DAYS, ...EITHER_SIDE]) ?? everyFewWeeks(tokens, index);
  if (found === null) return null;
  const at = signAt(tokens, found.next) === ',' ? found.next + 1 : found.next;
  return { weeks: found.weeks, next: skipWords(tokens, at, ['on', 'the', 'los', 'el', 'de']) };
}

/** Words behind days that mean every other (or every n-th) week; null where none stand there. */
export function weeksApartBehind(tokens: readonly Token[], index: number): WeeksApart | null {
  const isSet = ['(', ',', '-'].includes(signAt(tokens, index));
  const at = isSet ? index + 1 : index;
  const found = everyOther(tokens, at, [...BEHIND_DAYS, ...EITHER_SIDE]) ?? everyFewWeeks(tokens, at);
  // "Fridays, every other week on Saturdays": what has days of its own behind it speaks of those.
  if (found === null || ['on', 'los'].includes(wordAt(tokens, found.next))) return null;
  const isClosed = signAt(tokens, index) === '(' && signAt(tokens, found.next) === ')';
  return { weeks: found.weeks, next: isClosed ? found.next + 1 : found.next };
}

function everyOther(tokens: readonly Token[], index: number, sequences: readonly string[]): WeeksApart | null {
  const next = pastSequence(tokens, index, sequences);
  return next === null ? null : { weeks: 2, next };
}

/** `every 3 weeks` */
function everyFewWeeks(tokens: readonly Token[], index: number): WeeksApart | null {
  const number = tokens[index + 1];
  const isSo =
    ['every', 'cada'].includes(wordAt(tokens, index)) && /^(?:weeks|semanas)$/.test(wordAt(tokens, index + 2));
  if (!isSo || number?.kind !== 'number' || number.value < 2 || number.value > 12) return null;
  return { weeks: number.value, next: index + 3 };
}
