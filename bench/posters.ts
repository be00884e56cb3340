import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postersAnalysis } from '../src/analyses/posters/index.ts';
import type { RunContext } from '../src/contract/analysis.ts';
import type { RunResult } from '../src/contract/run.ts';
import { createGeminiModel } from '../src/models/gemini/gemini-model.ts';
import { replyJsonSchema } from '../src/parser/questions.ts';
import { runCli } from '../test/support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../test/support/gemini-stand-in.ts';
import { startMediaServer } from '../test/support/media-server.ts';
import { OURS } from './contenders/names.ts';
import { imageSet } from './image-sets.ts';
import { round } from './run-contender.ts';

/** Case "posters": a list of addresses, each fetched and asked about. */
export interface PostersResult {
  contender: string;
  posters: number;
  seconds: number;
  aMinute: number;
  lost: number;
}

const POSTERS = 120;
/** One by one, these stand for all: the rest would take as long each. */
const FEW = 6;
const SIZE = { width: 600, height: 900 };
const FETCH_MS = 300;
const MODEL_MS = 3_000;
export const POSTER_BY_POSTER = 'one poster after another';
export const TEN_THREADS = 'ten at a time';

export async function runPosters(
  wants: (contender: string) => boolean,
  log: (line: string) => void,
): Promise<PostersResult[]> {
  const paths = await imageSet('posters', POSTERS, SIZE);
  const media = await startMediaServer((request, response) => {
    const path = paths[Number.parseInt(request.url?.slice(1) ?? '', 10)] ?? '';
    setTimeout(() => void readFile(path).then((bytes) => response.end(bytes)), FETCH_MS);
  });
  const gemini = await startGeminiStandIn({ answer: { elements: [] }, latencyMs: MODEL_MS });
  const urls = paths.map((_, index) => `${media.url}/${index}.jpg`);
  const contenders: [string, () => Promise<Omit<PostersResult, 'contender'>>][] = [
    [POSTER_BY_POSTER, () => original(gemini, urls.slice(0, FEW), 1)],
    [TEN_THREADS, () => original(gemini, urls, 10)],
    [OURS, () => ours(gemini, urls)],
  ];
  try {
    const results: PostersResult[] = [];
    for (const [contender, run] of contenders.filter(([name]) => wants(name))) {
      const result = { contender, ...(await run()) };
      log(`posters: ${contender}: ${result.aMinute} a minute`);
      results.push(result);
    }
    return results;
  } finally {
    await gemini.close();
    await media.close();
  }
}

/** The command, from its start to its end: the print of each poster is read here as well, which the others do not. */
async function ours(gemini: GeminiStandIn, urls: readonly string[]): Promise<Omit<PostersResult, 'contender'>> {
  const folder = await mkdtemp(join(tmpdir(), 'posters-'));
  const list = join(folder, 'posters.txt');
  await writeFile(list, urls.join('\n'));
  const env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, FETCH_PRIVATE_ADDRESSES: 'on' };
  const args = ['parse', list, '--analysis', 'posters', '--format', 'json', '--data-dir', join(folder, 'data')];
  const startedAt = performance.now();
  const { stdout, stderr, code } = await runCli(args, env);
  const seconds = (performance.now() - startedAt) / 1_000;
  await rm(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`The command ended with ${code}: ${stderr.slice(-500)}`);
  const { progress } = JSON.parse(stdout) as RunResult;
  return figures(urls.length, seconds, urls.length - (progress.processedImages - progress.failedImages));
}

/** As it was done before: so many threads, each of which fetches a poster and then asks about it. */
async function original(
  gemini: GeminiStandIn,
  urls: readonly string[],
  threads: number,
): Promise<Omit<PostersResult, 'contender'>> {
  const model = createGeminiModel({ kind: 'gemini', apiKey: 'k', baseUrl: gemini.baseUrl, model: 'gemini-2.5-flash' });
  const context: RunContext = { timezone: null, city: null, state: null, notes: null, startedAt: '' };
  const asked = {
    prompt: postersAnalysis.prompt(context),
    replyJsonSchema: replyJsonSchema(postersAnalysis),
  };
  const queue = [...urls];
  const startedAt = performance.now();
  const thread = async () => {
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      const image = { bytes, mimeType: 'image/jpeg' as const, ...SIZE };
      await model.ask({ ...asked, image, maxOutputTokens: null }, new AbortController().signal);
    }
  };
  await Promise.all(Array.from({ length: threads }, thread));
  return figures(urls.length, (performance.now() - startedAt) / 1_000, 0);
}

function figures(posters: number, seconds: number, lost: number): Omit<PostersResult, 'contender'> {
  return { posters, seconds: round(seconds, 1), aMinute: Math.round((posters * 60) / seconds), lost };
}
