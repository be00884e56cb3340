import { WEEKDAYS, type Weekday } from '../../src/contract/show.ts';
import type { Random } from '../../samples/random.ts';
import * as words from './town-words.ts';

/** A place as it is. */
export interface TruePlace {
  name: string;
  kind: string;
  number: number;
  street: readonly [name: string, long: string, short: string];
  direction: string;
  unit: string | null;
  city: string;
  town: (typeof words.TOWNS)[number];
  postcode: string;
  phone: string;
  site: string | null;
  /** Phone and site of who books its shows, printed on flyers instead of its own. */
  agency: { phone: string; site: string } | null;
  isBranch: boolean;
}

export interface TrueShow {
  place: number;
  days: Weekday[];
  /** Of the month; empty for every week. */
  weeks: readonly number[];
  startMinutes: number;
  lengthMinutes: number;
  host: string | null;
  company: string | null;
}

export interface TrueTown {
  places: TruePlace[];
  shows: TrueShow[];
}

/**
 * Places and shows of some towns: chains with branches in two cities and in one, places that share a door or a phone, names
 * that many have (`VFW Post`), names that are a letter or a word apart.
 */
export function makeTowns(random: Random, placeCount: number): TrueTown {
  const agencies = [0, 1].map((at) => ({
    phone: `(800) 555-01${at}7`,
    site: ['singco.com', 'partypipes.net'][at] ?? 'singco.com',
  }));
  const places: TruePlace[] = [];
  const taken = new Set<string>();
  while (places.length < placeCount) {
    const place = newPlace(random, agencies);
    const before = random.chance(0.3) ? places[random.int(0, Math.max(0, places.length - 1))] : undefined;
    const kind = random.next();
    if (before !== undefined && !before.isBranch && kind < 0.35) makeNeighbour(place, before, random);
    else if (kind < 0.12) makeBranch(place, places, random);
    // Two places of one name and one city without a chain: nobody could tell them apart, nor would they be let.
    const key = `${place.name}|${place.city}`;
    if (taken.has(key) && !place.isBranch) continue;
    // One name in two towns by chance is seldom.
    if (taken.has(place.name) && !place.isBranch && random.chance(0.7)) continue;
    taken.add(key).add(place.name);
    places.push(place);
  }
  return { places, shows: places.flatMap((_, place) => showsAt(place, random)) };
}

function newPlace(random: Random, agencies: readonly { phone: string; site: string }[]): TruePlace {
  const town = random.pick(words.TOWNS);
  const city = random.chance(0.5) ? town.city : random.pick(town.suburbs);
  const named = random.next();
  const name =
    named < 0.4
      ? random.pick(words.OWN_NAMES)
      : named < 0.85
        ? `${random.chance(0.25) ? 'The ' : ''}${random.pick(words.FIRST_WORDS)} ${random.pick(words.SECOND_WORDS)}`
        : random.pick(words.COMMON_NAMES);
  return {
    name,
    kind: named < 0.85 && random.chance(0.75) ? random.pick(words.KINDS) : '',
    number: random.chance(0.3) ? random.int(10, 99) : random.int(100, 12_999),
    street: random.pick(words.STREETS),
    direction: random.chance(0.3) ? random.pick(['N', 'S', 'E', 'W']) : '',
    unit: random.chance(0.15) ? random.pick(['Suite 4', 'Unit D', 'Ste 110', '#7', 'Bldg 2']) : null,
    city,
    town,
    postcode: String(random.int(10_000, 99_999)),
    phone: `(${town.area}) ${random.int(200, 999)}-${String(random.int(0, 9_999)).padStart(4, '0')}`,
    site: random.chance(0.5)
      ? `${name.toLowerCase().replace(/[^a-z0-9]/g, '')}${random.pick(['.com', 'bar.com', `${city.toLowerCase().replace(/\W/g, '')}.com`])}`
      : null,
    agency: random.chance(0.2) ? random.pick(agencies) : null,
    isBranch: false,
  };
}

/** Two houses behind one door (a food hall): sometimes with one phone, with suites or without. */
function makeNeighbour(place: TruePlace, before: TruePlace, random: Random): void {
  const { number, street, direction, city, town, postcode } = before;
  Object.assign(place, { number, street, direction, city, town, postcode });
  place.unit = random.chance(0.5) ? random.pick(['Suite 12', 'Unit B', '#3']) : before.unit;
  if (random.chance(0.35)) place.phone = before.phone;
}

/** Another branch of a chain: its own door and phone, one site for all, in another city or, seldom, in the same. */
function makeBranch(place: TruePlace, places: readonly TruePlace[], random: Random): void {
  place.name = random.pick(words.CHAINS);
  place.kind = '';
  place.isBranch = true;
  place.agency = null;
  place.site = `${place.name.toLowerCase().replace(/[^a-z0-9]/g, '')}.com`;
  const sister = places.find(({ name }) => name === place.name);
  if (sister === undefined) return;
  if (random.chance(0.3)) Object.assign(place, { city: sister.city, town: sister.town });
  if (random.chance(0.15)) place.phone = sister.phone;
}

function showsAt(place: number, random: Random): TrueShow[] {
  const shows: TrueShow[] = [];
  const days = random.shuffled(WEEKDAYS);
  const host = random.chance(0.75) ? random.pick(words.HOSTS) : null;
  const company = random.chance(0.25) ? random.pick(words.COMPANIES) : null;
  for (let made = 0; made < random.int(1, 3); made++) {
    const count = random.chance(0.2) ? random.int(2, 4) : 1;
    const own = WEEKDAYS.filter((day) => days.splice(0, count).includes(day));
    if (own.length === 0) break;
    const weeks = own.length === 1 && random.chance(0.12) ? random.pick([[1], [2], [1, 3], [-1]]) : [];
    const startMinutes = random.pick([18, 19, 19.5, 20, 20, 21, 21, 21, 21.5, 22]) * 60;
    const lengthMinutes = random.pick([3, 4, 4, 5]) * 60;
    const its = random.chance(0.8) ? host : random.pick(words.HOSTS);
    shows.push({ place, days: own, weeks, startMinutes, lengthMinutes, host: its, company });
    // An early and a late one on the same night, which posters print together.
    if (random.chance(0.06) && own.length === 1)
      shows.push({ place, days: own, weeks, startMinutes: 16 * 60, lengthMinutes: 90, host: its, company });
  }
  return shows;
}
