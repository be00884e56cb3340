import { MISSING, outcome, type Comparator } from './comparator.ts';
import { SMALL_WORDS } from './fold.ts';
import type { Column, Records } from './records.ts';
import type { TextPool } from './text-pool.ts';
import type { WordLikeness } from './word-likeness.ts';
import type { WordLists } from './word-lists.ts';

/** Least likeness of each level above the worst. */
const BOUNDS = [0.12, 0.27, 0.42, 0.56, 0.69, 0.81, 0.92];
/** So many words of each side are looked at for slips and short forms: descriptions of a page are told by whole words. */
const LOOSE_WORDS = 14;

/**
 * Compares texts of several words: what the words that both have tell (rare ones more), of what each text tells. Order
 * is no matter; a slip of the pen, a short form, two words written as one, initials for a name are words in common.
 */
export class TextComparator implements Comparator {
  readonly name: string;
  readonly columns: readonly number[];
  readonly levels = [
    'missing',
    'different',
    'hardly alike',
    'a little alike',
    'partly alike',
    'half alike',
    'alike',
    'much alike',
    'the same',
  ];
  readonly usual = [0, 0.9, 0.06, 0.025, 0.008, 0.004, 0.0015, 0.0008, 0.0006];
  readonly #column: Column;
  readonly #lists: WordLists;
  readonly #likeness: WordLikeness;
  readonly #vocabulary: TextPool;
  readonly #takesInitials: boolean;
  readonly #looseA = new Int32Array(LOOSE_WORDS);
  readonly #looseB = new Int32Array(LOOSE_WORDS);
  #common = 0;
  #totalA = 0;
  #totalB = 0;

  constructor(records: Records, place: number, lists: WordLists, likeness: WordLikeness, takesInitials: boolean) {
    const column = records.columns[place]!;
    this.name = column.name;
    this.columns = [place];
    this.#column = column;
    this.#lists = lists;
    this.#likeness = likeness;
    this.#vocabulary = records.vocabulary;
    this.#takesInitials = takesInitials;
  }

  compare(a: number, b: number): number {
    const valueA = this.#column.values[a]!;
    const valueB = this.#column.values[b]!;
    if (valueA < 0 || valueB < 0) return MISSING;
    const { totals } = this.#lists;
    if (totals[valueA] === 0 || totals[valueB] === 0) return MISSING;
    if (valueA === valueB) return outcome(BOUNDS.length + 1, totals[valueA]!);
    const likeness = this.#likenessOf(valueA, valueB);
    let level = 1;
    while (level <= BOUNDS.length && likeness >= BOUNDS[level - 1]!) level++;
    return outcome(level, this.#common);
  }

  #likenessOf(valueA: number, valueB: number): number {
    const { starts, words, weights, totals } = this.#lists;
    const [startA, endA] = [starts[valueA]!, starts[valueA + 1]!];
    const [startB, endB] = [starts[valueB]!, starts[valueB + 1]!];
    this.#common = 0;
    this.#totalA = totals[valueA]!;
    this.#totalB = totals[valueB]!;
    const looseA = this.#looseA;
    const looseB = this.#looseB;
    let countA = 0;
    let countB = 0;
    for (let i = startA; i < endA; i++) {
      const word = words[i]!;
      let j = startB;
      while (j < endB && words[j] !== word) j++;
      if (j < endB) this.#common += weights[word]!;
      else if (countA < LOOSE_WORDS) looseA[countA++] = word;
    }
    if (countA > 0) {
      for (let j = startB; j < endB && countB < LOOSE_WORDS; j++) {
        const word = words[j]!;
        let i = startA;
        while (i < endA && words[i] !== word) i++;
        if (i === endA) looseB[countB++] = word;
      }
      if (countB > 0) this.#matchLoose(countA, countB);
    }
    const common = Math.max(0, this.#common);
    const cosine = common / Math.sqrt(this.#totalA * this.#totalB);
    return 0.75 * cosine + 0.25 * (common / Math.min(this.#totalA, this.#totalB));
  }

  #matchLoose(countA: number, countB: number): void {
    const looseA = this.#looseA;
    const looseB = this.#looseB;
    const { weights } = this.#lists;
    for (let i = 0; i < countA; i++) {
      const word = looseA[i]!;
      let best = 0;
      let place = -1;
      for (let j = 0; j < countB; j++) {
        if (looseB[j]! < 0) continue;
        const likeness = this.#likeness.between(word, looseB[j]!);
        if (likeness > best) [best, place] = [likeness, j];
      }
      if (best === 0 && this.#takesInitials) {
        for (let j = 0; j < countB && best === 0; j++) {
          if (looseB[j]! >= 0 && this.#likeness.isInitialOf(word, looseB[j]!)) [best, place] = [0.8, j];
        }
      }
      if (place < 0 || best === 0) continue;
      this.#share(weights[word]!, weights[looseB[place]!]!, best);
      looseA[i] = -1;
      looseB[place] = -1;
    }
    this.#matchJoined(looseA, countA, looseB, countB, true);
    this.#matchJoined(looseB, countB, looseA, countA, false);
  }

  /** Two words of one side as one of the other (`Krack Pots`), or several words by their initials (`VLDB`). */
  #matchJoined(many: Int32Array, manyCount: number, few: Int32Array, fewCount: number, isManyA: boolean): void {
    const { weights } = this.#lists;
    for (let j = 0; j < fewCount; j++) {
      const single = few[j]!;
      if (single < 0) continue;
      const length = this.#vocabulary.lengthOf(single);
      const first = this.#vocabulary.codes[this.#vocabulary.startOf(single)];
      for (let i = 0; i + 1 < manyCount && length >= 3; i++) {
        const word = many[i]!;
        if (word < 0 || this.#vocabulary.codes[this.#vocabulary.startOf(word)] !== first) continue;
        const until = this.#isJoined(many, i, manyCount, single)
          ? i + 2
          : this.#initialsEnd(many, i, manyCount, single);
        if (until < 0) continue;
        let sum = 0;
        for (let at = i; at < until; at++) {
          if (many[at]! >= 0) sum += weights[many[at]!]!;
          many[at] = -1;
        }
        if (isManyA) this.#share(sum, weights[single]!, 0.95);
        else this.#share(weights[single]!, sum, 0.95);
        few[j] = -1;
        break;
      }
    }
  }

  #isJoined(words: Int32Array, at: number, count: number, single: number): boolean {
    const first = words[at]!;
    const second = at + 1 < count ? words[at + 1]! : -1;
    const pool = this.#vocabulary;
    if (first < 0 || second < 0 || pool.lengthOf(first) + pool.lengthOf(second) !== pool.lengthOf(single)) return false;
    return this.#continues(single, 0, first) && this.#continues(single, pool.lengthOf(first), second);
  }

  #continues(word: number, offset: number, part: number): boolean {
    const { codes } = this.#vocabulary;
    const start = this.#vocabulary.startOf(word) + offset;
    const from = this.#vocabulary.startOf(part);
    for (let at = from; at < this.#vocabulary.endOf(part); at++)
      if (codes[start + at - from] !== codes[at]) return false;
    return true;
  }

  /** @returns the place after the last of the words whose initials make up the single one; -1 where they do not */
  #initialsEnd(words: Int32Array, from: number, count: number, single: number): number {
    const pool = this.#vocabulary;
    const length = pool.lengthOf(single);
    if (length < 3 || length > 6) return -1;
    let heard = 0;
    let at = from;
    for (; at < count && heard < length; at++) {
      const word = words[at]!;
      if (word < 0) return -1;
      if (pool.codes[pool.startOf(word)] === pool.codes[pool.startOf(single) + heard]) heard++;
      else if (word >= SMALL_WORDS.length) return -1;
    }
    return heard === length ? at : -1;
  }

  /** Both sides tell as much as the one that tells less: a misspelt word is rare, but no more telling for it. */
  #share(weightA: number, weightB: number, likeness: number): void {
    const least = Math.min(weightA, weightB);
    this.#totalA -= weightA - least;
    this.#totalB -= weightB - least;
    this.#common += least * likeness;
  }
}

/**
 * Compares the numbers, or the model numbers, in two texts: whether each side has some that the other lacks. Missing
 * where a side has none.
 */
export class NumbersComparator implements Comparator {
  readonly name: string;
  readonly columns: readonly number[];
  readonly levels = ['missing', 'different', 'partly the same', 'one has more', 'the same'];
  readonly usual = [0, 0.95, 0.03, 0.012, 0.008];
  readonly #column: Column;
  readonly #lists: WordLists;

  constructor(records: Records, place: number, lists: WordLists, what: 'numbers' | 'model') {
    this.#column = records.columns[place]!;
    this.name = `${this.#column.name} (${what})`;
    this.columns = [place];
    this.#lists = lists;
  }

  compare(a: number, b: number): number {
    const valueA = this.#column.values[a]!;
    const valueB = this.#column.values[b]!;
    if (valueA < 0 || valueB < 0) return MISSING;
    const { starts, words, weights } = this.#lists;
    const countA = starts[valueA + 1]! - starts[valueA]!;
    const countB = starts[valueB + 1]! - starts[valueB]!;
    if (countA === 0 || countB === 0) return MISSING;
    let common = 0;
    let told = 0;
    for (let i = starts[valueA]!; i < starts[valueA + 1]!; i++) {
      for (let j = starts[valueB]!; j < starts[valueB + 1]!; j++) {
        if (words[i] !== words[j]) continue;
        common++;
        told += weights[words[i]!]!;
      }
    }
    if (common === 0) return outcome(1, 0);
    if (common === countA && common === countB) return outcome(4, told);
    return outcome(common === Math.min(countA, countB) ? 3 : 2, told);
  }
}
