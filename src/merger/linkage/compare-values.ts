import { MISSING, outcome, type Comparator } from './comparator.ts';
import { dateParts } from './field-kind.ts';
import { editsBetween, jaroWinkler, soundOf, type Letters } from '../likeness/measures.ts';
import type { Column, Records } from './records.ts';

/** By value: -log of the share of records that have it, nats. */
function rarities({ values, texts }: Column): Float32Array {
  const counts = new Float32Array(texts.size);
  let present = 0;
  for (const value of values) {
    if (value < 0) continue;
    counts[value]! += 1;
    present++;
  }
  return counts.map((count) => Math.log((present + 1) / Math.max(1, count)));
}

/** Letters of a value without its spaces, in space of its own. */
function squeezed(column: Column, value: number, into: Letters): Letters {
  const { codes } = column.texts;
  let end = 0;
  for (let at = column.texts.startOf(value); at < column.texts.endOf(value) && end < into.codes.length; at++) {
    const code = codes[at]!;
    if (code !== 32 && code !== 46) into.codes[end++] = code;
  }
  into.end = end;
  return into;
}

const newLetters = (): Letters => ({ codes: new Uint16Array(96), start: 0, end: 0 });

/** Compares names of a word or two: the same, a slip apart, alike in writing, in sound or by the first letter. */
export class WordComparator implements Comparator {
  readonly name: string;
  readonly columns: readonly number[];
  readonly levels = ['missing', 'different', 'somewhat alike', 'alike, or sounds alike', 'a slip apart', 'the same'];
  readonly usual = [0, 0.93, 0.04, 0.015, 0.004, 0.011];
  readonly #column: Column;
  readonly #other: Column;
  readonly #rarity: Float32Array;
  readonly #a = newLetters();
  readonly #b = newLetters();

  /** @param otherPlace the column that the second record's value is taken from, where two fields may be swapped */
  constructor(records: Records, place: number, otherPlace = place) {
    this.#column = records.columns[place]!;
    this.#other = records.columns[otherPlace]!;
    this.name = this.#column.name;
    this.columns = [place];
    this.#rarity = rarities(this.#column);
  }

  compare(recordA: number, recordB: number): number {
    const valueA = this.#column.values[recordA]!;
    const valueB = this.#other.values[recordB]!;
    if (valueA < 0 || valueB < 0) return MISSING;
    const rarity = this.#rarity[valueA]!;
    if (valueA === valueB && this.#column === this.#other) return outcome(5, rarity);
    const a = squeezed(this.#column, valueA, this.#a);
    const b = squeezed(this.#other, valueB, this.#b);
    const length = Math.max(a.end, b.end);
    const edits = editsBetween(a, b, 2);
    if (edits === 0) return outcome(5, rarity);
    const told = this.#column === this.#other ? Math.min(rarity, this.#rarity[valueB]!) : rarity;
    if ((edits === 1 && length >= 4) || (edits === 2 && length >= 8)) return outcome(4, told);
    if (Math.min(a.end, b.end) === 1) return outcome(a.codes[0] === b.codes[0] ? 3 : 1, 3);
    const likeness = jaroWinkler(a, b);
    if (likeness >= 0.93) return outcome(4, told);
    if (likeness >= 0.86 || this.#areWordsMoved(valueA, valueB) || soundOf(a) === soundOf(b)) return outcome(3, told);
    return likeness >= 0.76 || edits <= 2 ? outcome(2, told) : outcome(1, 0);
  }

  /** One value's words are all in the other: `Mary Ann`, `Ann`. */
  #areWordsMoved(valueA: number, valueB: number): boolean {
    const [x, y] = [this.#column, this.#other];
    const [startA, endA] = [x.wordStarts[valueA]!, x.wordStarts[valueA + 1]!];
    const [startB, endB] = [y.wordStarts[valueB]!, y.wordStarts[valueB + 1]!];
    if (endA - startA === 1 && endB - startB === 1) return false;
    const isWithin = (few: Int32Array, many: Int32Array): boolean => few.every((word) => many.includes(word));
    const [a, b] = [x.words.subarray(startA, endA), y.words.subarray(startB, endB)];
    return a.length <= b.length ? isWithin(a, b) : isWithin(b, a);
  }
}

/** Compares what is read sign by sign: identifiers, postcodes, house numbers, phones. */
export class CodeComparator implements Comparator {
  readonly name: string;
  readonly columns: readonly number[];
  readonly levels = ['missing', 'different', 'alike', 'a slip apart', 'the same'];
  readonly usual = [0, 0.96, 0.02, 0.01, 0.01];
  readonly #column: Column;
  readonly #rarity: Float32Array;
  readonly #isPhone: boolean;
  readonly #isModel: boolean;
  readonly #a = newLetters();
  readonly #b = newLetters();

  constructor(records: Records, place: number, what: 'code' | 'phone' | 'model') {
    this.#column = records.columns[place]!;
    this.name = this.#column.name;
    this.columns = [place];
    this.#rarity = rarities(this.#column);
    this.#isPhone = what === 'phone';
    this.#isModel = what === 'model';
  }

  compare(recordA: number, recordB: number): number {
    const valueA = this.#column.values[recordA]!;
    const valueB = this.#column.values[recordB]!;
    if (valueA < 0 || valueB < 0) return MISSING;
    const told = Math.min(this.#rarity[valueA]!, this.#rarity[valueB]!);
    if (valueA === valueB) return outcome(4, told);
    const a = squeezed(this.#column, valueA, this.#a);
    const b = squeezed(this.#column, valueB, this.#b);
    const shorter = Math.min(a.end, b.end);
    if (this.#isPhone) {
      // Country codes and extensions come and go; seven digits without an area code are a number, too.
      const same = digitsAtEnd(a, b);
      if (same >= 9 || (same >= 7 && shorter === 7)) return outcome(4, told);
      if (same >= 7 || sameAtStart(a, b) >= 10) return outcome(3, told);
    }
    const edits = editsBetween(a, b, 2);
    if (edits === 0) return outcome(4, told);
    // Sisters of one line differ in a sign; slips of the hand are seldom in what is copied. Only what is left out at an end may be one.
    if (this.#isModel) return shorter >= 4 && sameAtStart(a, b) === shorter ? outcome(2, told) : outcome(1, 0);
    if (edits === 1 && shorter >= 2) return outcome(3, told);
    return edits === 2 && shorter >= 5 ? outcome(2, told) : outcome(1, 0);
  }
}

function digitsAtEnd(a: Letters, b: Letters): number {
  let same = 0;
  while (same < Math.min(a.end, b.end) && a.codes[a.end - 1 - same] === b.codes[b.end - 1 - same]) same++;
  return same;
}

function sameAtStart(a: Letters, b: Letters): number {
  let same = 0;
  while (same < Math.min(a.end, b.end) && a.codes[same] === b.codes[same]) same++;
  return same;
}

/** Compares dates: the same day, day and month swapped or a digit wrong, two parts of three, or another day. */
export class DateComparator implements Comparator {
  readonly name: string;
  readonly columns: readonly number[];
  readonly levels = ['missing', 'different', 'two parts of three', 'a slip apart', 'the same'];
  readonly usual = [0, 0.985, 0.01, 0.004, 0.001];
  readonly #column: Column;
  readonly #rarity: Float32Array;
  /** By value: the parts as yyyymmdd, -1 where it is no date. */
  readonly #dates: Int32Array;
  readonly #a = newLetters();
  readonly #b = newLetters();

  constructor(records: Records, place: number) {
    this.#column = records.columns[place]!;
    this.name = this.#column.name;
    this.columns = [place];
    this.#rarity = rarities(this.#column);
    this.#dates = Int32Array.from({ length: this.#column.texts.size }, (_, value) => {
      const parts = dateParts(this.#column.texts.textOf(value));
      return parts === null ? -1 : parts[0] * 10_000 + parts[1] * 100 + parts[2];
    });
  }

  compare(recordA: number, recordB: number): number {
    const valueA = this.#column.values[recordA]!;
    const valueB = this.#column.values[recordB]!;
    if (valueA < 0 || valueB < 0) return MISSING;
    const told = Math.min(this.#rarity[valueA]!, this.#rarity[valueB]!);
    const [a, b] = [this.#dates[valueA]!, this.#dates[valueB]!];
    if (valueA === valueB || (a >= 0 && a === b)) return outcome(4, told);
    const edits = editsBetween(squeezed(this.#column, valueA, this.#a), squeezed(this.#column, valueB, this.#b), 1);
    if (edits <= 1) return outcome(3, told);
    if (a < 0 || b < 0) return outcome(1, 0);
    const [yearA, firstA, secondA] = [Math.trunc(a / 10_000), Math.trunc(a / 100) % 100, a % 100];
    const [yearB, firstB, secondB] = [Math.trunc(b / 10_000), Math.trunc(b / 100) % 100, b % 100];
    const isSameYear = yearA === yearB || (yearA % 100 === yearB % 100 && Math.min(yearA, yearB) < 100);
    if (isSameYear && firstA === secondB && secondA === firstB) return outcome(3, told);
    const same = Number(isSameYear) + Number(firstA === firstB) + Number(secondA === secondB);
    if (same === 3) return outcome(4, told);
    return same === 2 ? outcome(2, told / 2) : outcome(1, 0);
  }
}

/** Compares amounts by their ratio, years by their distance. */
export class NumberComparator implements Comparator {
  readonly name: string;
  readonly columns: readonly number[];
  readonly levels: readonly string[];
  readonly usual: readonly number[];
  readonly #column: Column;
  readonly #numbers: Float64Array;
  readonly #rarity: Float32Array;
  readonly #isYear: boolean;

  constructor(records: Records, place: number, isYear: boolean) {
    this.#column = records.columns[place]!;
    this.name = this.#column.name;
    this.columns = [place];
    this.#isYear = isYear;
    this.#rarity = rarities(this.#column);
    this.levels = isYear
      ? ['missing', 'different', 'two apart', 'one apart', 'the same']
      : [
          'missing',
          'far apart',
          'within a half',
          'within a quarter',
          'within a tenth',
          'within a fiftieth',
          'the same',
        ];
    this.usual = isYear ? [0, 0.75, 0.08, 0.1, 0.07] : [0, 0.6, 0.2, 0.12, 0.05, 0.02, 0.01];
    this.#numbers = Float64Array.from({ length: this.#column.texts.size }, (_, value) =>
      Number.parseFloat(/\d+(?:\.\d+)?/.exec(this.#column.texts.textOf(value))?.[0] ?? 'NaN'),
    );
  }

  compare(recordA: number, recordB: number): number {
    const valueA = this.#column.values[recordA]!;
    const valueB = this.#column.values[recordB]!;
    if (valueA < 0 || valueB < 0) return MISSING;
    const [a, b] = [this.#numbers[valueA]!, this.#numbers[valueB]!];
    if (Number.isNaN(a) || Number.isNaN(b)) return MISSING;
    const told = Math.min(this.#rarity[valueA]!, this.#rarity[valueB]!);
    const apart = Math.abs(a - b);
    if (this.#isYear) return outcome(apart > 2 ? 1 : 4 - apart, apart === 0 ? told : 0);
    // Nothing costs nothing: a price of zero is one that is not known.
    if (a === 0 || b === 0) return a === b ? outcome(4, 0) : MISSING;
    const ratio = Math.min(a, b) / Math.max(a, b);
    if (apart === 0) return outcome(6, told);
    const level = ratio >= 0.98 ? 5 : ratio >= 0.9 ? 4 : ratio >= 0.75 ? 3 : ratio >= 0.5 ? 2 : 1;
    return outcome(level, 0);
  }
}
