import { clusterNodes } from './cluster.ts';
import type { Link } from './cluster.ts';
import { placeWords } from './name-form.ts';
import { venueForm, type VenueForm } from './venue-form.ts';
import { areInitials, venueRarity, type VenueRarity } from './venue-rarity.ts';
import { weighVenues, type Alternative, type FieldWeight, type WeighedPair } from './venue-weights.ts';

// The catalogue knows venues by this file alone.
export { venueForm, type VenueForm };

/** From these log odds on two are of one venue: four in five. Bits. */
const SAME_BITS = Math.log2(4);
/** Below these, where something printed speaks against it, the two are kept apart, whatever others say: one in ten. Bits. */
const APART_BITS = -Math.log2(9);
/** What a field that speaks against it weighs at least. Bits. */
const AGAINST_BITS = -2;
/** Below these a link does not choose between two homes that cannot be one. Bits. */
const STRONG_BITS = 8;
/** A home that is so much likelier has no rival: eight times. Bits. */
const CLEAR_LEAD_BITS = 3;
/** One pair says no more than this for or against, when all of two clusters are summed. Bits. */
const ONE_PAIR_MOST_BITS = 8;

/** Whether two readings speak of one venue: a reason to join them, a reason to keep them apart, or neither. Score in bits. */
export type VenueVerdict = { kind: 'apart' } | { kind: 'open' } | { kind: 'same'; score: number; isWeak: boolean };

const APART: VenueVerdict = { kind: 'apart' };
const OPEN: VenueVerdict = { kind: 'open' };
/** Of no pile: the background alone. */
const BACKGROUND = venueRarity([]);

function verdictOf({ bits, against, findings, veto, isOneFieldAlone }: WeighedPair): VenueVerdict {
  if (veto !== null) return APART;
  if (bits >= SAME_BITS && !isOneFieldAlone) return { kind: 'same', score: bits, isWeak: bits < STRONG_BITS };
  return bits < APART_BITS && findings.some((each) => each.bits[against] <= AGAINST_BITS) ? APART : OPEN;
}

/**
 * Weighs what two venues state, each field as evidence for or against: see docs/decisions/0021-venue-identity.md. A shared phone
 * or address never joins two names (a host's own number is on all his flyers, a food court has one door); one name in two cities is
 * two branches.
 *
 * @param rarity of the pile that the two are of; without it, what is usual
 */
export function compareVenues(a: VenueForm, b: VenueForm, rarity: VenueRarity = BACKGROUND): VenueVerdict {
  return verdictOf(weighVenues(a, b, rarity));
}

/** Why two venues are, or are not, taken for one. */
export interface VenuePairExplained {
  verdict: VenueVerdict['kind'];
  /** That they are one, 0 to 1, by their own fields alone. */
  probability: number;
  /** Log odds: the prior and the weights of {@link fields}. */
  bits: number;
  prior: number;
  /** What else they would likeliest be, and what the weights are against. */
  against: Alternative;
  fields: FieldWeight[];
  /** Why they can never be of one venue, whatever the sum: `in two cities`; null where nothing forbids it. */
  veto: string | null;
}

/**
 * The decision on a pair, field by field: the prior and the weights of `fields` sum up to `bits`.
 *
 * @param pile all readings of which the two are, for how rare their values are
 */
export function explainVenuePair(a: VenueForm, b: VenueForm, pile: readonly VenueForm[] = []): VenuePairExplained {
  const forms = distinctForms(pile);
  const inPile = (form: VenueForm): VenueForm => forms.find(({ key }) => key === form.key) ?? form;
  const weighed = weighVenues(inPile(a), inPile(b), venueRarity(forms));
  const { bits, prior, against, findings, veto } = weighed;
  return {
    verdict: verdictOf(weighed).kind,
    probability: veto === null ? 1 / (1 + 2 ** -bits) : 0,
    bits,
    prior,
    against,
    fields: findings.map(({ field, level, bits: weights }) => ({ field, level, weight: weights[against] })),
    veto,
  };
}

/**
 * Each statement once, in an order that does not depend on theirs, its city made out from the others': `SI` is Staten Island where
 * that is printed, too, and a city that a name ends with is its city.
 */
function distinctForms(forms: readonly VenueForm[]): VenueForm[] {
  const byKey = new Map(forms.map((form) => [form.key, form]));
  const cities = [...new Set(forms.flatMap((form) => form.cities))].sort();
  return [...byKey.keys()].sort().flatMap((key) => {
    const form = byKey.get(key);
    return form === undefined ? [] : [withCity(form, cities)];
  });
}

function withCity(form: VenueForm, cities: readonly string[]): VenueForm {
  const { name } = form;
  if (form.cities.length > 0) {
    const inFull = form.cities.map((city) => {
      const meant = cities.filter((other) => areInitials(city, other));
      return meant.length === 1 ? (meant[0] ?? city) : city;
    });
    return { ...form, cities: inFull, cityWords: inFull.flatMap(placeWords) };
  }
  if (name === null) return form;
  for (const city of cities) {
    const words = placeWords(city);
    const tail = name.core.slice(-words.length);
    if (name.core.length > words.length && tail.join(' ') === words.join(' '))
      return { ...form, cities: [city], cityWords: words };
  }
  return form;
}

/** Keys under which a venue is looked up; two venues without a common key are never compared. */
function blockingKeys({ name, address, phone, site }: VenueForm): string[] {
  const keys: string[] = [];
  if (name !== null) {
    const joined = name.core.join('');
    keys.push(`w:${name.whole}`, `c:${joined}`, `s:${joined.slice(0, 4)}`, `e:${joined.slice(-4)}`);
    for (const word of name.core) if (word.length >= 3) keys.push(`t:${word}`);
  }
  if (address !== null)
    keys.push(address.number === null ? `r:${address.street}` : `a:${address.number}${address.street[0] ?? ''}`);
  if (phone !== null) keys.push(`p:${phone.slice(-7)}`);
  if (site !== null) keys.push(`u:${site}`);
  return keys;
}

/** Blocks above this size are of a word that says nothing (`karaoke`); what belongs together also shares a rarer key. */
const MAX_BLOCK_SIZE = 150;

function candidatePairs(forms: readonly VenueForm[]): [number, number][] {
  const blocks = new Map<string, number[]>();
  forms.forEach((form, node) => {
    for (const key of new Set(blockingKeys(form))) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [node]);
      else block.push(node);
    }
  });
  const pairs = new Set<number>();
  for (const [key, block] of blocks) {
    if (block.length > MAX_BLOCK_SIZE && /^[tse]:/.test(key)) continue;
    block.forEach((a, place) => {
      for (const b of block.slice(place + 1)) pairs.add(a * forms.length + b);
    });
  }
  return [...pairs].map((pair) => [Math.floor(pair / forms.length), pair % forms.length]);
}

/**
 * Groups readings by venue. No group has a pair that is kept apart, and the pairs of a group together speak for it, so that no chain
 * of links joins what has nothing in common. The order of the readings does not matter.
 *
 * @returns for each given form the number of its venue
 */
export function identifyVenues(forms: readonly VenueForm[]): number[] {
  const nodes = distinctForms(forms);
  const rarity = venueRarity(nodes);
  const known = new Map<number, WeighedPair>();
  const weighed = (a: number, b: number): WeighedPair => {
    const place = a * nodes.length + b;
    let found = known.get(place);
    if (found === undefined) {
      found = weighVenues(nodes[a]!, nodes[b]!, rarity);
      known.set(place, found);
    }
    return found;
  };
  const links: Link[] = [];
  for (const [a, b] of candidatePairs(nodes)) {
    const found = verdictOf(weighed(a, b));
    if (found.kind === 'same') links.push({ a, b, score: found.score, isWeak: found.isWeak });
  }
  const isApart = (a: number, b: number): boolean => verdictOf(weighed(a, b)).kind === 'apart';
  const clusters = clusterNodes(nodes.length, links, isApart, {
    clearLead: CLEAR_LEAD_BITS,
    evidence: (a, b) => Math.max(-ONE_PAIR_MOST_BITS, Math.min(ONE_PAIR_MOST_BITS, weighed(a, b).bits)),
  });
  const venueOf = new Map<string, number>();
  clusters.forEach((members, venue) => {
    for (const member of members) venueOf.set(nodes[member]?.key ?? '', venue);
  });
  return forms.map((form) => venueOf.get(form.key) ?? -1);
}
