import { findAnalysis } from '../analyses/registry.ts';
import type { RunContext } from '../contract/analysis.ts';
import type { AnalysisName, ProcessingMode } from '../contract/run.ts';
import type { Settings } from '../contract/settings.ts';
import { systemClock } from '../engine/clock.ts';
import { remainingMs } from '../engine/forecast.ts';
import { sizeAsSent, type PixelSize } from '../images/read-size.ts';
import { imageNeedsOf } from '../models/image-needs.ts';
import { estimateInputTokens } from '../models/input-tokens.ts';
import type { ParallelGeminiService } from './parallel-gemini.service.ts';
import { replyJsonSchema } from './reply-json-schema.ts';

export interface EstimateRequest {
  analysis: AnalysisName;
  mode: ProcessingMode;
  settings: Settings;
  context: RunContext;
  /** Of each image that would be asked about, upright. */
  sizes: readonly PixelSize[];
}

export interface ReadingEstimate {
  calls: number;
  tokens: { input: number; output: number };
  seconds: number;
}

/** Before any answer was seen. A listing takes about 100 tokens, and models think before they answer. */
const UNSEEN_OUTPUT_TOKENS = 600;
const UNSEEN_LATENCY = { meanMs: 3_000, p95Ms: 6_000 };
/** Opening, scaling and encoding an image on one core; reading one on this machine. */
const PREPARE_MS = 90;
const READ_HERE_MS = 600;

/** What reading these images would take, going by what is known of the account. Asks nobody anything. */
export function estimateReading(pool: ParallelGeminiService, request: EstimateRequest): ReadingEstimate {
  const { sizes, mode, settings } = request;
  const { model, account } = pool;
  const calls = sizes.length;
  const threads = mode === 'sequential' ? 1 : pool.threadsFor(settings);
  if (model.kind === 'local' || account === null) {
    return { calls, tokens: { input: 0, output: 0 }, seconds: (calls * READ_HERE_MS) / threads / 1_000 };
  }
  const input = sizes.reduce((sum, size) => sum + inputTokensOf(pool, request, size), 0);
  const latency = account.latency ?? UNSEEN_LATENCY;
  const readMs = remainingMs({
    queued: calls,
    underWayMs: [],
    inputTokens: calls > 0 ? input / calls : 0,
    slots: mode === 'sequential' ? 1 : pool.callsFor(settings).start,
    latency: { meanMs: latency.meanMs, quantileMs: () => latency.p95Ms },
    budget: account.budget,
    now: systemClock.now(),
  });
  const tokens = {
    input: Math.round(account.budget.expectedTokens(input)),
    output: Math.round(calls * (account.outputTokens ?? UNSEEN_OUTPUT_TOKENS)),
  };
  // The first image has to be prepared before anything is asked; the others are meanwhile, if the threads can keep up.
  const prepareMs = Math.max(PREPARE_MS, (calls * PREPARE_MS) / threads - readMs);
  return { calls, tokens, seconds: (readMs + (calls > 0 ? prepareMs : 0)) / 1_000 };
}

function inputTokensOf({ model }: ParallelGeminiService, request: EstimateRequest, size: PixelSize): number {
  const analysis = findAnalysis(request.analysis);
  return estimateInputTokens({
    model,
    image: sizeAsSent(size, imageNeedsOf(model)?.maxSide ?? Infinity),
    promptCharacters: analysis.prompt(request.context).length,
    schemaCharacters: JSON.stringify(replyJsonSchema(analysis)).length,
  });
}
