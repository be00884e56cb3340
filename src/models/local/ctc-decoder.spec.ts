import { describe, expect, it } from '@jest/globals';
import { decodeCtc } from './ctc-decoder.ts';

const classes = ['', 'a', 'b', 'I', ' '];
const BLANK = '';

/** One row for each step: nearly all of the probability on one character, and some on the space. */
function steps(...rows: [character: string, probability?: number, space?: number][]): Float32Array {
  return Float32Array.from(
    rows.flatMap(([character, probability = 0.9, space = 0]) =>
      classes.map((own) => (own === character ? probability : own === ' ' ? space : 0)),
    ),
  );
}

describe('decoding a line', () => {
  it('joins a character that is repeated, and keeps one that is doubled', () => {
    expect(decodeCtc(steps(['a'], ['a'], ['b'], [BLANK], ['b']), classes).text).toBe('abb');
  });

  it('reads a space, and never two, nor any at the ends', () => {
    expect(decodeCtc(steps([' '], ['a'], [' '], [BLANK], [' '], ['b'], [' ']), classes).text).toBe('a b');
  });

  it('puts a space where the model thought of one between two characters', () => {
    expect(decodeCtc(steps(['a'], [BLANK, 0.9, 0.03], ['b']), classes).text).toBe('a b');
    expect(decodeCtc(steps(['a'], [BLANK, 0.9, 0.01], ['b']), classes).text).toBe('ab');
  });

  it('forgets a thought of a space that came before the last character', () => {
    expect(decodeCtc(steps(['a'], [BLANK, 0.9, 0.03], ['b'], [BLANK], ['a']), classes).text).toBe('a ba');
  });

  it('is as sure of a line as of its characters on average', () => {
    expect(decodeCtc(steps(['a', 0.8], ['a', 0.1], [BLANK, 0.5], ['b', 0.6]), classes).confidence).toBeCloseTo(0.7, 5);
  });

  it('tells how sure it is of each character', () => {
    const line = decodeCtc(steps([' '], ['a', 0.8], [BLANK, 0.9, 0.03], ['b', 0.6], [' ']), classes);
    expect(line.text).toBe('a b');
    expect(line.probabilities.map((probability) => probability.toFixed(2))).toEqual(['0.80', '1.00', '0.60']);
  });

  it('reads nothing where there is nothing', () => {
    expect(decodeCtc(new Float32Array(0), classes)).toEqual({ text: '', probabilities: [], confidence: 0 });
    expect(decodeCtc(steps([BLANK], [BLANK]), classes)).toEqual({ text: '', probabilities: [], confidence: 0 });
  });
});
