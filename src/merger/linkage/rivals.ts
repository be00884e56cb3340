import type { Pairs } from './candidates.ts';
import type { Records } from './records.ts';

/** Log odds from which a pair is taken for one thing when files are judged: nine in ten. */
const SURE = 2.2;
/** A file is free of duplicates where its records find so much less within it than in other files. */
const FEW = 0.35;

/**
 * Which files have each thing once, judged by the scores: most of their records that match find their match in another
 * file, and few find one that is as good in their own.
 *
 * @param scores log odds of the pairs
 * @returns by source
 */
export function cleanSources(records: Records, { a, b }: Pairs, scores: Float32Array): boolean[] {
  if (records.sourceCount < 2) return [false];
  const within = new Float32Array(records.count).fill(-Infinity);
  const across = new Float32Array(records.count).fill(-Infinity);
  for (let pair = 0; pair < a.length; pair++) {
    const best = records.sources[a[pair]!] === records.sources[b[pair]!] ? within : across;
    for (const record of [a[pair]!, b[pair]!]) best[record] = Math.max(best[record]!, scores[pair]!);
  }
  const found = Array.from({ length: records.sourceCount }, () => ({ within: 0, across: 0 }));
  for (let record = 0; record < records.count; record++) {
    const own = found[records.sources[record]!]!;
    if (across[record]! > SURE) own.across++;
    if (records.rowCounts[record]! > 1 || (within[record]! > SURE && within[record]! > across[record]!)) own.within++;
  }
  return found.map(({ within, across }) => across > 0 && within <= FEW * across);
}

/**
 * Scores that know of rivals: where a file has each thing once, a record has one match in it at most, so that several
 * candidates there share its belief, and two that are equally good are each worth half.
 *
 * @returns log odds, by pair
 */
export function scoresAmongRivals(
  records: Records,
  { a, b }: Pairs,
  scores: Float32Array,
  clean: boolean[],
): Float32Array {
  if (!clean.includes(true)) return scores;
  const { sources, count, sourceCount } = records;
  // By record and source: the sum of the odds of all candidates there.
  const sums = new Float64Array(count * sourceCount);
  const oddsOf = (pair: number): number => Math.exp(Math.min(40, scores[pair]!));
  const isAcross = (pair: number): boolean => sources[a[pair]!] !== sources[b[pair]!];
  for (let pair = 0; pair < a.length; pair++) {
    if (!isAcross(pair)) continue;
    const odds = oddsOf(pair);
    sums[a[pair]! * sourceCount + sources[b[pair]!]!]! += odds;
    sums[b[pair]! * sourceCount + sources[a[pair]!]!]! += odds;
  }
  return scores.map((score, pair) => {
    if (!isAcross(pair)) return score;
    const odds = oddsOf(pair);
    const [x, y] = [a[pair]!, b[pair]!];
    let rivals = 0;
    if (clean[sources[y]!]) rivals += sums[x * sourceCount + sources[y]!]! - odds;
    if (clean[sources[x]!]) rivals += sums[y * sourceCount + sources[x]!]! - odds;
    return score - Math.log1p(Math.max(0, rivals));
  });
}
