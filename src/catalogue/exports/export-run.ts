import { findAnalysis } from '../../analyses/registry.ts';
import { CodedError } from '../../contract/coded-error.ts';
import type { PictureOf } from '../../contract/analysis.ts';
import { formatsOf, isExportable, type AnalysisName, type ExportFormat, type RunResult } from '../../contract/run.ts';
import { recordsToCsv, toCsv } from './csv.ts';
import { toIcs } from './ics.ts';
import { toJsonLd } from './jsonld.ts';

/** A file to be sent or saved. */
export interface ExportedFile {
  body: string | Uint8Array;
  contentType: string;
  /** Letters, digits, `-`, `_` and `.` only: it goes into a header. */
  fileName: string;
}

export interface ExportOptions {
  /** `YYYY-MM-DD`, today for the reader: where recurring shows without a first date begin in a calendar. */
  from?: string;
  /** Where files with pictures get them; missing for none. */
  picture?: PictureOf;
}

function todayUtc(): string {
  return new Date().toISOString().slice(0, 10);
}

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  ics: 'text/calendar; charset=utf-8',
  jsonld: 'application/ld+json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
};

async function write(
  result: RunResult,
  format: ExportFormat,
  { from = todayUtc(), picture = noPicture }: ExportOptions,
): Promise<string | Uint8Array> {
  const { analysis, shows, records = [] } = result;
  const { files, columns = [] } = findAnalysis(analysis);
  if (format === 'json') return `${JSON.stringify(result, null, 2)}\n`;
  if (format === 'csv') return analysis === 'shows' ? toCsv(shows) : recordsToCsv(columns, records);
  if (format === 'ics') return toIcs(shows, from);
  if (analysis === 'shows' && format === 'jsonld') return `${toJsonLd(shows)}\n`;
  const own = await files?.[format]?.({ records, picture });
  if (own === undefined) throw new Error(`The analysis "${analysis}" has no writer for ${format}.`);
  return own;
}

function noPicture(): Promise<null> {
  return Promise.resolve(null);
}

/** @throws CodedError `request.invalid` where records of this analysis cannot be had in this format */
export function checkExportable(analysis: AnalysisName, format: ExportFormat): void {
  if (isExportable(analysis, format)) return;
  const formats = new Intl.ListFormat('en', { type: 'disjunction' }).format(formatsOf(analysis));
  throw new CodedError('request.invalid', `A result of "${analysis}" can be had as ${formats}, not as ${format}.`);
}

/**
 * A run's result as a file.
 *
 * @throws CodedError as {@link checkExportable}
 */
export async function exportRun(
  result: RunResult,
  format: ExportFormat,
  options: ExportOptions = {},
): Promise<ExportedFile> {
  checkExportable(result.analysis, format);
  const body = await write(result, format, options);
  const name = result.runId.replace(/[^\w-]/g, '').slice(0, 64);
  return { body, contentType: EXPORT_TYPES[format], fileName: `contactsheet-${name === '' ? 'run' : name}.${format}` };
}
