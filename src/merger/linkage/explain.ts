import { levelOf } from './comparator.ts';
import type { Linkage } from './link-records.ts';
import type { Records } from './records.ts';
import { logOdds, probabilityOf, worthOf } from './weights.ts';

/** What one respect says of two rows. */
export interface RespectExplained {
  field: string;
  /** In words: `a slip apart`. */
  level: string;
  /** Log odds for (above 0) or against, in bits: each one more doubles them. */
  weight: number;
}

/** Why a row is where it is. */
export interface RowExplained {
  /** The row it goes with best, counted from 1 over all files in their order. */
  row: number;
  /** That the two are of one thing, 0 to 1, by their own fields alone. */
  probability: number;
  fields: RespectExplained[];
  /** All of it in one line. */
  words: string;
}

const BITS_PER_NAT = 1 / Math.LN2;

/** @returns what tells of a row (counted from 0) why it is with others, null where it is alone */
export function explainRows(records: Records, linkage: Linkage): (row: number) => RowExplained | null {
  const { clusterOfRow, comparison, weights, pairs, margins, clusterOfRecord } = linkage;
  const rowsOfRecord = new Map<number, number[]>();
  const firstOfCluster = new Int32Array(linkage.clusterCount + 1).fill(-1);
  for (const [row, record] of records.recordOfRow.entries()) {
    if (record < 0) continue;
    const rows = rowsOfRecord.get(record);
    if (rows) rows.push(row);
    else rowsOfRecord.set(record, [row]);
    if (firstOfCluster[clusterOfRow[row]!]! < 0) firstOfCluster[clusterOfRow[row]!] = record;
  }
  const best = bestPartners(clusterOfRecord, pairs, margins);
  const outcomes = new Uint16Array(comparison.comparators.length);
  return (row) => {
    const record = records.recordOfRow[row]!;
    if (record < 0) return null;
    const twin = rowsOfRecord.get(record)!.find((other) => other !== row && clusterOfRow[other] === clusterOfRow[row]);
    const first = firstOfCluster[clusterOfRow[row]!]!;
    const partner = twin !== undefined ? record : best[record]! >= 0 ? best[record]! : first;
    const partnerRow = twin ?? rowsOfRecord.get(partner)![0]!;
    if (partnerRow === row || clusterOfRow[partnerRow] !== clusterOfRow[row]) return null;
    comparison.compare(Math.min(record, partner), Math.max(record, partner), outcomes);
    const fields = comparison.comparators.flatMap(({ name, levels }, place) => {
      const result = outcomes[place]!;
      const level = levelOf(result);
      const weight = round(worthOf(result, weights.respects[place]!) * BITS_PER_NAT);
      return level === 0 ? [] : [{ field: name, level: levels[level]!, weight }];
    });
    const prior =
      weights.priors[records.sources[record]! * Math.max(1, records.sourceCount) + records.sources[partner]!]!;
    const probability = Math.round(probabilityOf(logOdds(outcomes, 0, weights, prior)) * 1e4) / 1e4;
    const parts = fields.map(({ field, level, weight }) => `${field} ${level} (${weight > 0 ? '+' : ''}${weight})`);
    return { row: partnerRow + 1, probability, fields, words: `with row ${partnerRow + 1}: ${parts.join('; ')}` };
  };
}

function bestPartners(cluster: Int32Array, { a, b }: Linkage['pairs'], margins: Float32Array): Int32Array {
  const best = new Int32Array(cluster.length).fill(-1);
  const most = new Float32Array(cluster.length).fill(-Infinity);
  for (let pair = 0; pair < a.length; pair++) {
    const [x, y] = [a[pair]!, b[pair]!];
    if (cluster[x] !== cluster[y]) continue;
    if (margins[pair]! > most[x]!) [most[x], best[x]] = [margins[pair]!, y];
    if (margins[pair]! > most[y]!) [most[y], best[y]] = [margins[pair]!, x];
  }
  return best;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** What was learnt, as a table: what each level of each field is worth, in bits, and how often it is found. */
export function weightsInWords({ comparison, weights, profiles, rivalry }: Linkage): string {
  const files = rivalry.sizes.length;
  const lines = [...weights.priors].flatMap((prior, place) => {
    const [one, other] = [Math.floor(place / files), place % files];
    const where = files === 1 ? '' : ` of files ${one + 1} and ${other + 1}`;
    return one > other ? [] : [`any two rows${where}: ${round(prior * BITS_PER_NAT)} bits`];
  });
  for (const [place, { name, levels, columns }] of comparison.comparators.entries()) {
    const own = weights.respects[place]!;
    lines.push(`${name}, a ${profiles[columns[0]!]!.kind}`);
    for (let level = levels.length - 1; level > 0; level--) {
      const weight = round(own.weights[level]! * BITS_PER_NAT).toFixed(1);
      const same = percent(own.matchShares[level]!);
      const others = percent(own.otherShares[level]!);
      lines.push(`  ${levels[level]!.padEnd(24)} ${weight.padStart(6)}   ${same} of the same, ${others} of others`);
    }
    if (own.parent < 0) continue;
    const parent = comparison.comparators[own.parent]!.name;
    lines.push(`  agrees with ${parent} by chance: ${round(own.dependence * BITS_PER_NAT)} less where both agree`);
  }
  for (const { shared, logRatio } of weights.kin) {
    const names = comparison.comparators.filter((_, place) => shared[place] === 1).map(({ name }) => name);
    lines.push(`related, not the same: ${names.join(', ')} agree, ${round(Math.exp(logRatio))} for each of one thing`);
  }
  return lines.join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 3 : 1)} %`.padStart(8);
}
