import type { FieldProfile } from './field-kind.ts';
import { soundOf } from '../likeness/measures.ts';
import type { Column, Records } from './records.ts';
import { HASH_START, hashOn, spread } from './text-pool.ts';
import { recordsByWord } from './word-lists.ts';

/** Keys of each record; records that share one may be of one thing. */
export interface Keys {
  /** The keys of record r are `keys[starts[r]]` to `keys[starts[r + 1] - 1]`. */
  starts: Int32Array;
  /** Hashes of 32 bits: two things with one hash cost a comparison, no more. */
  keys: Uint32Array;
}

/** Of a long text so many words, the rarest, are keys. */
const WORDS_OF_TEXT = 12;
/** Words of at least this many letters are also found by either half, so that one slip leaves one half whole. */
const HALVED = 6;
/** In texts of at most this many words on average; longer ones have enough words to be found by. */
const SHORT_TEXT = 6;
const ROLE = { word: 1, start: 2, end: 3, sound: 4 } as const;

/** What a record can be found by, for each field as its kind demands. */
export function blockingKeys(records: Records, profiles: readonly FieldProfile[]): Keys {
  const writers = profiles.map((profile, place) => writerOf(records, records.columns[place]!, profile, place + 1));
  const starts = new Int32Array(records.count + 1);
  let keys = new Uint32Array(Math.max(64, records.count * 8));
  const scratch = new Uint32Array(4 * WORDS_OF_TEXT * Math.max(1, writers.length));
  let end = 0;
  for (let record = 0; record < records.count; record++) {
    let count = 0;
    for (const write of writers) count = write(record, scratch, count);
    if (end + count > keys.length) {
      const grown = new Uint32Array(Math.ceil((end + count) * 1.5));
      grown.set(keys);
      keys = grown;
    }
    const own = scratch.subarray(0, count).sort();
    for (let at = 0; at < count; at++) if (at === 0 || own[at] !== own[at - 1]) keys[end++] = own[at]!;
    starts[record + 1] = end;
  }
  return { starts, keys: keys.slice(0, end) };
}

/** Writes the keys of one field of a record from a place on. @returns the place after the last one */
type Writer = (record: number, into: Uint32Array, from: number) => number;

function writerOf(records: Records, column: Column, profile: FieldProfile, field: number): Writer {
  switch (profile.kind) {
    case 'text':
      return textWriter(records, column, profile, field);
    case 'word':
      // One space of keys for all such fields: given name and surname may be swapped.
      return valueWriter(column, 0, true);
    case 'code':
    case 'phone':
    case 'date':
      return valueWriter(column, field, false);
    case 'year':
    case 'number':
      return (record, into, from) => {
        const value = column.values[record]!;
        if (value < 0) return from;
        into[from] = keyOf(column.texts.hashOf(value), field, ROLE.word);
        return from + 1;
      };
  }
}

function keyOf(hash: number, field: number, role: number): number {
  return spread(Math.imul(hash ^ Math.imul(field, 0x9e3779b1), 0x01000193) + role);
}

/** Whole value, halves and, for words, sound, of the value without its spaces. */
function valueWriter(column: Column, field: number, isWord: boolean): Writer {
  const { texts } = column;
  const letters = { codes: new Uint16Array(96), start: 0, end: 0 };
  return (record, into, from) => {
    const value = column.values[record]!;
    if (value < 0) return from;
    const { codes } = texts;
    let length = 0;
    for (let at = texts.startOf(value); at < texts.endOf(value) && length < 96; at++) {
      if (codes[at] !== 32 && codes[at] !== 46) letters.codes[length++] = codes[at]!;
    }
    letters.end = length;
    let end = from;
    into[end++] = keyOf(hashOn(HASH_START, letters.codes, 0, length), field, ROLE.word);
    if (length >= 5) {
      const half = (length + 1) >> 1;
      into[end++] = keyOf(hashOn(HASH_START, letters.codes, 0, Math.min(half, 5)), field, ROLE.start);
      into[end++] = keyOf(
        hashOn(HASH_START, letters.codes, Math.max(length - half, length - 5), length),
        field,
        ROLE.end,
      );
    }
    if (isWord) into[end++] = keyOf(soundOf(letters), field, ROLE.sound);
    return end;
  };
}

function textWriter(records: Records, column: Column, { meanWords }: FieldProfile, field: number): Writer {
  const counts = recordsByWord(column, records.vocabulary.size);
  const pool = records.vocabulary;
  const isShort = meanWords <= SHORT_TEXT;
  return (record, into, from) => {
    const value = column.values[record]!;
    if (value < 0) return from;
    const [start, stop] = [column.wordStarts[value]!, column.wordStarts[value + 1]!];
    let words = column.words.subarray(start, stop);
    let end = from;
    if (isShort && words.length > 1) {
      // Two words that the other side writes as one.
      const hash = hashOn(pool.hashOf(words[0]!), pool.codes, pool.startOf(words[1]!), pool.endOf(words[1]!));
      into[end++] = keyOf(hash, field, ROLE.word);
    }
    if (words.length > WORDS_OF_TEXT) {
      words = words.slice().sort((a, b) => counts[a]! - counts[b]! || pool.hashOf(a) - pool.hashOf(b));
      words = words.filter((word) => counts[word]! > 1).subarray(0, WORDS_OF_TEXT);
    }
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      if (counts[word]! > 1 || isShort) into[end++] = keyOf(pool.hashOf(word), field, ROLE.word);
      const length = pool.lengthOf(word);
      if (length < HALVED || at >= 8 || !(isShort || counts[word] === 1)) continue;
      const half = Math.min(5, (length + 1) >> 1);
      const [first, last] = [pool.startOf(word), pool.endOf(word)];
      into[end++] = keyOf(hashOn(HASH_START, pool.codes, first, first + half), field, ROLE.start);
      into[end++] = keyOf(hashOn(HASH_START, pool.codes, last - half, last), field, ROLE.end);
    }
    return end;
  };
}
