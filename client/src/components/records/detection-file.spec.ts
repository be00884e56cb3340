import { describe, expect, it } from '@jest/globals';
import { detectionsOf, detectionSummary, readDetections, type DetectionFile } from './detection-file.ts';

const COCO = {
  info: { year: 2020 },
  images: [
    { id: 1, file_name: 'train/a.jpg', width: 100, height: 50, license: 3 },
    { id: 'two', file_name: 'b.jpg' },
  ],
  annotations: [
    { id: 1, image_id: 1, bbox: [1, 2, 3, 4], segmentation: [[1, 2, 3]], area: 12 },
    { image_id: 1, bbox: [5, 2, 3, 4] },
    { image_id: 'two', bbox: [0, 0, 9, 9] },
  ],
};

function read(json: unknown): DetectionFile {
  const file = readDetections('boxes.json', JSON.stringify(json));
  if (typeof file === 'string') throw new Error(file);
  return file;
}

describe('a file of detections', () => {
  it('tells how many boxes are in how many images, and which of them are not in the pile', () => {
    expect(detectionSummary(read(COCO), ['a.jpg', 'c.jpg'])).toEqual({
      boxes: 3,
      images: 2,
      missing: ['b.jpg'],
      withoutBox: 1,
    });
    const plain = read([{ image: 'C:\\shots\\a.jpg', box: [0, 0, 0.5, 0.5], score: 1 }]);
    expect(detectionSummary(plain, ['a.jpg'])).toEqual({ boxes: 1, images: 1, missing: [], withoutBox: 0 });
  });

  it('is sent without masks, and of some images with their boxes alone', () => {
    expect(JSON.stringify(read(COCO).detections)).not.toMatch(/segmentation|license|info/);
    expect(detectionsOf(read(COCO), ['b.jpg'])).toEqual({
      images: [{ id: 'two', file_name: 'b.jpg' }],
      annotations: [{ image_id: 'two', bbox: [0, 0, 9, 9] }],
    });
  });

  it.each([
    ['notJson', '{"images": ['],
    ['otherJson', '{"shapes": []}'],
    ['otherJson', '[{"image": "a.jpg", "box": [1, 2, 3]}]'],
    ['unlisted', '{"images": [], "annotations": [{"image_id": 4, "bbox": [1, 2, 3, 4]}]}'],
    ['none', '[]'],
    [
      'tooLarge',
      JSON.stringify(Array.from({ length: 90_000 }, () => ({ image: 'a-rather-long-name.jpg', box: [1, 2, 3, 4] }))),
    ],
  ])('that cannot be taken says why: %s', (problem, text) => {
    expect(readDetections('boxes.json', text)).toBe(problem);
  });
});
