import { describe, expect, it } from '@jest/globals';
import { colorsNamed } from 'culori';
import type { Look } from '../../../../src/contract/style.ts';
import { colourWords, hasElement, sortedRecords } from './style-words.ts';

const look = (image: string): Look => ({
  kind: 'look',
  id: image,
  images: [{ imageId: image, image }],
  garments: [{ kind: 'coat', silhouette: 'a-line', fabrics: ['wool'], pattern: null, construction: ['darts'] }],
  palette: [{ hex: '#000080', name: 'navy', share: 1 }],
  moods: ['calm'],
  occasions: [],
  seasons: ['winter'],
  description: null,
  confidence: 1,
});

describe('looks', () => {
  it('stand in the order in which people count', () => {
    const { looks, portfolio } = sortedRecords([look('look-10.jpg'), look('look-9.jpg')]);
    expect(looks.map(({ id }) => id)).toEqual(['look-9.jpg', 'look-10.jpg']);
    expect(portfolio).toBeNull();
  });

  it.each([
    ['garment', 'coat', true],
    ['silhouette', 'a-line', true],
    ['fabric', 'wool', true],
    ['pattern', 'wool', false],
    ['construction', 'darts', true],
    ['mood', 'calm', true],
    ['occasion', 'calm', false],
    ['season', 'winter', true],
    ['colour', 'navy', true],
  ] as const)('%s %s', (aspect, value, has) => {
    expect(hasElement(look('a.jpg'), { aspect, value })).toBe(has);
  });
});

describe('names of colours', () => {
  it.each([
    ['darkslategray', 'dark slate gray'],
    ['lightgoldenrodyellow', 'light goldenrod yellow'],
    ['orangered', 'orange red'],
    ['seashell', 'seashell'],
    ['black', 'black'],
  ])('%s', (name, words) => {
    expect(colourWords(name)).toBe(words);
  });

  it('lose no letter', () => {
    for (const name of Object.keys(colorsNamed)) expect(colourWords(name).replaceAll(' ', '')).toBe(name);
  });
});
