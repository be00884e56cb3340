import { createHash } from 'node:crypto';
import type { Analysis } from '../contract/analysis.ts';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import type { Settings } from '../contract/settings.ts';
import type { CallGate } from '../engine/call-gate.ts';
import { systemClock } from '../engine/clock.ts';
import type { DispatchEnd } from '../engine/dispatch-options.ts';
import { Dispatch } from '../engine/dispatcher.ts';
import type { EngineObserver } from '../engine/observer.ts';
import { Purse, type TokenPrice } from '../engine/purse.ts';
import { DEFAULT_BACKOFF, retryDelayMs } from '../engine/retry.ts';
import { estimateInputTokens } from '../models/input-tokens.ts';
import { modelName } from '../models/open-model.ts';
import type { EmbeddingUse, ModelConfig } from '../models/port.ts';
import type { ConcludeRequest } from '../runs/analysis-runner.ts';
import type { AnswerCache } from './kept.ts';
import { conclusionOf, replyJsonSchema } from './questions.ts';
import type { WorkerPool } from './worker-pool.ts';
import type { Vectors } from './worker-protocol.ts';

export interface ConcludeParts {
  pool: WorkerPool;
  gate: CallGate;
  model: ModelConfig;
  /** Null where the model's price is not known. */
  price: TokenPrice | null;
  answers: AnswerCache | null;
  observer: EngineObserver;
  request: ConcludeRequest;
  analysis: Analysis;
  prompt: string;
}

/** How the question ended: `json` is the reply, checked; null where there is none. */
export interface Conclusion {
  json: unknown;
  failure: FailureData | null;
  end: DispatchEnd;
}

/** One question about words, through the same gate, purse and retries as every other call of the account. */
export async function concluded(parts: ConcludeParts): Promise<Conclusion> {
  const { pool, gate, model, price, answers, observer, request, analysis, prompt } = parts;
  const { settings, spent, signal, answersNotBefore } = request;
  const asked = conclusionOf(analysis);
  const schema = JSON.stringify(replyJsonSchema(asked));
  const answerKey = createHash('sha256')
    .update(JSON.stringify([modelName(model), baseUrlOf(model), asked.name, prompt, schema]))
    .digest('base64url');
  const purse = new Purse({ capUsd: settings.budgetUsdPerRun, price });
  purse.charge(spent);
  let [json, failure]: [unknown, FailureData | null] = [null, null];
  const dispatch = new Dispatch<null, null, unknown>({
    units: [{ id: 'conclusion', payload: null }],
    async prepare() {
      const kept = answers?.get(answerKey, answersNotBefore)?.json ?? null;
      observer.cacheLookup(kept !== null);
      // What an earlier version of the analysis took for a proper answer is asked again.
      if (kept !== null && asked.replySchema.safeParse(kept).success) return [{ kind: 'known', ms: 0, value: kept }];
      const characters = { promptCharacters: prompt.length, schemaCharacters: schema.length };
      const inputTokens = estimateInputTokens({ model, image: null, ...characters });
      return [{ kind: 'ready', ms: 0, prepared: null, sizeBytes: prompt.length, inputTokens }];
    },
    async call(_unit, _prepared, { maxOutputTokens }, stop) {
      const { context, analysis: name } = request;
      const timeoutMs = CONCLUSION_TIMEOUTS * settings.timeoutPerImage;
      const reply = await pool.conclude({ prompt, maxOutputTokens, analysis: name, context, timeoutMs }, stop);
      if (!reply.ok) return { ok: false, failure: reply.failure, tokens: reply.tokens, thread: reply.threadId };
      answers?.put(answerKey, { json: reply.json, tokens: reply.tokens });
      return { ok: true, value: reply.json, tokens: reply.tokens, thread: reply.threadId };
    },
    gate,
    pause: request.gate,
    purse,
    limit: 1,
    ahead: { units: 1, bytes: Infinity, atOnce: 1 },
    retry: { maxRetries: settings.maxRetries, ...DEFAULT_BACKOFF },
    hedging: 'off',
    clock: systemClock,
    random: Math.random,
    observer,
    onOutcome(outcome) {
      if (outcome.ok) json = outcome.value;
      else failure = outcome.failure;
    },
    signal,
  });
  const end = await dispatch.run();
  return { json, failure: failure ?? end.stoppedBy, end };
}

/** It is written from all readings, and may be as long as many of their answers. */
const CONCLUSION_TIMEOUTS = 4;

function baseUrlOf(model: ModelConfig): string | null {
  return model.kind === 'local' ? null : model.baseUrl;
}

export interface EmbedRequest {
  pool: WorkerPool;
  texts: readonly string[];
  use: EmbeddingUse;
  settings: Pick<Settings, 'timeoutPerImage' | 'maxRetries'>;
}

/** Tried again as any call, but past the gate: the quota of this model is another one. @throws CodedError `model.*` */
export async function embedded(request: EmbedRequest, signal: AbortSignal): Promise<Vectors> {
  const { pool, texts, use, settings } = request;
  const { maxRetries, timeoutPerImage: timeoutMs } = settings;
  for (let failures = 1; ; failures += 1) {
    const reply = await pool.embed({ texts, use, timeoutMs }, signal);
    if (reply.ok) return { model: reply.model, vectors: reply.vectors };
    const delayMs = retryDelayMs(reply.failure, failures, { maxRetries, ...DEFAULT_BACKOFF }, Math.random());
    if (delayMs === null || signal.aborted) throw new CodedError(reply.failure.code, reply.failure.detail);
    await systemClock.sleep(delayMs, signal);
  }
}
