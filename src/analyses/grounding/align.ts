import { isDigit, looksOf } from './folded-text.ts';

/** A stretch of a text that reads nearly like what was looked for: from `start` to before `end`, at this cost. */
export interface Alignment {
  start: number;
  end: number;
  /** Slips of the eye: a letter changed, lost or added costs 1, one that looks alike a third. */
  cost: number;
}

const ALIKE = 0.35;
const CHANGED = 1;
/** A number with another digit is another number, not a slip. */
const NEVER = 1_000;

/**
 * The stretches of `text` that read like `wanted`, by Sellers' algorithm: edits within the stretch cost, what stands
 * before and after it does not. Of stretches that overlap the cheapest stays.
 *
 * @param wanted, text letters and digits of {@link foldText}
 */
export function alignments(wanted: string, text: string, mostCost: number): Alignment[] {
  const rows = wanted.length;
  if (rows === 0) return [];
  let costs = Array.from({ length: rows + 1 }, (_, row) => sumOfLost(wanted, row));
  let starts = costs.map(() => 0);
  const found: Alignment[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const nextCosts = [0];
    const nextStarts = [at + 1];
    for (let row = 1; row <= rows; row += 1) {
      const expected = wanted.charAt(row - 1);
      const changed = (row === 1 ? 0 : (costs[row - 1] ?? NEVER)) + changeCost(expected, letter);
      const added = (costs[row] ?? NEVER) + gapCost(letter);
      const lost = (nextCosts[row - 1] ?? NEVER) + gapCost(expected);
      if (changed <= added && changed <= lost) {
        nextCosts.push(changed);
        nextStarts.push(row === 1 ? at : (starts[row - 1] ?? at));
      } else if (added <= lost) {
        nextCosts.push(added);
        nextStarts.push(starts[row] ?? at);
      } else {
        nextCosts.push(lost);
        nextStarts.push(nextStarts[row - 1] ?? at);
      }
    }
    costs = nextCosts;
    starts = nextStarts;
    const cost = costs[rows] ?? NEVER;
    if (cost <= mostCost) keepCheapest(found, { start: starts[rows] ?? at, end: at + 1, cost });
  }
  return found;
}

function keepCheapest(found: Alignment[], next: Alignment): void {
  const last = found.at(-1);
  if (last === undefined || next.start >= last.end) found.push(next);
  // At the same cost the longer: `Tavem` for `Tavern`, not `Tave`.
  else if (next.cost < last.cost || (next.cost === last.cost && next.start === last.start))
    found[found.length - 1] = next;
}

function sumOfLost(wanted: string, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += gapCost(wanted.charAt(at));
  return sum;
}

function changeCost(a: string, b: string): number {
  if (a === b) return 0;
  if (isDigit(a) && isDigit(b)) return NEVER;
  if (looksOf(a) === looksOf(b)) return ALIKE;
  return isDigit(a) || isDigit(b) ? NEVER : CHANGED;
}

function gapCost(letter: string): number {
  return isDigit(letter) ? NEVER : CHANGED;
}
