import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { CodedError } from './contract/coded-error.ts';
import type { EngineObserver } from './engine/observer.ts';
import { openBatches } from './models/open-model.ts';
import type { ModelConfig } from './models/port.ts';
import { priceOf } from './models/prices.ts';
import { BatchDesk } from './parser/batch/batch-desk.ts';
import { KaraokeParserService } from './parser/karaoke-parser.service.ts';
import { ParallelGeminiService } from './parser/parallel-gemini.service.ts';
import { openKeptStore, type KeptStore } from './storage/kept-store.ts';

/** What reads images, and what it has open. */
export interface OpenReader {
  pool: ParallelGeminiService;
  runner: KaraokeParserService;
  /** Null where nothing is kept between runs: reading on this machine costs nothing. */
  kept: KeptStore | null;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;

export interface ReaderOptions {
  /** Calls under way at once, instead of what the environment says. */
  maxInFlight?: number;
  observer?: EngineObserver;
}

/**
 * Puts together what reads images, for the server and for the command line alike.
 *
 * @throws CodedError `config.invalid` where the second model is not set up
 */
export async function openReader(config: Config, options: ReaderOptions = {}): Promise<OpenReader> {
  if (config.fallbackProblem) throw new CodedError('config.invalid', config.fallbackProblem);
  const { model, fallback, cacheHours, dataDir, modelRpm, modelTpm } = config;
  const isRemote = model !== null && model.kind !== 'local';
  // Also where answers shall not be kept for later runs: one that is killed must not pay again for what it has.
  const keptHours = Math.max(1, cacheHours);
  const kept = isRemote ? openKeptStore({ dataDir, expireAfterMs: keptHours * HOUR_MS }) : null;
  const pool = new ParallelGeminiService({
    model,
    maxInFlight: options.maxInFlight ?? config.analysisConcurrency,
    observer: options.observer,
    told: { requests: modelRpm, inputTokens: modelTpm },
    answers: kept?.answers ?? null,
    learnt: kept?.learnt ?? null,
    price: model ? await priceOf(model) : null,
    batches: kept && model?.kind === 'openai' ? batchDesk(kept, model, dataDir) : null,
    fallback: fallback && { model: fallback, price: await priceOf(fallback) },
  });
  return {
    pool,
    runner: new KaraokeParserService(pool),
    kept,
    async close() {
      await pool.close();
      kept?.close();
    },
  };
}

function batchDesk(kept: KeptStore, model: Extract<ModelConfig, { kind: 'openai' }>, dataDir: string): BatchDesk {
  return new BatchDesk({
    book: kept.batches,
    directory: join(dataDir, 'batches'),
    openService: () => openBatches(model),
  });
}
