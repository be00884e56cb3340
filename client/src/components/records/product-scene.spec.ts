import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Product } from '../../../../src/contract/product.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { Box } from '../../../../src/contract/show.ts';
import { boxTowards, matching, sceneImages, seenIn, withProducts, type SceneBox } from './product-scene.ts';

const row = (name: string, crop: Box | null, more: Partial<RunImage> = {}): RunImage => ({
  position: 0,
  imageId: 'img_1',
  name,
  sizeBytes: 1,
  width: 100,
  height: 50,
  crop,
  state: 'pending',
  duplicateOf: null,
  looksLike: [],
  ms: 0,
  attempts: 0,
  code: null,
  detail: null,
  retryable: false,
  thumbnailUrl: '/api/images/img_1/320.webp?sig=x',
  imageUrl: '/api/images/img_1/original?sig=x',
  ...more,
});
const product = (id: string, places: [image: string, box: Box | null][], name = id): Product => ({
  id,
  name,
  brand: null,
  category: 'tin',
  colours: [],
  materials: [],
  text: null,
  price: null,
  confidence: 0.5,
  places: places.map(([image, box]) => ({ imageId: 'img_1', image, box, confidence: 0.5 })),
  conflicts: [],
});

describe('the images of a run with their boxes', () => {
  const left: Box = [0, 0, 0.4, 1];
  const right: Box = [0.5, 0, 0.7, 1];

  it('are one for all detections in it; a box goes no further than its image, and one outside is not drawn', () => {
    const rows = [row('a.jpg #1', left), row('a.jpg #2', right), row('a.jpg #3', [8, 0, 1, 1], { state: 'failed' })];
    const [image, ...others] = sceneImages([...rows, row('gone.jpg #1', left, { imageId: null, thumbnailUrl: null })]);
    expect(others).toEqual([]);
    expect(image).toMatchObject({ name: 'a.jpg', units: { length: 3 } });
    expect(image?.boxes.map(({ number, box }) => [number, box])).toEqual([
      [1, left],
      [2, [0.5, 0, 0.5, 1]],
    ]);
  });

  it('have the products that were found in them as boxes, beside the question that found them', () => {
    const [image] = sceneImages([row('a.jpg', null, { state: 'done' }), row('a.jpg #1', left), row('a.jpg #2', right)]);
    expect(image).toMatchObject({ name: 'a.jpg', units: { length: 3 } });
    expect(image?.boxes.map(({ key, number }) => [key.endsWith(`#${number}`), number])).toEqual([
      [true, 1],
      [true, 2],
    ]);
  });

  it('have the product of each box, in the order in which products are seen; what did not change stays the same', () => {
    const images = sceneImages([row('a.jpg #1', left), row('a.jpg #2', right), row('b.jpg #1', left)]);
    const scene = withProducts(images, [product('late', [['b.jpg #1', left]]), product('both', [['a.jpg #2', right]])]);
    expect(scene.products.map(({ id }) => id)).toEqual(['both', 'late']);
    expect(scene.images[0]?.boxes.map(({ productId }) => productId)).toEqual([null, 'both']);
    expect(scene.images[0]?.boxes[0]).toBe(images[0]?.boxes[0]);
    expect(withProducts(images, []).images[0]).toBe(images[0]);
  });

  it('without detections have the places that the model told, from top to bottom', () => {
    const images = sceneImages([row('a.jpg', null)]);
    const { images: shown, boxesOf } = withProducts(images, [
      product('low', [['a.jpg', [0, 0.5, 0.1, 0.1]]]),
      product('high', [
        ['a.jpg', [0, 0.1, 0.1, 0.1]],
        ['a.jpg', null],
      ]),
    ]);
    expect(shown[0]?.boxes.map(({ productId }) => productId)).toEqual(['high', 'low']);
    expect(boxesOf.get('high')).toHaveLength(1);
  });
});

describe('arrow keys', () => {
  const at = (x: number, y: number): SceneBox => ({
    key: `${x} ${y}`,
    number: 1,
    box: [x / 10, y / 10, 0.05, 0.05],
    state: 'done',
    liveKey: '',
    productId: null,
  });

  it('go to the next one of the row or the column, and nowhere at the edge', () => {
    const grid = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => at(x, y)));
    expect(boxTowards(grid, at(1, 1), 'left')?.key).toBe('0 1');
    expect(boxTowards(grid, at(1, 1), 'down')?.key).toBe('1 2');
    expect(boxTowards(grid, at(2, 0), 'right')).toBeNull();
    expect(boxTowards(grid, at(2, 0), 'up')).toBeNull();
  });

  it('always go in their direction', () => {
    const place = fc.tuple(fc.nat(9), fc.nat(9)).map(([x, y]) => at(x, y));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1 }), place, (boxes, from) => {
        const to = boxTowards(boxes, from, 'right');
        expect(to === null || to.box[0] > from.box[0]).toBe(true);
        expect(to === null).toBe(!boxes.some(({ box }) => box[0] > from.box[0]));
      }),
    );
  });
});

it('places are told by their images', () => {
  const { places } = product('tin', [
    ['a-10.jpg #1', null],
    ['a-2.jpg #3', null],
    ['a-10.jpg #7', null],
  ]);
  expect(seenIn(places)).toEqual([
    { name: 'a-2.jpg', count: 1 },
    { name: 'a-10.jpg', count: 2 },
  ]);
});

it('the filter looks for all words, whatever their accents', () => {
  const products = [product('1', [], 'Crème brûlée'), product('2', [], 'Corn Flakes')];
  expect(matching(products, 'brulee TIN').map(({ id }) => id)).toEqual(['1']);
  expect(matching(products, ' ')).toBe(products);
});
