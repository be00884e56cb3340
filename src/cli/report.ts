import { findAnalysis } from '../analyses/registry.ts';
import { renderTable } from '../catalogue/exports/table.ts';
import { renderColumns } from '../catalogue/exports/text-table.ts';
import type { RunResult } from '../contract/run.ts';
import type { Show } from '../contract/show.ts';

const NARROWEST = 60;
/** Columns of any analysis that are never left out. */
const ALWAYS_SHOWN = 3;

/** What a person reads at the end of a run: the records, what failed and why, and the figures. */
export function report(result: RunResult, readings: number, columns: number): string {
  const parts = [records(result, Math.max(NARROWEST, columns))];
  if (result.failures.length > 0) parts.push(failures(result));
  if (result.notices.length > 0) parts.push(result.notices.map((notice) => `Note: ${notice}`).join('\n'));
  parts.push(figures(result, readings));
  return `${parts.join('\n\n')}\n`;
}

function records({ analysis, shows, records: others }: RunResult, columns: number): string {
  if (analysis === 'shows') return shows.length === 0 ? 'No shows found.' : renderTable(shows, columns);
  if (!others || others.length === 0) return `Nothing found (${analysis}).`;
  const all = findAnalysis(analysis).columns ?? [];
  const text = all.map(([header, read], place) => ({
    header,
    read: (record: unknown) => String(read(record) ?? ''),
    least: 8,
    gives: 1,
    // The further to the right, the sooner it is left out where the terminal is narrow.
    leavesAt: Math.max(0, Math.min(5, all.length - place)) * Number(place >= ALWAYS_SHOWN),
  }));
  return renderColumns(text, others, columns);
}

function failures(result: RunResult): string {
  const lines = result.failures.map(({ image, detail, code }) => `  ${image}: ${detail} (${code})`);
  return [`Not read: ${result.failures.length}`, ...lines].join('\n');
}

function figures(
  { analysis, progress, metrics, shows, records: others, mode, model }: RunResult,
  readings: number,
): string {
  const { totalImages, processedImages, failedImages } = progress;
  const read = processedImages - failedImages;
  const same = metrics.calls.cached > 0 ? `, ${metrics.calls.cached} of them known already` : '';
  const rows: [string, string][] = [
    ['images', `${totalImages} given, ${read} read${same}, ${failedImages} failed`],
    [analysis, `${readings} found, ${(others ?? shows).length} after merging${conflicts(shows)}`],
    ['time', `${seconds(metrics.wallMs)}, ${metrics.imagesPerMinute} images a minute`],
    ['speedup', `${metrics.speedup.toFixed(1)} × (one by one: ${seconds(metrics.sequentialEstimateMs)})`],
    ['way', `${mode}, ${metrics.workers.peak} of ${metrics.workers.configured} threads, model ${model}`],
    ['peak memory', `${metrics.peakMemoryMb} MB`],
  ];
  const { input, output } = metrics.tokens;
  if (input + output > 0) rows.push(['tokens', `${input} in, ${output} out`]);
  if (metrics.costUsd !== null && model !== 'local') rows.push(['cost', `$${metrics.costUsd.toFixed(4)}`]);
  return rows.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n');
}

function conflicts(shows: readonly Show[]): string {
  const count = shows.filter((show) => show.conflicts.length > 0).length;
  return count > 0 ? `, ${count} with images that disagree` : '';
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
