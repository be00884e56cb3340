import { CodedError } from '../contract/coded-error.ts';
import { explainRows, weightsInWords } from '../merger/linkage/explain.ts';
import { linkRecords, type Linkage } from '../merger/linkage/link-records.ts';
import { RecordsBuilder, type Records } from '../merger/linkage/records.ts';
import { endAtOnce, onInterrupt } from './interrupts.ts';
import { checkOut } from './output.ts';
import { resolveFields, type MergeField } from './tables/merge-fields.ts';
import { openTable, textOf, type Row, type Table } from './tables/read-table.ts';
import { TableWriter } from './tables/write-table.ts';

export interface MergeOptions {
  /** As given: fields by commas, `title=name` for a column that is called differently in another file. */
  by: string;
  format?: 'csv' | 'json';
  out?: string;
  explain?: boolean;
  threshold?: number;
}

/** The column that tells which rows are of one thing, and where one of that name that was there before goes. */
const CLUSTER = 'cluster';
const CLUSTER_BEFORE = 'cluster_before';
const EVERY_ROWS = 100_000;
/** More files than these are one list in pieces, and what each has by itself says nothing. */
const MOST_SOURCES = 12;

/**
 * Finds the rows of all files that are of one thing and writes every row back with a `cluster` number; words go to stderr.
 *
 * @returns the exit code
 * @throws CodedError where nothing could be done
 */
export async function merge(paths: readonly string[], options: MergeOptions): Promise<number> {
  if (options.out !== undefined) await checkOut(options.out);
  const tables: Table[] = [];
  for (const path of paths) tables.push(await openTable(path));
  const fields = await resolveFields(tables, options.by);
  const { records, columns } = await readAll(tables, fields);
  if (records.recordOfRow.length === 0) throw new CodedError('request.invalid', 'There is no record to merge there.');
  const linkage = linkRecords(records, { threshold: options.threshold, onStep: saying(records.recordOfRow.length) });
  const format = options.format ?? formatOf(options.out, tables);
  const isWritten = await writeAll(tables, columns, linkage, records, { ...options, format });
  if (!isWritten) return 1;
  say(summary(records, linkage));
  if (options.explain) say(weightsInWords(linkage));
  return 0;
}

/** The format that the name of the result asks for, else that of the first file. */
function formatOf(out: string | undefined, tables: readonly Table[]): 'csv' | 'json' {
  const ending = /\.(csv|json)$/i.exec(out ?? '')?.[1]?.toLowerCase();
  return ending === 'csv' || ending === 'json' ? ending : (tables[0]?.format ?? 'csv');
}

async function readAll(
  tables: readonly Table[],
  fields: readonly MergeField[],
): Promise<{ records: Records; columns: string[] }> {
  const builder = new RecordsBuilder(fields.map(({ name }) => name));
  const columns = new Set<string>();
  for (const [source, table] of tables.entries()) {
    let known: readonly string[] = [];
    let places: number[][] = [];
    await table.read(({ columns: own, cells }) => {
      if (own !== known && !isSame(own, known)) {
        for (const column of own) columns.add(column);
        places = fields.map(({ columns: names }) => names.map((name) => own.indexOf(name)).filter((at) => at >= 0));
      }
      known = own;
      builder.add(
        places.map((at) =>
          at.length === 1
            ? textOf(cells[at[0]!])
            : at
                .map((place) => textOf(cells[place]))
                .join(' ')
                .trim(),
        ),
        tables.length > MOST_SOURCES ? 0 : source,
      );
      if (builder.rowCount % EVERY_ROWS === 0) say(`${count(builder.rowCount)} rows read`);
    });
  }
  return { records: builder.finish(), columns: [...columns] };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, place) => name === b[place]);
}

async function writeAll(
  tables: readonly Table[],
  columns: readonly string[],
  linkage: Linkage,
  records: Records,
  options: MergeOptions & { format: 'csv' | 'json' },
): Promise<boolean> {
  const keepsBefore = columns.includes(CLUSTER) && !columns.includes(CLUSTER_BEFORE);
  if (keepsBefore) say(`There is a column "${CLUSTER}" already: it is kept as "${CLUSTER_BEFORE}".`);
  else if (columns.includes(CLUSTER))
    say(`The column "${CLUSTER}" of the last time is replaced; "${CLUSTER_BEFORE}" stays.`);
  const kept = columns.map((column) => (column === CLUSTER && keepsBefore ? CLUSTER_BEFORE : column));
  const explain = options.explain ? explainRows(records, linkage) : null;
  const added = options.explain ? ['cluster_score', 'cluster_why'] : [];
  const all = [...kept.filter((column) => column !== CLUSTER && !added.includes(column)), CLUSTER, ...added];
  const writer = await TableWriter.to(options.out ?? null, options.format, all);
  let isStopped = false;
  const hearNoMore = onInterrupt(() => (isStopped = true), endAtOnce);
  let rowNumber = 0;
  const addRow = ({ columns: own, cells }: Row): void => {
    if (isStopped) throw new Stopped();
    const row = new Map(
      own.map((column, place) => [column === CLUSTER && keepsBefore ? CLUSTER_BEFORE : column, cells[place]]),
    );
    row.delete(CLUSTER);
    row.set(CLUSTER, linkage.clusterOfRow[rowNumber]);
    const why = explain?.(rowNumber);
    if (why && options.format === 'json') row.set('explain', why);
    else if (explain) row.set('cluster_score', why?.probability).set('cluster_why', why?.words);
    writer.add(row);
    rowNumber++;
  };
  try {
    for (const table of tables) await table.read(addRow);
    if (rowNumber !== linkage.clusterOfRow.length) throw new Error('the files have changed while they were read');
    await writer.end();
    if (options.out !== undefined) say(`Written to ${options.out}`);
    return true;
  } catch (cause) {
    await writer.discard();
    if (cause instanceof Stopped) say('Stopped: nothing is written.');
    else if (isReaderGone(cause)) return true;
    else say(`The result could not be written: ${cause instanceof Error ? cause.message : 'unknown'}.`);
    return false;
  } finally {
    hearNoMore();
  }
}

class Stopped extends Error {}

/** `| head` wanted no more. */
function isReaderGone(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EPIPE';
}

function summary({ recordOfRow, sourceCount }: Records, { clusterOfRow, clusterCount, rivalry }: Linkage): string {
  const sizes = new Int32Array(clusterCount + 1);
  for (const cluster of clusterOfRow) sizes[cluster]! += 1;
  const several = sizes.reduce((sum, size) => sum + Number(size > 1), 0);
  const once = rivalry.clean.flatMap((isClean, source) => (isClean ? [source + 1] : []));
  const files = once.length > 0 && sourceCount > 1 ? `; no duplicates within file ${once.join(', ')}` : '';
  return `${count(recordOfRow.length)} rows, ${count(clusterCount)} clusters, ${count(several)} of them of several rows${files}`;
}

/** Small lists are done before anybody could read what is being done. */
function saying(rowCount: number): ((step: string) => void) | undefined {
  return rowCount < EVERY_ROWS / 5 ? undefined : say;
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
