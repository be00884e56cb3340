import type { Venue } from '../contract/show.ts';
import { addressForm, compareAddresses } from './address-form.ts';
import type { AddressForm, AddressRelation } from './address-form.ts';
import { clusterNodes } from './cluster.ts';
import type { Link } from './cluster.ts';
import { compareNames, editDistance, foldText, nameForm, placeWords } from './name-form.ts';
import type { NameForm, NameRelation } from './name-form.ts';

/** A venue as one reading states it, taken apart for comparing. */
export interface VenueForm {
  /** Readings with one key state the same of their venue. */
  key: string;
  name: NameForm | null;
  address: AddressForm | null;
  cities: readonly string[];
  cityWords: readonly string[];
  state: string | null;
  postcode: string | null;
  phone: string | null;
  site: string | null;
}

const SHARED_SITES = /^(?:facebook|fb|instagram|linktr|twitter|x|tiktok|youtube|google|yelp|linktree)\./;

/** What two spellings of one site have in common; null where it names no site of its own. */
export function siteKey(website: string | null): string | null {
  if (website === null) return null;
  const bare = website
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^(?:www|m)\./, '')
    .replace(/[/?#]+$/, '');
  if (!bare.includes('.')) return null;
  return SHARED_SITES.test(bare) && !bare.includes('/') ? null : bare;
}

/** What two spellings of one telephone number have in common. */
export function phoneKey(phone: string | null): string | null {
  const digits = phone?.replace(/ x\d+$/, '').replace(/\D/g, '') ?? '';
  return digits.length >= 7 ? digits.slice(-10) : null;
}

/** @param fallbackKey names a venue of which nothing is known, so that two such are not taken for one */
export function venueForm(venue: Venue, fallbackKey: string): VenueForm {
  const name = venue.name === null ? null : nameForm(venue.name);
  const address = venue.address === null ? null : addressForm(venue.address);
  const phone = phoneKey(venue.phone);
  const site = siteKey(venue.website);
  const cities = (venue.city ?? '')
    .split('/')
    .map(foldText)
    .filter((city) => city !== '');
  const isKnown = name !== null || address !== null || phone !== null || site !== null;
  const printed = [venue.name, venue.address, venue.city, venue.state, venue.postcode?.slice(0, 5) ?? null];
  return {
    key: JSON.stringify([
      ...printed.map((text) => (text === null ? '' : foldText(text))),
      phone,
      site,
      isKnown ? '' : fallbackKey,
    ]),
    name,
    address,
    cities,
    cityWords: placeWords(venue.city),
    state: venue.state,
    postcode: venue.postcode?.slice(0, 5) ?? null,
    phone,
    site,
  };
}

type Agreement = 'agree' | 'differ' | 'unknown';

function compareCities(a: VenueForm, b: VenueForm): Agreement {
  if (a.cities.length === 0 || b.cities.length === 0) return 'unknown';
  const agrees = a.cities.some((city) =>
    b.cities.some(
      (other) => city === other || (Math.min(city.length, other.length) >= 5 && editDistance(city, other, 1) <= 1),
    ),
  );
  return agrees ? 'agree' : 'differ';
}

function compareValues(a: string | null, b: string | null): Agreement {
  if (a === null || b === null) return 'unknown';
  return a === b ? 'agree' : 'differ';
}

/** Whether two readings speak of one venue: a reason to join them, a reason to keep them apart, or neither. */
export type VenueVerdict = { kind: 'apart' } | { kind: 'open' } | { kind: 'same'; score: number; isWeak: boolean };

const APART: VenueVerdict = { kind: 'apart' };
const OPEN: VenueVerdict = { kind: 'open' };

interface Comparison {
  name: NameRelation | null;
  address: AddressRelation | null;
  city: Agreement;
  phone: Agreement;
  site: Agreement;
  postcode: Agreement;
}

/**
 * Weighs what two venues share. A shared phone or address never joins two names (a host's own number is on all his
 * flyers, a food court has one door); one name in two cities or behind two doors is two branches.
 */
export function compareVenues(a: VenueForm, b: VenueForm): VenueVerdict {
  if (compareValues(a.state, b.state) === 'differ') return APART;
  const compared: Comparison = {
    name:
      a.name === null || b.name === null
        ? null
        : compareNames(a.name, b.name, new Set([...a.cityWords, ...b.cityWords])),
    address: a.address === null || b.address === null ? null : compareAddresses(a.address, b.address),
    city: compareCities(a, b),
    phone: compareValues(a.phone, b.phone),
    site: compareValues(a.site, b.site),
    postcode: compareValues(a.postcode, b.postcode),
  };
  if (compared.name === 'different' || compared.address === 'different') return APART;
  const isOneDoor = compared.address === 'same';
  const isOneName = compared.name === 'exact' || compared.name === 'close';
  if (compared.city === 'differ' && !(isOneDoor && isOneName)) return APART;
  return compared.name === null ? compareNameless(compared) : compareNamed(compared.name, compared);
}

function compareNameless({ address, city, postcode }: Comparison): VenueVerdict {
  if (address !== 'same') return OPEN;
  return { kind: 'same', score: 600 + (city === 'agree' || postcode === 'agree' ? 50 : 0), isWeak: true };
}

function compareNamed(name: NameRelation, { address, city, phone, site, postcode }: Comparison): VenueVerdict {
  const nameScore = name === 'exact' ? 200 : name === 'close' ? 100 : 0;
  if (address === 'same') return { kind: 'same', score: 1000 + nameScore, isWeak: false };
  if (phone === 'agree' || site === 'agree') return { kind: 'same', score: 800 + nameScore, isWeak: false };
  if (name === 'related') return OPEN;
  const isLocal = city === 'agree' || postcode === 'agree';
  // Without the street of one of them a second branch in the same city cannot be excluded.
  if (isLocal) return { kind: 'same', score: 500 + nameScore, isWeak: address === null };
  if (address === 'near') return { kind: 'same', score: 450 + nameScore, isWeak: true };
  return { kind: 'same', score: 300 + nameScore, isWeak: true };
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
  if (phone !== null) keys.push(`p:${phone}`);
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
 * Groups readings by venue.
 *
 * @returns for each given form the number of its venue
 */
export function identifyVenues(forms: readonly VenueForm[]): number[] {
  const byKey = new Map(forms.map((form) => [form.key, form]));
  const nodes = [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
  const known = new Map<number, VenueVerdict>();
  const verdict = (a: number, b: number): VenueVerdict => {
    const before = known.get(a * nodes.length + b);
    if (before !== undefined) return before;
    const [left, right] = [nodes[a], nodes[b]];
    const found = left === undefined || right === undefined ? OPEN : compareVenues(left, right);
    known.set(a * nodes.length + b, found);
    return found;
  };
  const links: Link[] = [];
  for (const [a, b] of candidatePairs(nodes)) {
    const found = verdict(a, b);
    if (found.kind === 'same') links.push({ a, b, score: found.score, isWeak: found.isWeak });
  }
  const clusters = clusterNodes(nodes.length, links, (a, b) => verdict(a, b).kind === 'apart');
  const venueOf = new Map<string, number>();
  clusters.forEach((members, venue) => {
    for (const member of members) venueOf.set(nodes[member]?.key ?? '', venue);
  });
  return forms.map((form) => venueOf.get(form.key) ?? -1);
}
