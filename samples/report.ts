import { calibrationReport } from './calibration.ts';
import { FIELDS } from './scoring.ts';
import type { Field, Rates, Score } from './scoring.ts';

/** The least F1 the project promises; see the README. */
export const THRESHOLDS: Readonly<Partial<Record<Field | 'merged', number>>> = {
  days: 0.95,
  start: 0.95,
  venue: 0.9,
  address: 0.85,
  host: 0.8,
  merged: 0.9,
};

/** What a score lacks, in words; empty where it meets every threshold. */
export function shortfalls(score: Score): string[] {
  const below: string[] = [];
  for (const [name, least] of Object.entries(THRESHOLDS)) {
    const { f1 } = name === 'merged' ? score.merged : score.fields[name as Field];
    if (f1 < least) below.push(`${name} F1 ${f1.toFixed(3)} < ${least}`);
  }
  if (score.fromNegatives > 0) below.push(`${score.fromNegatives} shows from pictures without a listing`);
  return below;
}

/** The figures as a table for people; with `details`, each difference on a line of its own. */
export function report(score: Score, details: boolean): string {
  const lines = [row('field', 'precision', 'recall', 'F1', 'right', 'extra', 'missed')];
  for (const field of FIELDS) lines.push(ratesRow(field, score.fields[field]));
  lines.push(ratesRow('merged shows', score.merged));
  lines.push(`status right on ${score.statusRight} of ${score.matched} matched shows`);
  lines.push(`shows from pictures without a listing: ${score.fromNegatives}`);
  const calibration = calibrationReport(score.calibration);
  if (calibration !== '') lines.push(calibration);
  if (details) {
    for (const { field, images, show, expected, came } of score.misses) {
      lines.push(`${field} of ${show}: expected ${quoted(expected)}, came ${quoted(came)} [${images.join(', ')}]`);
    }
  }
  return lines.join('\n');
}

function ratesRow(name: string, { precision, recall, f1, right, extra, missed }: Rates): string {
  return row(
    name,
    precision.toFixed(3),
    recall.toFixed(3),
    f1.toFixed(3),
    String(right),
    String(extra),
    String(missed),
  );
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(14) + cells.map((cell) => cell.padStart(10)).join('');
}

function quoted(value: string | null): string {
  return value === null ? 'nothing' : `"${value}"`;
}
