import type { Venue } from '../../contract/show.ts';
import { caseAddress, caseName } from './casing.ts';
import { cleanPhone } from './phone.ts';
import { stateCode } from './state-codes.ts';
import { cleanText } from './text.ts';

const STREET_WORD =
  '(?:street|str|st|avenue|ave|av|boulevard|blvd|road|rd|drive|dr|lane|ln|parkway|pkwy|highway|hwy|court|ct|place|pl|plaza|square|sq|trail|trl|terrace|ter|circle|cir|loop|way|pike|turnpike|broadway|freeway|fwy|expressway|expy|row|alley)';
/** `, 123 Main St …` or `@ 123 Main St …` behind a name: the address inside the name. */
const ADDRESS_IN_NAME = new RegExp(
  `^(.*?\\S)(?:\\s*[,;|@•·–—]\\s*|\\s+-\\s+|\\s*\\(\\s*|\\s+at\\s+|\\s+)(\\d{1,6}[a-z]?\\s+(?:[\\p{L}\\d'.]+\\s+){0,4}?${STREET_WORD}\\b\\.?.*)$`,
  'iu',
);
const ADDRESS_ONLY = new RegExp(
  `^\\d{1,6}[a-z]?\\s+(?:[\\p{L}\\d'.]+\\s+){0,4}?${STREET_WORD}\\b\\.?(?:[\\s,].*)?$`,
  'iu',
);
const POSTCODE_TAIL = /[\s,]+(\d{5}(?:-\d{4})?|[a-z]\d[a-z]\s?\d[a-z]\d)$/i;

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

interface PlaceTail {
  head: string;
  city: string | null;
  state: string | null;
  postcode: string | null;
}

/** Takes `, Austin, TX 78748` off the end of a street line or of a city. */
function splitTail(text: string, takesCity: boolean): PlaceTail {
  const tail: PlaceTail = { head: text, city: null, state: null, postcode: null };
  const postcode = POSTCODE_TAIL.exec(tail.head);
  const beforePostcode = postcode === null ? tail.head : tail.head.slice(0, postcode.index);
  const state = /^(.*\S)[\s,]+(\p{L}{2}|\p{L}\.\p{L}\.|[\p{L}. ]{4,})$/u.exec(beforePostcode.replace(/,\s*$/, ''));
  const lastPart = /^(.*\S)\s*,\s*([\p{L}. ]+)$/u.exec(beforePostcode);
  const candidate = lastPart !== null && stateCode(lastPart[2] ?? '') !== null ? lastPart : state;
  const code = candidate === null ? null : stateCode(candidate[2] ?? '');
  // `Ct` and `La` are also a court and an article: a state is taken only behind a comma, in capitals or before a postcode.
  const printed = candidate?.[2] ?? '';
  const isSure = candidate === lastPart || postcode !== null || printed === printed.toUpperCase();
  if (candidate === null || code === null || !isSure) {
    return postcode !== null && /,/.test(postcode[0])
      ? { ...tail, head: beforePostcode, postcode: postcode[1] ?? null }
      : tail;
  }
  tail.state = code;
  tail.postcode = postcode?.[1] ?? null;
  tail.head = (candidate[1] ?? '').replace(/[\s,]+$/, '');
  const city = takesCity ? /^(.*\S)(?:\s*,\s*|\s{2,})([\p{L}.'/ -]{2,40})$/u.exec(tail.head) : null;
  if (city !== null && !/\b(?:suite|ste|unit|bldg|building|apt|floor)\b/i.test(city[2] ?? '')) {
    tail.head = city[1] ?? '';
    tail.city = city[2] ?? null;
  }
  return tail;
}

/** Drops a city printed again behind the street, `1420 Harbor View Blvd, Miami` where the city is known to be Miami. */
function withoutCity(address: string, city: string | null): string {
  if (city === null) return address;
  const cut = address.length - city.length;
  if (cut <= 0 || address.slice(cut).toLowerCase() !== city.toLowerCase()) return address;
  const head = address.slice(0, cut);
  return /[,\s]$/.test(head) && /\d/.test(head) && /\p{L}/u.test(head) ? head.replace(/[\s,]+$/, '') : address;
}

function splitName(name: string | null): { name: string | null; address: string | null } {
  if (name === null) return { name, address: null };
  if (ADDRESS_ONLY.test(name)) return { name: null, address: name };
  const inside = ADDRESS_IN_NAME.exec(name);
  if (inside?.[1] === undefined || inside[2] === undefined) return { name, address: null };
  const unclosed = inside[0].includes('(') ? inside[2].replace(/\)\s*$/, '') : inside[2];
  return { name: cleanText(inside[1]), address: cleanText(unclosed) };
}

/** `Common Interest, The` → `The Common Interest`: how directories sort names, not how people print them. */
function articleFirst(name: string): string {
  return name.replace(/^(.+),\s+(the|la|el|los|las|le)$/iu, '$2 $1');
}

/** Cleans a venue and moves what stands in the wrong field (an address in the name, a state in the city) to its own. */
export function cleanVenue(venue: Venue): Venue {
  const printedName = cleanText(venue.name);
  const printedAddress = cleanText(venue.address);
  // A name is only cut where the address it carries is not known otherwise, or is the same: `Bar 21 Park Place` may be a name.
  const split = splitName(printedName);
  const repeats = split.address !== null && printedAddress !== null && samePrefix(split.address, printedAddress);
  const usesSplit = split.address !== null && (printedAddress === null || repeats);
  const name = usesSplit ? split.name : printedName;
  const address = printedAddress ?? (usesSplit ? split.address : null);

  const tail = address === null ? null : splitTail(address, true);
  const city = cleanText(venue.city);
  const cityTail = city === null ? null : splitTail(city, false);
  const cleanCity = cleanText(cityTail?.head ?? tail?.city ?? null);
  const state = cleanText(venue.state) ?? cityTail?.state ?? tail?.state ?? null;
  const postcode = cleanText(venue.postcode) ?? cityTail?.postcode ?? tail?.postcode ?? null;
  const country = cleanText(venue.country);
  const phone = cleanText(venue.phone);
  const website = cleanText(venue.website);
  const street = cleanText(tail === null ? null : withoutCity(tail.head, cleanCity));
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
