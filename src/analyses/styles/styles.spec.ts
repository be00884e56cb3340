import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observation } from '../../contract/analysis.ts';
import type { Look, Portfolio, StyleRecord } from '../../contract/style.ts';
import { lookFromReply, mergeLooks, type LookReading } from './looks.ts';
import { colourName, paletteOf } from './palette.ts';
import { replySchema } from './reply-schema.ts';

type Rgb = readonly [number, number, number];

/** Bands from top to bottom, each with its share of the height. */
function bands(colours: readonly (readonly [Rgb, number])[], width = 120, height = 200) {
  const data = new Uint8Array(width * height * 3);
  let row = 0;
  for (const [colour, share] of colours) {
    const end = Math.min(height, row + Math.round(share * height));
    for (let pixel = row * width; pixel < end * width; pixel++) data.set(colour, pixel * 3);
    row = end;
  }
  return { data, width, height };
}

describe('the palette', () => {
  it('has the colours of an image with their shares', () => {
    const palette = paletteOf(
      bands([
        [[20, 30, 90], 0.5],
        [[245, 240, 230], 0.3],
        [[200, 30, 40], 0.2],
      ]),
    );
    expect(palette.map(({ name }) => name)).toEqual([
      'midnightblue',
      expect.any(String),
      expect.stringMatching(/red|crimson|firebrick/),
    ]);
    expect(palette.map(({ share }) => share)).toEqual([
      expect.closeTo(0.5, 2),
      expect.closeTo(0.3, 2),
      expect.closeTo(0.2, 2),
    ]);
  });

  it('leaves out what is too little to be a colour of the look', () => {
    const palette = paletteOf(
      bands([
        [[255, 255, 255], 0.99],
        [[255, 0, 0], 0.01],
      ]),
    );
    expect(palette.map(({ hex }) => hex)).toEqual(['#ffffff']);
  });

  it.each([
    ['#000000', 'black'],
    ['#ffffff', 'white'],
    ['#010180', 'navy'],
    ['#fe0100', 'red'],
  ])('%s is called %s', (hex, name) => {
    expect(colourName(hex)).toBe(name);
  });
});

const SWATCH = [{ hex: '#000080', name: 'navy', share: 0.6 }];

describe('a look', () => {
  it('is what the model says of the clothes and what was measured of the colours', () => {
    const reply = replySchema.parse({
      garments: [{ kind: 'Blazer ', silhouette: 'Oversized', fabrics: 'Wool, silk', pattern: 'N/A' }, { fabrics: [] }],
      seasons: ['Fall'],
      confidence: '90%',
    });
    expect(lookFromReply(reply, SWATCH)).toEqual([
      {
        garments: [
          { kind: 'blazer', silhouette: 'oversized', fabrics: ['wool', 'silk'], pattern: null, construction: [] },
        ],
        palette: SWATCH,
        moods: [],
        occasions: [],
        seasons: ['autumn'],
        description: null,
        confidence: 0.9,
      },
    ]);
  });

  it('without clothes there is none', () => {
    expect(lookFromReply(replySchema.parse({ moods: ['calm'] }), SWATCH)).toEqual([]);
  });
});

function seen(image: number, kind: string, fabric: string): Observation<LookReading> {
  const garments = [{ kind, silhouette: null, fabrics: [fabric], pattern: null, construction: [] }];
  const rest = { moods: [], occasions: [], seasons: [], description: null, confidence: 0.8 };
  return { imageId: `img_${image}`, image: `${image}.jpg`, index: 0, reading: { garments, palette: SWATCH, ...rest } };
}

/** Seven looks: six denim ones, and one that has nothing in common with them but a colour. */
const PORTFOLIO = [
  ...[1, 2, 3, 4].map((image) => seen(image, 'jacket', 'denim')),
  seen(5, 'skirt', 'denim'),
  seen(6, 'skirt', 'denim'),
  seen(7, 'gown', 'tulle'),
];

describe('a portfolio', () => {
  const looks = (records: readonly StyleRecord[]) => records.filter((each): each is Look => each.kind === 'look');
  const portfolio = (records: readonly StyleRecord[]) =>
    records.find((each): each is Portfolio => each.kind === 'portfolio');

  it('says what recurs, what is its signature, and what stands out', () => {
    const records = mergeLooks(PORTFOLIO);
    expect(looks(records).map(({ images }) => images[0]?.image)).toEqual(PORTFOLIO.map(({ image }) => image));
    expect(records.at(-1)?.kind).toBe('portfolio');
    const all = portfolio(records);
    expect(all?.recurring.map(({ value, looks: count }) => [value, count])).toEqual([
      ['navy', 7],
      ['denim', 6],
      ['jacket', 4],
      ['skirt', 2],
    ]);
    expect(all?.signature.map(({ aspect, value }) => [aspect, value])).toEqual([
      ['garment', 'jacket'],
      ['fabric', 'denim'],
      ['colour', 'navy'],
    ]);
    expect(all?.outliers.map(({ image }) => image)).toEqual(['7.jpg']);
    expect(all?.palette).toEqual([{ hex: '#000080', name: 'navy', share: 0.6 }]);
  });

  it('is the same whatever the order of arrival', () => {
    const inOrder = mergeLooks(PORTFOLIO);
    fc.assert(
      fc.property(fc.shuffledSubarray(PORTFOLIO, { minLength: PORTFOLIO.length }), (shuffled) => {
        expect(mergeLooks(shuffled)).toEqual(inOrder);
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(mergeLooks([])).toEqual([]);
  });
});
