import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Look, Portfolio, StyleRecord } from '../../src/contract/style.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const TOKEN = 'styles-token';
const IMAGES = 6;

/** Every other picture shows a dress; the words are the picture's own. */
function lookOf({ imageSha256 }: { imageSha256: string | null }) {
  const number = Number.parseInt((imageSha256 ?? '0').slice(0, 6), 16);
  return {
    garments: [
      { kind: number % 2 === 0 ? 'dress' : 'coat', silhouette: 'a-line', fabrics: ['wool'], construction: ['=1+1'] },
    ],
    moods: ['calm'],
    occasions: ['office'],
    seasons: ['winter'],
    description: 'A calm look.',
    confidence: 0.9,
  };
}

describe('style descriptors over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let here: ServerProcess;
  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: lookOf });
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, ADMIN_TOKEN: TOKEN });
    here = await startServerProcess({ MODEL: 'local', ADMIN_TOKEN: TOKEN });
    // Two servers start here, one of them with a text reader in each thread.
  }, 60_000);
  afterAll(async () => {
    await Promise.all([server?.stop(), here?.stop()]);
    await gemini?.close();
    await removeDirectory(server.dataDir);
    await removeDirectory(here.dataDir);
  }, 60_000);

  const start = async (url: string) => {
    let call = request(url).post('/api/runs').set('Authorization', `Bearer ${TOKEN}`).field('analysis', 'styles');
    for (const [index, bytes] of (await pictures(IMAGES)).entries()) {
      call = call.attach('screenshots', bytes, { filename: `look-${index}.png` });
    }
    return call;
  };
  const get = (path: string) => request(server.url).get(path).set('Authorization', `Bearer ${TOKEN}`);

  it('gives a record for each look with measured colours, and one for the portfolio; as CSV without formulas', async () => {
    const { body, status } = await start(server.url);
    expect(status).toBe(202);
    const { runId } = body as { runId: string };
    let result = asRunResult((await get(`/api/runs/${runId}`)).body);
    while (result.state === 'running' || result.state === 'queued') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      result = asRunResult((await get(`/api/runs/${runId}`)).body);
    }
    expect(result).toMatchObject({ analysis: 'styles', state: 'completed', shows: [], failures: [] });
    const records = (result.records ?? []) as StyleRecord[];
    const looks = records.filter((each): each is Look => each.kind === 'look');
    expect(looks.map(({ images }) => images[0]?.image)).toEqual(
      Array.from({ length: IMAGES }, (_, index) => `look-${index}.png`),
    );
    for (const { palette } of looks) {
      expect(palette.length).toBeGreaterThan(0);
      expect(palette.reduce((sum, { share }) => sum + share, 0)).toBeGreaterThan(0.8);
    }
    const portfolio = records.at(-1) as Portfolio;
    expect(portfolio).toMatchObject({ kind: 'portfolio', looks: IMAGES });
    expect(portfolio.signature.map(({ value }) => value)).toEqual(expect.arrayContaining(['wool', 'calm', 'a-line']));
    // Colours are measured: they are not asked about.
    expect(JSON.stringify(gemini.asks[0]?.body)).not.toMatch(/palette|hex/);

    const csv = (await get(`/api/runs/${runId}/export?format=csv`).expect(200)).text;
    expect(csv.split('\r\n').filter(Boolean)).toHaveLength(IMAGES + 2);
    expect(csv).toContain("'=1+1");
    const refused = await get(`/api/runs/${runId}/export?format=ics`).expect(400);
    expect(refused.body).toMatchObject({
      code: 'request.invalid',
      detail: expect.stringMatching(/json, csv, pdf, or png/),
    });
  });

  it('needs a model, and says so in words where there is none', async () => {
    const { body, status } = await start(here.url);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).toMatchObject({ code: 'model.notConfigured', detail: expect.stringMatching(/GEMINI_API_KEY/) });
  });
});
