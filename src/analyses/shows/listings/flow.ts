import type { PageLine } from './page-lines.ts';

export type ColumnRole = 'day' | 'venue' | 'address' | 'time' | 'host' | 'city' | 'other';

/** Lines to be read one after another: a column, or one cell of a table. */
export interface Flow {
  lines: PageLine[];
  /** Rows of a table share a number; null where the flow is no cell. */
  row: number | null;
  role: ColumnRole | null;
  /** Where lines wrap, pixels; null for a page's full width. */
  rightLimit: number | null;
  /** Flows of the same section belong together: a table, a grid of cards, running text. */
  section: number;
}
