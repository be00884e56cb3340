import type { Pairs } from './candidates.ts';

/** Of two clusters at most so many pairs are compared; more would cost time and hardly change their average. */
const PAIRS_LOOKED_AT = 64;
/** How far one pair can go for or against: a single odd pair must not outweigh all others. */
const ONE_PAIR_MOST = 8;

export interface ClusterTask {
  count: number;
  pairs: Pairs;
  /** By pair: how far it is above its threshold, nats; rivals reckoned with. */
  margins: Float32Array;
  /** The same of any two records, without their rivals. */
  marginOf: (a: number, b: number) => number;
  /** Records of one such source are never of one thing. */
  sources: Uint16Array;
  clean: readonly boolean[];
}

/**
 * Puts records together, the best pairs first: two clusters become one where their pairs, on average, speak for it, those
 * that are no candidates too. So a chain of pairs never joins records that have nothing in common, and records alone
 * decide, not their order.
 *
 * @returns by record: the first record of its cluster
 */
export function clusterRecords(task: ClusterTask): Int32Array {
  const { pairs, margins } = task;
  const order: number[] = [];
  for (let pair = 0; pair < margins.length; pair++) if (margins[pair]! > 0) order.push(pair);
  order.sort((x, y) => margins[y]! - margins[x]! || pairs.a[x]! - pairs.a[y]! || pairs.b[x]! - pairs.b[y]!);
  const home = Int32Array.from({ length: task.count }, (_, record) => record);
  const members = new Map<number, number[]>();
  const membersOf = (cluster: number): number[] => members.get(cluster) ?? [cluster];
  for (const pair of order) {
    const one = home[pairs.a[pair]!]!;
    const other = home[pairs.b[pair]!]!;
    if (one === other) continue;
    const [kept, given] = [Math.min(one, other), Math.max(one, other)];
    const [left, right] = [membersOf(kept), membersOf(given)];
    if (shareCleanSource(left, right, task) || !speakForEachOther(left, right, task)) continue;
    for (const record of right) home[record] = kept;
    members.set(kept, [...left, ...right]);
    members.delete(given);
  }
  return home;
}

function shareCleanSource(left: readonly number[], right: readonly number[], { sources, clean }: ClusterTask): boolean {
  return left.some((a) => clean[sources[a]!] && right.some((b) => sources[a] === sources[b]));
}

function speakForEachOther(left: readonly number[], right: readonly number[], task: ClusterTask): boolean {
  const all = left.length * right.length;
  if (all === 1) return true;
  const step = Math.max(1, Math.floor(all / PAIRS_LOOKED_AT));
  let sum = 0;
  let looked = 0;
  for (let at = 0; at < all; at += step) {
    const score = task.marginOf(left[Math.floor(at / right.length)]!, right[at % right.length]!);
    sum += Math.max(-ONE_PAIR_MOST, Math.min(ONE_PAIR_MOST, score));
    looked++;
  }
  return sum / looked > 0;
}
