/**
 * How time and memory of `merge` grow: `node bench/linkage/scale.ts [--sizes 1000,10000] [--seed S]` makes lists of venues of
 * each size, runs the command in a process of its own, and writes bench/linkage.md and bench/linkage.svg.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { renderTable } from '../report.ts';
import { makeVenues } from './make-venues.ts';
import { plotGrowth } from './scale-plot.ts';

export interface SizeMeasured {
  rows: number;
  /** From the start of the process to its end, reading and writing included. */
  wallS: number;
  /** Time of the processor, all threads. */
  cpuS: number;
  /** The most memory that was resident, MB (2^20 bytes). */
  peakMb: number;
  precision: number;
  recall: number;
}

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const OUT = fileURLToPath(new URL('../', import.meta.url));
const SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
const LOOK_EVERY_MS = 100;

const { values } = parseArgs({
  options: { sizes: { type: 'string' }, seed: { type: 'string', default: '41' } },
});
const sizes = values.sizes?.split(',').map(Number) ?? SIZES;
const folder = mkdtempSync(join(tmpdir(), 'linkage-'));
const results: SizeMeasured[] = [];
try {
  for (const rows of sizes) {
    const result = await measureSize(rows, Number(values.seed));
    results.push(result);
    console.log(JSON.stringify(result));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
writeFileSync(join(OUT, 'linkage.md'), report(results));
writeFileSync(join(OUT, 'linkage.svg'), plotGrowth(results));

async function measureSize(rows: number, seed: number): Promise<SizeMeasured> {
  const input = join(folder, `${rows}.csv`);
  const output = join(folder, `${rows}-merged.csv`);
  const truth = await writeVenues(input, rows, seed);
  const startMs = performance.now();
  const args = [CLI, 'merge', input, '--by', 'name,addr,city,phone', '--out', output];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  let peakMb = 0;
  let cpuS = 0;
  const look = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid ?? 0));
    cpuS = Math.max(cpuS, cpuOf(child.pid ?? 0));
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(look);
  const wallS = (performance.now() - startMs) / 1_000;
  if (code !== 0) throw new Error(`merge of ${rows} rows ended with ${code}`);
  const quality = await compared(output, truth);
  rmSync(input);
  rmSync(output);
  return { rows: truth.length, wallS, cpuS, peakMb, ...quality };
}

/** Linux says it; elsewhere there is no figure. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** @returns what each row is of, by row */
async function writeVenues(path: string, rows: number, seed: number): Promise<Int32Array> {
  const set = makeVenues(seed, Math.round(rows / 1.25));
  const all = set.files.flat();
  const stream = createWriteStream(path);
  stream.write(`${set.columns.join(',')}\n`);
  for (const { cells } of all) {
    const line = cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return Int32Array.from(all, ({ thing }) => thing);
}

/** Pairs of rows, as found and as they are. No cell of these lists spans lines, and the cluster is the last. */
async function compared(path: string, truth: Int32Array): Promise<{ precision: number; recall: number }> {
  const clusters = new Int32Array(truth.length);
  let row = -1;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (row >= 0) clusters[row] = Number(line.slice(line.lastIndexOf(',') + 1));
    row++;
  }
  const most = clusters.reduce((high, cluster) => Math.max(high, cluster), 0) + 1;
  const right = pairsOf(clusters, (cluster, at) => truth[at]! * most + cluster);
  const said = pairsOf(clusters, (cluster) => cluster);
  const there = pairsOf(truth, (thing) => thing);
  return { precision: right / said, recall: right / there };
}

function pairsOf(numbers: Int32Array, keyOf: (number: number, at: number) => number): number {
  const keys = Float64Array.from(numbers, keyOf).sort();
  let pairs = 0;
  for (let at = 1, run = 0; at < keys.length; at++) {
    run = keys[at] === keys[at - 1] ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

function report(measured: readonly SizeMeasured[]): string {
  const rows = measured.map(({ rows: count, wallS, cpuS, peakMb, precision, recall }) => [
    count.toLocaleString('en-US'),
    wallS.toFixed(1),
    cpuS.toFixed(1),
    ((wallS * 1e6) / count).toFixed(0),
    peakMb.toFixed(0),
    precision.toFixed(4),
    recall.toFixed(4),
  ]);
  const head = ['rows', 'wall, s', 'processor, s', 'wall, µs a row', 'peak memory, MB', 'precision', 'recall'];
  return [
    '# How `merge` grows',
    '',
    'Written by `node bench/linkage/scale.ts`. Venues with the errors of `make-venues.ts` in one file, a fifth of them there twice,',
    'compared by name, address, city and phone; each size in a process of its own, from its start to its end, reading and',
    'writing the file included. One thread, on a machine shared with other work.',
    '',
    renderTable(head, rows),
    '',
    '![Time and memory over rows](linkage.svg)',
    '',
  ].join('\n');
}
