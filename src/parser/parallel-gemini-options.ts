import type { EngineObserver } from '../engine/observer.ts';
import type { TokenPrice } from '../engine/purse.ts';
import type { ModelConfig } from '../models/port.ts';
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
  observer?: EngineObserver;
  /** For tests and benchmarks: a shorter minute, another script, a smaller heap. */
  minuteMs?: number;
  workerFile?: URL;
  heapLimitMb?: number;
}

/** Calls under way per thread to begin with, where the settings say `auto` and a service does the work. */
export const AUTO_CALLS_PER_THREAD = 20;
/** Where the settings say `auto`, the slots may grow to this. */
export const AUTO_MOST_CALLS = 1_000;
/** What one thread may hold; the slots decide how many there really are. */
export const MAX_CALLS_PER_THREAD = 1_000;
/** What was learnt is written down this often while runs go on. */
export const KEEP_EVERY_MS = 5_000;

export const MONEY_NOT_WATCHED =
  'The price of this model is not known, so the cap of money (budgetUsdPerRun) could not be watched.';
