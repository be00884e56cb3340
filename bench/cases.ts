import type { AnalysisName } from '../src/contract/run.ts';
import type { GeminiStandInOptions } from '../test/support/gemini-stand-in.ts';
import { admissions } from '../test/support/stand-in-load.ts';
import type { StandInLoad } from '../test/support/stand-in-load.ts';
import type { QuotaLimit } from '../test/support/stand-in-quota.ts';
import { greedyBound } from './bound.ts';
import type { Bound } from './bound.ts';
import { BARRIER, FIVE_AT_A_TIME, IMAGE_BY_IMAGE } from './contenders/names.ts';

/** One column of the tables: a service, a pile, and who runs on it. Times are unscaled. */
export interface Column {
  /** The letter of the case and what tells it from others of that letter: `c sliding`. */
  name: string;
  title: string;
  count: number;
  inFlight: number;
  requests: QuotaLimit | null;
  inputTokens: QuotaLimit | null;
  load: StandInLoad;
  /** Whether contenders are told the quota. */
  told: boolean;
  hedging: boolean;
  /** `shelf`: detections of eight photos; `mixed`: every other one a photo, the others tiny. */
  images: 'tiny' | 'shelf' | 'mixed';
  /** What ours asks; whoever else asks for the same bytes with other words. */
  analysis: AnalysisName;
  /** Whether ours finds out by itself how many calls may be under way; otherwise `inFlight`. */
  findsSlots: boolean;
  peers: readonly string[];
  /** Whether ours runs a second time on the same data directory. */
  learnt: boolean;
}

export const TIMEOUT_MS = 30_000;
export const MAX_RETRIES = 3;
const TOKENS_PER_CALL = 600;

const SLOW_SERVICE: StandInLoad = {
  // Of the seeds with which no straggler starts so late that it alone decides all three columns, as in the figures.
  seed: 4,
  latency: { medianMs: 2_000, sigma: 0.5 },
  stragglers: { share: 0.005, addMs: 25_000 },
  inputTokens: { mean: TOKENS_PER_CALL, spread: 0.2 },
};

const COUNTING_PEERS = [
  'p-limit, SDK backoff',
  'p-limit, RetryInfo',
  'p-queue strict',
  'p-queue paced',
  'p-throttle',
  'p-throttle strict',
  'Bottleneck reservoir',
  'Bottleneck paced',
  BARRIER,
];
/** Those that can do without being told the quota: the others are set up with nothing but it. */
const UNTOLD_PEERS = ['p-limit, SDK backoff', 'p-limit, RetryInfo', BARRIER];

const HEADLINE = {
  count: 1_382,
  inFlight: 300,
  requests: { amount: 1_000, kind: 'sliding' },
  inputTokens: null,
  load: SLOW_SERVICE,
  told: true,
  hedging: false,
  images: 'tiny',
  analysis: 'shows',
  findsSlots: false,
  peers: COUNTING_PEERS,
  learnt: true,
} as const satisfies Partial<Column>;

const WINDOWS: Record<string, { words: string; limits: Pick<Column, 'requests' | 'inputTokens'> }> = {
  sliding: {
    words: 'sliding window',
    limits: { requests: { amount: 1_000, kind: 'sliding' }, inputTokens: null },
  },
  bucket: {
    words: 'token bucket, burst 100',
    limits: { requests: { amount: 1_000, kind: 'bucket', burst: 100 }, inputTokens: null },
  },
  tokens: {
    words: 'sliding window, also 400k input tokens a minute',
    limits: {
      requests: { amount: 1_000, kind: 'sliding' },
      inputTokens: { amount: 400_000, kind: 'sliding' },
    },
  },
};

const PORTFOLIO = {
  count: 44,
  requests: null,
  load: { seed: 1, latency: { meanMs: 3_000, deviationMs: 600 } },
  images: 'mixed',
  analysis: 'styles',
  learnt: false,
} as const satisfies Partial<Column>;

/** Cases (f) and (g) are no columns. Posters and recipes come as (h) and (i). */
export const COLUMNS: readonly Column[] = [
  {
    ...HEADLINE,
    ...PORTFOLIO,
    name: 'a styles',
    title: 'style descriptors of 44 large and small images, calls of about 3 s, 5 in flight, no quota',
    inFlight: 5,
    peers: ['p-limit, RetryInfo', 'p-queue', 'Bottleneck', BARRIER, FIVE_AT_A_TIME],
  },
  {
    ...HEADLINE,
    ...PORTFOLIO,
    name: 'a styles free',
    title: 'the same with slots free: ours finds out by itself how many',
    inFlight: 44,
    findsSlots: true,
    peers: [FIVE_AT_A_TIME],
  },
  {
    ...HEADLINE,
    name: 'b products',
    title: 'product details of 1,382 detections of 8 images, 2,000 a minute, 150 in flight',
    inFlight: 150,
    requests: { amount: 2_000, kind: 'sliding' },
    load: { seed: 2, latency: { medianMs: 2_000, sigma: 0.5 } },
    images: 'shelf',
    analysis: 'products',
    peers: [...COUNTING_PEERS, IMAGE_BY_IMAGE],
    learnt: false,
  },
  ...Object.entries(WINDOWS).map(([name, { words, limits }]): Column => ({
    ...HEADLINE,
    ...limits,
    name: `c ${name}`,
    title: `1,382 calls, 1,000 a minute, 300 in flight: ${words}; quota told`,
  })),
  ...Object.entries(WINDOWS).map(([name, { words, limits }]): Column => ({
    ...HEADLINE,
    ...limits,
    name: `d ${name}`,
    title: `the same: ${words}; quota not told`,
    told: false,
    peers: UNTOLD_PEERS,
  })),
  {
    ...HEADLINE,
    name: 'e',
    title: 'as c sliding, with 0.5 % stragglers, 1 % 503, 0.2 % hangs; hedging on',
    load: { ...SLOW_SERVICE, unavailableShare: 0.01, hangShare: 0.002 },
    hedging: true,
    learnt: false,
  },
];

export function boundOf({ count, inFlight, requests, inputTokens, load }: Column): Bound {
  return greedyBound({ count, inFlight, requests, inputTokens, next: admissions(load), timeoutMs: TIMEOUT_MS });
}

/** Nothing found, in the words of each analysis: what is measured is calls. */
const ANSWERS: Readonly<Record<AnalysisName, object>> = {
  shows: { shows: [] },
  products: { products: [] },
  styles: { garments: [] },
  posters: {},
  recipes: {},
};

/** What the stand-in is set to, with all times as much shorter as the minute. */
export function standInOptions({ requests, inputTokens, load, analysis }: Column, scale: number): GeminiStandInOptions {
  const windowMs = 60_000 / scale;
  return {
    keepCalls: false,
    answer: ANSWERS[analysis],
    quota: requests ? { ...requests, requests: requests.amount, windowMs } : null,
    tokenQuota: inputTokens ? { ...inputTokens, inputTokens: inputTokens.amount, windowMs } : null,
    load: scaledLoad(load, scale),
  };
}

function scaledLoad(load: StandInLoad, scale: number): StandInLoad {
  const { latency, stragglers } = load;
  const scaled =
    latency === undefined
      ? undefined
      : 'medianMs' in latency
        ? { ...latency, medianMs: latency.medianMs / scale }
        : { meanMs: latency.meanMs / scale, deviationMs: latency.deviationMs / scale };
  return {
    ...load,
    latency: scaled,
    stragglers: stragglers && { ...stragglers, addMs: stragglers.addMs / scale },
  };
}

export function tokensPerCall({ load }: Column): number {
  return load.inputTokens?.mean ?? TOKENS_PER_CALL;
}
