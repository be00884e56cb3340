import { BARE, OURS } from './contenders/names.ts';
import { imageSet } from './image-sets.ts';
import type { Job } from './job.ts';
import { median, round, runContender } from './run-contender.ts';
import { StandInProcess } from './stand-in-process.ts';

/** Case (f): small images as fast as they go, at a service that answers at once. */
export interface FlatOutResult {
  contender: string;
  /** Medians of three. */
  callsPerSecond: number;
  peakMemoryMb: number;
  /** With 500 images. */
  peakMemoryOfFewMb: number;
  lost: number;
}

const MANY = 10_000;
const FEW = 500;
const ROUNDS = 3;
const SIDE = 96;
const IN_FLIGHT = 32;

/** In turns, so that what else the machine does meets both alike. */
export async function runFlatOut(
  wants: (contender: string) => boolean,
  log: (line: string) => void,
): Promise<FlatOutResult[]> {
  const names = [BARE, OURS].filter(wants);
  const runs = names.map((contender) => ({ contender, rates: [0], many: [0], few: [0], lost: 0 }));
  for (const run of runs) run.rates = run.many = run.few = [];
  const paths = await imageSet('flat-out', MANY, { width: SIDE, height: SIDE });
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const run of runs) {
      const many = await runOnce(run.contender, paths);
      const few = await runOnce(run.contender, paths.slice(0, FEW));
      run.rates = [...run.rates, many.callsPerSecond];
      run.many = [...run.many, many.peakMemoryMb];
      run.few = [...run.few, few.peakMemoryMb];
      run.lost += many.lost + few.lost;
      log(`f: ${run.contender}: ${many.callsPerSecond.toFixed(0)} calls/s, ${many.peakMemoryMb.toFixed(0)} MB`);
    }
  }
  return runs.map(({ contender, rates, many, few, lost }) => ({
    contender,
    callsPerSecond: round(median(rates), 1),
    peakMemoryMb: Math.round(median(many)),
    peakMemoryOfFewMb: Math.round(median(few)),
    lost,
  }));
}

async function runOnce(contender: string, paths: readonly string[]) {
  const standIn = await StandInProcess.start();
  try {
    await standIn.reset({ keepCalls: false, answer: { shows: [] } });
    const job: Job = {
      units: paths.map((path) => ({ path, crop: null })),
      baseUrl: standIn.baseUrl,
      analysis: 'shows',
      inFlight: IN_FLIGHT,
      findsSlots: false,
      rpm: null,
      tpm: null,
      tokensPerCall: 600,
      hedging: false,
      timeoutMs: 30_000,
      maxRetries: 3,
      minuteMs: 60_000,
      dataDir: null,
    };
    const report = await runContender({ contender, job }, 300_000);
    if (!report) throw new Error(`${contender} did not come to an end.`);
    const { elapsedMs, peakMemoryMb, lost } = report;
    return { callsPerSecond: (paths.length * 1_000) / elapsedMs, peakMemoryMb, lost };
  } finally {
    await standIn.close();
  }
}
