/** Runs one model once, in a thread of its own: see {@link runModel}. */
import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { Inference } from '../../src/models/local/inference.ts';
import type { ModelRun } from './model-run.ts';

const { file, values, dims } = workerData as ModelRun;
const inference = await Inference.open(pathToFileURL(file));
parentPort?.postMessage(await inference.run(values, dims));
await inference.close();
