import type { FileSource } from '../../../contract/analysis.ts';
import type { StyleRecord } from '../../../contract/style.ts';
import { firstPageAsPng } from '../../../images/draw-pdf.ts';
import { contactSheet } from './contact-sheet.ts';

/** Small print is readable at it. */
const DOTS_PER_INCH = 180;
/** A sheet of 140 looks still has 130 dots an inch. */
const MAX_PIXELS = 20_000_000;

/** The contact sheet as one picture, as long as it has to be. */
export async function contactSheetPng(source: FileSource<StyleRecord>): Promise<Uint8Array> {
  const pdf = await contactSheet(source, 'one');
  return firstPageAsPng({ pdf, dotsPerInch: DOTS_PER_INCH, maxPixels: MAX_PIXELS });
}
