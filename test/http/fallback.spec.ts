import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { startOpenAiStandIn, type OpenAiStandIn } from '../support/openai-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { asRunResult, named, PARSER_PATHS, runUntil, startAsync } from '../support/requests.ts';
import { removeDirectory, startServerProcess, temporaryDirectory, type ServerProcess } from '../support/server.ts';
import { showsOf } from '../support/stand-in-shows.ts';
import { until } from '../support/until.ts';

const TOKEN = 'fallback-token';
const IMAGES = 12;

let gemini: GeminiStandIn;
let openai: OpenAiStandIn;
let folder: string;
let env: Record<string, string>;
let server: ServerProcess | null;

beforeEach(async () => {
  gemini = await startGeminiStandIn({ answerFor: showsOf, script: () => ({ kind: 'unavailable' }) });
  openai = await startOpenAiStandIn({ answerFor: showsOf });
  folder = await temporaryDirectory();
  server = null;
  env = {
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: gemini.baseUrl,
    FALLBACK_MODEL: 'openai',
    OPENAI_BASE_URL: openai.baseUrl,
    OPENAI_MODEL: 'second',
    ANALYSIS_CONCURRENCY: '4',
    ADMIN_TOKEN: TOKEN,
    DATA_DIR: join(folder, 'data'),
  };
});
afterEach(async () => {
  await server?.stop();
  await gemini.close();
  await openai.close();
  await removeDirectory(folder);
});

const answered = () => openai.calls.filter(({ status }) => status === 200);

describe('a server with a second model', () => {
  it('killed while the second reads, it goes on and pays for nothing twice', async () => {
    server = await startServerProcess(env);
    openai.set({ script: (index) => (index < 6 ? undefined : { kind: 'hang' }) });
    const { runId } = await startAsync(server.url, PARSER_PATHS.adminParallel, named(await pictures(IMAGES)), TOKEN);
    await until(
      () => answered().length === 6 && openai.inFlight === 4,
      () => `${openai.calls.length} asked`,
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    await server.kill();
    const before = new Set(answered().map(({ imageSha256 }) => imageSha256));
    const asked = openai.calls.length;
    openai.set({ script: undefined });
    server = await startServerProcess(env);
    const result = await runUntil(server.url, runId, TOKEN, ({ state }) => state === 'completed');
    expect(result).toMatchObject({
      model: 'gemini:gemini-2.5-flash',
      failures: [],
      progress: { processedImages: IMAGES },
    });
    expect(openai.calls.slice(asked).filter(({ imageSha256 }) => before.has(imageSha256))).toEqual([]);
    expect(openai.calls.slice(asked)).toHaveLength(IMAGES - 6);
    expect(result.notices.join(' ')).toMatch(
      /6 images were read by openai:second, since gemini:gemini-2.5-flash did not/,
    );
    // What a server at home costs nobody knows.
    expect(result.notices.join(' ')).toContain('The price of openai:second is not known');
    expect(result.metrics.costUsd).toBe(0);
  }, 60_000);
});

describe('the command line with a second model', () => {
  it('reads all and says who read it; doctor names it', async () => {
    const images = join(folder, 'images');
    await mkdir(images);
    for (const [index, bytes] of (await pictures(3)).entries()) await writeFile(join(images, `${index}.png`), bytes);
    const { code, stdout } = await runCli(['parse', images, '--format', 'json'], env);
    expect(code).toBe(0);
    expect(asRunResult(JSON.parse(stdout)).notices.join(' ')).toMatch(/3 images were read by openai:second/);
    const doctor = await runCli(['doctor'], env);
    expect(doctor.stdout).toMatch(/ok +fallback +openai:second is asked while gemini:gemini-2.5-flash is down/);
  }, 30_000);

  it.each([
    [{ OPENAI_MODEL: '' }, /FALLBACK_MODEL is openai: OPENAI_MODEL is not set/],
    [{ FALLBACK_MODEL: 'gemini' }, /FALLBACK_MODEL is gemini, which is the first model already/],
  ])('says what is missing for it: %j', async (changes, words) => {
    const images = join(folder, 'one.png');
    await writeFile(images, (await pictures(1))[0] ?? '');
    const { code, stderr } = await runCli(['parse', images], { ...env, ...changes });
    expect([code, openai.calls.length, gemini.calls.length]).toEqual([2, 0, 0]);
    expect(stderr).toMatch(words);
  });
});
