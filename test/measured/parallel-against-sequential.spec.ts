import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult, named, PARSER_PATHS, upload, type NamedFile } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const IMAGES = 44;
const LATENCY_MS = 3_000;

describe('44 images of 3 s each on 3 threads', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;
  let files: NamedFile[];

  beforeAll(async () => {
    gemini = await startGeminiStandIn({ answerFor: showsOf, latencyMs: LATENCY_MS });
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl });
    files = named(await pictures(IMAGES));
  });
  afterAll(async () => {
    await server?.stop();
    await gemini?.close();
    await removeDirectory(server.dataDir);
  });

  it('parallel takes no longer than the slowest call plus a second; sequential gives the same shows', async () => {
    const call = (path: string) => upload(server.url, path, files, server.adminToken).timeout(300_000).expect(200);
    const parallel = asRunResult((await call(PARSER_PATHS.adminParallel)).body);
    expect(parallel).toMatchObject({ mode: 'parallel', state: 'completed', failures: [] });
    expect(parallel.metrics.workers.configured).toBe(3);
    const slowestMs = Math.max(...gemini.calls.map(({ startedAt, endedAt }) => (endedAt ?? Infinity) - startedAt));
    expect(slowestMs).toBeGreaterThanOrEqual(LATENCY_MS);
    expect(parallel.metrics.wallMs).toBeLessThanOrEqual(slowestMs + 1_000);
    expect(gemini.maxInFlight).toBe(IMAGES);
    expect(gemini.calls).toHaveLength(IMAGES);

    const sequential = asRunResult((await call(PARSER_PATHS.adminSequential)).body);
    expect(sequential).toMatchObject({ mode: 'sequential', state: 'completed', failures: [] });
    expect(sequential.metrics.wallMs).toBeGreaterThanOrEqual(IMAGES * LATENCY_MS);
    expect(sequential.shows).toEqual(parallel.shows);
  }, 300_000);
});
