import { describe, expect, it } from '@jest/globals';
import { anImage } from '../../test/storage/stored-samples.ts';
import { readDetections, unitsOf } from './detections.ts';
import type { StoredImage } from './run-store.ts';

function image(position: number, name: string, more: Partial<StoredImage> = {}): StoredImage {
  return anImage(position, { name, ...more });
}

const COCO = {
  info: { year: 2026 },
  images: [
    { id: 7, file_name: 'photos/shelf.jpg', width: 200, height: 100 },
    { id: 8, file_name: 'room.jpg' },
    { id: 9, file_name: 'never-sent.jpg', width: 10, height: 10 },
  ],
  categories: [{ id: 1, name: 'lamp' }],
  annotations: [
    { id: 1, image_id: 8, category_id: 1, bbox: [10, 10, 20, 40], iscrowd: 0 },
    { id: 2, image_id: 7, category_id: 1, bbox: [20, 10, 100, 50] },
    { id: 3, image_id: 9, category_id: 1, bbox: [0, 0, 5, 5] },
    { id: 4, image_id: 7, category_id: 1, bbox: [190, 90, 40, 40] },
  ],
};

describe('detections', () => {
  it('of a COCO file become units, those of an image together, in the order of the images', async () => {
    const images = [image(0, 'shelf.jpg'), image(1, 'empty.jpg'), image(2, 'room.jpg')];
    const units = await unitsOf(images, readDetections(COCO), async () => ({ width: 100, height: 80 }));
    expect(units.map(({ position, name, state, crop }) => [position, name, state, crop])).toEqual([
      [0, 'shelf.jpg #1', 'pending', [0.1, 0.1, 0.5, 0.5]],
      // Partly outside: clipped by whoever cuts it.
      [1, 'shelf.jpg #2', 'pending', [0.95, 0.9, 0.2, 0.4]],
      [2, 'room.jpg #1', 'pending', [0.1, 0.125, 0.2, 0.5]],
      [3, 'never-sent.jpg #1', 'failed', undefined],
    ]);
    expect(units[3]?.failure).toMatchObject({ code: 'request.invalid', detail: expect.stringMatching(/not sent/) });
  });

  it('of a plain list are shares where no number is above 1, else pixels', async () => {
    const list = [
      { image: 'a.jpg', box: [0.25, 0.5, 0.5, 0.5] },
      { image: 'a.jpg', box: [10, 20, 30, 40] },
    ];
    const units = await unitsOf([image(0, 'a.jpg')], readDetections(list), async () => ({ width: 100, height: 200 }));
    expect(units.map(({ crop }) => crop)).toEqual([
      [0.25, 0.5, 0.5, 0.5],
      [0.1, 0.1, 0.3, 0.2],
    ]);
  });

  it('an image that failed on its way stays a failure of its own', async () => {
    const failed = image(0, 'big.jpg', { state: 'failed', imageId: null, sha256: null });
    const units = await unitsOf([failed], readDetections([{ image: 'big.jpg', box: [0, 0, 1, 1] }]), async () => null);
    expect(units).toEqual([failed]);
  });

  it.each([
    ['text that is no JSON', '{"images": [', /neither COCO JSON/],
    ['nothing', [], /no detection/],
    ['a box of three', [{ image: 'a.jpg', box: [1, 2, 3] }], /neither COCO JSON/],
    ['an image nobody lists', { images: [], annotations: [{ image_id: 4, bbox: [0, 0, 1, 1] }] }, /image 4/],
  ])('%s is refused in words', (_what, json, words) => {
    expect(() => readDetections(json)).toThrow(words);
  });
});
