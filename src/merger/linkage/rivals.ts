import type { Pairs } from './candidates.ts';
import type { Records } from './records.ts';

/** How things are spread over the files, and so how many matches a record can have. */
export interface Rivalry {
  /** How many records each file has. */
  sizes: Float64Array;
  /** By file: whether it was found to have each thing once. */
  clean: boolean[];
  /** At `from * files + to`: 1 where a record of the first file has one match in the second at most. */
  atMostOne: Uint8Array;
}

/** Log odds from which a pair is taken for one thing when files are judged: nine in ten. */
const SURE = 2.2;
/** A file is free of duplicates where its records find so much less within it than in other files. */
const FEW = 0.35;
/** Records of at most one match: so few of those that have a sure match have a second one. */
const FEW_SECONDS = 0.08;
/**
 * Within one file, where lines of products look like duplicates, a second match counts that is hardly less sure than the best one
 * (nats): sisters lack at least a model number. So many of those with a match may have one; the fewer tell, the more (two standard
 * errors).
 */
const CLOSE = 2;
const FEW_CLOSE_SECONDS = 0.13;
const SLACK = 0.8;
/** Records with a sure match that are needed to tell. */
const ENOUGH = 8;
/** Not all records find their match, however many do: this part is always reckoned to be alone. */
const ALONE = 0.07;

function noRivalry({ sources, sourceCount }: Records): Rivalry {
  const files = Math.max(1, sourceCount);
  const sizes = new Float64Array(files);
  for (const source of sources) sizes[source]! += 1;
  return { sizes, clean: Array.from({ length: files }, () => false), atMostOne: new Uint8Array(files * files) };
}

/**
 * What learning begins with: that a record has one match at most. Where it has more, its belief is only spread over them;
 * to begin with the opposite would take lines of products that differ in a number for one product, many times over.
 */
export function oneMatchEach(records: Records): Rivalry {
  const rivalry = noRivalry(records);
  rivalry.atMostOne.fill(1);
  // Of several files, learning begins with pairs across them: what is most alike within a file may only be its neighbour.
  rivalry.clean.fill(rivalry.sizes.length > 1);
  return rivalry;
}

/** Whether two say the same of the same records, so that there is nothing more to be learnt. */
export function isSameRivalry(one: Rivalry, other: Rivalry): boolean {
  const isClean = one.clean.every((clean, file) => clean === other.clean[file]);
  return isClean && one.atMostOne.every((most, place) => most === other.atMostOne[place]);
}

/**
 * Finds out from the scores which files have each thing once (their records find their match in another file, and hardly
 * one that is as good in their own), and where a record has one match at most.
 *
 * @param scores log odds of the pairs
 * @param priors which they contain
 */
export function rivalryOf(records: Records, { a, b }: Pairs, scores: Float32Array, priors: Float64Array): Rivalry {
  const rivalry = noRivalry(records);
  const { sources, count } = records;
  const files = rivalry.sizes.length;
  // What was learnt took files to be clean: within them, a pair is now given as good a chance as across.
  const chances = Float64Array.from({ length: files }, (_, file) => {
    const across = [...priors.subarray(file * files, (file + 1) * files)].filter((_, other) => other !== file);
    return across.length === 0 ? 0 : Math.max(...across) - priors[file * files + file]!;
  });
  const best = new Float32Array(count * files).fill(-Infinity);
  const second = new Float32Array(count * files).fill(-Infinity);
  const sure = new Uint16Array(count * files);
  for (let pair = 0; pair < a.length; pair++) {
    const own = sources[a[pair]!]!;
    const score = scores[pair]! + (own === sources[b[pair]!] ? chances[own]! : 0);
    const [x, y] = [a[pair]! * files + sources[b[pair]!]!, b[pair]! * files + sources[a[pair]!]!];
    for (const place of [x, y]) {
      second[place] = Math.max(second[place]!, Math.min(best[place]!, score));
      best[place] = Math.max(best[place]!, score);
      if (score > SURE) sure[place] = Math.min(65_535, sure[place]! + 1);
    }
  }
  const matched = new Float64Array(files * files);
  const several = new Float64Array(files * files);
  const within = new Float64Array(files);
  const across = new Float64Array(files);
  for (let record = 0; record < count; record++) {
    const own = sources[record]!;
    let bestAcross = -Infinity;
    for (let file = 0; file < files; file++) {
      const matches = sure[record * files + file]!;
      if (matches > 0) matched[own * files + file]! += 1;
      const place = record * files + file;
      if (matches > 1 && (file !== own || second[place]! > best[place]! - CLOSE)) several[own * files + file]! += 1;
      if (file !== own) bestAcross = Math.max(bestAcross, best[record * files + file]!);
    }
    if (bestAcross > SURE) across[own]! += 1;
    const bestWithin = best[record * files + own]!;
    if (records.rowCounts[record]! > 1 || (bestWithin > SURE && bestWithin > bestAcross)) within[own]! += 1;
  }
  rivalry.clean = [...within].map((found, file) => files > 1 && across[file]! > 0 && found <= FEW * across[file]!);
  for (let from = 0; from < files; from++) {
    for (let to = 0; to < files; to++) {
      const place = from * files + to;
      const few = from === to ? FEW_CLOSE_SECONDS + SLACK / Math.sqrt(Math.max(1, matched[place]!)) : FEW_SECONDS;
      const hasOne = matched[place]! >= ENOUGH && several[place]! <= few * matched[place]!;
      if (from === to ? hasOne : hasOne || rivalry.clean[to]) rivalry.atMostOne[place] = 1;
    }
  }
  return rivalry;
}

/**
 * Log odds that two records of two files, or of one, are of one thing before they are compared. Where records have one match
 * at most, those that are matched already leave fewer for the rest: the more have a match, the likelier is each next one.
 *
 * @param matches believed so far, by `first file * files + second file`, the first not after the second
 */
export function priorLogOdds({ sizes, atMostOne }: Rivalry, matches: Float64Array): Float64Array {
  const files = sizes.length;
  const priors = new Float64Array(files * files);
  for (let s = 0; s < files; s++) {
    for (let t = s; t < files; t++) {
      const [one, other] = [sizes[s]!, sizes[t]!];
      const found = Math.max(0.3, matches[s * files + t]!);
      const [forth, back] = [atMostOne[s * files + t] === 1, atMostOne[t * files + s] === 1];
      let odds: number;
      if (s === t) {
        const left = forth ? Math.max(0, one - 2 * found) + ALONE * one : one;
        odds = (2 * found) / Math.max(1, left * left);
      } else {
        const leftOne = forth ? Math.max(0, one - found) + ALONE * one : one;
        const leftOther = back ? Math.max(0, other - found) + ALONE * other : other;
        odds = found / Math.max(1, leftOne * leftOther);
      }
      // Above even odds nobody would have to look.
      priors[s * files + t] = Math.min(-1, Math.log(odds));
      priors[t * files + s] = priors[s * files + t]!;
    }
  }
  return priors;
}

/**
 * Scores that know of rivals: where a record has one match in a file at most, several candidates there share its belief,
 * and two that are equally good are each worth half.
 *
 * @param scores log odds, by pair
 * @returns log odds, by pair
 */
export function scoresAmongRivals(
  records: Records,
  { a, b }: Pairs,
  scores: Float32Array,
  rivalry: Rivalry,
): Float32Array {
  const { atMostOne } = rivalry;
  if (!atMostOne.includes(1)) return scores;
  const { sources } = records;
  const files = rivalry.sizes.length;
  const sums = oddsByFile(records, { a, b }, scores);
  return scores.map((score, pair) => {
    if (score < -12) return score;
    const odds = oddsOf(score);
    const [x, y] = [a[pair]!, b[pair]!];
    const [from, to] = [sources[x]!, sources[y]!];
    let rivals = 0;
    if (atMostOne[from * files + to] === 1) rivals += sums[x * files + to]! - odds;
    if (atMostOne[to * files + from] === 1) rivals += sums[y * files + from]! - odds;
    return score - Math.log1p(Math.max(0, rivals));
  });
}

const oddsOf = (score: number): number => Math.exp(Math.min(40, score));

/** By record and file, at `record * files + file`: the sum of the odds of all of its candidates there. */
export function oddsByFile(
  { sources, count, sourceCount }: Records,
  { a, b }: Pairs,
  scores: Float32Array,
): Float64Array {
  const files = Math.max(1, sourceCount);
  const sums = new Float64Array(count * files);
  for (let pair = 0; pair < a.length; pair++) {
    if (scores[pair]! < -12) continue;
    const odds = oddsOf(scores[pair]!);
    sums[a[pair]! * files + sources[b[pair]!]!]! += odds;
    sums[b[pair]! * files + sources[a[pair]!]!]! += odds;
  }
  return sums;
}

/** By pair: 1 where neither record has a better candidate. */
export function mutualBest({ a, b }: Pairs, scores: Float32Array, count: number): Uint8Array {
  const best = new Float32Array(count).fill(-Infinity);
  for (let pair = 0; pair < a.length; pair++) {
    best[a[pair]!] = Math.max(best[a[pair]!]!, scores[pair]!);
    best[b[pair]!] = Math.max(best[b[pair]!]!, scores[pair]!);
  }
  return Uint8Array.from(scores, (score, pair) => Number(score >= best[a[pair]!]! && score >= best[b[pair]!]!));
}
