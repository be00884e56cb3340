import type { AnalysisName } from '../src/contract/run.ts';

/** One thing to be asked about. */
export interface BenchUnit {
  path: string;
  /** The part of the image that is asked about, as shares of its sides `[x, y, width, height]`; null for all of it. */
  crop: [x: number, y: number, width: number, height: number] | null;
}

/** What a contender is given. All times are those of the scaled minute: nothing in here needs scaling any more. */
export interface Job {
  units: readonly BenchUnit[];
  /** What ours is asked to do with them. */
  analysis: AnalysisName;
  /** What `GEMINI_BASE_URL` takes. */
  baseUrl: string;
  inFlight: number;
  /** Whether ours is not told `inFlight`. */
  findsSlots: boolean;
  /** Calls a minute of `minuteMs`; null where the contender is not told. */
  rpm: number | null;
  /** Input tokens a minute of `minuteMs`; null where there is no such limit or the contender is not told. */
  tpm: number | null;
  /** Input tokens that a call costs on average: known to peers, which have no way to estimate it. */
  tokensPerCall: number;
  hedging: boolean;
  timeoutMs: number;
  /** Calls after the first one for what is not a refusal for the quota. */
  maxRetries: number;
  /** How long the service's minute is, ms; 60 000 unscaled. */
  minuteMs: number;
  /** Where what is learnt of an account is kept; the same in a later run. Null keeps nothing. */
  dataDir: string | null;
}

/** What the contender thought, `elapsedMs` after its start, of the time that was left. */
export interface ProgressSample {
  elapsedMs: number;
  remainingMs: number;
  /** It said that it may take longer, since nobody knew the limit. */
  isAtLeast: boolean;
}

export interface Report {
  succeeded: number;
  /** Units given up. */
  lost: number;
  /** In order of time; empty where a contender estimates nothing. */
  progress: readonly ProgressSample[];
}

export interface Contender {
  name: string;
  /** Whatever is made ready once in a process and not for each run: it is not measured. */
  prepare?(job: Job): Promise<void>;
  run(job: Job): Promise<Report>;
  close?(): Promise<void>;
}

/** What the process of a contender sends when it has ended: the report, and what it cost. */
export interface MeasuredReport extends Report {
  elapsedMs: number;
  cpuMs: number;
  /** Of the process with all its threads, MB. */
  peakMemoryMb: number;
}

/** Sent to the process of a contender. */
export interface ContenderCommand {
  contender: string;
  job: Job;
}

/** 1 unscaled; less where the minute is shorter. */
export function timeFactor(job: Job): number {
  return job.minuteMs / 60_000;
}
