import { editsBetween, jaroWinkler, type Letters } from '../likeness/measures.ts';
import type { TextPool } from './text-pool.ts';

const CACHE_BITS = 20;
const SAME = 1;
const VOWELS = new Set([...'aeiou'].map((letter) => letter.charCodeAt(0)));

/** How like two words are, 0 to 1, by number in a vocabulary; what was found out last is remembered. */
export class WordLikeness {
  readonly #vocabulary: TextPool;
  readonly #keys = new Float64Array(1 << CACHE_BITS).fill(-1);
  readonly #known = new Float32Array(1 << CACHE_BITS);
  /** By word: one bit for each letter that occurs, and one for all digits. */
  readonly #letters: Int32Array;
  readonly #a: Letters;
  readonly #b: Letters;

  /** @param vocabulary which must not grow any more */
  constructor(vocabulary: TextPool) {
    this.#vocabulary = vocabulary;
    this.#letters = Int32Array.from({ length: vocabulary.size }, (_, word) =>
      lettersOf({ codes: vocabulary.codes, start: vocabulary.startOf(word), end: vocabulary.endOf(word) }),
    );
    this.#a = { codes: vocabulary.codes, start: 0, end: 0 };
    this.#b = { codes: vocabulary.codes, start: 0, end: 0 };
  }

  /**
   * 1 for the same word, 0.8 to 0.95 for a slip of the pen or a shortened form (`conf`, `conference`; `blvd`, `boulevard`),
   * else 0. Words with digits are the same or not: one digit apart is another house or another model.
   */
  between(a: number, b: number): number {
    if (a === b) return SAME;
    // Most words are told apart by their letters alone, without a look at memory far away.
    const onlyA = this.#letters[a]! & ~this.#letters[b]!;
    const onlyB = this.#letters[b]! & ~this.#letters[a]!;
    if (onlyA !== 0 && onlyB !== 0 && (bitCount(onlyA) > 2 || bitCount(onlyB) > 2)) return 0;
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - CACHE_BITS);
    const key = low * 2 ** 26 + high;
    if (this.#keys[slot] === key) return this.#known[slot]!;
    const likeness = this.#measure(low, high);
    this.#keys[slot] = key;
    this.#known[slot] = likeness;
    return likeness;
  }

  /** Whether one is the other's first letter, or initials that begin with it (`pa` for `philip`). */
  isInitialOf(a: number, b: number): boolean {
    const shorter = Math.min(this.#vocabulary.lengthOf(a), this.#vocabulary.lengthOf(b));
    const codes = this.#vocabulary.codes;
    return shorter <= 2 && codes[this.#vocabulary.startOf(a)] === codes[this.#vocabulary.startOf(b)];
  }

  #measure(low: number, high: number): number {
    const pool = this.#vocabulary;
    const isLowShort = pool.lengthOf(low) <= pool.lengthOf(high);
    const shorter = this.#set(this.#a, isLowShort ? low : high);
    const longer = this.#set(this.#b, isLowShort ? high : low);
    const length = shorter.end - shorter.start;
    const longerLength = longer.end - longer.start;
    if (length < 3 || hasDigit(shorter) || hasDigit(longer)) return 0;
    const { codes } = pool;
    let prefix = 0;
    while (prefix < length && codes[shorter.start + prefix] === codes[longer.start + prefix]) prefix++;
    if (prefix === length) return longerLength - length <= 2 ? 0.92 : 0.85;
    const edits = longerLength >= 4 ? editsBetween(shorter, longer, longerLength >= 8 ? 2 : 1) : 9;
    if (edits === 1) return longerLength >= 5 ? 0.93 : 0.8;
    if (edits === 2 && longerLength >= 8) return 0.88;
    if (length >= 5 && prefix > 0) {
      const likeness = jaroWinkler(shorter, longer);
      if (likeness >= 0.92) return 0.85;
    }
    return length <= 4 && longerLength >= 6 && isContraction(shorter, longer) ? 0.8 : 0;
  }

  #set(letters: Letters, word: number): Letters {
    letters.start = this.#vocabulary.startOf(word);
    letters.end = this.#vocabulary.endOf(word);
    return letters;
  }
}

function lettersOf({ codes, start, end }: Letters): number {
  let bits = 0;
  for (let at = start; at < end; at++) bits |= codes[at]! <= 57 ? 1 << 31 : 1 << ((codes[at]! & 31) % 31);
  return bits;
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function hasDigit({ codes, start, end }: Letters): boolean {
  for (let at = start; at < end; at++) if (codes[at]! <= 57) return true;
  return false;
}

/** `mgmt` of `management`: the same first letter, then consonants of the longer word in their order. */
function isContraction(shorter: Letters, longer: Letters): boolean {
  const { codes } = shorter;
  if (codes[shorter.start] !== codes[longer.start]) return false;
  let at = longer.start + 1;
  for (let place = shorter.start + 1; place < shorter.end; place++) {
    const code = codes[place]!;
    if (VOWELS.has(code)) return false;
    while (at < longer.end && codes[at] !== code) at++;
    if (at++ >= longer.end) return false;
  }
  return true;
}
