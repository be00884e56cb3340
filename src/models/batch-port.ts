import type { ModelPrice } from './prices.ts';

/** How a batch stands at the service. `ended` is the end whatever came of it: what was answered is in its files. */
export interface BatchStanding {
  id: string;
  /** `failed`: nothing of it was done, since its file was not accepted; `problem` says why. */
  state: 'underWay' | 'completed' | 'failed' | 'expired' | 'cancelled';
  /** Files of answered lines and of failed ones; null where there is none. */
  outputFileId: string | null;
  errorFileId: string | null;
  inputFileId: string | null;
  counts: { total: number; completed: number };
  /** Epoch ms; null where the service does not say. */
  expiresAt: number | null;
  /** The service's code for why a file was not accepted; never shown as it is. */
  problem: string | null;
}

/**
 * A service that takes many questions in one file and answers them within a day, at half the price. Every method rejects
 * with a CodedError `model.*`, or with the signal's reason.
 */
export interface BatchService {
  /** @returns the id of the file at the service */
  upload(path: string, name: string, signal: AbortSignal): Promise<string>;
  /** @param tag found again by {@link find}, should this process end before it has heard the answer */
  create(fileId: string, tag: string, signal: AbortSignal): Promise<BatchStanding>;
  find(tag: string, signal: AbortSignal): Promise<BatchStanding | null>;
  get(batchId: string, signal: AbortSignal): Promise<BatchStanding>;
  cancel(batchId: string, signal: AbortSignal): Promise<void>;
  /** The lines of a file, without their ends. */
  lines(fileId: string, signal: AbortSignal): AsyncIterable<string>;
  /** Files of a batch whose answers are all taken. Never rejects: the service deletes them by itself some day. */
  drop(fileIds: readonly string[]): Promise<void>;
}

/** Dollars in a batch for each that a call by itself costs (platform.openai.com/docs/guides/batch). */
export const BATCH_PRICE_SHARE = 0.5;

export function priceInBatches({ inputUsdPerToken, outputUsdPerToken }: ModelPrice): ModelPrice {
  const share = BATCH_PRICE_SHARE;
  return { inputUsdPerToken: inputUsdPerToken * share, outputUsdPerToken: outputUsdPerToken * share };
}
