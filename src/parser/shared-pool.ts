import { availableParallelism } from 'node:os';
import type { ModelConfig } from '../models/port.ts';
import { MAX_CALLS_PER_THREAD } from './calls-at-once.ts';
import { TextReaders } from './text-readers.ts';
import { WorkerPool } from './worker-pool.ts';

/** The threads of all runs. */
export interface SharedPool {
  pool: WorkerPool;
  /** Its threads start when the first image is to be held against an answer. */
  texts: TextReaders;
  configuredThreads: number;
  runs: number;
}

export function openSharedPool(
  model: ModelConfig,
  threads: number,
  common: { workerFile?: URL; heapLimitMb?: number; onRestart: () => void },
): SharedPool {
  const callsPerThread = model.kind === 'local' ? 1 : MAX_CALLS_PER_THREAD;
  const pool = new WorkerPool({ ...common, model, threads, callsPerThread });
  const texts = new TextReaders({ ...common, places: Math.min(threads, availableParallelism()) });
  return { pool, texts, configuredThreads: threads, runs: 0 };
}
