import { levelOf, MISSING, type Outcomes } from './comparator.ts';
import { isAgreement, type Kin, type RespectWeights } from './weights.ts';

const MOST_KINDS = 12;
/** Among pairs that agree in just these respects, so many times more than were to be expected. */
const EXCESS = 3;
/** What kin disagree in must be able to tell a good part of all that can be told: else it is one thing with errors. */
const TELLING_PART = 0.35;

/** A pattern of agreement among candidates. */
interface Pattern {
  bits: number;
  count: number;
  /** Comparators that disagree. Those where something is missing are in neither. */
  against: number;
}

/**
 * Finds kin among the candidates: patterns of agreement that are far more frequent than things recorded twice, and things
 * that agree by chance, would make them.
 *
 * @param guessedMatches how many pairs of one thing there may be
 * @param allPairs how many pairs of records there are
 */
export function findKin(
  { count, width, outcomes }: Outcomes,
  respects: readonly RespectWeights[],
  guessedMatches: number,
  allPairs: number,
): Kin[] {
  if (width > 24) return [];
  const patterns = new Map<number, Pattern>();
  for (let offset = 0; offset < count * width; offset += width) {
    let bits = 0;
    let against = 0;
    for (let place = 0; place < width; place++) {
      const level = levelOf(outcomes[offset + place]!);
      if (level === MISSING) continue;
      if (isAgreement(level, respects[place]!.weights.length)) bits |= 1 << place;
      else against |= 1 << place;
    }
    const key = bits * 2 ** 24 + against;
    const known = patterns.get(key);
    if (known) known.count++;
    else patterns.set(key, { bits, against, count: 1 });
  }
  const agreeing = respects.map((own) => agreementShare(own.matchShares));
  const byChance = respects.map((own) => agreementShare(own.otherShares));
  const best = respects.map((own) => Math.max(0, own.weights.at(-1)!));
  const total = best.reduce((sum, weight) => sum + weight, 0);
  const found = new Map<number, number>();
  for (const { bits, against, count: seen } of patterns.values()) {
    if (bits === 0 || against === 0) continue;
    let told = 0;
    let matches = guessedMatches;
    let others = allPairs;
    for (let place = 0; place < width; place++) {
      const bit = 1 << place;
      if ((against & bit) !== 0) {
        told += best[place]!;
        matches *= 1 - agreeing[place]!;
        others *= 1 - byChance[place]!;
      } else if ((bits & bit) !== 0) {
        matches *= agreeing[place]!;
        others *= byChance[place]!;
      }
    }
    if (told < TELLING_PART * total || seen < EXCESS * (matches + others)) continue;
    found.set(bits, (found.get(bits) ?? 0) + seen);
  }
  return [...found]
    .filter(([, seen]) => seen >= Math.max(8, 0.01 * guessedMatches))
    .sort((x, y) => y[1] - x[1] || x[0] - y[0])
    .slice(0, MOST_KINDS)
    .map(([bits, seen]) => ({
      shared: Uint8Array.from({ length: width }, (_, place) => (bits >> place) & 1),
      logRatio: Math.log((seen + 1) / (guessedMatches + 1)),
    }));
}

function agreementShare(shares: Float64Array): number {
  return shares.reduce((sum, share, level) => sum + (isAgreement(level, shares.length) ? share : 0), 0);
}
