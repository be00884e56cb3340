import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { recipesAnalysis } from '../src/analyses/recipes/index.ts';
import type { Observation, RunContext } from '../src/contract/analysis.ts';
import type { RunResult, RunStep } from '../src/contract/run.ts';
import { createGeminiModel } from '../src/models/gemini/gemini-model.ts';
import { conclusionOf, replyJsonSchema } from '../src/parser/questions.ts';
import { framesOf } from '../src/video/frames.ts';
import type { VideoFrame } from '../src/video/video-messages.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../test/support/gemini-stand-in.ts';
import { startServerProcess } from '../test/support/server.ts';
import { OURS } from './contenders/names.ts';
import { median, round } from './run-contender.ts';

/** Case "recipe": the sample video to its recipe, on a service that is as slow as the one that was met before. */
export interface RecipeResult {
  contender: string;
  /** Medians of three. */
  seconds: number;
  /** The longest chain of steps that need each other; null where it is not told. */
  chainSeconds: number | null;
  steps: RunStep[];
}

const VIDEO = fileURLToPath(new URL('../samples/videos/pancakes.mp4', import.meta.url));
/** What one call took there: 23.9 s for eight frames one by one, 2.9 s for all at once. */
const FRAME_MS = 2_900;
const RECIPE_MS = 6_000;
const VECTORS_MS = 400;
const ROUNDS = 3;
/** The ways of before only wait, once they have found their frames: the next round may find its own. */
const APART_MS = 3_000;
const TOKEN = 'bench-token';
export const STEP_BY_STEP = 'one step after another, one frame after another';
export const FRAMES_AT_ONCE = 'one step after another, all frames at once';

export async function runRecipes(
  wants: (contender: string) => boolean,
  log: (line: string) => void,
): Promise<RecipeResult[]> {
  const answer = { description: 'Somebody whisks eggs', ingredients: [{ name: 'egg', amount: 2, unit: null }] };
  const recipe = { title: 'Pancakes', ingredients: answer.ingredients, steps: [{ text: 'Whisk.', seconds: 1 }] };
  const gemini = await startGeminiStandIn({
    answerFor: ({ imageSha256 }) => (imageSha256 === null ? recipe : answer),
    latencyMs: ({ imageSha256 }) => (imageSha256 === null ? RECIPE_MS : FRAME_MS),
    embeddingLatencyMs: VECTORS_MS,
  });
  const contenders: [string, () => Promise<Omit<RecipeResult, 'contender'>>][] = [
    [STEP_BY_STEP, () => original(gemini, false)],
    [FRAMES_AT_ONCE, () => original(gemini, true)],
    [OURS, () => ours(gemini)],
  ];
  try {
    const results: RecipeResult[] = [];
    for (const [contender, run] of contenders.filter(([name]) => wants(name))) {
      const runs = await inRounds(run, contender === OURS ? null : APART_MS);
      const middle = median(runs.map(({ seconds }) => seconds));
      const of = runs.find(({ seconds }) => seconds === middle) ?? runs[0];
      if (!of) continue;
      results.push({ contender, ...of });
      log(`recipe: ${contender}: ${of.seconds.toFixed(1)} s`);
    }
    return results;
  } finally {
    await gemini.close();
  }
}

/** @param apartMs between two starts; null where each round waits for the end of the one before */
async function inRounds<Outcome>(run: () => Promise<Outcome>, apartMs: number | null): Promise<Outcome[]> {
  const runs: Promise<Outcome>[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const started = run();
    runs.push(started);
    await (apartMs === null ? started : sleep(apartMs));
  }
  return Promise.all(runs);
}

/** Over HTTP, from the first byte sent to the end of the run; a server that is up, and has answered nothing before. */
async function ours(gemini: GeminiStandIn): Promise<Omit<RecipeResult, 'contender'>> {
  const server = await startServerProcess({
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: gemini.baseUrl,
    ADMIN_TOKEN: TOKEN,
    CACHE_HOURS: '0',
  });
  try {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const body = new FormData();
    body.append('analysis', 'recipes');
    body.append('screenshots', new Blob([await readFile(VIDEO)]), 'pancakes.mp4');
    const startedAt = performance.now();
    const started = await fetch(`${server.url}/api/runs`, { method: 'POST', body, headers });
    const { runId } = (await started.json()) as { runId: string };
    for (;;) {
      const run = (await (await fetch(`${server.url}/api/runs/${runId}`, { headers })).json()) as RunResult;
      if (run.state === 'completed') {
        const steps = run.metrics.steps ?? [];
        const found = steps.find(({ step }) => step === 'frames')?.endMs ?? 0;
        const seconds = round((performance.now() - startedAt) / 1_000, 2);
        return { seconds, chainSeconds: round((found + FRAME_MS + RECIPE_MS) / 1_000, 2), steps };
      }
      if (run.state === 'failed') throw new Error(`The run failed: ${run.notices.join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await server.stop();
    await rm(server.dataDir, { recursive: true, force: true });
  }
}

/** As it was done before: each step waits for the one before it to be done with everything. */
async function original(gemini: GeminiStandIn, framesAtOnce: boolean): Promise<Omit<RecipeResult, 'contender'>> {
  const model = createGeminiModel({
    kind: 'gemini',
    apiKey: 'k',
    baseUrl: gemini.baseUrl,
    model: 'gemini-2.5-flash',
    embeddingModel: 'gemini-embedding-001',
  });
  const never = new AbortController().signal;
  const context: RunContext = {
    timezone: null,
    city: null,
    state: null,
    notes: null,
    startedAt: '2026-01-01T00:00:00Z',
  };
  const folder = await mkdtemp(join(tmpdir(), 'recipe-'));
  const startedAt = performance.now();
  const video = join(folder, 'video.mp4');
  await writeFile(video, await readFile(VIDEO));
  const frames: VideoFrame[] = [];
  for await (const frame of framesOf(video)) frames.push(frame);
  const describe = async ({ index, timeMs, jpeg, width, height }: VideoFrame) => {
    const image = { bytes: jpeg, mimeType: 'image/jpeg' as const, width, height };
    const question = { prompt: recipesAnalysis.prompt(context), replyJsonSchema: replyJsonSchema(recipesAnalysis) };
    const { json } = await model.ask({ ...question, image, maxOutputTokens: null }, never);
    const [reading] = recipesAnalysis.fromReply(recipesAnalysis.replySchema.parse(json), context, null);
    return { imageId: String(index), image: `${index}`, index: 0, timeMs, reading } as Observation<never>;
  };
  const described: Observation<never>[] = [];
  if (framesAtOnce) described.push(...(await Promise.all(frames.map(describe))));
  else for (const frame of frames) described.push(await describe(frame));
  for (const { reading } of described) {
    await model.embedding?.embed([recipesAnalysis.textOf?.(reading) ?? ''], 'document', never);
  }
  const prompt = recipesAnalysis.conclude?.prompt(described, context) ?? '';
  const replySchema = replyJsonSchema(conclusionOf(recipesAnalysis as never));
  const { json } = await model.ask({ prompt, image: null, replyJsonSchema: replySchema, maxOutputTokens: null }, never);
  for (const { index, jpeg } of frames) await writeFile(join(folder, `${index}.jpg`), jpeg);
  await writeFile(join(folder, 'recipe.json'), JSON.stringify(json));
  const seconds = round((performance.now() - startedAt) / 1_000, 2);
  await rm(folder, { recursive: true, force: true });
  return { seconds, chainSeconds: null, steps: [] };
}
