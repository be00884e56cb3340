/**
 * How often each level of each field is found among pairs of made readings of one venue, and of two: what the priors in
 * src/merger/venue-weights.ts are rounded from. `node bench/identity/shares.ts [--seeds 40] [--first 101]`.
 */
import { parseArgs } from 'node:util';
import { cleanFacts } from '../../src/merger/clean/clean-reading.ts';
import { venueForm } from '../../src/merger/venue-form.ts';
import { venueRarity } from '../../src/merger/venue-rarity.ts';
import { weighVenues } from '../../src/merger/venue-weights.ts';
import { makePile, type MadePile } from './print-pile.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '40' }, first: { type: 'string', default: '101' } },
});
const CLASSES = ['same', 'strangers', 'neighbours', 'branches', 'clients'] as const;
type Class = (typeof CLASSES)[number];
const counts = new Map<string, Map<string, Record<Class, number>>>();
const pairs: Record<Class, number> = { same: 0, strangers: 0, neighbours: 0, branches: 0, clients: 0 };

for (let seed = Number(values.first); seed < Number(values.first) + Number(values.seeds); seed++) {
  const pile = makePile(seed);
  const all = pile.observations.map(({ reading }, place) => venueForm(cleanFacts(reading).venue, String(place)));
  const rarity = venueRarity(all);
  for (const [b, form] of all.entries()) {
    for (const [a, other] of all.slice(0, b).entries()) {
      if (form.key === other.key) continue;
      const its = classOf(pile, pile.placeOf[a]!, pile.placeOf[b]!);
      pairs[its] += 1;
      for (const { field, level } of weighVenues(other, form, rarity).findings) {
        const levels = counts.get(field) ?? new Map<string, Record<Class, number>>();
        const own = levels.get(level) ?? { same: 0, strangers: 0, neighbours: 0, branches: 0, clients: 0 };
        own[its] += 1;
        counts.set(field, levels.set(level, own));
      }
    }
  }
}

console.log(`pairs: ${CLASSES.map((its) => `${its} ${pairs[its]}`).join(', ')}`);
for (const [field, levels] of counts) {
  for (const [level, own] of levels) {
    const parts = CLASSES.map((its) => {
      const total = [...levels.values()].reduce((sum, each) => sum + each[its], 0);
      return `${its} ${(own[its] / Math.max(1, total)).toFixed(4)}`;
    });
    console.log(`${field}, ${level}: ${parts.join(', ')}`);
  }
}

function classOf({ town }: MadePile, a: number, b: number): Class {
  if (a === b) return 'same';
  const [one, other] = [town.places[a]!, town.places[b]!];
  if (one.number === other.number && one.street === other.street && one.city === other.city) return 'neighbours';
  if (one.name === other.name) return 'branches';
  return one.agency !== null && one.agency === other.agency ? 'clients' : 'strangers';
}
