import { describe, expect, it } from '@jest/globals';
import { lookMarks } from './look-marks.ts';

const anImage = (position: number, sha256: string | null, fingerprint: string | null = null) => ({
  position,
  sha256,
  fingerprint,
});

describe('lookMarks', () => {
  it('marks the same bytes by the first that has them, by position and not by place', () => {
    const marks = lookMarks([anImage(3, 'a'), anImage(7, 'b'), anImage(8, 'a'), anImage(9, 'a'), anImage(11, null)]);
    expect([...marks].map(([position, { duplicateOf }]) => [position, duplicateOf])).toEqual([
      [3, null],
      [7, null],
      [8, 3],
      [9, 3],
      [11, null],
    ]);
  });

  it('marks what looks the same, and says by how many bits it differs; a twin is marked as such alone', () => {
    const marks = lookMarks([
      anImage(1, 'a', '8f00ff00ff00ff00'),
      anImage(4, 'b', '8f00ff00ff00ff07'),
      anImage(5, 'b', '8f00ff00ff00ff07'),
      anImage(6, 'c', '80ff00ff00ff00ff'),
      anImage(7, 'd', null),
    ]);
    expect(marks.get(4)).toEqual({ duplicateOf: null, looksLike: [{ position: 1, bits: 3 }] });
    expect(marks.get(5)).toEqual({ duplicateOf: 4, looksLike: [] });
    for (const position of [1, 6, 7]) expect(marks.get(position)?.looksLike).toEqual([]);
  });
});
