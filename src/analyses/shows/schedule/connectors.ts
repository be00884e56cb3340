import { signAt, wordAt, type Token } from './tokens.ts';

const LIST_WORDS = new Set(['and', 'n', 'y', 'e', 'plus', 'or']);
const LIST_SIGNS = new Set([',', '&', '+', '/', '|', '·', '•']);

/** Past `,`, `&`, `and`: the index given where none stands there. */
export function skipConnectors(tokens: readonly Token[], index: number): number {
  let at = index;
  while (LIST_SIGNS.has(signAt(tokens, at)) || LIST_WORDS.has(wordAt(tokens, at))) at += 1;
  return at;
}

/** Past the full stop of a short form (`Fri.`). */
export function skipDot(tokens: readonly Token[], index: number): number {
  return signAt(tokens, index) === '.' ? index + 1 : index;
}

/** Past any of these words. */
export function skipWords(tokens: readonly Token[], index: number, words: readonly string[]): number {
  let at = index;
  while (words.includes(wordAt(tokens, at))) at += 1;
  return at;
}

/** `of`, `de`, `del` */
export function isOf(tokens: readonly Token[], index: number): boolean {
  return ['of', 'de', 'del'].includes(wordAt(tokens, index));
}

/**
 * Past the longest of some sequences of words, numbers and signs, each written with a blank between its tokens
 * (`bi - weekly`).
 *
 * @returns null where none stands here
 */
export function pastSequence(tokens: readonly Token[], index: number, sequences: readonly string[]): number | null {
  const lengths = sequences
    .map((sequence) => sequence.split(' '))
    .filter((parts) => parts.every((part, step) => plainAt(tokens, index + step) === part))
    .map((parts) => parts.length);
  return lengths.length === 0 ? null : index + Math.max(...lengths);
}

function plainAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'number' ? token.digits : wordAt(tokens, index) || signAt(tokens, index);
}
