/** Records that were made, and what they are of. */
export interface MadeSet {
  columns: string[];
  /** The fields to link by. */
  by: string[];
  /** One list a file. */
  files: MadeRow[][];
  /** Whether only pairs across files are asked for, as public benchmarks of two files do. */
  acrossOnly: boolean;
}

export interface MadeRow {
  /** Rows of one thing have the same number. */
  thing: number;
  cells: string[];
}
