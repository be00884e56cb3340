import type { ProcessingMode } from './run.ts';

/** What an admin sets; see the contract for the bounds. */
export interface Settings {
  processingMode: ProcessingMode;
  /** Threads, 1–5. */
  maxConcurrentWorkers: number;
  /** Model calls under way at once over all threads, 1–1000. */
  maxInFlight: 'auto' | number;
  /** ms */
  timeoutPerImage: number;
  maxRetries: number;
  /** Images reported and checkpointed together. */
  batchSize: 'auto' | number;
  hedging: 'off' | 'auto';
  budgetUsdPerRun: number | null;
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  processingMode: 'parallel',
  maxConcurrentWorkers: 3,
  maxInFlight: 'auto',
  timeoutPerImage: 30_000,
  maxRetries: 3,
  batchSize: 'auto',
  hedging: 'off',
  budgetUsdPerRun: null,
};

/** What the server takes of numbers, both ends included; the pages check by the same as they are typed. */
export const SETTING_BOUNDS = {
  maxConcurrentWorkers: { min: 1, max: 5 },
  maxInFlight: { min: 1, max: 1_000 },
  /** ms */
  timeoutPerImage: { min: 1_000, max: 600_000 },
  maxRetries: { min: 0, max: 10 },
  batchSize: { min: 1, max: 1_000 },
} as const;
