import type { Pairs } from './candidates.ts';
import type { Records } from './records.ts';
import { oddsByFile, type Rivalry } from './rivals.ts';

/** How many of what is taken for matches across files are mistakes, as far as decoys tell. */
export interface DecoyShares {
  /** By pair of one clean file: for how many mistaken pairs across files it stands. */
  shares: Float32Array;
  /** By `file * files + other file`, the first not after the second. */
  matches: Float64Array;
}

/**
 * What is as alike as this within a clean file is surely not the same; across files there are as many pairs of the kind that are
 * mistakes. So learning takes off from each level what decoys have at it: else the sisters of one line of products, which are
 * as many as the products, would be taken for what is to be found wherever the other file lacks the product itself.
 *
 * @param plain log odds by pair, without rivals
 * @returns null where no file is clean
 */
export function decoyShares(
  { records, pairs, rivalry }: { records: Records; pairs: Pairs; rivalry: Rivalry },
  priors: Float64Array,
  plain: Float32Array,
): DecoyShares | null {
  const { sizes, clean } = rivalry;
  const files = sizes.length;
  if (files < 2 || !clean.includes(true)) return null;
  const sums = oddsByFile(records, pairs, plain);
  const shares = new Float32Array(plain.length);
  const matches = new Float64Array(files * files);
  const within = (file: number): number => (clean[file] ? (sizes[file]! * (sizes[file]! - 1)) / 2 : 0);
  for (let pair = 0; pair < plain.length; pair++) {
    const [x, y] = [pairs.a[pair]!, pairs.b[pair]!];
    const s = records.sources[x]!;
    if (s !== records.sources[y] || !clean[s]) continue;
    for (let t = 0; t < files; t++) {
      if (t === s) continue;
      const score = plain[pair]! - priors[s * files + s]! + priors[s * files + t]!;
      if (score < -6) continue;
      const odds = Math.exp(Math.min(40, score));
      const rivals = sums[x * files + t]! + sums[y * files + t]!;
      const scale = (sizes[s]! * sizes[t]!) / Math.max(1, within(s) + within(t));
      const share = (scale * odds) / (1 + odds + rivals);
      shares[pair]! += share;
      matches[Math.min(s, t) * files + Math.max(s, t)]! += share;
    }
  }
  return { shares, matches };
}
