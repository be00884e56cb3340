import { editDistance, foldText, unifyLookalikes } from './name-form.ts';

const STREET_TYPES: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'st',
  saint: 'st',
  avenue: 'ave',
  av: 'ave',
  boulevard: 'blvd',
  boulvard: 'blvd',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  parkway: 'pkwy',
  pky: 'pkwy',
  highway: 'hwy',
  court: 'ct',
  place: 'pl',
  plaza: 'plz',
  square: 'sq',
  trail: 'trl',
  terrace: 'ter',
  circle: 'cir',
  turnpike: 'tpke',
  pike: 'pike',
  freeway: 'fwy',
  expressway: 'expy',
  fort: 'ft',
  mount: 'mt',
  us: 'hwy',
  tx: 'hwy',
  sh: 'hwy',
  loop: 'loop',
  way: 'way',
  alley: 'aly',
  county: 'co',
  country: 'co',
};
/** Points of the compass, short and long, to the short one. */
export const DIRECTIONS: Readonly<Record<string, string>> = {
  n: 'n',
  north: 'n',
  s: 's',
  south: 's',
  e: 'e',
  east: 'e',
  w: 'w',
  west: 'w',
  ne: 'ne',
  nw: 'nw',
  se: 'se',
  sw: 'sw',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
};
const TYPES = new Set(Object.values(STREET_TYPES));
/** Numbers of streets, in words to digits. */
export const ORDINALS: Readonly<Record<string, string>> = {
  first: '1st',
  second: '2nd',
  third: '3rd',
  fourth: '4th',
  fifth: '5th',
  sixth: '6th',
  seventh: '7th',
  eighth: '8th',
  ninth: '9th',
  tenth: '10th',
};
const UNIT =
  /(?:^|[\s,])(?:(?:suite|ste|unit|apt|apartment|building|bldg|room|rm|floor|fl)\b\.?\s*#?\s*|#\s*)([a-z]?-?\d*[a-z]?)(?![a-z])/giu;

/** A street line taken apart for comparing. */
export interface AddressForm {
  /** House number without look-alike slips; null for a corner or a bare street. */
  number: string | null;
  /** The street's own words, without type and direction, run together. */
  street: string;
  direction: string;
  type: string;
  /** Suites and units, in order. */
  unit: string;
}

/** Takes a street line apart; null where nothing is left that says where. */
export function addressForm(address: string): AddressForm | null {
  const units = [...address.matchAll(UNIT)]
    .map((match) => (match[1] ?? '').toLowerCase())
    .filter((unit) => unit !== '');
  const words = foldText(address.replace(UNIT, ' '))
    .replace(/\bfarm to market\b/, 'fm')
    .replace(/\branch road\b/, 'rr')
    .split(' ')
    .filter((word) => word !== '');
  const first = words[0] ?? '';
  const hasNumber =
    words.length > 1 && /^[\dolis]*\d[\dolis]*[a-d]?$/.test(first) && !/^\d+(?:st|nd|rd|th)$/.test(first);
  const rest = hasNumber ? words.slice(1) : words;
  const named = rest.map((word) => STREET_TYPES[word] ?? ORDINALS[word] ?? word);
  const direction = rest
    .map((word) => DIRECTIONS[word] ?? '')
    .filter((word) => word !== '')
    .join('');
  const own = named.filter(
    (word, place) => !(DIRECTIONS[word] !== undefined && named.length > 1) && !(TYPES.has(word) && place > 0),
  );
  const type = named.filter((word, place) => TYPES.has(word) && place > 0).join(' ');
  const street = unifyLookalikes((own.length > 0 ? own : named).join(''));
  if (street === '') return null;
  const number = hasNumber ? first.replace(/o/g, '0').replace(/[il]/g, '1').replace(/s/g, '5') : null;
  return { number, street, direction, type, unit: units.join(' ') };
}

/**
 * `same`: one door. `near`: could be one door misread (a digit or the street's name apart). `partial`: too little is
 * printed to tell. `different`: two places.
 */
export type AddressRelation = 'same' | 'near' | 'partial' | 'different';

/** Whether two are on one street, slips of the eye aside. */
export function sameStreet(a: AddressForm, b: AddressForm): boolean {
  if (a.street === b.street) return true;
  // A number is a name here: 5th and 6th Street are one letter apart and a block away.
  if (/\d/.test(a.street) || /\d/.test(b.street)) return false;
  const shorter = Math.min(a.street.length, b.street.length);
  return shorter >= 4 && editDistance(a.street, b.street, 2) <= (shorter >= 8 ? 2 : 1);
}

/** Compares two street lines. */
export function compareAddresses(a: AddressForm, b: AddressForm): AddressRelation {
  const streets = sameStreet(a, b);
  if (a.number === null || b.number === null) return 'partial';
  const directionsDiffer = a.direction !== '' && b.direction !== '' && a.direction !== b.direction;
  if (a.number === b.number) {
    if (!streets) return 'near';
    return directionsDiffer ? 'near' : 'same';
  }
  // A house number whose first digits were not read: `41` of `1241`.
  const cut =
    a.number.length >= 2 && b.number.length >= 2 && (a.number.endsWith(b.number) || b.number.endsWith(a.number));
  if (streets && cut && !directionsDiffer && a.street.length >= 4 && b.street.length >= 4) return 'near';
  const slips = editDistance(a.number, b.number, 1);
  return streets && slips === 1 && a.number.length >= 3 && !directionsDiffer ? 'near' : 'different';
}
