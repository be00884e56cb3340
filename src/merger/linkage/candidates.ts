import type { Keys } from './blocking-keys.ts';
import { spread } from './text-pool.ts';

/** Pairs of records by number, `a[i] < b[i]`, each pair once, in the order of a, then b. */
export interface Pairs {
  a: Int32Array;
  b: Int32Array;
}

export interface CandidateLimits {
  /** Records that share one key; more say that the key is a common one, which counts together with another key alone. */
  blockSize: number;
  /** Candidates of one record: those that share most with it. */
  perRecord: number;
  /** A candidate shares at least this part of what the best one shares. */
  leastShare: number;
}

/** Keys of more than the block size that a record combines: the rarest of them. */
const COMBINED_KEYS = 7;

/** Near-linear: with many records, blocks must be small; with few, everything that shares anything can be looked at. */
export function limitsFor(count: number): CandidateLimits {
  if (count <= 3_000) return { blockSize: 400, perRecord: 80, leastShare: 0.22 };
  if (count <= 30_000) return { blockSize: 150, perRecord: 50, leastShare: 0.22 };
  if (count <= 150_000) return { blockSize: 60, perRecord: 24, leastShare: 0.3 };
  return { blockSize: 32, perRecord: 12, leastShare: 0.3 };
}

/** Records by key, as buckets of a hash: `records[starts[bucket]]` to `records[starts[bucket + 1] - 1]`. */
interface Buckets {
  mask: number;
  starts: Int32Array;
  records: Int32Array;
}

function bucketsOf({ starts, keys }: Keys, count: number): Buckets {
  const size = 2 ** Math.max(8, Math.ceil(Math.log2(keys.length + 1)));
  const mask = size - 1;
  const ends = new Int32Array(size + 1);
  for (const key of keys) ends[(key & mask) + 1]! += 1;
  for (let bucket = 0; bucket < size; bucket++) ends[bucket + 1]! += ends[bucket]!;
  const records = new Int32Array(keys.length);
  const next = ends.slice(0, size);
  for (let record = 0; record < count; record++) {
    for (let at = starts[record]!; at < starts[record + 1]!; at++) records[next[keys[at]! & mask]!++] = record;
  }
  return { mask, starts: ends, records };
}

const sizeOf = ({ mask, starts }: Buckets, key: number): number => starts[(key & mask) + 1]! - starts[key & mask]!;

/** Pairs of a record's keys that are too common by themselves. */
function combinedKeys({ starts, keys }: Keys, buckets: Buckets, count: number, limits: CandidateLimits): Keys {
  const combinedStarts = new Int32Array(count + 1);
  let combined = new Uint32Array(Math.max(64, count * 4));
  let end = 0;
  const common: { key: number; size: number }[] = [];
  for (let record = 0; record < count; record++) {
    common.length = 0;
    for (let at = starts[record]!; at < starts[record + 1]!; at++) {
      const key = keys[at]!;
      const size = sizeOf(buckets, key);
      // What half of all records share is no help to anybody.
      if (size > limits.blockSize && size < count / 2) common.push({ key, size });
    }
    common.sort((x, y) => x.size - y.size || x.key - y.key);
    const taken = Math.min(COMBINED_KEYS, common.length);
    if (end + taken * taken > combined.length) {
      const grown = new Uint32Array(Math.ceil((end + taken * taken) * 1.5));
      grown.set(combined);
      combined = grown;
    }
    for (let i = 0; i < taken; i++) {
      for (let j = 0; j < i; j++) {
        const [low, high] = [Math.min(common[i]!.key, common[j]!.key), Math.max(common[i]!.key, common[j]!.key)];
        combined[end++] = spread(Math.imul(low, 0x85ebca6b) ^ high);
      }
    }
    combinedStarts[record + 1] = end;
  }
  return { starts: combinedStarts, keys: combined.slice(0, end) };
}

/**
 * Pairs that share enough to be compared: each record with those that share most with it, a shared key counting the more
 * the fewer records have it. The work grows with the number of records, not with its square, since no block is larger
 * than its limit.
 */
export function candidatePairs(keys: Keys, count: number, limits = limitsFor(count)): Pairs {
  const simple = bucketsOf(keys, count);
  const pairKeys = combinedKeys(keys, simple, count, limits);
  const layers = [
    { keys, buckets: simple },
    { keys: pairKeys, buckets: bucketsOf(pairKeys, count) },
  ];
  const shared = new Float32Array(count);
  const touched = new Int32Array(count);
  const listStarts = new Int32Array(count + 1);
  let lists = new Int32Array(Math.max(64, count * 4));
  let end = 0;
  for (let record = 0; record < count; record++) {
    let reached = 0;
    for (const layer of layers) {
      const { starts, records, mask } = layer.buckets;
      for (let at = layer.keys.starts[record]!; at < layer.keys.starts[record + 1]!; at++) {
        const bucket = layer.keys.keys[at]! & mask;
        const [from, until] = [starts[bucket]!, starts[bucket + 1]!];
        if (until - from < 2 || until - from > limits.blockSize) continue;
        const weight = Math.log2((2 * count) / (until - from));
        for (let place = from; place < until; place++) {
          const other = records[place]!;
          if (other === record) continue;
          if (shared[other] === 0) touched[reached++] = other;
          shared[other]! += weight;
        }
      }
    }
    const taken = strongest(touched, reached, shared, limits);
    if (end + taken > lists.length) {
      const grown = new Int32Array(Math.ceil((end + taken) * 1.5));
      grown.set(lists);
      lists = grown;
    }
    lists.set(touched.subarray(0, taken).sort(), end);
    end += taken;
    listStarts[record + 1] = end;
  }
  return mutual(listStarts, lists, count);
}

const ORDER_KEYS = new Float64Array(1 << 16);

/** Moves the strongest to the front, and forgets what all have shared. @returns how many are kept */
function strongest(touched: Int32Array, reached: number, shared: Float32Array, limits: CandidateLimits): number {
  const most = limits.perRecord;
  let best = 0;
  for (let at = 0; at < reached; at++) best = Math.max(best, shared[touched[at]!]!);
  let kept = 0;
  const keys = reached <= ORDER_KEYS.length ? ORDER_KEYS : new Float64Array(reached);
  for (let at = 0; at < reached; at++) {
    const other = touched[at]!;
    // The strongest first, and of two alike the first in the records' order: one number says both.
    if (shared[other]! >= best * limits.leastShare) keys[kept++] = -Math.round(shared[other]! * 64) * 2 ** 27 + other;
    shared[other] = 0;
  }
  const own = keys.subarray(0, kept);
  if (kept > most) own.sort();
  const taken = Math.min(kept, most);
  for (let at = 0; at < taken; at++) touched[at] = ((own[at]! % 2 ** 27) + 2 ** 27) % 2 ** 27;
  return taken;
}

/** Each pair once, where either record has the other among its strongest. */
function mutual(starts: Int32Array, lists: Int32Array, count: number): Pairs {
  const has = (record: number, other: number): boolean => {
    let low = starts[record]!;
    let high = starts[record + 1]! - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (lists[middle] === other) return true;
      if (lists[middle]! < other) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  };
  const isOwned = (record: number, other: number): boolean => record < other || !has(other, record);
  let total = 0;
  for (let record = 0; record < count; record++) {
    for (let at = starts[record]!; at < starts[record + 1]!; at++) if (isOwned(record, lists[at]!)) total++;
  }
  const a = new Int32Array(total);
  const b = new Int32Array(total);
  let end = 0;
  for (let record = 0; record < count; record++) {
    for (let at = starts[record]!; at < starts[record + 1]!; at++) {
      const other = lists[at]!;
      if (!isOwned(record, other)) continue;
      a[end] = Math.min(record, other);
      b[end++] = Math.max(record, other);
    }
  }
  return { a, b };
}
