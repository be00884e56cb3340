/**
 * Precision and recall of merging, by pairs of readings, over made piles: `node bench/identity/measure.ts [--seeds 20] [--first 1]
 * [--places 40]`; --wrong prints the pairs that went wrong.
 */
import { parseArgs } from 'node:util';
import { measureShows, measureVenues, type PairCounts } from './measure-pile.ts';
import { makePile, type MadePile } from './print-pile.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    places: { type: 'string', default: '40' },
    wrong: { type: 'string' },
  },
});
const sums: Record<'venues' | 'shows', PairCounts> = {
  venues: { right: 0, said: 0, truth: 0 },
  shows: { right: 0, said: 0, truth: 0 },
};
const worst = { venues: [1, 1] as [number, number], shows: [1, 1] as [number, number] };
let readings = 0;
for (let seed = Number(values.first); seed < Number(values.first) + Number(values.seeds); seed++) {
  const pile = makePile(seed, Number(values.places));
  readings += pile.observations.length;
  const told = {
    venues: measureVenues(pile, teller('venues', pile)),
    shows: measureShows(pile, teller('shows', pile)),
  };
  for (const kind of ['venues', 'shows'] as const) {
    const { right, said, truth } = told[kind];
    sums[kind].right += right;
    sums[kind].said += said;
    sums[kind].truth += truth;
    worst[kind] = [Math.min(worst[kind][0], right / said), Math.min(worst[kind][1], right / truth)];
  }
}
for (const kind of ['venues', 'shows'] as const) {
  const { right, said, truth } = sums[kind];
  const [precision, recall] = worst[kind].map((figure) => figure.toFixed(4));
  console.log(
    `${kind}: precision ${(right / said).toFixed(4)} recall ${(right / truth).toFixed(4)}; worst pile ${precision} ${recall}; ${truth} pairs of ${readings} readings`,
  );
}

function teller(kind: string, pile: MadePile): ((a: number, b: number, isTogether: boolean) => void) | undefined {
  if (values.wrong !== kind) return undefined;
  const seen = new Set<string>();
  return (a, b, isTogether) => {
    const [x, y] = [a, b].map((at) => told(pile, at));
    const line = `${isTogether ? 'TOGETHER' : 'APART   '} ${x}\n         ${y}`;
    if (!seen.has(line)) console.log(line);
    seen.add(line);
  };
}

function told({ observations, placeOf, showOf }: MadePile, at: number): string {
  const { venue, host, schedule } = observations[at]!.reading;
  const place = [venue.name, venue.address, venue.city, venue.state, venue.postcode, venue.phone, venue.website];
  const when = [schedule.rrule ?? '', schedule.startTime, schedule.endTime, host.name, host.company];
  return `${placeOf[at]}/${showOf[at]} ${place.map((part) => part ?? '-').join(' | ')} || ${when.map((part) => part ?? '-').join(' ')}`;
}
