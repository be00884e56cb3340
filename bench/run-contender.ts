import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ContenderCommand, MeasuredReport, ProgressSample } from './job.ts';
import type { StandInCounters } from '../test/support/stand-in-types.ts';

const MAIN = fileURLToPath(new URL('contender-main.ts', import.meta.url));

/** Points kept of a curve of calls finished over time. */
const CURVE_POINTS = 250;

/** What one contender did in one column. Times are as in an unscaled minute. */
export interface Result {
  column: string;
  contender: string;
  /** `learnt` is a second run on the data directory of the first. */
  round: 'first' | 'learnt';
  /** 1 where it ran unscaled. */
  scale: number;
  seconds: number;
  boundSeconds: number;
  /** Of `seconds` to `boundSeconds`. */
  ratio: number;
  /** All calls that reached the service, refused ones included. */
  calls: number;
  refused: number;
  lost: number;
  maxInFlight: number;
  peakMemoryMb: number;
  cpuMs: number;
  /** {@link worstEstimate}; null where nothing was estimated. */
  worstEstimate: number | null;
  /** The same of those estimates alone that were not said to be "at least" so much. */
  worstFirmEstimate?: number;
  /** `[seconds, calls finished]`, thinned out. */
  curve: [seconds: number, finished: number][];
}

/**
 * Runs a contender in a process of its own, so that memory and CPU time are its own.
 *
 * @param limitMs after which it is ended: a contender that never comes to an end shall not stop the suite
 * @returns null where it was ended, or died
 */
export async function runContender(command: ContenderCommand, limitMs: number): Promise<MeasuredReport | null> {
  const child = fork(MAIN, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  let report: MeasuredReport | null = null;
  child.once('message', (message: MeasuredReport) => {
    report = message;
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.send(command);
  await exited;
  clearTimeout(timer);
  return report;
}

/**
 * How far the estimate of the whole time (passed and left) was from the truth at worst, as a share of it, from the end of
 * the first tenth on; null without a sample.
 */
export function worstEstimate(samples: readonly ProgressSample[], totalMs: number): number | null {
  const errors = samples
    .filter(({ elapsedMs }) => elapsedMs >= totalMs / 10)
    .map(({ elapsedMs, remainingMs }) => Math.abs(elapsedMs + remainingMs - totalMs) / totalMs);
  return errors.length > 0 ? Math.max(...errors) : null;
}

export function curveOf(finishedMs: readonly number[], scale: number): Result['curve'] {
  const step = Math.max(1, Math.ceil(finishedMs.length / CURVE_POINTS));
  const curve: Result['curve'] = [[0, 0]];
  for (const [index, atMs] of finishedMs.entries()) {
    const isLast = index === finishedMs.length - 1;
    if (isLast || (index + 1) % step === 0) curve.push([round((atMs * scale) / 1_000, 2), index + 1]);
  }
  return curve;
}

/** What happened, from both sides: the contender's report and the service's counts. */
export function resultOf(
  about: Pick<Result, 'column' | 'contender' | 'round' | 'scale' | 'boundSeconds'>,
  report: MeasuredReport,
  counters: StandInCounters,
): Result {
  const seconds = (report.elapsedMs * about.scale) / 1_000;
  const estimate = worstEstimate(report.progress, report.elapsedMs);
  const firm = report.progress.filter(({ isAtLeast }) => !isAtLeast);
  const firmEstimate = worstEstimate(firm, report.elapsedMs);
  return {
    ...about,
    boundSeconds: round(about.boundSeconds, 2),
    seconds: round(seconds, 2),
    ratio: round(seconds / about.boundSeconds, 4),
    calls: counters.arrived,
    refused: counters.refused.requests + counters.refused.inputTokens,
    lost: report.lost,
    maxInFlight: counters.maxInFlight,
    peakMemoryMb: Math.round(report.peakMemoryMb),
    cpuMs: Math.round(report.cpuMs),
    worstEstimate: estimate === null ? null : round(estimate, 3),
    ...(firmEstimate === null ? {} : { worstFirmEstimate: round(firmEstimate, 3) }),
    curve: curveOf(counters.finishedMs, about.scale),
  };
}

export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
