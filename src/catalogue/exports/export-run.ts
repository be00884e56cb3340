import { findAnalysis } from '../../analyses/registry.ts';
import { CodedError } from '../../contract/coded-error.ts';
import { isExportable, type AnalysisName, type ExportFormat, type RunResult } from '../../contract/run.ts';
import { recordsToCsv, toCsv } from './csv.ts';
import { toIcs } from './ics.ts';
import { toJsonLd } from './jsonld.ts';

/** A file to be sent or saved. */
export interface ExportedFile {
  body: string;
  contentType: string;
  /** Letters, digits, `-`, `_` and `.` only: it goes into a header. */
  fileName: string;
}

function todayUtc(): string {
  return new Date().toISOString().slice(0, 10);
}

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

function write(result: RunResult, format: ExportFormat, from: string): [body: string, contentType: string] {
  switch (format) {
    case 'json':
      return [`${JSON.stringify(result, null, 2)}\n`, 'application/json; charset=utf-8'];
    case 'csv':
      return [csvOf(result), CSV_TYPE];
    case 'ics':
      return [toIcs(result.shows, from), 'text/calendar; charset=utf-8'];
    case 'jsonld':
      return [`${toJsonLd(result.shows)}\n`, 'application/ld+json; charset=utf-8'];
  }
}

function csvOf({ analysis, shows, records }: RunResult): string {
  return analysis === 'shows' ? toCsv(shows) : recordsToCsv(findAnalysis(analysis).columns ?? [], records ?? []);
}

/** @throws CodedError `request.invalid` where records of this analysis cannot be had in this format */
export function checkExportable(analysis: AnalysisName, format: ExportFormat): void {
  if (isExportable(analysis, format)) return;
  throw new CodedError('request.invalid', `A result of "${analysis}" can be had as json or csv, not as ${format}.`);
}

/**
 * A run's result as a file.
 *
 * @param from `YYYY-MM-DD`, today for the reader: where recurring shows without a first date begin in a calendar
 * @throws CodedError as {@link checkExportable}
 */
export function exportRun(result: RunResult, format: ExportFormat, from: string = todayUtc()): ExportedFile {
  checkExportable(result.analysis, format);
  const [body, contentType] = write(result, format, from);
  const name = result.runId.replace(/[^\w-]/g, '').slice(0, 64);
  return { body, contentType, fileName: `contactsheet-${name === '' ? 'run' : name}.${format}` };
}
