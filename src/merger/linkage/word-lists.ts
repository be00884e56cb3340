import type { Column, Records } from './records.ts';

/**
 * Some of the words of each value of a field (its model numbers, say, or all but these), and what a word tells: in
 * nats, the less often it occurs the more.
 */
export interface WordLists {
  /** The words of value v are `words[starts[v]]` to `words[starts[v + 1] - 1]`, without repetitions. */
  starts: Int32Array;
  words: Int32Array;
  /** By word of the vocabulary: -log of the share of records that have it. */
  weights: Float32Array;
  /** By value: the sum over its words. */
  totals: Float32Array;
}

/** In how many records each word of the vocabulary occurs in this field. */
export function recordsByWord({ values, wordStarts, words }: Column, vocabularySize: number): Int32Array {
  const byValue = new Int32Array(wordStarts.length);
  for (const value of values) if (value >= 0) byValue[value]! += 1;
  const counts = new Int32Array(vocabularySize);
  for (let value = 0; value + 1 < wordStarts.length; value++) {
    for (let at = wordStarts[value]!; at < wordStarts[value + 1]!; at++) counts[words[at]!]! += byValue[value]!;
  }
  return counts;
}

/**
 * Model numbers, by word of the vocabulary: what looks like one and is rare in the field. `1080p` looks like one, too, and
 * is on every second screen.
 */
export function rareModels(column: Column, vocabularySize: number, looksLikeModel: Uint8Array): Uint8Array {
  const counts = recordsByWord(column, vocabularySize);
  const most = Math.max(6, column.values.length * 0.004);
  return looksLikeModel.map((looks, word) => (looks === 1 && counts[word]! <= most ? 1 : 0));
}

/** @param takes which words are meant, by their number in the vocabulary */
export function wordListsOf(records: Records, column: Column, takes: (word: number) => boolean): WordLists {
  const counts = recordsByWord(column, records.vocabulary.size);
  const present = Math.max(
    1,
    column.values.reduce((sum, value) => sum + (value < 0 ? 0 : 1), 0),
  );
  const weights = new Float32Array(counts.length);
  for (let word = 0; word < counts.length; word++) {
    if (counts[word]! > 0) weights[word] = Math.max(0.1, Math.log((present + 1) / counts[word]!));
  }
  const valueCount = column.texts.size;
  const starts = new Int32Array(valueCount + 1);
  const words = new Int32Array(column.words.length);
  const totals = new Float32Array(valueCount);
  let end = 0;
  for (let value = 0; value < valueCount; value++) {
    const start = end;
    for (let at = column.wordStarts[value]!; at < column.wordStarts[value + 1]!; at++) {
      const word = column.words[at]!;
      if (!takes(word) || words.subarray(start, end).includes(word)) continue;
      words[end++] = word;
      totals[value]! += weights[word]!;
    }
    starts[value + 1] = end;
  }
  return { starts, words: words.slice(0, end), weights, totals };
}
