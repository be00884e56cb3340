import type { Venue } from '../../contract/show.ts';
import { splitName, splitRegion, splitStreetTail, withoutCity } from './address-split.ts';
import { caseAddress, caseName } from './casing.ts';
import { cleanPhone } from './phone.ts';
import { stateCode } from './state-codes.ts';
import { cleanText } from './text.ts';

const COUNTRIES: Readonly<Record<string, string>> = {
  us: 'US',
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states': 'US',
  'united states of america': 'US',
  america: 'US',
  ca: 'CA',
  can: 'CA',
  canada: 'CA',
  uk: 'GB',
  gb: 'GB',
  'united kingdom': 'GB',
  'great britain': 'GB',
};

/** Two-letter country code for the names common on flyers, else as printed. */
function cleanCountry(text: string): string {
  return COUNTRIES[text.toLowerCase()] ?? text;
}

/** Two-letter code where the country has one, else the state as printed. */
function cleanState(text: string): string {
  return stateCode(text) ?? caseName(text);
}

function cleanPostcode(text: string): string {
  const us = /^(\d{5})(?:[\s-]?(\d{4}))?$/.exec(text);
  if (us?.[1] !== undefined) return us[2] === undefined ? us[1] : `${us[1]}-${us[2]}`;
  const canada = /^([a-z]\d[a-z])\s?(\d[a-z]\d)$/i.exec(text);
  return canada === null ? text : `${canada[1]} ${canada[2]}`.toUpperCase();
}

function cleanWebsite(text: string): string {
  const bare = text.replace(/\s+/g, '').replace(/[.,;)/]+$/, '');
  const split = /^([a-z]+:\/\/)?([^/?#]+)(.*)$/i.exec(bare);
  return split === null ? bare : `${(split[1] ?? '').toLowerCase()}${(split[2] ?? '').toLowerCase()}${split[3] ?? ''}`;
}

/** `Common Interest, The` → `The Common Interest`: how directories sort names, not how people print them. */
function articleFirst(name: string): string {
  return name.replace(/^(.+),\s+(the|la|el|los|las|le)$/iu, '$2 $1');
}

/** A value moved to its own field may show another one behind it; more passes than this are never needed in earnest. */
const MAX_PASSES = 4;

/**
 * Cleans a venue and moves what stands in the wrong field (an address in the name, a state in the city) to its own.
 * Cleaning what is clean changes nothing.
 */
export function cleanVenue(venue: Venue): Venue {
  let clean = cleanOnce(venue);
  for (let pass = 1; pass < MAX_PASSES; pass++) {
    const again = cleanOnce(clean);
    if (FIELDS.every((field) => again[field] === clean[field])) break;
    clean = again;
  }
  return clean;
}

const FIELDS = ['name', 'address', 'city', 'state', 'postcode', 'country', 'phone', 'website'] as const;

function cleanOnce(venue: Venue): Venue {
  const printedName = cleanText(venue.name);
  const printedAddress = cleanText(venue.address);
  // A name is only cut where the address it carries is not known otherwise, or is the same: `Bar 21 Park Place` may be a name.
  const split = printedName === null ? { name: null, address: null } : splitName(printedName);
  const repeats = split.address !== null && printedAddress !== null && samePrefix(split.address, printedAddress);
  const usesSplit = split.address !== null && (printedAddress === null || repeats);
  const name = usesSplit ? split.name : printedName;
  const address = printedAddress ?? (usesSplit ? split.address : null);

  const tail = address === null ? null : splitStreetTail(address);
  const city = cleanText(venue.city);
  const cityTail = city === null ? null : splitRegion(city);
  const cleanCity = cleanText(cityTail?.head ?? tail?.city ?? null);
  const state = cleanText(venue.state) ?? cityTail?.state ?? tail?.state ?? null;
  const postcode = cleanText(venue.postcode) ?? cityTail?.postcode ?? tail?.postcode ?? null;
  const country = cleanText(venue.country);
  const phone = cleanText(venue.phone);
  const website = cleanText(venue.website);
  // Another city than the venue's own behind its street is kept there: it may be the right one.
  const isOtherCity = tail?.city != null && cleanCity !== null && tail.city.toLowerCase() !== cleanCity.toLowerCase();
  const head = tail === null ? null : withoutCity(isOtherCity ? `${tail.head}, ${tail.city}` : tail.head, cleanCity);
  const street = cleanText(head);
  return {
    name: name === null ? null : caseName(articleFirst(name)),
    address: street === null ? null : caseAddress(street),
    city: cleanCity === null ? null : caseName(cleanCity),
    state: state === null ? null : cleanState(state),
    postcode: postcode === null ? null : cleanPostcode(postcode),
    country: country === null ? null : cleanCountry(country),
    phone: phone === null ? null : cleanPhone(phone),
    website: website === null ? null : cleanWebsite(website),
  };
}

function samePrefix(a: string, b: string): boolean {
  const start = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\d]/gu, '')
      .slice(0, 8);
  return start(a) === start(b);
}
