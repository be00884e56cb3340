import type { AnalysisName, ProcessingMode } from './run.ts';

/** What a run would take, said before it is started: the answer of `POST /api/runs/estimate`. */
export interface RunEstimate {
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  /** As many as were given. */
  images: number;
  /** Of those, such as cannot be read at all. */
  unreadable: number;
  /** Of those, such as have the same bytes as another. */
  duplicates: number;
  /** Calls to the model, if each image is answered at once and none was asked before. */
  calls: number;
  /** Objects that each image is taken to have, where they are still to be found and each is asked about. Missing otherwise. */
  objectsPerImage?: number;
  tokens: { input: number; output: number };
  /** US dollars; null where the price of the model is not known. */
  costUsd: number | null;
  /** From the start to the end, going by what is known of the account and the model. */
  seconds: number;
  /** Of a run in batches: `costUsd` is half of what single calls cost, `seconds` the most it takes. Missing otherwise. */
  batch?: true;
  /** The cap of the settings; null for none. */
  budgetUsd: number | null;
  /** Null where nothing is capped, or the price is not known. */
  isWithinBudget: boolean | null;
  /** Day of the table of prices. */
  priceDate: string;
}
