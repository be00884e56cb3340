import { compareAddresses, sameStreet } from './address-form.ts';
import { editDistance } from './name-form.ts';
import type { VenueForm } from './venue-form.ts';
import { areInTwoCities, isGarbled, isOneCity, type VenueRarity } from './venue-rarity.ts';

/**
 * What two statements may be of, if not of one venue: two that have nothing to do with each other, two behind one door (a food
 * hall), two branches of one name, two whose flyers carry one phone or site (a booking agency's).
 */
export const ALTERNATIVES = ['strangers', 'neighbours', 'branches', 'clients'] as const;
export type Alternative = (typeof ALTERNATIVES)[number];

/** How often a level is found among pairs of one venue (`same`) and among pairs of each alternative, 0 to 1. */
type Shares = Record<'same' | Alternative, number>;

const shares = (same: number, strangers: number, neighbours: number, branches: number, clients: number): Shares => ({
  same,
  strangers,
  neighbours,
  branches,
  clients,
});

/**
 * Priors (m and u of Fellegi and Sunter), from 40 made piles (bench/identity/shares.ts), rounded, and never closer to 0 than what
 * a made pile cannot know. 0 stands for the rarity of the value itself.
 */
const NAME = {
  same: shares(0.82, 0, 0, 0.72, 0),
  'a slip apart': shares(0.12, 0, 0, 0.08, 0),
  related: shares(0.05, 0.004, 0.012, 0.18, 0.004),
  different: shares(0.01, 0.99, 0.98, 0.02, 0.99),
} as const;
const ADDRESS = {
  'one door': shares(0.8, 0.0004, 0.75, 0.002, 0.0004),
  'one door, other unit': shares(0.02, 0.0002, 0.2, 0.002, 0.0002),
  'a slip apart': shares(0.09, 0.003, 0.03, 0.003, 0.003),
  'one street': shares(0.06, 0.004, 0.06, 0.004, 0.004),
  'another street': shares(0.006, 0.06, 0.006, 0.06, 0.06),
  'a digit apart': shares(0.012, 0.003, 0.01, 0.003, 0.003),
  different: shares(0.01, 0.93, 0.02, 0.93, 0.93),
} as const;
const CITY = {
  same: shares(0.93, 0, 0.97, 0.25, 0.3),
  'a slip apart': shares(0.03, 0.002, 0.03, 0.002, 0.002),
  different: shares(0.04, 0.9, 0.04, 0.75, 0.7),
} as const;
const STATE = {
  same: shares(0.99, 0.3, 0.99, 0.5, 0.6),
  different: shares(0.004, 0.7, 0.004, 0.5, 0.4),
} as const;
const POSTCODE = {
  same: shares(0.9, 0.03, 0.9, 0.05, 0.05),
  'a slip apart': shares(0.06, 0.005, 0.06, 0.005, 0.005),
  different: shares(0.04, 0.96, 0.04, 0.94, 0.94),
} as const;
const PHONE = {
  same: shares(0.8, 0.0004, 0.25, 0.04, 0.6),
  'a slip apart': shares(0.05, 0.0008, 0.02, 0.004, 0.03),
  different: shares(0.06, 0.999, 0.73, 0.95, 0.37),
} as const;
const SITE = {
  same: shares(0.8, 0.0004, 0.1, 0.85, 0.5),
  different: shares(0.2, 0.999, 0.9, 0.15, 0.5),
} as const;

/** How many pairs of one venue there are for each pair of an alternative, bits; known from the pile, or not. */
const PRIOR_BITS = {
  neighbours: { usual: 3.3, known: -1 },
  branches: { usual: 4.3, elsewhere: 2.8, known: 0 },
  clients: { usual: 2, known: -1 },
} as const;
/** Of strangers: two statements are of one place as often as there are few places; a short pile says less. */
const FEWEST_PLACES = 16;
/** Names a slip apart are of two places more often than one name is. Bits. */
const SLIP_BITS = 1.5;

/** One field of a pair, explained: `name`, `a slip apart`, and what it tells, bits (log2 of a likelihood ratio). */
export interface FieldWeight {
  field: 'name' | 'address' | 'city' | 'state' | 'postcode' | 'phone' | 'site';
  level: string;
  /** Above 0 for one venue, below against it. */
  weight: number;
}

/** Whether two statements are of one venue, by all that they state. */
export interface WeighedPair {
  /** Log odds that they are of one venue rather than of {@link against}: the prior and all weights, bits. */
  bits: number;
  /** What else they would likeliest be. */
  against: Alternative;
  prior: number;
  findings: readonly Finding[];
  /** Why they can never be of one venue, whatever the sum; null where nothing forbids it. */
  veto: string | null;
  /** Whether all that they have in common is one phone, site or address. */
  isOneFieldAlone: boolean;
}

/** A field of a pair before it is known against which alternative it is weighed. */
export interface Finding {
  field: FieldWeight['field'];
  level: string;
  bits: Record<Alternative, number>;
}

/** Weights that do not depend on a value are reckoned once: a pile has a hundred thousand pairs. */
const FIXED = new WeakMap<Shares, Record<Alternative, number>>();

function weightsOf(its: Shares, rarityBits: number): Record<Alternative, number> {
  const weigh = (alternative: Alternative): number =>
    its[alternative] === 0 ? Math.log2(its.same) + rarityBits : Math.log2(its.same / its[alternative]);
  return {
    strangers: weigh('strangers'),
    neighbours: weigh('neighbours'),
    branches: weigh('branches'),
    clients: weigh('clients'),
  };
}

/** @param rarityBits stands where the shares leave it to the value's rarity */
function finding(field: FieldWeight['field'], level: string, its: Shares, rarityBits?: number): Finding {
  if (rarityBits !== undefined) return { field, level, bits: weightsOf(its, rarityBits) };
  let bits = FIXED.get(its);
  if (bits === undefined) {
    bits = weightsOf(its, 0);
    FIXED.set(its, bits);
  }
  return { field, level, bits };
}

function nameFinding(a: VenueForm, b: VenueForm, rarity: VenueRarity): Finding | null {
  const relation = rarity.nameRelation(a, b);
  if (relation === null) return null;
  const bits = Math.min(rarity.ofForm(a).nameBits, rarity.ofForm(b).nameBits);
  if (relation === 'exact') return finding('name', 'same', NAME.same, bits);
  if (relation === 'close') return finding('name', 'a slip apart', NAME['a slip apart'], bits - SLIP_BITS);
  return finding('name', relation, NAME[relation]);
}

function addressLevel(a: VenueForm, b: VenueForm): keyof typeof ADDRESS | null {
  if (a.address === null || b.address === null) return null;
  const relation = compareAddresses(a.address, b.address);
  switch (relation) {
    case 'same': {
      const [unit, other] = [a.address.unit, b.address.unit];
      return unit !== '' && other !== '' && unit !== other ? 'one door, other unit' : 'one door';
    }
    case 'near':
      return 'a slip apart';
    case 'partial':
      return sameStreet(a.address, b.address) ? 'one street' : 'another street';
    case 'different': {
      const digits = Math.min(a.address.number?.length ?? 0, b.address.number?.length ?? 0);
      if (isGarbled(a, b)) return digits >= 3 ? 'a slip apart' : 'a digit apart';
      return 'different';
    }
  }
}

function cityFinding(a: VenueForm, b: VenueForm, rarity: VenueRarity): Finding | null {
  if (a.cities.length === 0 || b.cities.length === 0) return null;
  if (areInTwoCities(a, b) && rarity.areCitiesOfOne(a, b)) return null;
  const shared = a.cities.filter((city) => b.cities.some((other) => isOneCity(city, other)));
  if (shared.length > 0) {
    const share = Math.max(...shared.map((city) => rarity.cityShare(city)));
    return finding('city', 'same', CITY.same, -Math.log2(share));
  }
  const isSlip = a.cities.some((city) =>
    b.cities.some((other) => Math.max(city.length, other.length) >= 5 && editDistance(city, other, 1) <= 1),
  );
  const level = isSlip ? 'a slip apart' : 'different';
  return finding('city', level, CITY[level]);
}

function slipsApart(a: string, b: string): boolean {
  return a.length === b.length && editDistance(a, b, 1) <= 1;
}

function samePhone(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) === 7 && a.slice(-7) === b.slice(-7));
}

function phoneFinding(a: VenueForm, b: VenueForm, rarity: VenueRarity): Finding | null {
  if (a.phone === null || b.phone === null) return null;
  const level = samePhone(a.phone, b.phone) ? 'same' : slipsApart(a.phone, b.phone) ? 'a slip apart' : 'different';
  // An agency's number is none of the house's: another one says nothing against it.
  if (level === 'different' && [a.phone, b.phone].some((phone) => rarity.isSharedPhone(phone))) return null;
  return finding('phone', level, PHONE[level]);
}

function postcodeFinding(a: VenueForm, b: VenueForm): Finding | null {
  if (a.postcode === null || b.postcode === null) return null;
  const level = a.postcode === b.postcode ? 'same' : slipsApart(a.postcode, b.postcode) ? 'a slip apart' : 'different';
  return finding('postcode', level, POSTCODE[level]);
}

function findingsOf(a: VenueForm, b: VenueForm, rarity: VenueRarity): Finding[] {
  const address = addressLevel(a, b);
  const city = cityFinding(a, b, rarity);
  const found = [
    nameFinding(a, b, rarity),
    address === null ? null : finding('address', address, ADDRESS[address]),
    city,
    postcodeFinding(a, b),
    phoneFinding(a, b, rarity),
  ];
  if (a.site !== null && b.site !== null) {
    const level = a.site === b.site ? 'same' : 'different';
    found.push(finding('site', level, SITE[level]));
  }
  if (a.state !== null && b.state !== null) {
    const level = a.state === b.state ? 'same' : 'different';
    // A city tells its state: in common they tell nothing twice.
    if (level === 'different' || city === null) found.push(finding('state', level, STATE[level]));
  }
  return found.filter((each) => each !== null);
}

function priorsOf(a: VenueForm, b: VenueForm, rarity: VenueRarity): Record<Alternative, number> {
  const { neighbours, branches, clients } = PRIOR_BITS;
  const [one, other] = [rarity.ofForm(a), rarity.ofForm(b)];
  const isInOneCity = a.cities.length > 0 && b.cities.length > 0 && !areInTwoCities(a, b);
  const isElsewhere = isInOneCity && !one.isChainInCity && !other.isChainInCity;
  const chain = !one.isChain && !other.isChain ? branches.usual : isElsewhere ? branches.elsewhere : branches.known;
  const phones = a.phone !== null && b.phone !== null && samePhone(a.phone, b.phone) ? [a.phone, b.phone] : [];
  const isSharedLine =
    phones.some((phone) => rarity.isSharedPhone(phone)) ||
    (a.site !== null && a.site === b.site && rarity.isSharedSite(a.site));
  return {
    strangers: -Math.log2(Math.max(FEWEST_PLACES, rarity.placeCount)),
    neighbours: one.isSharedDoor || other.isSharedDoor ? neighbours.known : neighbours.usual,
    branches: chain,
    clients: isSharedLine ? clients.known : clients.usual,
  };
}

/** A shared phone, site or address alone never makes two one: somebody else may have it. */
function isOneFieldAlone(findings: readonly Finding[]): boolean {
  const telling = findings.filter(
    ({ field, level }) => field !== 'state' && level !== 'different' && level !== 'another street',
  );
  return telling.length === 1 && telling[0]?.field !== 'name';
}

/** Two cities are two branches, unless both name one door and nothing else of the place speaks against it. */
function vetoOf(findings: readonly Finding[]): string | null {
  const levelOf = (field: Finding['field']): string | undefined => findings.find((each) => each.field === field)?.level;
  if (levelOf('city') !== 'different') return null;
  const isOneDoor = levelOf('address') === 'one door' && levelOf('name') !== 'different';
  const isElsewhere = ['state', 'postcode'].some((field) => levelOf(field as Finding['field']) === 'different');
  return isOneDoor && !isElsewhere ? null : 'in two cities';
}

/** Weighs all that two venues state, against whatever else they could be. */
export function weighVenues(a: VenueForm, b: VenueForm, rarity: VenueRarity): WeighedPair {
  const findings = findingsOf(a, b, rarity);
  const priors = priorsOf(a, b, rarity);
  let bits = Infinity;
  let against: Alternative = 'strangers';
  for (const alternative of ALTERNATIVES) {
    const sum = findings.reduce((total, each) => total + each.bits[alternative], priors[alternative]);
    if (sum < bits) [bits, against] = [sum, alternative];
  }
  return {
    bits,
    against,
    prior: priors[against],
    findings,
    veto: vetoOf(findings),
    isOneFieldAlone: isOneFieldAlone(findings),
  };
}
