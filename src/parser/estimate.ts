import { findsBoxes } from '../analyses/options.ts';
import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName, ProcessingMode } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { systemClock } from '../engine/clock.ts';
import { assumedLatency, UNSEEN_LATENCY } from '../engine/expected-latency.ts';
import { remainingMs } from '../engine/forecast.ts';
import { sizeAsSent, type PixelSize } from '../images/read-size.ts';
import { imageNeedsOf } from '../models/image-needs.ts';
import { estimateInputTokens } from '../models/input-tokens.ts';
import type { ParallelGeminiService } from './parallel-gemini.service.ts';
import { imageQuestion, replyJsonSchema } from './questions.ts';
import type { WhichQuestion } from './worker-protocol.ts';

export interface EstimateRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: RunContext;
  /** Of each image, or part of one, that would be asked about, upright. */
  sizes: readonly (PixelSize & { isPart?: true })[];
}

export interface ReadingEstimate {
  calls: number;
  /** Of objects that are still to be found, how many each image was taken to have; null where none are to be found. */
  objectsPerImage: number | null;
  tokens: { input: number; output: number };
  seconds: number;
}

/** Before any answer was seen. A listing takes about 100 tokens, and models think before they answer. */
const UNSEEN_OUTPUT_TOKENS = 600;
/** Opening, scaling and encoding an image on one core; reading one on this machine. */
const PREPARE_MS = 90;
const READ_HERE_MS = 600;

/** Of an image whose objects are still to be found: a shelf has many more, a photo of one thing one. */
const OBJECTS_PER_IMAGE = 12;
const OBJECT_SIDE = 384;

interface Asked {
  size: PixelSize;
  asks?: WhichQuestion['asks'];
}

/** What would be asked: about each image and each part, or first where objects are and then about so many of them. */
function questionsOf({ sizes, ...run }: EstimateRequest): { asked: Asked[]; objectsPerImage: number | null } {
  const whole = sizes.filter(({ isPart }) => isPart !== true);
  if (whole.length === 0 || !findsBoxes(run)) return { asked: sizes.map((size) => ({ size })), objectsPerImage: null };
  const object = { size: { width: OBJECT_SIDE, height: OBJECT_SIDE } };
  return {
    asked: sizes.flatMap((size) =>
      size.isPart
        ? [{ size }]
        : [{ size, asks: 'boxes' as const }, ...Array.from({ length: OBJECTS_PER_IMAGE }, () => object)],
    ),
    objectsPerImage: OBJECTS_PER_IMAGE,
  };
}

/** What reading these images would take, going by what is known of the account. Asks nobody anything. */
export function estimateReading(pool: ParallelGeminiService, request: EstimateRequest): ReadingEstimate {
  const { mode, settings } = request;
  const { model, account } = pool;
  const { asked, objectsPerImage } = questionsOf(request);
  const calls = asked.length;
  const threads = mode === 'sequential' ? 1 : pool.threadsFor(settings);
  if (model.kind === 'local' || account === null) {
    const seconds = (calls * READ_HERE_MS) / threads / 1_000;
    return { calls, objectsPerImage, tokens: { input: 0, output: 0 }, seconds };
  }
  const input = asked.reduce((sum, each) => sum + inputTokensOf(pool, request, each), 0);
  const latency = account.latency ?? UNSEEN_LATENCY;
  const readMs = remainingMs({
    queued: calls,
    underWayMs: [],
    inputTokens: calls > 0 ? input / calls : 0,
    slots: mode === 'sequential' ? 1 : pool.callsFor(settings).start,
    latency: assumedLatency(latency),
    budget: account.budget,
    now: systemClock.now(),
  });
  const tokens = {
    input: Math.round(account.budget.expectedTokens(input)),
    output: Math.round(calls * (account.outputTokens ?? UNSEEN_OUTPUT_TOKENS)),
  };
  // The first image has to be prepared before anything is asked; the others are meanwhile, if the threads can keep up.
  const prepareMs = Math.max(PREPARE_MS, (calls * PREPARE_MS) / threads - readMs);
  // Objects are asked about once they have been found.
  const findMs = objectsPerImage === null ? 0 : latency.meanMs;
  return { calls, objectsPerImage, tokens, seconds: (findMs + readMs + (calls > 0 ? prepareMs : 0)) / 1_000 };
}

function inputTokensOf({ model }: ParallelGeminiService, request: EstimateRequest, { size, asks }: Asked): number {
  const question = imageQuestion({ analysis: request.analysis, asks });
  return estimateInputTokens({
    model,
    image: sizeAsSent(size, imageNeedsOf(model)?.maxSide ?? Infinity),
    promptCharacters: question.prompt(request.context).length,
    schemaCharacters: JSON.stringify(replyJsonSchema(question)).length,
  });
}
