/** The script of a thread that draws one page of a PDF of our own making. Node runs this source file as it is. */
import { parentPort, workerData } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { toFailureData } from '../contract/coded-error.ts';
import type { DrawPdfData, DrawPdfReply } from './draw-pdf.ts';
import { toBytes } from './open-image.ts';
import { fromPixels } from './pixel-library.ts';

const POINTS_PER_INCH = 72;

const { pdf, dotsPerInch, maxPixels } = workerData as DrawPdfData;

async function draw(): Promise<Uint8Array> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const page = document.getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = Math.min(dotsPerInch / POINTS_PER_INCH, Math.sqrt(maxPixels / (originalWidth * originalHeight)));
  const { data, width, height } = await page.render({ scale, render: 'bitmap', renderFormFields: false });
  // Drawn on white, so nothing shows through.
  const image = fromPixels(data, width, height, 4).removeAlpha().png({ compressionLevel: 6 });
  return (await toBytes(image, { mimeType: 'image/png', maxSide: Math.max(width, height), quality: 100 })).bytes;
}

parentPort?.postMessage(
  await draw().then(
    (png): DrawPdfReply => ({ ok: true, png }),
    (error: unknown): DrawPdfReply => ({ ok: false, failure: toFailureData(error) }),
  ),
);
