import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ReaderThread } from '../../../test/support/reader-thread.ts';
import { measureAccuracy, sumAccuracy } from '../../../test/support/text-accuracy.ts';
import type { TruePage } from '../../../test/support/text-accuracy.ts';

const shared = new URL('../../../../shared/data/reader/', import.meta.url);
/** The truth images are beside the checkout, not in it: a clone alone goes without them. */
const withShared = existsSync(shared) ? describe : describe.skip;
const path = (name: string): string => fileURLToPath(new URL(name, shared));

function truthByName(): Record<string, TruePage> {
  return JSON.parse(readFileSync(path('ground-truth.json'), 'utf8')) as Record<string, TruePage>;
}

function truthOf(name: string): TruePage {
  const page = truthByName()[name];
  if (!page) throw new Error(`There is no truth for ${name}.`);
  return page;
}

let thread: ReaderThread;
beforeAll(async () => {
  thread = await ReaderThread.start();
});
afterAll(async () => {
  await thread.close();
});

function blank(width: number, height: number, paint: (index: number) => number = () => 255) {
  return { data: Uint8Array.from({ length: width * height * 3 }, (_, index) => paint(index)), width, height };
}

describe('a reader of text', () => {
  it.each([
    [0, 0],
    [0, 40],
    [1, 1],
    [3, 200],
    [2_000, 2],
    [640, 480],
  ])('finds no text in an empty image of %i × %i', async (width, height) => {
    const { page } = await thread.read(blank(width, height));
    expect(page).toEqual({ width, height, lines: [] });
  });

  it('refuses pixels that do not fill the image', async () => {
    const image = { data: new Uint8Array(100), width: 100, height: 100 };
    expect(await thread.request({ image })).toEqual({ ok: false, error: 'image.unreadable' });
  });

  it('bounds its work on a twelve-megapixel picture full of specks', async () => {
    let seed = 1;
    const speckled = blank(4_000, 3_000, () => (seed = (seed * 48_271) % 2_147_483_647) & 255);
    const { readMs } = await thread.read(speckled);
    expect(readMs).toBeLessThan(5_000);
  });

  it('reads nothing once its signal is aborted', async () => {
    expect(await thread.request({ image: blank(640, 480), abortAfterMs: 0 })).toEqual({
      ok: false,
      error: 'AbortError',
    });
  });
});

withShared('a reader of text, on screenshots and flyers', () => {
  it('misreads at most 0.3 % of the characters and finds at least 99 % of the words', async () => {
    const results = [];
    for (const [name, truePage] of Object.entries(truthByName())) {
      const { page } = await thread.read(path(name));
      results.push(measureAccuracy(page, truePage));
    }
    const { errorRate, wordRecall, characters, extraLines } = sumAccuracy(results);
    expect(characters).toBeGreaterThan(9_000);
    expect(errorRate).toBeLessThanOrEqual(0.003);
    expect(wordRecall).toBeGreaterThanOrEqual(0.99);
    expect(extraLines).toEqual([]);
  }, 60_000);

  it('gives boxes as fractions of the image, and the slope of sloping lines', async () => {
    const { page } = await thread.read(path('15-feed-dark-1080-rot2.jpg'));
    const line = page.lines.find(({ text }) => text.startsWith('2200 Roosevelt'));
    expect(line?.angle).toBeCloseTo((2 * Math.PI) / 180, 2);
    for (const { box, confidence } of page.lines) {
      const [left, top, width, height] = box;
      for (const side of [left, top, width, height, left + width, top + height]) {
        expect(side).toBeGreaterThanOrEqual(0);
        expect(side).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it('stops between two inferences when its signal is aborted, and reads the next image', async () => {
    const image = path('05-schedule-light-1080.png');
    const whole = await thread.read(image);
    const startedAt = performance.now();
    const aborted = await thread.request({ image, abortAfterMs: whole.readMs / 4 });
    expect(aborted).toEqual({ ok: false, error: 'TimeoutError' });
    expect(performance.now() - startedAt).toBeLessThan(whole.decodeMs + whole.readMs);
    expect((await thread.read(image)).page).toEqual(whole.page);
  });

  it('reads a long scrolled screenshot as it reads its parts', async () => {
    const parts = ['01-feed-light-1080.png', '02-feed-dark-1080.png', '05-schedule-light-1080.png'];
    const { page } = await thread.read(parts.map((name) => path(name)));
    const linesOfPart = parts.map(() => 0);
    for (const { box } of page.lines) {
      const part = Math.floor((box[1] + box[3] / 2) * parts.length);
      linesOfPart[part] = (linesOfPart[part] ?? 0) + 1;
    }
    expect(page.height).toBe(3 * 2_340);
    expect(linesOfPart).toEqual([33, 34, 61]);
  });

  it.each([90, 180, 270])('reads a page that was turned by %i degrees as if it were upright', async (turnDegrees) => {
    const { page } = await thread.read(path('08-twocol-dark-720.png'), { turnDegrees });
    const truth = truthOf('08-twocol-dark-720.png');
    expect([page.width, page.height]).toEqual([truth.width, truth.height]);
    const { errorRate, wordRecall } = sumAccuracy([measureAccuracy(page, truth)]);
    expect(errorRate).toBeLessThan(0.01);
    expect(wordRecall).toBeGreaterThan(0.98);
    expect(page.lines.every(({ angle }) => Math.abs(angle) < 0.1)).toBe(true);
  });

  it('reads a flyer photographed with twelve megapixels as it reads the flyer itself', async () => {
    const { page, readMs } = await thread.read(path('10-flyer-red-1080.png'), { width: 3_100 });
    expect(page.width * page.height).toBeGreaterThan(12_000_000);
    expect(page.lines.map(({ text }) => text)).toContain('77 Pine Street, Dunedin, FL 34698');
    expect(readMs).toBeLessThan(5_000);
  });
});
