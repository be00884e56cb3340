import type { Flow } from './flow.ts';
import type { PageLine } from './page-lines.ts';

/** What the lines of a flow have in common. */
export interface WrapContext {
  flow: Flow;
  left: number;
  /** The usual white between lines of one listing, pixels. */
  gap: number;
  cities: ReadonlySet<string>;
}

/** The lines joined so far. */
export interface Beginning {
  text: string;
  parts: readonly unknown[];
  last: PageLine;
}

/** Whether the next line's first word would have overrun the limit, for lines set flush left or centred. */
export function isFull(last: PageLine, line: PageLine, context: WrapContext, limit: number): boolean {
  const word = line.text.split(' ')[0] ?? '';
  const perCharacter = (line.right - line.left) / Math.max(1, line.text.length);
  const flush = Math.abs(last.left - line.left) < 0.5 * line.height;
  const room = flush ? limit - last.right : limit - context.left - (last.right - last.left);
  return (word.length + 1) * perCharacter > room + 0.3 * perCharacter;
}

/** The right edge of the lines that begin where this one does. */
export function widest(flow: Flow, line: PageLine): number {
  const beside = flow.lines.filter((other) => Math.abs(other.left - line.left) < line.height);
  return Math.max(...beside.map((other) => other.right));
}

export function aligned(a: PageLine, b: PageLine): boolean {
  const middle = Math.abs((a.left + a.right) / 2 - (b.left + b.right) / 2);
  return Math.abs(a.left - b.left) < 1.2 * a.height || middle < 1.2 * a.height;
}

export function ratio(a: PageLine, b: PageLine): number {
  return Math.max(a.height, b.height) / Math.max(1, Math.min(a.height, b.height));
}
