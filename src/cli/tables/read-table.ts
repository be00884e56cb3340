import { once } from 'node:events';
import { parse } from 'csv-parse';
import { CodedError } from '../../contract/coded-error.ts';
import { jsonRecords } from './json-records.ts';
import { openText, type TextSource } from './text-stream.ts';

/** A value of a JSON record, or a cell of a CSV file, which is a string. */
export type Cell = unknown;

/** One record: the columns it has, with their values. */
export interface Row {
  columns: readonly string[];
  cells: readonly Cell[];
}

/** A file of records, read from its start each time. */
export interface Table {
  path: string;
  format: 'csv' | 'json';
  /** Of a CSV file: its header. Of JSON, whose records may each have others, null until it has been read. */
  header: readonly string[] | null;
  /** Hands over each row in its order. */
  read: (row: (row: Row) => void) => Promise<void>;
}

/**
 * Opens CSV (delimited by commas, semicolons or tabs), a JSON array or JSON lines, told apart by what is in the file.
 *
 * @throws CodedError `request.invalid` where the file is none of these
 */
export async function openTable(path: string): Promise<Table> {
  const source = await openText(path);
  const start = source.head.trimStart();
  if (start === '') throw new CodedError('request.invalid', `${path} is empty.`);
  if (start.startsWith('[') || start.startsWith('{')) {
    return { path, format: 'json', header: null, read: (row) => readJson(source, row) };
  }
  const delimiter = delimiterOf(source.head);
  let header: readonly string[] = [];
  const headerEnd = Symbol('header');
  try {
    await readCsv(source, delimiter, (cells) => {
      header = columnNames(cells);
      throw headerEnd;
    });
  } catch (thrown) {
    if (thrown !== headerEnd) throw thrown;
  }
  const read = async (row: (row: Row) => void): Promise<void> => {
    let isHeader = true;
    let columns = header;
    await readCsv(source, delimiter, (cells) => {
      if (isHeader) {
        isHeader = false;
        return;
      }
      // A row that is longer than the header keeps its cells.
      if (cells.length > columns.length)
        columns = columnNames([...columns, ...cells.slice(columns.length).map(() => '')]);
      row({ columns, cells });
    });
  };
  return { path, format: 'csv', header, read };
}

/** The delimiter that divides the first lines into the same number of cells, more than one if any does. */
export function delimiterOf(head: string): string {
  const lines = linesOf(head).slice(0, 20);
  const rated = [',', ';', '\t', '|'].map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const first = counts[0] ?? 0;
    const alike = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    return { delimiter, first, rate: first === 0 ? 0 : alike + Math.min(first, 50) / 1_000 };
  });
  rated.sort((a, b) => b.rate - a.rate);
  return rated[0]!.rate > 0 ? rated[0]!.delimiter : ',';
}

/** Whole lines without what is in quotes, where delimiters and line ends are text. */
function linesOf(head: string): string[] {
  const lines = head.replace(/"(?:[^"]|"")*"/g, 'x').split(/\r\n|\n|\r/);
  return (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line !== '');
}

/** Every column needs a name of its own, or its cells would be lost. */
function columnNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, place) => {
    const name = cell.trim() === '' ? `column_${place + 1}` : cell.trim();
    let own = name;
    for (let count = 2; taken.has(own); count++) own = `${name}_${count}`;
    taken.add(own);
    return own;
  });
}

async function readCsv(source: TextSource, delimiter: string, row: (cells: string[]) => void): Promise<void> {
  let thrown: unknown = null;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // Rows are taken here and not from the stream, which costs more than parsing them.
    on_record: (cells: string[]) => {
      try {
        if (thrown === null) row(cells);
      } catch (error) {
        thrown = error;
      }
      return null;
    },
  });
  const ended = once(parser, 'end').catch((cause: unknown) => {
    const words = cause instanceof Error ? cause.message : 'it is broken';
    throw new CodedError('request.invalid', `${source.path} cannot be read as CSV: ${words}.`, { cause });
  });
  // Whoever awaits it later hears of it; until then a failure must not count as unheard.
  ended.catch(() => {});
  parser.resume();
  for await (const piece of source.pieces()) {
    if (thrown !== null || parser.destroyed) break;
    if (!parser.write(piece)) await Promise.race([once(parser, 'drain'), ended]);
  }
  if (thrown !== null) {
    parser.destroy();
    throw thrown;
  }
  parser.end();
  await ended;
  if (thrown !== null) throw thrown;
}

async function readJson(source: TextSource, row: (row: Row) => void): Promise<void> {
  for await (const record of jsonRecords(source)) {
    row({ columns: Object.keys(record), cells: Object.values(record) });
  }
}

/** What a cell says as text, to compare by: a list is its items, nothing is empty. */
export function textOf(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  if (Array.isArray(cell)) return cell.map(textOf).join(', ');
  return typeof cell === 'object' ? Object.values(cell).map(textOf).join(' ') : JSON.stringify(cell);
}
