import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CodedError } from '../../contract/coded-error.ts';

/** A model's answer: `values` in row-major order of `dims`. */
export interface InferenceOutput {
  values: Float32Array;
  dims: readonly number[];
}

/**
 * One model with one input and one output, run on the calling thread.
 *
 * A run blocks the thread until it ends, and ending a thread amid a run kills the whole process: the thread's owner must
 * wait for it. Between two awaited runs the event loop turns, so timers and messages get their turn there.
 */
export class Inference {
  readonly #session: InferenceSession;
  readonly #inputName: string;
  readonly #outputName: string;

  private constructor(session: InferenceSession, inputName: string, outputName: string) {
    this.#session = session;
    this.#inputName = inputName;
    this.#outputName = outputName;
  }

  /** @throws CodedError `model.notConfigured` where the model's file is missing or cannot be loaded */
  static async open(file: URL): Promise<Inference> {
    let session: InferenceSession;
    try {
      session = await InferenceSession.create(await readFile(file), {
        // One thread for each session: the pool's threads are the parallelism, and sessions with threads of their own
        // fight over the cores (two of them read fewer images than one).
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        // Patterns are kept for every input size seen; sizes here hardly ever repeat, so they would only take memory.
        enableMemPattern: false,
      });
    } catch (cause) {
      throw new CodedError(
        'model.notConfigured',
        'The models of the local text reader could not be loaded. `npm run models` makes them again.',
        { cause },
      );
    }
    const [inputName] = session.inputNames;
    const [outputName] = session.outputNames;
    if (inputName === undefined || outputName === undefined) throw new Error('The model has no input or no output.');
    return new Inference(session, inputName, outputName);
  }

  async run(values: Float32Array, dims: readonly number[]): Promise<InferenceOutput> {
    const results = await this.#session.run({ [this.#inputName]: new Tensor('float32', values, dims) });
    const output = results[this.#outputName];
    if (output?.type !== 'float32') throw new Error('The model gave no floats.');
    return { values: output.data as Float32Array, dims: output.dims };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}
