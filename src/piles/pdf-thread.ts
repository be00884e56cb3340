/**
 * The script of a thread that renders one PDF, page by page. A thread for each document: what it holds goes with it, and it
 * can be ended where a page takes for ever. Free of the framework and of decorators: Node runs this source file as it is.
 */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { encodePixels } from '../images/open-image.ts';
import type { PdfThreadData, PdfThreadMessage } from './pdf-messages.ts';

const POINTS_PER_INCH = 72;
/** Small print of a letter-size page is readable at it, and it is what models are sent at most, nearly. */
const DOTS_PER_INCH = 200;

const { path, maxPages, maxSidePixels } = workerData as PdfThreadData;
const port = parentPort;
if (!port) throw new Error('To be run as a thread.');

function tell(message: PdfThreadMessage): void {
  port?.postMessage(message);
}

/** The next page is rendered when the one before is stored: a long document never lies in memory as a whole. */
function told(): Promise<void> {
  return new Promise((resolve) => port?.once('message', () => resolve()));
}

async function render(): Promise<void> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(readFileSync(path));
  const pages = document.getPageCount();
  tell({ kind: 'opened', pages });
  for (let number = 1; number <= Math.min(pages, maxPages); number += 1) {
    const next = told();
    try {
      const page = document.getPage(number - 1);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      const longer = Math.max(originalWidth, originalHeight);
      if (!(Math.min(originalWidth, originalHeight) >= 1)) throw new Error('The page has no size.');
      const scale = Math.min(DOTS_PER_INCH / POINTS_PER_INCH, maxSidePixels / longer);
      const { data, width, height } = await page.render({ scale, render: 'bitmap', renderFormFields: false });
      const image = { data: withoutAlpha(data), width, height };
      const { bytes } = await encodePixels(image, { mimeType: 'image/jpeg', maxSide: maxSidePixels, quality: 90 });
      tell({ kind: 'page', number, bytes });
    } catch {
      tell({ kind: 'pageFailed', number });
    }
    await next;
  }
  tell({ kind: 'end' });
}

/** The page is drawn on white, so nothing shows through. */
function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0;
    rgb[to + 1] = rgba[from + 1] ?? 0;
    rgb[to + 2] = rgba[from + 2] ?? 0;
  }
  return rgb;
}

try {
  await render();
} catch (error) {
  const message = error instanceof Error ? error.message : '';
  tell({ kind: 'refused', reason: /password|security/i.test(message) ? 'password' : 'damaged' });
}
