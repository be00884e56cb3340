import { informationOf, levelOf, MISSING, type Comparator } from './comparator.ts';

/** What the outcome of one comparator is worth, all in nats. */
export interface RespectWeights {
  /** By level: log of how much more often records of one thing are at it than records of different things. */
  weights: Float64Array;
  /** By level: what the words in common tell on average, where it is of one thing. */
  meanInformation: Float64Array;
  /** By level: its share among pairs of one thing and among pairs of different things. */
  matchShares: Float64Array;
  otherShares: Float64Array;
  /** The comparator that tends to agree by chance together with this one (city and postcode), -1 for none. */
  parent: number;
  /** What is taken off where both agree: the second of two that go together tells less. */
  dependence: number;
}

/**
 * A way for two records to be related and yet of different things: a family has one surname and address, editions of one
 * program one title, branches of a chain one name. Some respects agree as if it were one thing, the others as by chance.
 */
export interface Kin {
  /** By comparator: 1 where kin agree. */
  shared: Uint8Array;
  /** Log of how many pairs are such kin for each that is of one thing. */
  logRatio: number;
}

/** All that scoring needs. */
export interface Weights {
  respects: RespectWeights[];
  /** Log odds before anything is compared, by `file * files + other file`. */
  priors: Float64Array;
  kin: Kin[];
  /**
   * How many pairs are kin in ways that were not found, for each that is of one thing: they agree in whatever they agree in, so
   * that only what they disagree in tells. A short list has too few kin for {@link kin} to be found.
   */
  unknownKin: number;
}

/** How much of a value's rarity counts beyond its level, and how far it goes, nats. */
const RARITY = { share: 0.6, most: 4 } as const;

/** Whether a level is one of the better half: the two agree rather than not. */
export function isAgreement(level: number, levelCount: number): boolean {
  return level * 2 > levelCount;
}

/** What one outcome adds to the log odds: its level's weight, more for a rare value in common and less for a common one. */
export function worthOf(result: number, { weights, meanInformation }: RespectWeights): number {
  const level = levelOf(result);
  if (level === MISSING) return 0;
  const weight = weights[level]!;
  if (!isAgreement(level, weights.length)) return weight;
  const rarity = RARITY.share * (informationOf(result) - meanInformation[level]!);
  // Rare or common, to agree never tells against: hence not below a part of the weight.
  return Math.max(Math.min(weight, 0.2 * weight), weight + Math.min(RARITY.most, Math.max(-RARITY.most, rarity)));
}

/** Log odds below which a pair is of different things anyway, kin or not. */
const KIN_FROM = -6;
const WORTHS = new Float64Array(64);

/**
 * Log odds that two records are of one thing, from the outcomes of all comparators, at `offset` of `outcomes`. Against it
 * stands that they agree by chance, and that they are kin, who agree in some respects anyway: then the other respects
 * have to tell by themselves.
 *
 * @param prior of {@link Weights.priors}
 */
export function logOdds(
  outcomes: Uint16Array,
  offset: number,
  { respects, kin, unknownKin }: Weights,
  prior: number,
): number {
  let sum = prior;
  let disagreement = 0;
  for (let place = 0; place < respects.length; place++) {
    const own = respects[place]!;
    const result = outcomes[offset + place]!;
    const worth = worthOf(result, own);
    WORTHS[place] = worth;
    sum += worth;
    if (worth < 0) disagreement += worth;
    if (own.parent < 0 || !isAgreement(levelOf(result), own.weights.length)) continue;
    const parent = respects[own.parent]!;
    if (isAgreement(levelOf(outcomes[offset + own.parent]!), parent.weights.length)) sum -= own.dependence;
  }
  if ((kin.length === 0 && unknownKin === 0) || sum < KIN_FROM) return sum;
  let against = Math.exp(-sum) + unknownKin * Math.exp(-disagreement);
  for (const { shared, logRatio } of kin) {
    let beyond = -logRatio;
    for (let place = 0; place < shared.length; place++) if (shared[place] === 0) beyond += WORTHS[place]!;
    against += Math.exp(-beyond);
  }
  return -Math.log(against);
}

/**
 * How likely two records are kin in each of the ways, 0 to 1, written to `into`.
 *
 * @param odds of the same pair, as {@link logOdds} has just returned them: the worths that it has left are used here
 */
export function kinProbabilities(odds: number, { kin, respects }: Weights, into: Float64Array): void {
  let against = 1 + Math.exp(Math.min(600, -odds));
  for (const [place, { shared, logRatio }] of kin.entries()) {
    let beyond = -logRatio;
    for (let at = 0; at < respects.length; at++) if (shared[at] === 0) beyond += WORTHS[at]!;
    into[place] = Math.exp(Math.min(600, -beyond));
    if (odds < KIN_FROM) against += into[place];
  }
  for (let place = 0; place < kin.length; place++) into[place]! /= against;
}

/** @returns 0 to 1 */
export function probabilityOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** Where a list of a kind nobody has seen begins: most fields of one thing agree, few of different things. */
export function startShares({ levels }: Comparator): Float64Array {
  const best = levels.length - 1;
  const shares = Float64Array.from(levels, (_, level) => (level === MISSING ? 0 : (level / best) ** 2 + 0.1));
  shares[best]! *= 2.5;
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

/**
 * Makes weights rise with the level (pool adjacent violators): however few pairs there are at a level, being more alike
 * never tells against.
 */
export function risingWeights(matchShares: Float64Array, otherShares: Float64Array): Float64Array {
  const pools: { sum: number; mass: number; size: number }[] = [];
  for (let level = 1; level < matchShares.length; level++) {
    const mass = matchShares[level]! + 1e-4;
    pools.push({ sum: Math.log(matchShares[level]! / otherShares[level]!) * mass, mass, size: 1 });
    for (;;) {
      const last = pools.at(-1)!;
      const before = pools.at(-2);
      if (!before || before.sum / before.mass <= last.sum / last.mass) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, mass: before.mass + last.mass, size: before.size + last.size });
    }
  }
  const weights = new Float64Array(matchShares.length);
  let level = 1;
  for (const { sum, mass, size } of pools) {
    for (let place = 0; place < size; place++) weights[level++] = Math.min(16, Math.max(-5, sum / mass));
  }
  return weights;
}
