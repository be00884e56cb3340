import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { PosterRecord } from '../../src/contract/poster.ts';
import type { RunResult } from '../../src/contract/run.ts';
import type { Box } from '../../src/contract/show.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { beginPile, sendFile } from '../support/piles.ts';
import { runUntil } from '../support/requests.ts';
import { samplePosters, type SamplePosters } from '../support/sample-posters.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const TOKEN = 'posters-token';

describe('red zones of posters over HTTP', () => {
  let posters: SamplePosters;
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let here: ServerProcess;
  beforeAll(async () => {
    posters = await samplePosters();
    gemini = await startGeminiStandIn({ answerFor: posters.answerFor });
    const model = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl };
    server = await startServerProcess({ ...model, ADMIN_TOKEN: TOKEN, CACHE_HOURS: '24' });
    here = await startServerProcess({ MODEL: 'local', ADMIN_TOKEN: TOKEN });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([server?.stop(), here?.stop()]);
    await gemini?.close();
    await removeDirectory(server.dataDir);
    await removeDirectory(here.dataDir);
  }, 60_000);

  const start = (url: string, fields: Record<string, string> = {}, count = Infinity) => {
    let call = request(url).post('/api/runs').set('Authorization', `Bearer ${TOKEN}`);
    for (const [name, value] of Object.entries({ analysis: 'posters', ...fields })) call = call.field(name, value);
    for (const { name, bytes } of posters.files.slice(0, count))
      call = call.attach('screenshots', bytes, { filename: name });
    return call;
  };
  const ended = (url: string, { runId }: { runId: string }): Promise<RunResult> =>
    runUntil(url, runId, TOKEN, ({ state }) => state === 'completed' || state === 'failed', 60_000);
  const recordsOf = ({ records }: RunResult) => (records ?? []) as PosterRecord[];
  const violated = ({ violations, elements }: PosterRecord) =>
    violations.map(({ zone, element }) => `${zone}: ${elements[element]?.kind}`).toSorted();
  const exported = (runId: string, format: string) =>
    request(server.url).get(`/api/runs/${runId}/export?format=${format}`).set('Authorization', `Bearer ${TOKEN}`);

  it('says of each poster what lies in which zone, with the boxes of its print; as CSV and as a report', async () => {
    const { body } = await start(server.url).expect(202);
    const started = body as { runId: string };
    const result = await ended(server.url, started);
    expect(result).toMatchObject({ analysis: 'posters', state: 'completed', shows: [], failures: [] });
    const records = recordsOf(result);
    expect(records.map(({ image }) => image)).toEqual(posters.truth.map(({ file }) => file));
    for (const [at, record] of records.entries()) {
      const { violates = [], elements = [] } = posters.truth[at] ?? {};
      expect([record.image, violated(record)]).toEqual([
        record.image,
        violates.map(({ zone, kind }) => `${zone}: ${kind}`).toSorted(),
      ]);
      expect(record).toMatchObject({
        judged: 'all',
        isTextRead: true,
        aspect: 0.6667,
        compliant: violates.length === 0,
      });
      for (const truth of elements.filter(({ kind }) => kind === 'title' || kind === 'credits')) {
        const found = record.elements.find(({ kind }) => kind === truth.kind);
        expect(found?.placedBy).toBe('print');
        expect(alike(found?.box ?? null, truth.box)).toBeGreaterThan(0.75);
      }
      // Nobody named the tagline: the reader found it.
      const tagline = elements.find(({ kind }) => kind === 'text')?.text;
      expect(record.elements.filter(({ kind }) => kind === 'text').map(({ text }) => text)).toContain(tagline);
    }
    expect(records.at(-1)?.zones.find(({ name }) => name === 'bottom-bar')).toMatchObject({
      compliant: true,
      overlaps: [{ share: 1 }],
    });
    expect(JSON.stringify(gemini.asks[0]?.body)).not.toMatch(/bottom-bar|top-ten/);

    const csv = (await exported(started.runId, 'csv').expect(200)).text;
    expect(csv).toContain('“bottom-bar” covers 100 % of the block of credits.');
    const html = await exported(started.runId, 'html').expect(200);
    expect(html.headers['content-type']).toMatch(/^text\/html/);
    expect(html.text).toContain('<dt>Not compliant</dt><dd>6</dd>');
    expect(html.text.match(/<section/g)).toHaveLength(posters.truth.length);
    expect(html.text).not.toContain('<script');
  }, 90_000);

  it('from a pile with other zones, the same answers are judged anew and nothing is asked again', async () => {
    const before = gemini.calls.length;
    const pile = await beginPile(server.url, TOKEN);
    for (const file of posters.files) await sendFile(server.url, pile, file);
    const { body } = await request(server.url)
      .post(`/api/piles/${pile.pileId}/runs`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .send({
        analysis: 'posters',
        options: { zones: [{ name: 'left half', box: [0, 0, 0.5, 1] }], keepClear: ['title'] },
      })
      .expect(202);
    const result = await ended(server.url, body as { runId: string });
    expect(result.metrics.calls).toMatchObject({ made: 0, cached: posters.files.length });
    for (const record of recordsOf(result)) expect(violated(record)).toEqual(['left half: title']);
    expect(gemini.calls).toHaveLength(before);
  }, 90_000);

  it('leaves the print unread where it is told to, and says so', async () => {
    const { body } = await start(server.url, { ground: 'off' }, 1).expect(202);
    const [record] = recordsOf(await ended(server.url, body as { runId: string }));
    expect(record).toMatchObject({ judged: 'all', isTextRead: false });
    expect(record?.remarks).toEqual(['The print was not read: places are as the model gives them.']);
  }, 60_000);

  it('refuses options in words before anything is asked', async () => {
    const before = gemini.calls.length;
    const box = '{"zones":[{"name":"a","box":[0.9,0,0.2,0.1]}]}';
    for (const [fields, words] of [
      [{ options: box }, /options\.zones\.0/],
      [{ options: '{"zones": [' }, /options: must be an object/],
      [{ options: '{}', analysis: 'styles' }, /takes no options/],
    ] as const) {
      const { body } = await start(server.url, fields, 1).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', detail: expect.stringMatching(words) });
    }
    expect(gemini.calls).toHaveLength(before);
  });

  it('judges text alone on this machine, without a key, and says so', async () => {
    const { body } = await start(here.url).expect(202);
    const result = await ended(here.url, body as { runId: string });
    expect(result).toMatchObject({ state: 'completed', failures: [] });
    for (const [at, record] of recordsOf(result).entries()) {
      const printed = (posters.truth[at]?.violates ?? []).filter(({ kind }) => kind !== 'face' && kind !== 'logo');
      expect([record.image, violated(record)]).toEqual([
        record.image,
        printed.map(({ zone, kind }) => `${zone}: ${kind}`).toSorted(),
      ]);
      expect(record.judged).toBe('text');
      expect(record.remarks[0]).toMatch(/^Only the text was judged/);
    }
  }, 120_000);
});

/** Intersection over union. */
function alike(a: Box | null, b: Box): number {
  if (a === null) return 0;
  const across = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const down = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  const both = Math.max(0, across) * Math.max(0, down);
  return both / (a[2] * a[3] + b[2] * b[3] - both);
}
