import { Random } from '../../samples/random.ts';
import type { MadeRow, MadeSet } from './made-set.ts';
import { byFrequency, slip } from './slips.ts';
import { AREA_CODES, CITIES, CUISINES, STREET_NAMES, STREET_TYPES, VENUE_KINDS, VENUE_WORDS } from './word-stock.ts';

interface Venue {
  name: string;
  number: number;
  street: string;
  type: readonly [long: string, short: string];
  direction: string;
  cross: string;
  city: string;
  phone: string;
  cuisine: string;
}

const CITY_FORMS: Readonly<Record<string, string>> = {
  'new york': 'new york city',
  'los angeles': 'hollywood',
  'w. hollywood': 'west hollywood',
  'santa monica': 'los angeles',
  'studio city': 'los angeles',
};

/**
 * Restaurants of two guides, as Fodor's and Zagat's: names with and without `cafe`, `the` or a place after it, streets
 * short and long, phones with a slash or hyphens, cities wide or narrow, cuisines in words of their own. Chains have
 * branches, and houses share a phone or a name.
 */
export function makeVenues(seed: number, things: number, sharedPart = 0.25): MadeSet {
  const random = new Random(seed);
  const files: MadeRow[][] = [[], []];
  let chain: Venue | null = null;
  for (let thing = 0; thing < things; thing++) {
    const venue = newVenue(random);
    if (chain !== null && random.chance(0.06)) venue.name = chain.name;
    if (chain !== null && random.chance(0.01)) venue.phone = chain.phone;
    chain = venue;
    const isShared = random.chance(sharedPart);
    const first = random.chance(0.6) ? 0 : 1;
    files[first]!.push({ thing, cells: written(venue, first, random) });
    if (isShared) files[1 - first]!.push({ thing, cells: written(venue, 1 - first, random) });
  }
  return {
    columns: ['name', 'addr', 'city', 'phone', 'type'],
    by: ['name', 'addr', 'city', 'phone'],
    files: files.map((rows) => random.shuffled(rows)),
    acrossOnly: false,
  };
}

function newVenue(random: Random): Venue {
  const words = [random.pick(VENUE_WORDS), ...(random.chance(0.6) ? [random.pick(VENUE_WORDS)] : [])];
  const name = [...words, random.pick(VENUE_KINDS)].filter((word) => word !== '').join(' ');
  return {
    name: random.chance(0.15) ? `${words[0]}'s ${name.split(' ').slice(1).join(' ')}`.trim() : name,
    number: random.int(1, 9_999),
    street: random.chance(0.15) ? `${random.int(1, 99)}th` : byFrequency(STREET_NAMES, random),
    type: random.pick(STREET_TYPES),
    direction: random.chance(0.3) ? random.pick(['n.', 's.', 'e.', 'w.']) : '',
    cross: random.chance(0.2) ? `between ${random.pick(STREET_NAMES)} and ${random.pick(STREET_NAMES)} sts.` : '',
    city: byFrequency(CITIES, random),
    phone: `${random.pick(AREA_CODES)}/${random.int(200, 999)}-${String(random.int(0, 9_999)).padStart(4, '0')}`,
    cuisine: byFrequency(CUISINES, random),
  };
}

function written(venue: Venue, guide: number, random: Random): string[] {
  let { name } = venue;
  if (random.chance(0.1))
    name = random.chance(0.5) ? `the ${name}` : name.replace(/ (?:restaurant|cafe|grill|bistro)$/, '');
  if (random.chance(0.06)) name = `${name} ${random.pick(['cafe', 'restaurant', 'on main', `(${venue.city})`, 'the'])}`;
  if (random.chance(0.05)) name = name.split(' ').toReversed().join(' ');
  if (random.chance(0.06)) name = slip(name, random);
  if (random.chance(0.3)) name = name.replace('&', 'and').replace("'", '');
  const type = guide === 0 ? venue.type[1] : random.pick(venue.type);
  const cross = guide === 1 && random.chance(0.7) ? venue.cross : '';
  const number = random.chance(0.04) ? venue.number + random.int(1, 30) : venue.number;
  let address = [number, random.chance(0.85) ? venue.direction : '', venue.street, type, cross]
    .filter(Boolean)
    .join(' ');
  if (random.chance(0.03)) address = slip(address, random);
  const city = random.chance(0.15) ? (CITY_FORMS[venue.city] ?? venue.city) : venue.city;
  let phone = guide === 0 ? venue.phone : venue.phone.replace('/', '-');
  if (random.chance(0.04)) phone = phone.slice(0, -1) + random.int(0, 9);
  if (random.chance(0.03)) phone = '';
  const cuisine = random.chance(0.4) ? venue.cuisine : byFrequency(CUISINES, random);
  return [name, address, city, phone, cuisine];
}
