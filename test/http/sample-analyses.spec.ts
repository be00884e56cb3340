import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import request from 'supertest';
import type { Product } from '../../src/contract/product.ts';
import type { RunResult } from '../../src/contract/run.ts';
import type { Look, Portfolio, StyleRecord } from '../../src/contract/style.ts';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { runUntil } from '../support/requests.ts';
import {
  lookAnswer,
  PORTFOLIO,
  portfolioTruth,
  SHELVES,
  shelfAnswer,
  shelvesTruth,
} from '../support/sample-answers.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';

const TOKEN = 'samples-token';
const AT_ONCE = 3;

describe('the samples of products and styles over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let env: Record<string, string>;
  beforeAll(async () => {
    gemini = await startGeminiStandIn({});
    env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, MODEL_RPM: '100000' };
    server = await startServerProcess({ ...env, ADMIN_TOKEN: TOKEN, ANALYSIS_CONCURRENCY: String(AT_ONCE) });
  }, 60_000);
  afterEach(() => gemini.set({ latencyMs: 0 }));
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  }, 60_000);

  const read = async (analysis: string, folder: string, fields: Record<string, string> = {}): Promise<RunResult> => {
    let call = request(server.url)
      .post('/api/runs')
      .set('Authorization', `Bearer ${TOKEN}`)
      .field('analysis', analysis);
    for (const [name, value] of Object.entries(fields)) call = call.field(name, value);
    for (const name of (await readdir(folder)).filter((each) => each.endsWith('.jpg')).sort()) {
      call = call.attach('screenshots', join(folder, name));
    }
    const { body } = await call.expect(202);
    const { runId } = body as { runId: string };
    return runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed' || state === 'failed', 60_000);
  };
  const file = (runId: string, format: string) =>
    request(server.url)
      .get(`/api/runs/${runId}/export?format=${format}`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);

  it('finds each product of eight shelves once, with all the places where it stands', async () => {
    gemini.set({ answerFor: shelfAnswer });
    const { products, images } = await shelvesTruth();
    const detections = await readFile(join(SHELVES, 'detections.json'), 'utf8');
    const result = await read('products', SHELVES, { detections });
    expect(result).toMatchObject({ state: 'completed', failures: [], progress: { totalImages: 320, failedImages: 0 } });
    const found = (result.records ?? []) as Product[];
    const placesOf = (product: number): number =>
      images.flatMap(({ detections: each }) => each).filter((each) => each.product === product).length;
    expect(found.map(({ name, brand, places }) => `${brand} ${name}: ${places.length}`).toSorted()).toEqual(
      products.map(({ name, brand }, place) => `${brand} ${name}: ${placesOf(place)}`).toSorted(),
    );
    for (const { conflicts } of found) expect(conflicts).toEqual([]);
    // An image is opened once for its detections, but each of them is a call.
    expect(gemini.maxInFlight).toBeLessThanOrEqual(AT_ONCE);
  }, 90_000);

  it('describes a portfolio, and gives it as a contact sheet with its pictures; never more calls than ANALYSIS_CONCURRENCY', async () => {
    gemini.set({ answerFor: lookAnswer, latencyMs: 150 });
    const { looks } = await portfolioTruth();
    const result = await read('styles', PORTFOLIO);
    expect(result).toMatchObject({ state: 'completed', failures: [] });
    expect(gemini.maxInFlight).toBe(AT_ONCE);
    const records = (result.records ?? []) as StyleRecord[];
    const found = records.filter((each): each is Look => each.kind === 'look');
    expect(found.map(({ description }) => description)).toEqual(looks.map(({ description }) => description));
    expect((records.at(-1) as Portfolio).outliers.map(({ image }) => image)).toEqual(['look-12.jpg']);

    const pdf = await file(result.runId, 'pdf');
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    // Each look's picture is in it.
    expect((pdf.body as Buffer).toString('latin1').match(/\/Filter \/DCTDecode/g)).toHaveLength(looks.length);
    const png = await file(result.runId, 'png');
    expect(png.headers['content-disposition']).toMatch(/attachment; filename="?contactsheet-run_\w+\.png/);
    const { format, width } = await sharp(png.body as Buffer).metadata();
    expect([format, width]).toEqual(['png', expect.closeTo(2_104, -1)]);
  }, 60_000);

  it('gives the same sheet on the command line', async () => {
    gemini.set({ answerFor: lookAnswer });
    const folder = await temporaryDirectory();
    const out = join(folder, 'portfolio.pdf');
    const args = ['parse', PORTFOLIO, '--analysis', 'styles', '--format', 'pdf', '--out', out];
    const { code, stderr } = await runCli(args, { ...env, HOME: folder });
    expect([code, stderr]).toEqual([0, expect.stringContaining('Written to')]);
    expect((await readFile(out)).toString('latin1').match(/\/Filter \/DCTDecode/g)).toHaveLength(12);
    await removeDirectory(folder);
  }, 60_000);
});
