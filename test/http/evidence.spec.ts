import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { asRunResult, PARSER_PATHS, upload, type NamedFile } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const SAMPLE = new URL('../../samples/images/06-table.png', import.meta.url);
const PHONE = '(999) 123-4567';
const ANSWER = {
  shows: [{ venueName: "Buck's", venuePhone: PHONE, days: ['MO'], startTime: '22:00', confidence: 0.9 }],
};

describe('evidence over HTTP', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let files: NamedFile[];

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answer: ANSWER });
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, GROUND: 'on' });
    files = [{ name: 'table.png', bytes: await readFile(SAMPLE) }];
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  it('says of each field where it is printed, and of one that is not, that it is not', async () => {
    const { body } = await upload(server.url, PARSER_PATHS.parallel, files).expect(200);
    const [show] = asRunResult(body).shows;
    const fields = show?.evidence[0]?.fields ?? {};
    expect(fields['venue.name']).toMatchObject({ text: "Buck's", grounded: true });
    expect(fields['venue.name']?.box?.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(fields['venue.phone']).toMatchObject({ text: PHONE, box: null, grounded: false });
    expect(show?.confidences?.['venue.name']).toBeGreaterThan(0.8);
    expect(show?.confidences?.['venue.phone']).toBeLessThan(0.3);
  });

  it('leaves that out for `ground=off`, on the calls of the parser and of runs', async () => {
    const { body } = await upload(server.url, PARSER_PATHS.sequential, files).field('ground', 'off').expect(200);
    const [show] = asRunResult(body).shows;
    expect(show?.evidence[0]?.fields['venue.phone']).toEqual({ text: PHONE, box: null });
    expect(show?.confidences).toBeUndefined();
    await upload(server.url, '/api/runs', files, server.adminToken).field('ground', 'off').expect(202);
  });

  it('takes no other word for it', async () => {
    const { body } = await upload(server.url, PARSER_PATHS.parallel, files).field('ground', 'maybe').expect(400);
    expect(body).toMatchObject({ code: 'request.invalid' });
  });
});
