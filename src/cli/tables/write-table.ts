import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Cell } from './read-table.ts';

const BUFFERED_CHARACTERS = 1 << 17;

/** Rows to a file or to stdout, as CSV or as a JSON array, one record a line. */
export class TableWriter {
  readonly #stream: Writable;
  readonly #format: 'csv' | 'json';
  readonly #columns: readonly string[];
  readonly #finish: () => Promise<void>;
  readonly #discard: () => Promise<void>;
  #buffered = '';
  #rowCount = 0;
  #failure: Error | null = null;

  private constructor(
    stream: Writable,
    format: 'csv' | 'json',
    columns: readonly string[],
    ends: { finish: () => Promise<void>; discard: () => Promise<void> },
  ) {
    this.#stream = stream;
    this.#format = format;
    this.#columns = columns;
    this.#finish = ends.finish;
    this.#discard = ends.discard;
    stream.on('error', (error: Error) => {
      this.#failure ??= error;
    });
    if (format === 'csv') this.#buffered = `${columns.map(csvCell).join(',')}\n`;
  }

  /**
   * A file gets its name when it is whole: whoever reads it never sees half of it, and one of that name that was there
   * before is there until then.
   *
   * @param out null for stdout
   * @param columns all columns, in the order they are written in CSV
   */
  static async to(out: string | null, format: 'csv' | 'json', columns: readonly string[]): Promise<TableWriter> {
    // A device or a pipe cannot be replaced by a file.
    const isReplaceable = out !== null && ((await stat(out).catch(() => null))?.isFile() ?? true);
    if (out === null) {
      return new TableWriter(process.stdout, format, columns, { finish: async () => {}, discard: async () => {} });
    }
    const path = isReplaceable ? `${out}.${randomBytes(4).toString('hex')}.part` : out;
    const stream = createWriteStream(path);
    return new TableWriter(stream, format, columns, {
      async finish() {
        stream.end();
        await once(stream, 'close');
        if (isReplaceable) await rename(path, out);
      },
      async discard() {
        stream.destroy();
        if (isReplaceable) await rm(path, { force: true });
      },
    });
  }

  /** Takes a row's cells by column; what a column does not have is empty in CSV and absent in JSON. */
  add(row: ReadonlyMap<string, Cell>): void {
    if (this.#format === 'csv') {
      this.#buffered += `${this.#columns.map((column) => csvCell(row.get(column))).join(',')}\n`;
    } else {
      this.#buffered += `${this.#rowCount === 0 ? '[\n' : ',\n'}${JSON.stringify(Object.fromEntries(row))}`;
    }
    this.#rowCount++;
    if (this.#buffered.length < BUFFERED_CHARACTERS) return;
    this.#stream.write(this.#buffered);
    this.#buffered = '';
  }

  /** @throws Error where something could not be written */
  async end(): Promise<void> {
    if (this.#format === 'json') this.#buffered += this.#rowCount === 0 ? '[]\n' : '\n]\n';
    await new Promise<void>((resolve) => {
      this.#stream.write(this.#buffered, () => resolve());
    });
    if (this.#failure) throw this.#failure;
    await this.#finish();
    if (this.#failure) throw this.#failure;
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#discard();
  }
}

/**
 * A cell as RFC 4180 has it, and otherwise as it is: what begins with `=` is not defused here, as it is in exports of shows,
 * because these are the person's own records, which come back as they were.
 */
function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return /[",\n\r]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
