import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundOf, MAX_RETRIES, standInOptions, TIMEOUT_MS, tokensPerCall } from './cases.ts';
import type { Column } from './cases.ts';
import { IMAGE_BY_IMAGE, OURS } from './contenders/names.ts';
import { cropsOf, imageSet } from './image-sets.ts';
import type { BenchUnit, Job } from './job.ts';
import { resultOf, runContender } from './run-contender.ts';
import type { Result } from './run-contender.ts';
import { StandInProcess } from './stand-in-process.ts';

export interface SuiteOptions {
  columns: readonly Column[];
  /** How much shorter the minute is; 1 is unscaled. */
  scale: number;
  /** Contenders that run at the same time, each with a service of its own. */
  lanes: number;
  wants: (contender: string) => boolean;
  log: (line: string) => void;
}

/** So many times the bound, and a minute more: the originals take up to fourteen. */
const LIMIT_RATIO = 20;

/** A contender has started and made its first burst of calls by then, and the next one may have the cores for that. */
const START_GAP_MS = 4_000;

interface Task {
  column: Column;
  contender: string;
}

interface Terms {
  scale: number;
  note: (result: Result | null, task: Task) => void;
  /** Resolves when it is one's turn to start. */
  begin: () => Promise<void>;
}

/**
 * Runs everybody in every column. What waits for quotas and for answers leaves the machine idle, so many run side by side:
 * at once they take a tenth of the time that they take one after another. What the machine itself is busy with runs alone.
 */
export async function runSuite({ columns, scale, lanes, wants, log }: SuiteOptions): Promise<Result[]> {
  const results: Result[] = [];
  const note = (result: Result | null, { column, contender }: Task): void => {
    if (result) results.push(result);
    log(`${column.name}: ${contender}: ${result ? inWords(result) : 'did not come to an end'}`);
  };
  const begin = startsApart(START_GAP_MS / scale);
  const runOne = (task: Task): Promise<void> =>
    task.contender === OURS ? runOurs(task, { scale, note, begin }) : runPeer(task, { scale, note, begin });
  const tasks = columns.flatMap((column) =>
    [...column.peers, OURS].filter(wants).map((contender): Task => ({ column, contender })),
  );
  const [slow, alone] = [tasks.filter(isSlow), tasks.filter(isBusy)];
  const slowest = Promise.all(slow.map(runOne));
  for (const task of alone) await runOne(task);
  // The longest first, so that none is left running by itself at the end.
  const rest = tasks
    .filter((task) => !slow.includes(task) && !alone.includes(task))
    .toSorted((a, b) => expectedMs(b) - expectedMs(a));
  const lane = async (): Promise<void> => {
    for (let task = rest.shift(); task; task = rest.shift()) await runOne(task);
  };
  await Promise.all([slowest, ...Array.from({ length: lanes }, lane)]);
  return inOrder(results, columns);
}

/** Large images, which keep all cores busy in the seconds that such a run takes. */
function isBusy({ column, contender }: Task): boolean {
  return contender === OURS && column.images === 'mixed';
}

/** A few calls at a time for minutes: it keeps nobody from anything, and would end last. */
function isSlow({ contender }: Task): boolean {
  return contender === IMAGE_BY_IMAGE;
}

function expectedMs({ column, contender }: Task): number {
  const { totalMs } = boundOf(column);
  return contender === OURS && column.learnt ? 2 * totalMs + 60_000 : totalMs;
}

/** Turns that are so many ms apart. */
function startsApart(gapMs: number): () => Promise<void> {
  let next = Promise.resolve();
  return () => {
    const own = next;
    next = next.then(() => sleep(gapMs));
    return own;
  };
}

async function runOurs(task: Task, { scale, note, begin }: Terms): Promise<void> {
  await begin();
  // What is learnt is kept from the first run to the second, and no further.
  const dataDir = await mkdtemp(join(tmpdir(), 'contactsheet-bench-data-'));
  // Both runs at one address: an account is known by its service, its model and its key.
  const standIn = await StandInProcess.start();
  try {
    note(await runOn(standIn, task, scale, 'first', dataDir), task);
    if (!task.column.learnt) return;
    // Until the account has forgotten the first run, as the service has that starts anew.
    await sleep(60_000 / scale);
    await begin();
    note(await runOn(standIn, task, scale, 'learnt', dataDir), task);
  } finally {
    await standIn.close();
    await rm(dataDir, { recursive: true });
  }
}

/** On a service that is new to it. */
async function runPeer(task: Task, { scale, note, begin }: Terms): Promise<void> {
  await begin();
  const standIn = await StandInProcess.start();
  try {
    note(await runOn(standIn, task, scale, 'first', null), task);
  } finally {
    await standIn.close();
  }
}

/** As the columns have them, ours last: not as they happened to come to an end. */
function inOrder(results: readonly Result[], columns: readonly Column[]): Result[] {
  const place = ({ column, contender }: Result): number => {
    const index = columns.findIndex(({ name }) => name === column);
    const peer = columns[index]?.peers.indexOf(contender) ?? -1;
    return index * 100 + (peer < 0 ? 99 : peer);
  };
  return results.toSorted((a, b) => place(a) - place(b));
}

async function runOn(
  standIn: StandInProcess,
  { column, contender }: Task,
  scale: number,
  round: Result['round'],
  dataDir: string | null,
): Promise<Result | null> {
  const boundSeconds = boundOf(column).totalMs / 1_000;
  const units = await unitsOf(column, round);
  await standIn.reset(standInOptions(column, scale));
  const job: Job = {
    units,
    baseUrl: standIn.baseUrl,
    analysis: column.analysis,
    inFlight: column.inFlight,
    findsSlots: column.findsSlots,
    rpm: column.told ? (column.requests?.amount ?? null) : null,
    tpm: column.told ? (column.inputTokens?.amount ?? null) : null,
    tokensPerCall: tokensPerCall(column),
    hedging: column.hedging,
    timeoutMs: TIMEOUT_MS / scale,
    maxRetries: MAX_RETRIES,
    minuteMs: 60_000 / scale,
    dataDir,
  };
  const limitMs = 60_000 + (LIMIT_RATIO * boundSeconds * 1_000) / scale;
  const report = await runContender({ contender, job }, limitMs);
  if (!report) return null;
  const about = { column: column.name, contender, round, scale, boundSeconds };
  return resultOf(about, report, await standIn.counters());
}

/** Other pictures in a second run: answers kept from the first must not spare it its calls. */
async function unitsOf(column: Column, round: Result['round']): Promise<BenchUnit[]> {
  if (column.images === 'shelf') {
    return cropsOf(await imageSet('shelf', 8, { width: 1_600, height: 1_200 }), column.count);
  }
  if (column.images === 'mixed') {
    const half = Math.ceil(column.count / 2);
    const [large, small] = await Promise.all([
      imageSet('portfolio', half, { width: 1_600, height: 1_200 }),
      imageSet('portfolio', half, { width: 320, height: 480 }),
    ]);
    const paths = large.flatMap((path, place) => [path, small[place] ?? path]);
    return paths.slice(0, column.count).map((path) => ({ path, crop: null }));
  }
  const paths = await imageSet(round, 1_382, { width: 64, height: 64 });
  return paths.slice(0, column.count).map((path) => ({ path, crop: null }));
}

function inWords({ seconds, ratio, refused, lost, round }: Result): string {
  const which = round === 'learnt' ? ' (learnt)' : '';
  return `${seconds.toFixed(1)} s${which}, ${ratio.toFixed(3)} of the bound, ${refused} refused, ${lost} lost`;
}
