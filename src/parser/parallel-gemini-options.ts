import type { EngineObserver } from '../engine/observer.ts';
import type { TokenPrice } from '../engine/purse.ts';
import type { ModelConfig } from '../models/port.ts';
import type { BatchDesk } from './batch/batch-desk.ts';
import type { FallbackModel } from './fallback.ts';
import type { AnswerCache, LearntStore } from './kept.ts';

export interface ParallelGeminiOptions {
  /** Null where none is configured: every run is then refused in words. */
  model: ModelConfig | null;
  /** Overrides `settings.maxInFlight` (the environment's `ANALYSIS_CONCURRENCY`). */
  maxInFlight: number | null;
  /** What the key allows in a minute (`MODEL_RPM`, `MODEL_TPM`); null for what is to be learnt. */
  told?: { requests: number | null; inputTokens: number | null };
  /** Missing where nothing is kept between runs. */
  answers?: AnswerCache | null;
  learnt?: LearntStore | null;
  /** Null where the model's price is not known. */
  price?: TokenPrice | null;
  /** Where batches go; missing where the model's service takes none, or nothing is kept. */
  batches?: BatchDesk | null;
  /** Asked while `model` is down; missing for nobody. */
  fallback?: FallbackModel | null;
  observer?: EngineObserver;
  /** For tests and benchmarks: a shorter minute, another script, a smaller heap. */
  minuteMs?: number;
  workerFile?: URL;
  heapLimitMb?: number;
}

/** What was learnt is written down this often while runs go on. */
export const KEEP_EVERY_MS = 5_000;
