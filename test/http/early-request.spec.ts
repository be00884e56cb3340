import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult, named, PARSER_PATHS, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';

const TOKEN = 'early-token';
const IMAGES = 6;

let gemini: GeminiStandIn;
let dataDir: string;
let server: ServerProcess;

beforeAll(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf, latencyMs: 300 });
  dataDir = await temporaryDirectory();
});
afterAll(async () => {
  await server?.stop();
  await gemini?.close();
  await removeDirectory(dataDir);
});

/** A run that is begun while the server is still finding out what was left undone must not be taken for left undone. */
it('a run that is asked for at the first moment the server answers is made once, and completed', async () => {
  const port = await freePort();
  const files = named(await pictures(IMAGES));
  const starting = startServerProcess({
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: gemini.baseUrl,
    ADMIN_TOKEN: TOKEN,
    DATA_DIR: dataDir,
    PORT: String(port),
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/api/health`).catch(() => null))) await new Promise((resolve) => setTimeout(resolve, 5));
  const { body } = await upload(url, PARSER_PATHS.adminParallel, files, TOKEN);
  server = await starting;
  expect(asRunResult(body)).toMatchObject({ state: 'completed', failures: [], notices: [] });
  expect(gemini.calls).toHaveLength(IMAGES);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
