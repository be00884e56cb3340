import { stringify } from 'csv-stringify/sync';
import type { Conflict, Show } from '../../contract/show.ts';

function conflictText({ field, values }: Conflict): string {
  return `${field}: ${values.map(({ value, imageIds }) => `${value} (${imageIds.length})`).join(' / ')}`;
}

const COLUMNS: readonly (readonly [header: string, read: (show: Show) => string | number | null])[] = [
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
  ['images', ({ evidence }) => evidence.map(({ image }) => image).join('; ')],
  ['conflicts', ({ conflicts }) => conflicts.map(conflictText).join('; ')],
];

/**
 * Shows as CSV (RFC 4180, header row, UTF-8 with a byte order mark, without which spreadsheets garble accents). A cell
 * that a spreadsheet would run as a formula gets a `'` in front: the words come from strangers' images.
 */
export function toCsv(shows: readonly Show[]): string {
  const rows = shows.map((show) => COLUMNS.map(([, read]) => read(show)));
  return stringify([COLUMNS.map(([header]) => header), ...rows], {
    bom: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
}
