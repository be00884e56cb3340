import type { Pairs } from './candidates.ts';
import type { Records } from './records.ts';
import type { Rivalry } from './rivals.ts';

/** Between these log odds the threshold is looked for, in steps. */
const RANGE = { low: -5, high: 2, step: 0.25 } as const;
/** Not below it where a record has several matches in the other file: decoys know nothing of how alike these are. */
const LEAST_OF_ONE = -2.5;
/** Where rivals have taken off their share and there are no decoys, so much less will do. */
const WITHOUT_DECOYS = 1.5;
/** Where rivals share the belief, the best of three that are equally good is still taken. */
const SHARED_BELIEF = Math.log(3);

/**
 * From which log odds a pair of two files is of one thing, where one at least has each thing once: found out by decoys. A record's
 * likeliest partner in its own file is surely of another thing, and as like as another thing gets; as often as it would
 * have won against the likeliest in the other file, so often the latter is a mistake. That tells how many pairs above a
 * threshold are right, and the threshold with the best balance of misses and mistakes (F1) is taken. What was learnt can
 * then be far from the truth in how sure it is, as it is with lines of products, and the threshold is right all the same.
 *
 * @param scores log odds without rivals
 * @param priors by `file * files + other file`, which the scores contain
 * @returns log odds by `file * files + other file`; `usual` where there are no decoys
 */
export function thresholdsByDecoys(
  records: Records,
  { a, b }: Pairs,
  scores: Float32Array,
  priors: Float64Array,
  { sizes, clean, atMostOne }: Rivalry,
  usual: number,
): Float64Array {
  const files = sizes.length;
  const thresholds = Float64Array.from(atMostOne, (one) => usual - one * WITHOUT_DECOYS);
  const best = new Float32Array(records.count * files).fill(-Infinity);
  for (let pair = 0; pair < a.length; pair++) {
    const [x, y] = [a[pair]! * files + records.sources[b[pair]!]!, b[pair]! * files + records.sources[a[pair]!]!];
    best[x] = Math.max(best[x]!, scores[pair]!);
    best[y] = Math.max(best[y]!, scores[pair]!);
  }
  const steps = Math.round((RANGE.high - RANGE.low) / RANGE.step) + 1;
  for (let s = 0; s < files; s++) {
    for (let t = s + 1; t < files; t++) {
      if (!clean[s] && !clean[t]) continue;
      const won = new Float64Array(steps);
      const lost = new Float64Array(steps);
      for (let record = 0; record < records.count; record++) {
        const own = records.sources[record]!;
        // Where a file has duplicates, its records have no decoys in it.
        if ((own !== s && own !== t) || !clean[own]) continue;
        const other = own === s ? t : s;
        const target = best[record * files + other]!;
        const decoy = best[record * files + own]! - priors[own * files + own]! + priors[s * files + t]!;
        // There are as many chances for decoys as the file is long.
        if (decoy >= target) add(lost, decoy, sizes[other]! / sizes[own]!);
        else add(won, target, 1);
      }
      const isOneToOne = atMostOne[s * files + t] === 1 && atMostOne[t * files + s] === 1;
      const least = isOneToOne ? RANGE.low : LEAST_OF_ONE;
      const threshold = Math.max(least, bestBalance(won, lost));
      thresholds[s * files + t] = Math.min(threshold, Math.max(usual, 0));
      thresholds[t * files + s] = thresholds[s * files + t]!;
    }
  }
  return thresholds;
}

/** Counts for all thresholds below the score. */
function add(counts: Float64Array, score: number, weight: number): void {
  for (let at = 0; at < counts.length && score > RANGE.low + at * RANGE.step; at++) counts[at]! += weight;
}

function bestBalance(won: Float64Array, lost: Float64Array): number {
  const right = won.map((count, at) => Math.max(0, count - lost[at]!));
  const most = Math.max(...right);
  let best = 0;
  let threshold: number = RANGE.high;
  // From above: of thresholds that are as good, the strictest.
  for (let at = won.length - 1; at >= 0; at--) {
    const f1 = (2 * right[at]!) / Math.max(1, won[at]! + most);
    if (f1 > best + 1e-3) [best, threshold] = [f1, RANGE.low + at * RANGE.step];
  }
  return threshold;
}

/**
 * How far each pair is above its threshold, nats. Where that was found by decoys, rivals may take off some more: they are
 * no reason to take none of them.
 */
export function marginsOf(
  records: Records,
  { a, b }: Pairs,
  plain: Float32Array,
  amongRivals: Float32Array,
  thresholds: Float64Array,
  { sizes, clean }: Rivalry,
): Float32Array {
  const files = sizes.length;
  return plain.map((score, pair) => {
    const [s, t] = [records.sources[a[pair]!]!, records.sources[b[pair]!]!];
    const threshold = thresholds[s * files + t]!;
    const among = amongRivals[pair]! - threshold;
    return s !== t && (clean[s] || clean[t]) ? Math.min(score - threshold, among + SHARED_BELIEF) : among;
  });
}
