import { foldCell, SMALL_WORDS, wordsOf } from './fold.ts';
import { grownInts, TextPool } from './text-pool.ts';

/** One field of all records. Cells that fold to the same text share one value. */
export interface Column {
  name: string;
  /** By record: the number of its value, -1 where it is missing. */
  values: Int32Array;
  /** The values' folded texts, by value. */
  texts: TextPool;
  /** The words of value v are `words[wordStarts[v]]` to `words[wordStarts[v + 1] - 1]`, in their order. */
  wordStarts: Int32Array;
  /** Numbers in {@link Records.vocabulary}. */
  words: Int32Array;
  /** How many cells had a sign of money in them, of those that were looked at: folding takes it away. */
  moneyCells: number;
}

/**
 * Records to be linked, in an order that depends on what they say alone; rows of one source that say the same are one
 * record. So whatever is done in this order gives the same result for rows in any order.
 */
export interface Records {
  count: number;
  columns: Column[];
  /** All words of all fields, after {@link SMALL_WORDS}. */
  vocabulary: TextPool;
  /** By record: the file it is from. */
  sources: Uint16Array;
  sourceCount: number;
  /** By row, in the order of adding: its record, -1 where all of its fields are missing. */
  recordOfRow: Int32Array;
  /** By record: how many rows say it. */
  rowCounts: Int32Array;
}

/** Distinct raw cells are remembered up to this many a field: cities repeat, and folding is the dear part of reading. */
const REMEMBERED_CELLS = 50_000;
const MONEY = /[$€£¥]/;

class ColumnBuilder {
  readonly #name: string;
  readonly #vocabulary: TextPool;
  readonly #texts = new TextPool();
  readonly #remembered = new Map<string, number>();
  #values = new Int32Array(1 << 10);
  #wordStarts = new Int32Array(1 << 10);
  #words = new Int32Array(1 << 11);
  #moneyCells = 0;

  constructor(name: string, vocabulary: TextPool) {
    this.#name = name;
    this.#vocabulary = vocabulary;
  }

  set(row: number, cell: string): void {
    if (row >= this.#values.length) this.#values = grownInts(this.#values, row + 1);
    this.#values[row] = cell === '' ? -1 : this.#valueOf(cell);
  }

  #valueOf(cell: string): number {
    const known = this.#remembered.get(cell);
    if (known !== undefined) return known;
    if (MONEY.test(cell)) this.#moneyCells += 1;
    const folded = foldCell(cell);
    let value = -1;
    if (folded !== '') {
      const before = this.#texts.size;
      value = this.#texts.intern(folded);
      if (value === before) this.#addWords(value, wordsOf(folded));
    }
    if (this.#remembered.size >= REMEMBERED_CELLS) this.#remembered.clear();
    this.#remembered.set(cell, value);
    return value;
  }

  #addWords(value: number, words: readonly string[]): void {
    if (value + 2 > this.#wordStarts.length) this.#wordStarts = grownInts(this.#wordStarts, value + 2);
    let end = this.#wordStarts[value]!;
    if (end + words.length > this.#words.length) this.#words = grownInts(this.#words, end + words.length);
    for (const word of words) this.#words[end++] = this.#vocabulary.intern(word);
    this.#wordStarts[value + 1] = end;
  }

  hashAt(row: number): number {
    const value = this.#values[row]!;
    return value < 0 ? 0x5bd1e995 : this.#texts.hashOf(value);
  }

  valueAt(row: number): number {
    return this.#values[row]!;
  }

  finish(rowOfRecord: Int32Array): Column {
    this.#remembered.clear();
    const values = rowOfRecord.map((row) => this.#values[row]!);
    this.#values = new Int32Array(0);
    return {
      name: this.#name,
      values,
      texts: this.#texts,
      wordStarts: this.#wordStarts.slice(0, this.#texts.size + 1),
      words: this.#words.slice(0, this.#wordStarts[this.#texts.size]),
      moneyCells: this.#moneyCells,
    };
  }
}

/** `dsc w120` becomes `dscw120` where that is written elsewhere: a model number is one word with or without a space. */
function joinModels({ wordStarts, words, texts }: Column, vocabulary: TextPool): Int32Array {
  const { codes } = vocabulary;
  const joinedWords = new Int32Array(words.length);
  let end = 0;
  let start = 0;
  for (let value = 0; value < texts.size; value++) {
    const stop = wordStarts[value + 1]!;
    for (let at = start; at < stop; at++) {
      const word = words[at]!;
      const next = at + 1 < stop ? words[at + 1]! : -1;
      const isStart = next >= 0 && vocabulary.lengthOf(word) <= 5 && codes[vocabulary.startOf(word)]! > 57;
      const isModel = isStart && vocabulary.lengthOf(next) >= 2 && codes[vocabulary.startOf(next)]! <= 57;
      const joined = isModel ? vocabulary.joined(word, next) : -1;
      joinedWords[end++] = joined >= 0 ? joined : word;
      if (joined >= 0) at++;
    }
    start = stop;
    wordStarts[value + 1] = end;
  }
  return joinedWords.slice(0, end);
}

/** Takes rows one after another, so that a file never has to be in memory as a whole. */
export class RecordsBuilder {
  readonly #vocabulary = new TextPool();
  readonly #columns: ColumnBuilder[];
  #sources = new Int32Array(1 << 10);
  #rowCount = 0;

  /** @param fields the names of the fields to link by */
  constructor(fields: readonly string[]) {
    for (const word of SMALL_WORDS) this.#vocabulary.intern(word);
    this.#columns = fields.map((name) => new ColumnBuilder(name, this.#vocabulary));
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /**
   * @param cells one for each field, empty where it is missing
   * @param source which file the row is from, counted from 0
   */
  add(cells: readonly string[], source: number): void {
    const row = this.#rowCount++;
    if (row >= this.#sources.length) this.#sources = grownInts(this.#sources, row + 1);
    this.#sources[row] = source;
    for (const [place, column] of this.#columns.entries()) column.set(row, cells[place] ?? '');
  }

  /** To be called once, after the last row. */
  finish(): Records {
    const rowCount = this.#rowCount;
    const order = this.#rowsByContent();
    const recordOfRow = new Int32Array(rowCount).fill(-1);
    const rowOfRecord = new Int32Array(rowCount);
    const rowCounts = new Int32Array(rowCount);
    let count = 0;
    for (const row of order) {
      if (this.#columns.every((column) => column.valueAt(row) < 0)) continue;
      const last = count === 0 ? -1 : rowOfRecord[count - 1]!;
      if (last < 0 || !this.#saysSame(last, row)) rowOfRecord[count++] = row;
      recordOfRow[row] = count - 1;
      rowCounts[count - 1]! += 1;
    }
    const firstRows = rowOfRecord.slice(0, count);
    const columns = this.#columns.map((column) => column.finish(firstRows));
    for (const column of columns) column.words = joinModels(column, this.#vocabulary);
    const sources = Uint16Array.from(firstRows, (row) => this.#sources[row]!);
    return {
      count,
      columns,
      vocabulary: this.#vocabulary,
      sources,
      sourceCount: sources.reduce((most, source) => Math.max(most, source + 1), 0),
      recordOfRow,
      rowCounts: rowCounts.slice(0, count),
    };
  }

  #saysSame(row: number, other: number): boolean {
    if (this.#sources[row] !== this.#sources[other]) return false;
    return this.#columns.every((column) => column.valueAt(row) === column.valueAt(other));
  }

  #rowsByContent(): Int32Array {
    // Two hashes in one number of 52 bits: rows are sorted as numbers, and by row where they say the same.
    const keys = new Float64Array(this.#rowCount);
    for (let row = 0; row < this.#rowCount; row++) {
      let high = Math.imul(this.#sources[row]! + 1, 0x9e3779b1);
      let low = high;
      for (const column of this.#columns) {
        const hash = column.hashAt(row);
        high = Math.imul(high ^ hash, 0x85ebca6b) ^ (high >>> 15);
        low = Math.imul(low + hash, 0xc2b2ae35) ^ (low >>> 13);
      }
      keys[row] = (high >>> 0) * 2 ** 20 + (low >>> 12);
    }
    return Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
  }
}
