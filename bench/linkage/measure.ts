import { linkRecords, type Linkage } from '../../src/merger/linkage/link-records.ts';
import { RecordsBuilder } from '../../src/merger/linkage/records.ts';
import type { MadeSet } from './made-set.ts';

export interface Measured {
  /** By pairs of rows, 0 to 1. */
  precision: number;
  recall: number;
  f1: number;
  linkage: Linkage;
}

/** Links a made set and compares with the truth, pair by pair. */
export function measure(set: MadeSet): Measured {
  const builder = new RecordsBuilder(set.by);
  const places = set.by.map((name) => set.columns.indexOf(name));
  const rows = set.files.flatMap((file, source) => file.map((row) => ({ ...row, source })));
  for (const { cells, source } of rows)
    builder.add(
      places.map((place) => cells[place] ?? ''),
      source,
    );
  const linkage = linkRecords(builder.finish());
  const found = rows.map(({ source, thing }, row) => ({ source, thing, cluster: linkage.clusterOfRow[row]! }));
  const isAcross = set.acrossOnly;
  const right = pairsBy(found, ({ thing, cluster }) => `${thing} ${cluster}`, isAcross);
  const truth = pairsBy(found, ({ thing }) => String(thing), isAcross);
  const said = pairsBy(found, ({ cluster }) => String(cluster), isAcross);
  const precision = said === 0 ? 1 : right / said;
  const recall = truth === 0 ? 1 : right / truth;
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall), linkage };
}

/** Pairs of rows with the same key; of two files, where asked, one row of each. */
function pairsBy<Row extends { source: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  isAcross: boolean,
): number {
  const counts = new Map<string, number>();
  const within = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    within.set(`${key} ${row.source}`, (within.get(`${key} ${row.source}`) ?? 0) + 1);
  }
  const pairs = (sizes: Iterable<number>): number => [...sizes].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  return pairs(counts.values()) - (isAcross ? pairs(within.values()) : 0);
}
