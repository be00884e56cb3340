import { findAnalysis } from '../analyses/registry.ts';
import type { Observation, RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import { callCostUsd } from '../engine/purse.ts';
import type { Tokens } from '../engine/unit.ts';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import type { EmbeddingUse } from '../models/port.ts';
import type {
  AnalysisRunner,
  Concluded,
  ConcludeRequest,
  RunnerEnd,
  RunnerRequest,
  TextVectors,
} from '../runs/analysis-runner.ts';
import { estimateReading, type EstimateRequest, type ReadingEstimate } from './estimate.ts';
import { noBatches } from './not-configured.ts';
import type { ParallelGeminiService } from './parallel-gemini.service.ts';
import { checkedReply } from './prepare-image.ts';

/** Fewer observations are merged within some 20 ms, which HTTP can wait. */
const MERGE_IN_THREAD_FROM = 60;

/** Turns a pile of images into merged records: reads them through the pool, and merges what they say. */
export class KaraokeParserService implements AnalysisRunner {
  readonly #pool: ParallelGeminiService;

  constructor(pool: ParallelGeminiService) {
    this.#pool = pool;
  }

  modelFor(analysis: AnalysisName, { batch = false }: { batch?: boolean } = {}): string {
    const { model, modelName } = this.#pool;
    if (batch && !this.#pool.takesBatches) throw noBatches();
    if (model.kind === 'local' && !findAnalysis(analysis).fromText) {
      throw new CodedError(
        'model.notConfigured',
        `The analysis "${analysis}" needs a vision model: set GEMINI_API_KEY or OPENAI_BASE_URL.`,
      );
    }
    return modelName;
  }

  costUsd(tokens: Tokens): number | null {
    const { model, price } = this.#pool;
    if (model.kind === 'local') return 0;
    // What is taken off again may leave a trace below 0.
    return price === null ? null : Math.max(0, callCostUsd(price, tokens));
  }

  estimate(request: EstimateRequest): ReadingEstimate {
    return estimateReading(this.#pool, request);
  }

  run(request: RunnerRequest): Promise<RunnerEnd> {
    return this.#pool.analyse(request);
  }

  async merge(
    analysis: AnalysisName,
    observations: readonly Observation<unknown>[],
    context: RunContext,
  ): Promise<unknown[]> {
    if (observations.length >= MERGE_IN_THREAD_FROM) {
      const merged = await this.#pool.merge(analysis, observations, context);
      if (merged) return merged;
    }
    return findAnalysis(analysis).merge(observations, context);
  }

  async conclude(request: ConcludeRequest): Promise<Concluded | null> {
    const analysis = findAnalysis(request.analysis);
    const { observations, context } = request;
    const prompt = analysis.conclude?.prompt(observations, context) ?? null;
    if (prompt === null || !analysis.conclude) return null;
    const { json, failure, end } = await this.#pool.conclude(request, analysis, prompt);
    const records =
      json === null ? null : analysis.conclude.records(checkedReply(analysis.conclude, json), observations, context);
    return { records, failure, counts: end.counts, pausedBy: end.pausedBy };
  }

  embed(texts: readonly string[], use: EmbeddingUse, signal: AbortSignal): Promise<TextVectors> {
    return this.#pool.embed(texts, use, DEFAULT_SETTINGS, signal);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
