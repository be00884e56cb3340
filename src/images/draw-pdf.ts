import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodedError, type FailureData } from '../contract/coded-error.ts';
import { shareLibrarySetup } from './library-setup.ts';

/** Drawing blocks whoever does it, so a thread does. */
const THREAD_FILE = new URL(`./draw-pdf-thread${extname(import.meta.url)}`, import.meta.url);
/** A long sheet takes two seconds on a busy machine. */
const LIMIT_MS = 60_000;

export interface DrawPdfData {
  pdf: Uint8Array;
  dotsPerInch: number;
  /** The picture gets fewer dots an inch where it would have more pixels. */
  maxPixels: number;
}

/** Plain data: what a thread throws would lose its class and code on the way. */
export type DrawPdfReply = { ok: true; png: Uint8Array } | { ok: false; failure: FailureData };

let last: Promise<unknown> = Promise.resolve();

/**
 * The first page of a PDF of our own making, as PNG. One at a time: each takes some 150 MB while it is drawn. Documents of
 * others are drawn in `piles`, page by page and with more care.
 *
 * @throws CodedError `internal`
 */
export function firstPageAsPng(data: DrawPdfData): Promise<Uint8Array> {
  const drawn = last.then(() => draw(data));
  last = drawn.catch(() => undefined);
  return drawn;
}

async function draw(workerData: DrawPdfData): Promise<Uint8Array> {
  shareLibrarySetup();
  const thread = new Worker(THREAD_FILE, { workerData });
  let timer: NodeJS.Timeout | undefined;
  try {
    const reply = await new Promise<DrawPdfReply>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`It took more than ${LIMIT_MS / 1_000} s.`)), LIMIT_MS);
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`The thread ended with ${code}.`)));
    });
    if (reply.ok) return reply.png;
    throw new Error(reply.failure.detail);
  } catch (cause) {
    throw new CodedError('internal', 'The picture could not be drawn.', { cause });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
