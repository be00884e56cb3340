import { stringify } from 'csv-stringify/sync';
import type { RecordColumn } from '../../contract/analysis.ts';
import type { Conflict, Show } from '../../contract/show.ts';

function conflictText({ field, values }: Conflict): string {
  return `${field}: ${values.map(({ value, imageIds }) => `${value} (${imageIds.length})`).join(' / ')}`;
}

const FACT_COLUMNS: readonly RecordColumn<Show>[] = [
  ['id', (show) => show.id],
  ['name', (show) => show.name],
  ['status', (show) => show.status],
  ['venue', ({ venue }) => venue.name],
  ['address', ({ venue }) => venue.address],
  ['city', ({ venue }) => venue.city],
  ['state', ({ venue }) => venue.state],
  ['postcode', ({ venue }) => venue.postcode],
  ['country', ({ venue }) => venue.country],
  ['phone', ({ venue }) => venue.phone],
  ['website', ({ venue }) => venue.website],
  ['host', ({ host }) => host.name],
  ['company', ({ host }) => host.company],
  ['schedule', ({ schedule }) => schedule.text],
  ['days', ({ schedule }) => schedule.days.join(' ')],
  ['rrule', ({ schedule }) => schedule.rrule],
  ['startTime', ({ schedule }) => schedule.startTime],
  ['endTime', ({ schedule }) => schedule.endTime],
  ['timezone', ({ schedule }) => schedule.timezone],
  ['startDate', ({ schedule }) => schedule.startDate],
  ['endDate', ({ schedule }) => schedule.endDate],
  ['exceptDates', ({ schedule }) => schedule.exceptDates.join(' ')],
  ['notes', (show) => show.notes],
  ['confidence', (show) => show.confidence],
];

const RUN_COLUMNS: readonly RecordColumn<Show>[] = [
  ['images', ({ evidence }) => evidence.map(({ image }) => image).join('; ')],
  ['conflicts', ({ conflicts }) => conflicts.map(conflictText).join('; ')],
];

/**
 * Shows as CSV (RFC 4180, header row, UTF-8 with a byte order mark, without which spreadsheets garble accents). A cell
 * that a spreadsheet would run as a formula gets a `'` in front: the words come from strangers' images.
 */
export function toCsv(shows: readonly Show[]): string {
  return recordsToCsv([...FACT_COLUMNS, ...RUN_COLUMNS], shows);
}

/** As {@link toCsv}, with other columns behind those of a show's facts. */
export function toCsvWith<Row extends Show>(rows: readonly Row[], further: readonly RecordColumn<Row>[]): string {
  return recordsToCsv([...FACT_COLUMNS, ...further], rows);
}

/** Records of any kind, in the same form. */
export function recordsToCsv<Row>(columns: readonly RecordColumn<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(([, read]) => read(row)));
  return stringify([columns.map(([header]) => header), ...cells], {
    bom: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
}
