import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import request from 'supertest';
import { runImagesSchema } from '../../src/contract/pile-schemas.ts';
import type { Product } from '../../src/contract/product.ts';
import type { RunResult } from '../../src/contract/run.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { beginPile, sendFile } from '../support/piles.ts';
import { runUntil } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const TOKEN = 'products-token';
const [COLUMNS, ROWS] = [6, 4];
const [WIDTH, HEIGHT] = [600, 400];

/** A shelf of coloured boxes: each detection is one box, and each box another picture. */
async function shelf(): Promise<Buffer> {
  const boxes = Array.from({ length: COLUMNS * ROWS }, (_, number) => ({
    input: { create: { width: 90, height: 90, channels: 3 as const, background: { r: number * 10, g: 90, b: 200 } } },
    left: (number % COLUMNS) * 100 + 5,
    top: Math.floor(number / COLUMNS) * 100 + 5,
  }));
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#fff' } })
    .composite(boxes)
    .png()
    .toBuffer();
}

const annotations = Array.from({ length: COLUMNS * ROWS }, (_, number) => ({
  id: number + 1,
  image_id: 1,
  bbox: [(number % COLUMNS) * 100 + 5, Math.floor(number / COLUMNS) * 100 + 5, 90, 90],
}));
const COCO = { images: [{ id: 1, file_name: 'shelf.png', width: WIDTH, height: HEIGHT }], annotations };
const OUTSIDE = { id: 99, image_id: 1, bbox: [5_000, 10, 90, 90] };

/** The product is the picture's own: two runs over the same pixels say the same. */
function productOf({ imageSha256 }: { imageSha256: string | null }) {
  const name = `Tin ${(imageSha256 ?? '').slice(0, 6)}`;
  return { products: [{ name, brand: 'Acme', category: 'tin', price: '$1.50', confidence: 0.9 }] };
}

describe('product details of detected objects over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: productOf });
    server = await startServerProcess({
      GEMINI_API_KEY: 'k',
      GEMINI_BASE_URL: gemini.baseUrl,
      ADMIN_TOKEN: TOKEN,
      CACHE_HOURS: '24',
    });
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  const ended = (runId: string): Promise<RunResult> =>
    runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed' || state === 'failed', 30_000);
  const places = (result: RunResult) => ((result.records ?? []) as Product[]).flatMap((each) => each.places);

  it('each detection is one unit; one outside the image fails alone; progress counts detections', async () => {
    const { body } = await request(server.url)
      .post('/api/runs')
      .set('Authorization', `Bearer ${TOKEN}`)
      .field('analysis', 'products')
      .field('detections', JSON.stringify({ ...COCO, annotations: [...annotations, OUTSIDE] }))
      .attach('screenshots', await shelf(), { filename: 'shelf.png' })
      .expect(202);
    const { runId } = body as { runId: string };
    const result = await ended(runId);
    expect(result.progress).toMatchObject({ totalImages: 25, processedImages: 25, failedImages: 1 });
    expect(result.failures.map(({ image, code }) => [image, code])).toEqual([['shelf.png #25', 'request.invalid']]);
    expect(gemini.calls).toHaveLength(24);
    const { body: gallery } = await request(server.url)
      .get(`/api/runs/${runId}/images`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .expect(200);
    const { images } = runImagesSchema.strict().parse(gallery);
    expect(images.every(({ duplicateOf, looksLike }) => duplicateOf === null && looksLike.length === 0)).toBe(true);
    expect(images[1]).toMatchObject({
      name: 'shelf.png #2',
      crop: [expect.closeTo(105 / WIDTH, 6), 5 / HEIGHT, 0.15, 0.225],
    });
    // Every crop is a picture of its own, so every product is.
    expect(new Set(places(result).map(({ image }) => image)).size).toBe(24);
    expect(places(result).find(({ image }) => image === 'shelf.png #1')?.box).toEqual([
      expect.closeTo(5 / WIDTH, 6),
      expect.closeTo(5 / HEIGHT, 6),
      expect.closeTo(90 / WIDTH, 6),
      expect.closeTo(90 / HEIGHT, 6),
    ]);
    const csv = await request(server.url)
      .get(`/api/runs/${runId}/export?format=csv`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .expect(200);
    expect(csv.text).toContain('name,brand,category');
  });

  it('from a pile, the same parts are not paid again', async () => {
    const before = gemini.calls.length;
    const pile = await beginPile(server.url, TOKEN);
    await sendFile(server.url, pile, { name: 'shelf.png', bytes: await shelf() });
    const { body } = await request(server.url)
      .post(`/api/piles/${pile.pileId}/runs`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .send({ analysis: 'products', detections: COCO })
      .expect(202);
    const result = await ended((body as { runId: string }).runId);
    expect(result).toMatchObject({ state: 'completed', failures: [], metrics: { calls: { made: 0, cached: 24 } } });
    expect(places(result)).toHaveLength(24);
    expect(gemini.calls).toHaveLength(before);
  });

  it('detections that cannot be understood are refused in words, before anything is asked', async () => {
    const before = gemini.calls.length;
    const { body } = await request(server.url)
      .post('/api/runs')
      .set('Authorization', `Bearer ${TOKEN}`)
      .field('analysis', 'products')
      .field('detections', '{"images": [')
      .attach('screenshots', await shelf(), { filename: 'shelf.png' })
      .expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', detail: expect.stringMatching(/COCO/) });
    expect(gemini.calls).toHaveLength(before);
  });
});
