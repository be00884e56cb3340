/** What a thread that renders a PDF is started with. */
export interface PdfThreadData {
  path: string;
  maxPages: number;
  /** Longer side of a rendered page, px. */
  maxSidePixels: number;
}

/** What it tells. After each page it waits for any message before it renders the next. */
export type PdfThreadMessage =
  | { kind: 'opened'; pages: number }
  /** A JPEG. Pages count from 1. */
  | { kind: 'page'; number: number; bytes: Uint8Array }
  | { kind: 'pageFailed'; number: number }
  | { kind: 'refused'; reason: 'password' | 'damaged' }
  | { kind: 'end' };
