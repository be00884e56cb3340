import { isOf, skipConnectors, skipWords } from './connectors.ts';
import { signAt, wordAt, type Token } from './tokens.ts';

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
  quinto: 5,
  ultimo: -1,
};

/** `1st & 3rd`, `the last`: which of the month. 1..5, -1 for the last. */
export function ordinalsAt(tokens: readonly Token[], index: number): { values: number[]; next: number } {
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
export function ordinalsBehind(tokens: readonly Token[], index: number): { values: number[]; next: number } {
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

/** Past `of the month`: the index given where that does not stand there. */
export function monthlyTail(tokens: readonly Token[], index: number): number {
  if (!isOf(tokens, index)) return index;
  const at = skipWords(tokens, index + 1, ['the', 'each', 'every', 'cada']);
  return ['month', 'mes', 'months'].includes(wordAt(tokens, at)) ? at + 1 : index;
}

/** Whether `of the month` stands here. */
export function ofTheMonth(tokens: readonly Token[], index: number): boolean {
  return monthlyTail(tokens, index) > index;
}
