/** The thread's side of {@link ReaderThread}: reads the text of one image after another, as a worker of the pool does. */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { CodedError } from '../../src/contract/coded-error.ts';
import { createLocalTextReader } from '../../src/models/local/text-reader.ts';
import type { RawImage } from '../../src/models/port.ts';
import type { ReaderReply, ReaderRequest } from './reader-thread.ts';

if (!parentPort) throw new Error('This file is the script of a worker thread.');
const port = parentPort;
sharp.concurrency(1);
const reader = await createLocalTextReader();

async function decoded(request: ReaderRequest): Promise<RawImage> {
  const { image } = request;
  if (Array.isArray(image)) return stacked(await Promise.all(image.map((path) => decodedFile(path, request))));
  return typeof image === 'string' ? await decodedFile(image, request) : image;
}

async function decodedFile(path: string, { width, turnDegrees }: ReaderRequest): Promise<RawImage> {
  const upright = turnDegrees === undefined ? sharp(path).autoOrient() : sharp(path).rotate(turnDegrees);
  const picture = width === undefined ? upright : upright.resize({ width });
  const { data, info } = await picture.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function stacked(images: readonly RawImage[]): RawImage {
  return {
    data: Buffer.concat(images.map(({ data }) => data)),
    width: images[0]?.width ?? 0,
    height: images.reduce((sum, { height }) => sum + height, 0),
  };
}

function abortedAfter(ms: number | undefined): AbortSignal {
  if (ms === undefined) return new AbortController().signal;
  return ms === 0 ? AbortSignal.abort() : AbortSignal.timeout(Math.round(ms));
}

async function answer(request: ReaderRequest): Promise<ReaderReply> {
  try {
    const startedAt = performance.now();
    const image = await decoded(request);
    const decodedAt = performance.now();
    const signal = abortedAfter(request.abortAfterMs);
    const page = await reader.read(image, signal);
    return { ok: true, page, decodeMs: decodedAt - startedAt, readMs: performance.now() - decodedAt };
  } catch (thrown) {
    const name = thrown instanceof CodedError ? thrown.code : thrown instanceof Error ? thrown.name : 'unknown';
    return { ok: false, error: name };
  }
}

port.on('message', (request: ReaderRequest | 'close') => {
  // The owner sends one request at a time, so a thread is never closed amid an inference.
  if (request === 'close') void reader.close().then(() => port.close());
  else void answer(request).then((reply) => port.postMessage(reply));
});
port.postMessage('ready');
