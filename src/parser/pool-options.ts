import type { ModelConfig } from '../models/port.ts';

export interface WorkerPoolOptions {
  model: ModelConfig;
  /** 1–5 */
  threads: number;
  /** Calls that one thread holds at once: 1 where the thread itself does the work, many where it waits for a service. */
  callsPerThread: number;
  onRestart?: () => void;
  workerFile?: URL;
  /** Heap of one thread, MB; one that outgrows it is ended and replaced. */
  heapLimitMb?: number;
}

/** The pool has become smaller, or works one image at a time, because its threads kept dying. */
export interface PoolChange {
  threads: number;
  sequential: boolean;
}

/** For the people who wait for the run. */
export function noticeOf({ threads, sequential }: PoolChange): string {
  return sequential
    ? 'The reading threads kept stopping, so the rest was read one image after another.'
    : `The reading threads kept stopping, so the rest was read with ${threads}.`;
}
