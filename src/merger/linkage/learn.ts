import { informationOf, levelOf, MISSING, type Outcomes } from './comparator.ts';
import type { Comparison } from './comparison.ts';
import { spread } from './text-pool.ts';
import { kinProbabilities, logOdds, probabilityOf, risingWeights, startShares, type Weights } from './weights.ts';
import type { Pairs } from './candidates.ts';
import { findKin } from './kin.ts';
import { decoyShares } from './decoy-shares.ts';
import { setDependences } from './dependences.ts';
import type { Records } from './records.ts';
import { mutualBest, priorLogOdds, scoresAmongRivals, type Rivalry } from './rivals.ts';

/** Pairs taken by chance, for what different things have in common; and candidates that are learnt from. */
const CHANCE_PAIRS = 200_000;
const LEARNT_PAIRS = 500_000;
/** Up to so many pairs rivals are reckoned with while learning; beyond, in the scores only. */
const PAIRS_WITH_RIVALS = 2_500_000;
const ROUNDS = 25;
/** Log odds after the first rounds of what need not be looked at again. */
const HOPELESS = -16;
/** When the dependences are found: not before it is roughly known which of the pairs taken by chance are matches. */
const DEPENDENCE_ROUNDS = new Set([4, 10]);
/** Kin are looked for when it is roughly known what tells, and once more when those found have been set apart. */
const KIN_ROUNDS = new Set([2, 7]);
const LAST_DEPENDENCE_ROUND = 10;
/** So many pairs does a guess from before count for, against what is seen. */
const GUESS = { match: 3, other: 30 } as const;
/**
 * So many rounds begin with those pairs alone that are the best for both records: else all products of one maker, which are
 * as many as there are pairs of them, could be taken for what is to be found.
 */
const START_ROUNDS = 4;
/** Kin of unknown ways for each pair of one thing, in a short list. */
const UNKNOWN_KIN = { share: 0.05, until: 100, none: 240 } as const;
/** Of fewer records, decoys are too few to tell. */
const DECOYS_FROM = 500;
/** However many decoys there are, this part of what was taken for matches is left. */
const LEAST_LEFT = 0.05;
/** Matches a record, at most: beyond it the search has run into what is alike but not the same. */
const MOST_MATCHES = 3;

/** Compares pairs of records taken by chance; all of them where there are few. */
export function chanceOutcomes(comparison: Comparison, recordCount: number): Outcomes {
  const all = (recordCount * (recordCount - 1)) / 2;
  const count = Math.min(all, CHANCE_PAIRS);
  const width = comparison.comparators.length;
  const outcomes = new Uint16Array(count * width);
  if (all <= CHANCE_PAIRS) {
    let offset = 0;
    for (let b = 1; b < recordCount; b++) {
      for (let a = 0; a < b; a++, offset += width) comparison.compare(a, b, outcomes, offset);
    }
    return { count, width, outcomes };
  }
  for (let pair = 0; pair < count; pair++) {
    const a = spread(pair * 2 + 1) % recordCount;
    const b = spread(pair * 2 + 0x40000000) % (recordCount - 1);
    comparison.compare(a, b < a ? b : b + 1, outcomes, pair * width);
  }
  return { count, width, outcomes };
}

/** By comparator and level: how many of the pairs are at it. */
function levelCounts({ count, width, outcomes }: Outcomes, comparison: Comparison): Float64Array[] {
  const counts = comparison.comparators.map(({ levels }) => new Float64Array(levels.length));
  for (let offset = 0; offset < count * width; offset += width) {
    for (let place = 0; place < width; place++) counts[place]![levelOf(outcomes[offset + place]!)]! += 1;
  }
  return counts;
}

/** What is learnt from. */
export interface LearningTask {
  comparison: Comparison;
  records: Records;
  pairs: Pairs;
  /** Of the pairs. */
  outcomes: Outcomes;
  /** Of pairs taken by chance: see {@link chanceOutcomes}. */
  chance: Outcomes;
  rivalry: Rivalry;
}

/**
 * Learns without being told a single pair what each outcome is worth (Fellegi and Sunter's weights by expectation and
 * maximisation). What different things have in common by chance comes from pairs taken by chance, less the matches among
 * them; what one thing's records have in common from the candidates, each as far as it is believed to be a match. Guesses
 * count for a few pairs, so that little data does not lead to wild weights; weights rise with the level.
 */
export function learn(task: LearningTask): Weights {
  const { comparison, records, outcomes, rivalry } = task;
  const allPairs = Math.max(1, (records.count * (records.count - 1)) / 2);
  const { chance } = task;
  const chanceCounts = levelCounts(chance, comparison);
  const guessed = 0.25 * records.count + 0.5;
  const files = rivalry.sizes.length;
  const priors = new Float64Array(files * files).fill(Math.log(guessed / allPairs));
  const weights = firstGuess(comparison, priors, records.count);
  weights.unknownKin = unknownKinOf(records.count, files);
  refreshOthers(weights, comparison, chanceCounts, 0);
  let matches = 0;
  let current = task;
  for (let round = 0; round < ROUNDS; round++) {
    const before = matches;
    if (round === START_ROUNDS && outcomes.count <= PAIRS_WITH_RIVALS) current = withoutHopeless(task, weights);
    const found = maximise(weights, current, round < START_ROUNDS);
    matches = found.reduce((sum, own) => sum + own, 0);
    const likely = Math.min(Math.max(matches, 1), records.count * MOST_MATCHES);
    weights.priors = priorLogOdds(
      rivalry,
      found.map((own) => (own * likely) / Math.max(1, matches)),
    );
    refreshOthers(weights, comparison, chanceCounts, (likely * chance.count) / allPairs);
    if (KIN_ROUNDS.has(round)) weights.kin = findKin(outcomes, weights.respects, likely, allPairs);
    if (DEPENDENCE_ROUNDS.has(round)) setDependences(weights, chance);
    else if (round > LAST_DEPENDENCE_ROUND && Math.abs(matches - before) < 1e-4 * matches) break;
  }
  return weights;
}

/** Without the pairs that nobody will come to believe in, which are most: looking at them in every round takes the time. */
export function withoutHopeless(task: LearningTask, weights: Weights): LearningTask {
  const { pairs, outcomes } = task;
  const { width } = outcomes;
  const scores = plainScores(task, weights);
  const kept: number[] = [];
  for (let pair = 0; pair < scores.length; pair++) if (scores[pair]! > HOPELESS) kept.push(pair);
  const few = new Uint16Array(kept.length * width);
  for (const [place, pair] of kept.entries()) {
    few.set(outcomes.outcomes.subarray(pair * width, (pair + 1) * width), place * width);
  }
  return {
    ...task,
    pairs: {
      a: Int32Array.from(kept, (pair) => pairs.a[pair]!),
      b: Int32Array.from(kept, (pair) => pairs.b[pair]!),
    },
    outcomes: { count: kept.length, width, outcomes: few },
  };
}

/** Log odds of all pairs by what they have in common alone, without their rivals. */
export function plainScores({ records, pairs, outcomes }: LearningTask, weights: Weights, step = 1): Float32Array {
  const files = Math.max(1, records.sourceCount);
  const scores = new Float32Array(outcomes.count).fill(-Infinity);
  for (let pair = 0; pair < outcomes.count; pair += step) {
    const prior = weights.priors[records.sources[pairs.a[pair]!]! * files + records.sources[pairs.b[pair]!]!]!;
    scores[pair] = logOdds(outcomes.outcomes, pair * outcomes.width, weights, prior);
  }
  return scores;
}

/** What a value in common tells, before anything is known, nats: in a short list no value can be rarer than one in all. */
function usualInformation(recordCount: number): number {
  return Math.min(6, Math.log(recordCount + 1));
}

/** Of one file only: across files, rivals and decoys tell kin. All of it up to the first number of records, none from the second on. */
function unknownKinOf(recordCount: number, files: number): number {
  const { share, until, none } = UNKNOWN_KIN;
  return files > 1 ? 0 : share * Math.min(1, Math.max(0, (none - recordCount) / (none - until)));
}

function firstGuess(comparison: Comparison, priors: Float64Array, recordCount: number): Weights {
  return {
    priors,
    kin: [],
    unknownKin: 0,
    respects: comparison.comparators.map((comparator) => ({
      weights: new Float64Array(comparator.levels.length),
      meanInformation: new Float64Array(comparator.levels.length).fill(usualInformation(recordCount)),
      matchShares: startShares(comparator),
      otherShares: new Float64Array(comparator.levels.length),
      parent: -1,
      dependence: 0,
    })),
  };
}

/** @param matches how many of the pairs taken by chance are believed to be of one thing */
function refreshOthers(weights: Weights, comparison: Comparison, counts: Float64Array[], matches: number): void {
  for (const [place, own] of weights.respects.entries()) {
    const seen = counts[place]!;
    const { usual } = comparison.comparators[place]!;
    const total = seen.reduce((sum, count, level) => sum + (level === MISSING ? 0 : count), 0);
    const present = total / Math.max(1, total + seen[MISSING]!);
    const matched = matches * present;
    for (let level = 1; level < seen.length; level++) {
      const others = Math.max(0, seen[level]! - matched * own.matchShares[level]!);
      const guess = GUESS.other * usual[level]!;
      own.otherShares[level] = (others + guess) / (Math.max(0, total - matched) + GUESS.other);
    }
    own.weights = risingWeights(own.matchShares, own.otherShares);
  }
}

/** The scores without those of pairs in a file that has each thing once. */
function acrossOnly({ records: { sources }, pairs, rivalry }: LearningTask, scores: Float32Array): Float32Array {
  return scores.map((score, pair) => {
    const own = sources[pairs.a[pair]!]!;
    return own === sources[pairs.b[pair]!] && rivalry.clean[own] ? -Infinity : score;
  });
}

/** One round. @returns how many candidates are matches, as far as is believed, by `file * files + other file` */
function maximise(weights: Weights, task: LearningTask, isStart: boolean): Float64Array {
  const { comparison, records, pairs, rivalry } = task;
  const { count, width, outcomes } = task.outcomes;
  const { comparators } = comparison;
  const sums = comparators.map(({ levels }) => new Float64Array(levels.length));
  const told = comparators.map(({ levels }) => new Float64Array(levels.length));
  const kinSums = new Float64Array(weights.kin.length);
  const kinOfPair = new Float64Array(weights.kin.length);
  const files = rivalry.sizes.length;
  const matches = new Float64Array(files * files);
  // Rivals are only known where all pairs are looked at.
  const hasRivals = rivalry.atMostOne.includes(1) && count <= PAIRS_WITH_RIVALS;
  const step = hasRivals ? 1 : Math.max(1, Math.ceil(count / LEARNT_PAIRS));
  const plain = plainScores(task, weights, step);
  const scores = hasRivals ? scoresAmongRivals(records, pairs, plain, rivalry) : plain;
  const isBest = isStart && hasRivals ? mutualBest(pairs, acrossOnly(task, plain), records.count) : null;
  const decoys = hasRivals && records.count >= DECOYS_FROM ? decoyShares(task, weights.priors, plain) : null;
  const mistaken = comparators.map(({ levels }) => new Float64Array(levels.length));
  for (let pair = 0; pair < count; pair += step) {
    const offset = pair * width;
    const decoy = decoys?.shares[pair] ?? 0;
    if (decoy > 0) {
      for (let at = 0; at < width; at++) mistaken[at]![levelOf(outcomes[offset + at]!)]! += decoy;
    }
    if (plain[pair]! < -14) continue;
    const [s, t] = [records.sources[pairs.a[pair]!]!, records.sources[pairs.b[pair]!]!];
    const isOut = (s === t && rivalry.clean[s]) || isBest?.[pair] === 0;
    const probability = isOut ? 0 : probabilityOf(scores[pair]!);
    const place = Math.min(s, t) * files + Math.max(s, t);
    matches[place]! += probability * step;
    if (kinSums.length > 0) {
      logOdds(outcomes, offset, weights, weights.priors[place]!);
      kinProbabilities(plain[pair]!, weights, kinOfPair);
      for (let at = 0; at < kinSums.length; at++) kinSums[at]! += kinOfPair[at]! * step;
    }
    for (let at = 0; at < width; at++) {
      const result = outcomes[offset + at]!;
      const level = levelOf(result);
      sums[at]![level]! += probability;
      told[at]![level]! += probability * informationOf(result);
    }
  }
  if (decoys !== null) {
    for (const [at, sum] of sums.entries()) {
      for (let level = 0; level < sum.length; level++) {
        const left = Math.max(LEAST_LEFT * sum[level]!, sum[level]! - mistaken[at]![level]!);
        if (sum[level]! > 0) told[at]![level]! *= left / sum[level]!;
        sum[level] = left;
      }
    }
    for (let place = 0; place < matches.length; place++)
      matches[place] = Math.max(LEAST_LEFT * matches[place]!, matches[place]! - decoys.matches[place]!);
  }
  const all = matches.reduce((sum, own) => sum + own, 0);
  for (const [at, kin] of weights.kin.entries()) kin.logRatio = Math.log((kinSums[at]! + 0.1) / (all + 1));
  for (const [place, own] of weights.respects.entries()) {
    const sum = sums[place]!;
    const guess = startShares(comparators[place]!);
    const present = sum.reduce((total, part, level) => total + (level === MISSING ? 0 : part), 0);
    for (let level = 1; level < sum.length; level++) {
      own.matchShares[level] = (sum[level]! + GUESS.match * guess[level]!) / (present + GUESS.match);
      own.meanInformation[level] = (told[place]![level]! + usualInformation(records.count)) / (sum[level]! + 1);
    }
  }
  return matches;
}
