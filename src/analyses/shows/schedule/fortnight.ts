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

/** Past words in front of days that mean every other week; null where none stand here. */
export function everyOtherBefore(tokens: readonly Token[], index: number): number | null {
  const next = pastSequence(tokens, index, [...BEFORE_DAYS, ...EITHER_SIDE]);
  if (next === null) return null;
  return skipWords(tokens, signAt(tokens, next) === ',' ? next + 1 : next, ['on', 'the', 'los', 'el', 'de']);
}

/** Past words behind days that mean every other week; null where none stand there. */
export function everyOtherBehind(tokens: readonly Token[], index: number): number | null {
  const isSet = ['(', ',', '-'].includes(signAt(tokens, index));
  const at = isSet ? index + 1 : index;
  // "Fridays every other Saturday": what has days of its own behind it speaks of those.
  const next = pastSequence(tokens, at, [...BEHIND_DAYS, ...EITHER_SIDE]);
  if (next === null || ['on', 'los'].includes(wordAt(tokens, next))) return null;
  return signAt(tokens, index) === '(' && signAt(tokens, next) === ')' ? next + 1 : next;
}
