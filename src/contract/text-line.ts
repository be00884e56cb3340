import type { Box } from './show.ts';

/** One line of text that a reader found in an image. */
export interface TextLine {
  text: string;
  /** 0..1: how sure the recogniser is of its characters. */
  confidence: number;
  /** Axis-aligned box around the line, in fractions of the upright image. */
  box: Box;
  /** Slope of the line in radians, clockwise positive; 0 for level text. */
  angle: number;
}

/** The text of one image. */
export interface PageText {
  /** Pixels of the upright image as it was read: what the boxes are fractions of. */
  width: number;
  height: number;
  /**
   * Quarter turns (counter-clockwise) by which the image had to be turned until its text ran level; missing for none.
   * Width, height and boxes are those of the turned page.
   */
  turns?: 0 | 1 | 2 | 3;
  lines: TextLine[];
}
