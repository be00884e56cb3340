import { levelOf, type Outcomes } from './comparator.ts';
import { isAgreement, logOdds, probabilityOf, type Weights } from './weights.ts';

/** Fewer pairs by chance that agree in two fields are no base for saying that the fields go together. */
const FEWEST_AGREEING = 25;

/**
 * Fields that agree together by chance (a city and its postcode) are tied in pairs, each to the one that it goes with
 * most, and never in a circle: what they tell together is then counted once.
 */
export function setDependences(weights: Weights, { count, width, outcomes }: Outcomes): void {
  const singles = new Float64Array(width);
  const doubles = new Float64Array(width * width);
  const agreeing: number[] = [];
  let others = 0;
  const prior = weights.priors[0]!;
  for (const own of weights.respects) own.parent = -1;
  for (let offset = 0; offset < count * width; offset += width) {
    agreeing.length = 0;
    for (let place = 0; place < width; place++) {
      const levelCount = weights.respects[place]!.weights.length;
      if (isAgreement(levelOf(outcomes[offset + place]!), levelCount)) agreeing.push(place);
    }
    // With few records, most that agrees in all fields is a match, and says nothing of chance.
    const isOther = agreeing.length < 2 ? 1 : 1 - probabilityOf(logOdds(outcomes, offset, weights, prior));
    others += isOther;
    for (const a of agreeing) {
      singles[a]! += isOther;
      for (const b of agreeing) if (a < b) doubles[a * width + b]! += isOther;
    }
  }
  const ties: { a: number; b: number; gain: number; nats: number }[] = [];
  for (let a = 0; a < width; a++) {
    for (let b = a + 1; b < width; b++) {
      const both = doubles[a * width + b]!;
      const expected = (singles[a]! * singles[b]!) / Math.max(1, others);
      if (both < FEWEST_AGREEING) continue;
      const nats = Math.log(both / Math.max(0.5, expected));
      if (nats > 0.1) ties.push({ a, b, nats, gain: both * nats });
    }
  }
  ties.sort((x, y) => y.gain - x.gain || x.a - y.a || x.b - y.b);
  for (const { a, b, nats } of ties) {
    const [child, parent] = weights.respects[b]!.parent < 0 ? [b, a] : [a, b];
    if (weights.respects[child]!.parent >= 0 || leadsTo(weights, parent, child)) continue;
    weights.respects[child]!.parent = parent;
    weights.respects[child]!.dependence = nats;
  }
}

function leadsTo(weights: Weights, from: number, to: number): boolean {
  for (let at = from; at >= 0; at = weights.respects[at]!.parent) if (at === to) return true;
  return false;
}
