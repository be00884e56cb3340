import Pdf from 'pdfkit';
import { printable } from './printable.ts';

/** All lengths of a sheet are points: 72 an inch. */
export interface Place {
  x: number;
  y: number;
  width: number;
}

export interface Ink {
  size: number;
  bold?: boolean;
  colour?: string;
}

export const INK = '#1b1b1f';
export const FAINT_INK = '#5f5f69';
const CHIP = { height: 14, gap: 4, padding: 5, colour: '#ececf0', ink: { size: 7.5 } } as const;

/**
 * A PDF that is drawn on place by place. Every text goes through {@link printable}, is cut where it does not fit, and is never
 * read as anything but text.
 */
export class Paper {
  readonly #document: PDFKit.PDFDocument;
  readonly #bytes: Promise<Uint8Array>;

  /** @param title of the document, for whoever opens it */
  constructor(title: string) {
    this.#document = new Pdf({
      autoFirstPage: false,
      lang: 'en',
      displayTitle: true,
      info: { Title: printable(title), Creator: 'Contactsheet' },
    });
    const chunks: Uint8Array[] = [];
    this.#bytes = new Promise((resolve, reject) => {
      this.#document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      this.#document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      this.#document.on('error', reject);
    });
    // Who draws may fail before anybody waits for the bytes.
    this.#bytes.catch(() => undefined);
  }

  page(width: number, height: number): void {
    this.#document.addPage({ size: [width, height], margin: 0 });
  }

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.#document.rect(x, y, width, height).fill(colour);
  }

  text(text: string, { x, y, width }: Place, ink: Ink): void {
    this.#take(ink);
    this.#document.fillColor(ink.colour ?? INK).text(this.#cut(printable(text), width), x, y, { lineBreak: false });
  }

  textToTheRight(text: string, { x, y, width }: Place, ink: Ink): void {
    const taken = Math.min(width, this.widthOf(text, ink));
    this.text(text, { x: x + width - taken, y, width: taken + 1 }, ink);
  }

  widthOf(text: string, ink: Ink): number {
    this.#take(ink);
    return this.#document.widthOfString(printable(text));
  }

  /** In the middle of the frame and as large as fits. @param jpeg of our own making: the library reads its header */
  picture(jpeg: Uint8Array, { x, y, width }: Place, height: number): void {
    this.#document.image(Buffer.from(jpeg), x, y, { fit: [width, height], align: 'center', valign: 'center' });
  }

  /** Words on small grounds, one after another, in so many lines; what does not fit is left out. @returns the y below */
  chips(words: readonly string[], { x, y, width }: Place, lines: number): number {
    let [left, top, line] = [x, y, 1];
    for (const word of words) {
      const wide = Math.min(this.widthOf(word, CHIP.ink) + 2 * CHIP.padding, width);
      if (left > x && left + wide > x + width) {
        if (line === lines) break;
        [left, top, line] = [x, top + CHIP.height + CHIP.gap, line + 1];
      }
      this.#document.roundedRect(left, top, wide, CHIP.height, 3).fill(CHIP.colour);
      const room = wide - 2 * CHIP.padding + 1;
      this.text(word, { x: left + CHIP.padding, y: top + 3.7, width: room }, CHIP.ink);
      left += wide + CHIP.gap;
    }
    return top + CHIP.height;
  }

  /** Ends the document. */
  bytes(): Promise<Uint8Array> {
    this.#document.end();
    return this.#bytes;
  }

  #take({ size, bold = false }: Ink): void {
    this.#document.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
  }

  #cut(text: string, width: number): string {
    if (this.#document.widthOfString(text) <= width) return text;
    let [fits, tooLong] = [0, Math.min(text.length, 400)];
    while (tooLong - fits > 1) {
      const middle = (fits + tooLong) >> 1;
      if (this.#document.widthOfString(`${text.slice(0, middle)}…`) <= width) fits = middle;
      else tooLong = middle;
    }
    return `${text.slice(0, fits).trimEnd()}…`;
  }
}
