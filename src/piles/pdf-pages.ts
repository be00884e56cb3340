import { on } from 'node:events';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../contract/coded-error.ts';
import { shareLibrarySetup } from '../images/library-setup.ts';
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PAGES } from './pile-limits.ts';
import type { PdfThreadData, PdfThreadMessage } from './pdf-messages.ts';

const THREAD_FILE = new URL(`./pdf-thread${extname(import.meta.url)}`, import.meta.url);
const MAX_SIDE_PIXELS = 2_400;
/** For opening the document, and for each page. */
const STEP_LIMIT_MS = 30_000;
const MEGABYTES = 1_024;

export type PdfPage =
  | { number: number; bytes: Uint8Array }
  /** This page could not be rendered; the others may. */
  | { number: number; failed: true };

export interface PdfBounds {
  maxPages?: number;
  maxBytes?: number;
  /** ms, for opening and for each page */
  stepLimitMs?: number;
}

/**
 * The pages of a PDF as JPEGs, one after another, rendered in a thread of their own that is ended where one takes too long.
 *
 * @throws CodedError `document.unreadable` (damaged, protected by a password, too slow), `document.tooLarge` (in
 * bytes; in pages, after those up to the bound)
 */
export async function* pagesOf(path: string, bounds: PdfBounds = {}): AsyncGenerator<PdfPage> {
  const { maxPages = MAX_DOCUMENT_PAGES, maxBytes = MAX_DOCUMENT_BYTES, stepLimitMs = STEP_LIMIT_MS } = bounds;
  if ((await stat(path)).size > maxBytes) throw tooLarge(maxBytes);
  shareLibrarySetup();
  const worker = new Worker(THREAD_FILE, {
    workerData: { path, maxPages, maxSidePixels: MAX_SIDE_PIXELS } satisfies PdfThreadData,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  });
  const tooLong = new AbortController();
  const watch = new StepWatch(stepLimitMs, () => tooLong.abort());
  try {
    let pages = 0;
    let ended = false;
    for await (const [message] of on(worker, 'message', { close: ['exit'], signal: tooLong.signal })) {
      const told = message as PdfThreadMessage;
      if (told.kind === 'end') {
        ended = true;
        break;
      }
      if (told.kind === 'refused') throw refused(told.reason);
      if (told.kind === 'opened') pages = told.pages;
      else yield* watch.paused(pageOf(told));
      watch.restart();
      if (told.kind !== 'opened') worker.postMessage('next');
    }
    if (pages === 0 || !ended) throw refused('damaged');
    if (pages > maxPages) throw tooManyPages(pages, maxPages);
  } catch (error) {
    if (tooLong.signal.aborted) throw refused('slow');
    throw error instanceof CodedError ? error : refused('damaged', error);
  } finally {
    watch.stop();
    await worker.terminate();
  }
}

function pageOf(told: Extract<PdfThreadMessage, { number: number }>): PdfPage {
  return told.kind === 'page' ? { number: told.number, bytes: told.bytes } : { number: told.number, failed: true };
}

/** Counts the time of the thread only, not the time in which a page is being stored. */
class StepWatch {
  readonly #limitMs: number;
  readonly #tooLong: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, tooLong: () => void) {
    this.#limitMs = limitMs;
    this.#tooLong = tooLong;
    this.restart();
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(this.#tooLong, this.#limitMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  *paused<T>(value: T): Generator<T> {
    this.stop();
    yield value;
  }
}

const REASONS = {
  password: 'The PDF is protected by a password. Save it without one, or send pictures of its pages.',
  damaged: 'The PDF is damaged or cut off, or it has no pages. Save it anew, or send pictures of its pages.',
  slow: 'A page of the PDF takes too long to draw. Send pictures of its pages instead.',
};

function refused(reason: keyof typeof REASONS, cause?: unknown): CodedError {
  return new CodedError('document.unreadable', REASONS[reason], { cause });
}

function tooLarge(maxBytes: number): CodedError {
  const megabytes = Math.floor(maxBytes / 2 ** 20);
  return new CodedError('document.tooLarge', `The PDF is larger than ${megabytes} MB. Send pictures of its pages.`);
}

function tooManyPages(pages: number, most: number): CodedError {
  return new CodedError('document.tooLarge', `The PDF has ${pages} pages; the first ${most} were taken.`);
}
