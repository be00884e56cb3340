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
