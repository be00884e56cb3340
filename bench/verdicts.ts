import { BARE, BARRIER, FIVE_AT_A_TIME, IMAGE_BY_IMAGE, OURS } from './contenders/names.ts';
import type { FlatOutResult } from './flat-out.ts';
import type { GrowthResult } from './growth.ts';
import type { PostersResult } from './posters.ts';
import type { RecipeResult } from './recipe.ts';
import type { Result } from './run-contender.ts';

/** One line of what the benchmark shall show. */
export interface Verdict {
  line: string;
  pass: boolean;
  /** The figures it was decided by. */
  detail: string;
}

export interface Measured {
  /** Where nothing but the benchmark runs, load stays below the cores; figures from a busier machine say little. */
  machine: { cores: number; loadBefore: number; loadAfter: number };
  results: readonly Result[];
  flatOut: readonly FlatOutResult[];
  posters: readonly PostersResult[];
  recipes: readonly RecipeResult[];
  growth: GrowthResult | null;
}

interface Demand {
  column: RegExp;
  round: Result['round'];
  ratio: number;
  refusedShare: number | null;
}

/** How near to the bound, and how many of all calls may be refused. */
const DEMANDS: readonly Demand[] = [
  { column: /^a styles$/, round: 'first', ratio: 1.03, refusedShare: null },
  { column: /^b products$/, round: 'first', ratio: 1.05, refusedShare: null },
  { column: /^c /, round: 'first', ratio: 1.08, refusedShare: 0.03 },
  { column: /^c /, round: 'learnt', ratio: 1.03, refusedShare: 0.005 },
  { column: /^d /, round: 'first', ratio: 1.25, refusedShare: 0.05 },
  { column: /^d /, round: 'learnt', ratio: 1.03, refusedShare: 0.005 },
  { column: /^e$/, round: 'first', ratio: 1, refusedShare: null },
];
const BARRIER_RATIO = 1.2;
/** How many times as long the way took by which an analysis was done before. From 27 s to 6; from 5 minutes and more to 41.5 s. */
const ORIGINALS: Readonly<Record<string, { contender: string; ratio: number }>> = {
  'a styles free': { contender: FIVE_AT_A_TIME, ratio: 4.5 },
  'b products': { contender: IMAGE_BY_IMAGE, ratio: 7 },
};
/** Unscaled. */
const FREE_SLOTS_SECONDS = 6;
const CHAIN_RATIO = 1.1;
const ESTIMATE_ERROR = 0.2;
const RATE_RATIO = 0.9;
const MEMORY_RATIO = 1.2;
const GROWTH_RATIO = 1.2;

/** Only what was measured is judged. */
export function verdictsOf({ results, flatOut, growth, posters, recipes }: Omit<Measured, 'machine'>): Verdict[] {
  const ours = results.filter(({ contender }) => contender === OURS);
  const peers = results.filter(({ contender }) => contender !== OURS);
  return [
    ...ours.flatMap(nearBound),
    ...ours.filter(({ column }) => column === 'a styles').flatMap((own) => aheadOfBarrier(own, peers)),
    ...ours.filter(({ column }) => column === 'a styles free').map(withinSeconds),
    ...ours.flatMap((own) => aheadOfOriginal(own, peers)),
    ...ours.flatMap((own) => aheadOfPeers(own, peers)),
    ...ours.flatMap(estimate),
    ...nearChain(recipes),
    ...aheadOfThreads(posters),
    ...rateAndMemory(flatOut),
    ...(growth ? [flatGrowth(growth)] : []),
    ...(ours.length > 0 ? [nothingLost(ours)] : []),
  ];
}

function nearBound(own: Result): Verdict[] {
  const demand = DEMANDS.find(({ column, round }) => column.test(own.column) && round === own.round);
  if (!demand) return [];
  const { ratio, refusedShare } = demand;
  const share = refusedShareOf(own);
  const refusals = refusedShare === null ? '' : `, at most ${percent(refusedShare)} of calls refused`;
  return [
    {
      line: `${titleOf(own)} ${ratio === 1 ? 'faster than the bound' : `within ${ratio} of the bound`}${refusals}`,
      pass: own.ratio <= ratio && (refusedShare === null || share <= refusedShare) && own.lost === 0,
      detail: `${own.ratio.toFixed(3)}, ${percent(share)} refused, ${own.lost} lost`,
    },
  ];
}

function aheadOfBarrier(own: Result, peers: readonly Result[]): Verdict[] {
  const barrier = peers.find(({ column, contender }) => column === own.column && contender === BARRIER);
  if (!barrier) return [];
  const ratio = barrier.seconds / own.seconds;
  return [
    {
      line: `${titleOf(own)} ahead of the barrier by ${BARRIER_RATIO} or more`,
      pass: ratio >= BARRIER_RATIO,
      detail: ratio.toFixed(3),
    },
  ];
}

function withinSeconds(own: Result): Verdict {
  return {
    line: `${titleOf(own)} under ${FREE_SLOTS_SECONDS} s`,
    pass: own.seconds < FREE_SLOTS_SECONDS && own.lost === 0,
    detail: `${own.seconds.toFixed(1)} s, ${own.lost} lost`,
  };
}

function aheadOfOriginal(own: Result, peers: readonly Result[]): Verdict[] {
  const known = ORIGINALS[own.column];
  const original = peers.find(({ column, contender }) => column === own.column && contender === known?.contender);
  if (!known || !original) return [];
  const ratio = original.seconds / own.seconds;
  return [
    {
      line: `${titleOf(own)} ahead of ${known.contender} by ${known.ratio} or more`,
      pass: ratio >= known.ratio,
      detail: `${ratio.toFixed(2)} (${original.seconds.toFixed(1)} s to ${own.seconds.toFixed(1)} s)`,
    },
  ];
}

/** A peer that loses units has not done the work; one that is faster is named with what it paid for it. */
function aheadOfPeers(own: Result, peers: readonly Result[]): Verdict[] {
  const rivals = peers.filter(({ column, lost, scale }) => column === own.column && lost === 0 && scale === own.scale);
  if (rivals.length === 0) return [];
  const faster = rivals.filter(({ seconds }) => seconds < own.seconds).toSorted((a, b) => a.seconds - b.seconds);
  const names = faster.map((peer) => {
    const share = `${percent(refusedShareOf(peer))} of its calls refused`;
    return `${peer.contender} (${((own.seconds / peer.seconds - 1) * 100).toFixed(1)} %, ${share})`;
  });
  return [
    {
      line: `${titleOf(own)} ahead of every peer that loses no unit`,
      pass: faster.length === 0 && own.lost === 0,
      detail:
        own.lost > 0
          ? `${own.lost} units lost`
          : faster.length === 0
            ? `ahead of ${rivals.length}`
            : `behind ${names.join(', ')}; ${whyBehind(own)}`,
    },
  ];
}

function whyBehind({ column, round }: Result): string {
  return /^[cd]/.test(column) && round === 'first'
    ? 'why: it has not met the account before, and comes up to its limit step by step, so that few calls are refused'
    : 'why: its calls carry their images, opened, scaled and encoded, where peers send one pixel';
}

function nearChain(recipes: readonly RecipeResult[]): Verdict[] {
  const own = recipes.find(({ contender }) => contender === OURS);
  if (!own || own.chainSeconds === null) return [];
  const ratio = own.seconds / own.chainSeconds;
  const others = recipes
    .filter(({ contender }) => contender !== OURS)
    .map(({ contender, seconds }) => `${(seconds / own.seconds).toFixed(2)} times as fast as ${contender}`);
  return [
    {
      line: `recipe: within ${CHAIN_RATIO} of the longest chain of steps that need each other`,
      pass: ratio <= CHAIN_RATIO,
      detail: [`${ratio.toFixed(3)} (${own.seconds.toFixed(1)} s to ${own.chainSeconds.toFixed(1)} s)`, ...others].join(
        ', ',
      ),
    },
  ];
}

function aheadOfThreads(posters: readonly PostersResult[]): Verdict[] {
  const own = posters.find(({ contender }) => contender === OURS);
  const others = posters.filter(({ contender }) => contender !== OURS);
  if (!own || others.length === 0) return [];
  const ratios = others.map(({ contender, aMinute }) => `${(own.aMinute / aMinute).toFixed(2)} times ${contender}`);
  return [
    {
      line: 'posters: more a minute than each way it was done before',
      pass: own.lost === 0 && others.every(({ aMinute }) => aMinute < own.aMinute),
      detail: `${own.aMinute} a minute, ${ratios.join(', ')}, ${own.lost} lost`,
    },
  ];
}

function estimate(own: Result): Verdict[] {
  if (own.worstEstimate === null) return [];
  return [
    {
      line: `${titleOf(own)} time left within ${percent(ESTIMATE_ERROR)} after the first tenth`,
      pass: own.worstEstimate <= ESTIMATE_ERROR,
      detail: `${percent(own.worstEstimate)} at worst${withoutAtLeast(own)}`,
    },
  ];
}

/** An estimate that is said to be "at least" so much claims less; it is judged all the same. */
function withoutAtLeast({ worstEstimate, worstFirmEstimate }: Result): string {
  if (worstFirmEstimate === undefined || worstFirmEstimate === worstEstimate) return '';
  return `, when it was said to be "at least" so much; ${percent(worstFirmEstimate)} of those that were not`;
}

function rateAndMemory(flatOut: readonly FlatOutResult[]): Verdict[] {
  const own = flatOut.find(({ contender }) => contender === OURS);
  const bare = flatOut.find(({ contender }) => contender === BARE);
  if (!own) return [];
  const memory = own.peakMemoryMb / own.peakMemoryOfFewMb;
  const verdicts: Verdict[] = [
    {
      line: `(f) memory at 10,000 at most ${MEMORY_RATIO} of that at 500`,
      pass: memory <= MEMORY_RATIO && own.lost === 0,
      detail: `${memory.toFixed(3)} (${own.peakMemoryMb} MB to ${own.peakMemoryOfFewMb} MB), ${own.lost} lost`,
    },
  ];
  if (!bare) return verdicts;
  const rate = own.callsPerSecond / bare.callsPerSecond;
  const detail = `${rate.toFixed(3)} (${own.callsPerSecond.toFixed(0)} to ${bare.callsPerSecond.toFixed(0)} calls/s)`;
  return [{ line: `(f) at least ${RATE_RATIO} of the bare way's rate`, pass: rate >= RATE_RATIO, detail }, ...verdicts];
}

function flatGrowth({ sizes }: GrowthResult): Verdict {
  const costs = sizes.map(({ microseconds }) => microseconds);
  const ratio = Math.max(...costs) / Math.min(...costs);
  return {
    line: '(g) cost of a unit flat within 20 % from 100 to 100,000',
    pass: ratio <= GROWTH_RATIO,
    detail: `${ratio.toFixed(3)} (${costs.map((cost) => cost.toFixed(1)).join(', ')} µs)`,
  };
}

function nothingLost(ours: readonly Result[]): Verdict {
  const lost = ours.reduce((sum, own) => sum + own.lost, 0);
  return { line: 'no unit lost in any case', pass: lost === 0, detail: `${lost} lost in ${ours.length} runs` };
}

/** Of all calls that reached the service. */
export function refusedShareOf({ refused, calls }: Pick<Result, 'refused' | 'calls'>): number {
  return calls > 0 ? refused / calls : 0;
}

function titleOf({ column, round, scale }: Result): string {
  const [letter = '', ...rest] = column.split(' ');
  const words = [
    `(${letter})`,
    ...rest,
    ...(round === 'learnt' ? ['learnt'] : []),
    ...(scale === 1 ? [] : [`in a minute of ${Math.round(60 / scale)} s`]),
  ];
  return words.join(' ');
}

export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
