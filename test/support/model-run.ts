import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { InferenceOutput } from '../../src/models/local/inference.ts';

export interface ModelRun {
  /** Path of an ONNX file with one input and one output. */
  file: string;
  values: Float32Array;
  dims: number[];
}

/** Gives the model one input, in a thread of its own (the runtime does not take the arrays of Jest's sandbox). */
export async function runModel(run: ModelRun): Promise<InferenceOutput> {
  const worker = new Worker(new URL('./model-run.worker.ts', import.meta.url), { workerData: run });
  const exited = once(worker, 'exit');
  const [output] = (await once(worker, 'message')) as [InferenceOutput];
  await exited;
  return output;
}
