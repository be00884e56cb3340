import { parentPort, workerData } from 'node:worker_threads';

/** Loads the image library, as every thread of the pool does; told to, it then decodes until it is ended. */
const { png } = workerData as { png: Uint8Array | null };
const { fromEncoded } = await import('../../src/images/pixel-library.ts');
while (png !== null) {
  const problem = await fromEncoded(png, 1_000_000)
    .raw()
    .toBuffer()
    .then(() => null, String);
  parentPort?.postMessage(problem);
}
