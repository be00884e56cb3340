/** Either side says nothing: no evidence for nor against. */
export const MISSING = 0;

/** Compares two records in one respect. */
export interface Comparator {
  /** For people: the field, and the respect where a field is compared in several. */
  readonly name: string;
  /** Columns that are compared, by number. */
  readonly columns: readonly number[];
  /** What each level means, for people; level 0 is {@link MISSING}, then from the worst to the best. */
  readonly levels: readonly string[];
  /** By level: its share among records that are of different things, as it is with most lists; what is learnt replaces it. */
  readonly usual: readonly number[];
  /** @returns an {@link outcome} */
  compare(a: number, b: number): number;
}

/** A tenth of a nat: what one step of the information in an outcome is. */
const STEP = 0.1;

/**
 * A level and what the words in common tell, as one number, so that comparing makes no objects.
 *
 * @param informationNats 0 to 25.5: the negative logarithm of how often one has this in common by chance
 */
export function outcome(level: number, informationNats: number): number {
  return level | (Math.min(255, Math.max(0, Math.round(informationNats / STEP))) << 4);
}

export function levelOf(result: number): number {
  return result & 15;
}

/** Nats, in steps of a tenth. */
export function informationOf(result: number): number {
  return (result >>> 4) * STEP;
}

/** Outcomes of pairs, one row of `width` outcomes a pair. */
export interface Outcomes {
  count: number;
  width: number;
  outcomes: Uint16Array;
}
