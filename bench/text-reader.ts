/**
 * Measures the local text reader on images with known text: `node bench/text-reader.ts [folder] [rounds]`. The folder
 * (default `../shared/data/reader`) holds images and `ground-truth.json`. On a busy machine trust the ratios: both sides
 * of each are measured in turns, image by image or round by round. See test/support/text-accuracy.ts for how a reading
 * is scored; reading times include decoding the file.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { PageText, TextLine } from '../src/contract/text-line.ts';
import { ReaderThread } from '../test/support/reader-thread.ts';
import { measureAccuracy, sumAccuracy } from '../test/support/text-accuracy.ts';
import type { TextAccuracy, TruePage } from '../test/support/text-accuracy.ts';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..', 'shared', 'data', 'reader'));
const rounds = Number(process.argv[3] ?? 3);
const truth = JSON.parse(readFileSync(join(folder, 'ground-truth.json'), 'utf8')) as Record<string, TruePage>;
const names = Object.keys(truth);

interface Reading {
  page: PageText;
  ms: number;
}

async function readHere(thread: ReaderThread, name: string): Promise<Reading> {
  const { page, decodeMs, readMs } = await thread.read(join(folder, name));
  return { page, ms: decodeMs + readMs };
}

/** Tesseract on one thread; null where it is not installed. */
async function readWithTesseract(name: string, page: TruePage): Promise<Reading | null> {
  const startedAt = performance.now();
  try {
    const { stdout } = await promisify(execFile)('tesseract', [join(folder, name), 'stdout', 'tsv'], {
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      maxBuffer: 1 << 26,
    });
    return { page: pageOfTsv(stdout, page), ms: performance.now() - startedAt };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Tesseract's words, joined to the lines it puts them in. */
function pageOfTsv(tsv: string, { width, height }: TruePage): PageText {
  const lines = new Map<string, TextLine>();
  for (const row of tsv.split('\n').slice(1)) {
    const [level, pageNumber, block, paragraph, line, , left, top, wide, high, confidence, text = ''] = row.split('\t');
    if (level !== '5' || text.trim() === '') continue;
    const key = [pageNumber, block, paragraph, line].join('-');
    const [x, y, w, h] = [Number(left) / width, Number(top) / height, Number(wide) / width, Number(high) / height];
    const known = lines.get(key);
    if (!known) {
      lines.set(key, { text, confidence: Number(confidence) / 100, box: [x, y, w, h], angle: 0 });
      continue;
    }
    known.text += ` ${text}`;
    const [oldX, oldY, oldW, oldH] = known.box;
    const [newX, newY] = [Math.min(oldX, x), Math.min(oldY, y)];
    known.box = [newX, newY, Math.max(oldX + oldW, x + w) - newX, Math.max(oldY + oldH, y + h) - newY];
  }
  return { width, height, lines: [...lines.values()] };
}

interface Throughput {
  imagesPerSecond: number;
  /** What the process's threads spent computing, which other programs on the machine hardly change. */
  cpuMsPerImage: number;
}

/** Over all threads; each takes the next image as soon as it is free. */
async function throughput(threads: readonly ReaderThread[]): Promise<Throughput> {
  // Every image once for each thread, so that the wait for the last one weighs the same however many threads there are.
  const queue = threads.flatMap(() => names);
  const count = queue.length;
  const startedAt = performance.now();
  const cpuAtStart = process.cpuUsage();
  await Promise.all(
    threads.map(async (thread) => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) await readHere(thread, name);
    }),
  );
  const { user, system } = process.cpuUsage(cpuAtStart);
  return {
    imagesPerSecond: (count * 1_000) / (performance.now() - startedAt),
    cpuMsPerImage: (user + system) / 1_000 / count,
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const peakMemoryMb = (): number => Math.round(process.resourceUsage().maxRSS / 1_024);

function accuracyInWords(parts: readonly TextAccuracy[]): string {
  const { errorRate, wordRecall, characterErrors, characters, extraLines } = sumAccuracy(parts);
  const errors = `${(errorRate * 100).toFixed(2)} % (${characterErrors} of ${characters})`;
  return `character errors ${errors}, word recall ${(wordRecall * 100).toFixed(2)} %, lines without truth ${extraLines.length}`;
}

const first = await ReaderThread.start();
const own: TextAccuracy[] = [];
const theirs: TextAccuracy[] = [];
const ownMs: number[] = [];
const theirMs: number[] = [];
await readHere(first, names[0] ?? '');
for (const [name, page] of Object.entries(truth)) {
  const reading = await readHere(first, name);
  own.push(measureAccuracy(reading.page, page));
  ownMs.push(reading.ms);
  const peer = await readWithTesseract(name, page);
  if (!peer) continue;
  theirs.push(measureAccuracy(peer.page, page));
  theirMs.push(peer.ms);
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
console.log(`local:     ${accuracyInWords(own)}`);
console.log(`           ${Math.round(mean(ownMs))} ms an image on one thread, peak memory ${peakMemoryMb()} MB`);
if (theirs.length > 0) {
  console.log(`tesseract: ${accuracyInWords(theirs)}`);
  console.log(`           ${Math.round(mean(theirMs))} ms an image on one thread`);
  console.log(`time local / tesseract: ${(mean(ownMs) / mean(theirMs)).toFixed(2)}`);
} else {
  console.log('tesseract not installed: ratio not measured');
}
for (const { truth: expected, read } of own.flatMap((part) => part.differences)) {
  console.log(`  misread: ${expected} | ${read}`);
}

const second = await ReaderThread.start();
await readHere(second, names[0] ?? '');
const one: Throughput[] = [];
const two: Throughput[] = [];
for (let round = 0; round < rounds; round++) {
  one.push(await throughput([first]));
  two.push(await throughput([first, second]));
}
const rates = (results: readonly Throughput[]): number[] => results.map((result) => result.imagesPerSecond);
const costs = (results: readonly Throughput[]): number[] => results.map((result) => result.cpuMsPerImage);
const ratios = rates(two).map((rate, round) => rate / (rates(one)[round] ?? NaN));
console.log(
  `images a second: ${median(rates(one)).toFixed(2)} on one thread, ${median(rates(two)).toFixed(2)} on two; ` +
    `two / one ${median(ratios).toFixed(2)} (best round ${Math.max(...ratios).toFixed(2)})`,
);
console.log(
  `processor time an image: ${Math.round(median(costs(one)))} ms on one thread, ${Math.round(median(costs(two)))} on two; ` +
    `two / one would be ${((2 * median(costs(one))) / median(costs(two))).toFixed(2)} on an idle machine`,
);
console.log(`peak memory with two threads: ${peakMemoryMb()} MB`);
await Promise.all([first.close(), second.close()]);
