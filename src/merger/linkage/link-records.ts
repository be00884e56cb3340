import { blockingKeys } from './blocking-keys.ts';
import { candidatePairs, type Pairs } from './candidates.ts';
import { clusterRecords } from './cluster-records.ts';
import type { Outcomes } from './comparator.ts';
import { Comparison } from './comparison.ts';
import { marginsOf, thresholdsByDecoys } from './decoys.ts';
import { profilesOf, type FieldProfile } from './field-kind.ts';
import { chanceOutcomes, learn, plainScores, withoutHopeless } from './learn.ts';
import type { Records } from './records.ts';
import { isSameRivalry, oneMatchEach, rivalryOf, scoresAmongRivals, type Rivalry } from './rivals.ts';
import { logOdds, type Weights } from './weights.ts';

export interface LinkOptions {
  /** How likely a pair has to be of one thing, 0 to 1; by default what gives the best balance of misses and mistakes. */
  threshold?: number;
  /** Told before each step, in words. */
  onStep?: (step: string) => void;
}

/** Which records are of one thing, and what it was judged by. */
export interface Linkage {
  /** By row, in the order of adding: its cluster, from 1 in the order of the clusters' first rows. */
  clusterOfRow: Int32Array;
  clusterCount: number;
  /** By record: the first record of its cluster. */
  clusterOfRecord: Int32Array;
  profiles: FieldProfile[];
  comparison: Comparison;
  weights: Weights;
  rivalry: Rivalry;
  pairs: Pairs;
  /** By pair: how far it is above the threshold, nats; rivals reckoned with. */
  margins: Float32Array;
}

/** As likely as not. */
const EVEN = 0.5;

/** Finds which records are of one thing: see docs/decisions/0015-linkage.md for the way. */
export function linkRecords(records: Records, options: LinkOptions = {}): Linkage {
  const { threshold = EVEN, onStep } = options;
  const isGiven = options.threshold !== undefined;
  onStep?.('looking at the fields');
  const profiles = profilesOf(records);
  const comparison = new Comparison(records, profiles);
  onStep?.('finding pairs to compare');
  const pairs = candidatePairs(blockingKeys(records, profiles), records.count);
  onStep?.(`comparing ${pairs.a.length} pairs`);
  const outcomes = compareAll(comparison, pairs);
  onStep?.('learning what tells');
  const task = {
    comparison,
    records,
    pairs,
    outcomes,
    chance: chanceOutcomes(comparison, records.count),
    rivalry: oneMatchEach(records),
  };
  let weights = learn(task);
  const assumed = task.rivalry;
  task.rivalry = rivalryOf(records, pairs, plainScores(task, weights), weights.priors);
  if (!isSameRivalry(assumed, task.rivalry)) weights = learn(withoutHopeless(task, weights));
  const plain = plainScores(task, weights);
  const amongRivals = scoresAmongRivals(records, pairs, plain, task.rivalry);
  const files = task.rivalry.sizes.length;
  const usual = Math.log(threshold / (1 - threshold));
  const thresholds = isGiven
    ? new Float64Array(files * files).fill(usual)
    : thresholdsByDecoys(records, pairs, plain, weights.priors, task.rivalry, usual);
  const margins = marginsOf(records, pairs, plain, amongRivals, thresholds, task.rivalry);
  onStep?.('putting together');
  const scratch = new Uint16Array(outcomes.width);
  const marginOf = (a: number, b: number): number => {
    const place = records.sources[a]! * files + records.sources[b]!;
    comparison.compare(Math.min(a, b), Math.max(a, b), scratch);
    return logOdds(scratch, 0, weights, weights.priors[place]!) - thresholds[place]!;
  };
  const { clean } = task.rivalry;
  const clusterOfRecord = clusterRecords({
    count: records.count,
    pairs,
    margins,
    marginOf,
    sources: records.sources,
    clean,
  });
  const { clusterOfRow, clusterCount } = numberClusters(records, clusterOfRecord, marginOf);
  return {
    clusterOfRow,
    clusterCount,
    clusterOfRecord,
    profiles,
    comparison,
    weights,
    rivalry: task.rivalry,
    pairs,
    margins,
  };
}

function compareAll(comparison: Comparison, { a, b }: Pairs): Outcomes {
  const width = comparison.comparators.length;
  const outcomes = new Uint16Array(a.length * width);
  for (let pair = 0; pair < a.length; pair++) comparison.compare(a[pair]!, b[pair]!, outcomes, pair * width);
  return { count: a.length, width, outcomes };
}

/** Rows that say nothing are each alone; so are rows that say the same, where that is too little to tell by. */
function numberClusters(
  { recordOfRow, rowCounts }: Records,
  clusterOfRecord: Int32Array,
  marginOf: (a: number, b: number) => number,
): { clusterOfRow: Int32Array; clusterCount: number } {
  const numbers = new Int32Array(clusterOfRecord.length);
  const clusterOfRow = new Int32Array(recordOfRow.length);
  let clusterCount = 0;
  for (let row = 0; row < recordOfRow.length; row++) {
    const record = recordOfRow[row]!;
    const cluster = record < 0 ? -1 : clusterOfRecord[record]!;
    if (cluster >= 0 && numbers[cluster]! > 0) {
      const tellsEnough = rowCounts[record] === 1 || marginOf(record, record) > 0;
      clusterOfRow[row] = tellsEnough ? numbers[cluster]! : ++clusterCount;
      continue;
    }
    clusterOfRow[row] = ++clusterCount;
    if (cluster >= 0) numbers[cluster] = clusterCount;
  }
  return { clusterOfRow, clusterCount };
}
