/**
 * Measures a run over images whose truth is known, and the reader of schedules on wordings labelled by hand.
 * `node samples/score.ts [options]`:
 *   --images DIR --truth FILE   another set than samples/ itself
 *   --negatives DIR             more pictures without a listing (repeatable)
 *   --model NAME                model of the run (local)
 *   --result FILE               score this RunResult instead of running; with --negatives, it must cover them too
 *   --json                      figures for programs
 *   --details                   every difference, with its images
 *   --min                       exit 1 below the thresholds
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RunResult } from '../src/contract/run.ts';
import { report, shortfalls } from './report.ts';
import { LABEL_FILES, readLabels, scheduleReport, scheduleShortfalls, scoreSchedules } from './schedule-labels.ts';
import { scoreShows } from './scoring.ts';
import type { Truth } from './truth.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: here('images') },
    truth: { type: 'string', default: here('truth.json') },
    negatives: { type: 'string', multiple: true, default: [] },
    model: { type: 'string', default: 'local' },
    result: { type: 'string' },
    json: { type: 'boolean', default: false },
    details: { type: 'boolean', default: false },
    min: { type: 'boolean', default: false },
  },
});

/** Runs the command line on folders, with a data directory of its own, and resolves with what it prints. */
async function parseImages(paths: readonly string[], model: string): Promise<RunResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-score-'));
  try {
    const args = [
      here('../dist/cli.js'),
      'parse',
      ...paths,
      '--model',
      model,
      '--format',
      'json',
      '--data-dir',
      dataDir,
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    // 1 is "some images failed", which the truncated sample must.
    if (code !== 0 && code !== 1) throw new Error(`the run ended with exit code ${code}`);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as RunResult;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

const truth = JSON.parse(await readFile(values.truth, 'utf8')) as Truth;
const paths = [values.images, ...values.negatives];
const run = values.result
  ? (JSON.parse(await readFile(values.result, 'utf8')) as RunResult)
  : await parseImages(paths, values.model);

const negatives = new Set(truth.images.filter((image) => image.expect === 'none').map((image) => image.file));
for (const folder of values.negatives) for (const file of await readdir(folder)) negatives.add(file);
const score = scoreShows(truth.merged, run.shows, negatives);
const unreadable = truth.images.filter((image) => image.expect === 'unreadable').map((image) => image.file);
const failed = new Set(run.failures.map((failure) => failure.image));
const silent = unreadable.filter((file) => !failed.has(file));
const schedules = {
  texts: scoreSchedules(readLabels(LABEL_FILES.texts)),
  flyers: scoreSchedules(readLabels(LABEL_FILES.flyers)),
};
const below = [
  ...shortfalls(score),
  ...Object.entries(schedules).flatMap(([name, each]) => scheduleShortfalls(name, each)),
];

if (values.json) {
  const { misses, ...figures } = score;
  console.log(
    JSON.stringify(
      { ...figures, schedules, unreadableNotReported: silent, below, ...(values.details ? { misses } : {}) },
      null,
      2,
    ),
  );
} else {
  console.log(report(score, values.details));
  for (const [name, each] of Object.entries(schedules)) console.log(scheduleReport(name, each, values.details));
  if (silent.length > 0) console.log(`not reported as unreadable: ${silent.join(', ')}`);
  if (values.min) console.log(below.length === 0 ? 'all thresholds met' : `below: ${below.join('; ')}`);
}
if (values.min && below.length > 0) process.exitCode = 1;
