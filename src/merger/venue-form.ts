import type { Venue } from '../contract/show.ts';
import { addressForm } from './address-form.ts';
import type { AddressForm } from './address-form.ts';
import { foldText, nameForm, placeWords } from './name-form.ts';
import type { NameForm } from './name-form.ts';

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

/** Short forms of cities that their letters do not tell. */
const CITY_NICKNAMES: Readonly<Record<string, string>> = {
  vegas: 'las vegas',
  nyc: 'new york',
  'new york city': 'new york',
  philly: 'philadelphia',
  frisco: 'san francisco',
  nola: 'new orleans',
  atx: 'austin',
};
const CITY_WORDS: Readonly<Record<string, string>> = { st: 'saint', ft: 'fort', mt: 'mount', hts: 'heights' };

/** `h0lland`: no city has digits among its letters. */
function withoutDigits(word: string): string {
  return /[a-z]/.test(word)
    ? word.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('5', 's').replaceAll('8', 'b')
    : word;
}

/** `FT. RUCKER` is `fort rucker`, `Vegas` is `las vegas`. */
export function cityForm(city: string): string {
  const folded = foldText(city);
  const words = folded.split(' ').map((word) => CITY_WORDS[word] ?? withoutDigits(word));
  return CITY_NICKNAMES[folded] ?? words.join(' ');
}

/** `Smitty's - 10450 E Quarry`, `Tiki Joe's @ Whitestone Boulevard`: what is behind a mark and could be a street is none of the name. */
function withoutStreet(name: string | null): { head: string | null; tail: AddressForm | null } {
  const parts = /^(.{3,}?)(?:\s*[,;|@•·–—(]\s*|\s+-\s+)(.+)$/u.exec(name ?? '');
  const tail = parts?.[2] === undefined ? null : addressForm(parts[2]);
  const isStreet = tail !== null && (tail.number !== null || (tail.type !== '' && tail.street !== ''));
  return isStreet ? { head: parts?.[1] ?? name, tail } : { head: name, tail: null };
}

/** @param fallbackKey names a venue of which nothing is known, so that two such are not taken for one */
export function venueForm(venue: Venue, fallbackKey: string): VenueForm {
  const { head, tail } = withoutStreet(venue.name);
  const name = head === null ? null : nameForm(head);
  const address = venue.address === null ? tail : addressForm(venue.address);
  const phone = phoneKey(venue.phone);
  const site = siteKey(venue.website);
  const cities = (venue.city ?? '')
    .split('/')
    .map(cityForm)
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
