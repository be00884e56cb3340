import { stateCode } from './state-codes.ts';
import { cleanText } from './text.ts';

const STREET_WORD =
  '(?:street|str|st|avenue|ave|av|boulevard|blvd|road|rd|drive|dr|lane|ln|parkway|pkwy|highway|hwy|court|ct|place|pl|plaza|square|sq|trail|trl|terrace|ter|circle|cir|loop|way|pike|turnpike|broadway|freeway|fwy|expressway|expy|row|alley)';
const STREET_NAME = `(?:(?!(?:at|on|the|and)\\s)[\\p{L}\\d'.]+\\s+){0,4}?${STREET_WORD}\\b\\.?`;
const DIRECTION = '(?:\\s+(?:[nsew]|[ns][ew]|north|south|east|west)\\b\\.?)?';
/** What may follow a street within a street line. */
const UNIT_WORDS =
  /\b(?:suite|ste|unit|bldg|building|apt|floor|fl|room|rear|upstairs|downstairs|inside|next|behind|downtown|level|lot)\b|\d|#/iu;
/** `, 123 Main St …` or `@ 123 Main St …` behind a name: the address inside the name. */
const MARKED_ADDRESS = new RegExp(
  `^(.*?\\p{L}.*?)(?:\\s*[,;|@•·–—]\\s*|\\s+-\\s+|\\s*\\(\\s*|\\s+at\\s+)(\\d{1,6}[a-z]?\\s+${STREET_NAME}.*)$`,
  'iu',
);
/** `Shooters 601 E Whitestone Blvd`: without a mark between them the line must end with the street or its suite. */
const BARE_ADDRESS = new RegExp(
  `^(.*?\\p{L}{2}.*?)\\s+(\\d{2,6}[a-z]?\\s+${STREET_NAME}${DIRECTION}(?:\\s*[,#(].*|\\s+(?:suite|ste|unit)\\b.*)?)$`,
  'iu',
);
const ADDRESS_ONLY = new RegExp(
  `^\\d{1,6}[a-z]?\\s+${STREET_NAME}${DIRECTION}(?:[\\s,]*(?:[,#]|suite|ste|unit).*)?$`,
  'iu',
);
const STREET_THEN_CITY = new RegExp(
  `^(\\d{1,6}[a-z]?\\s+(?:[\\p{L}\\d'.]+\\s+){0,4}?${STREET_WORD}\\b\\.?${DIRECTION})\\s+([\\p{L}.'-]{3,}(?:\\s[\\p{L}.'-]+){0,2})$`,
  'iu',
);
const POSTCODE_TAIL = /[\s,]+(\d{5}(?:-\d{4})?|[a-z]\d[a-z]\s?\d[a-z]\d)$/i;
/** Codes that are also the end of a street's name (`55 Westlake CT`, `8619 Burnet Road NE`). */
const CODES_IN_STREETS = new Set(['CT', 'NE', 'AL', 'LA']);

/** A street line or a city without what stood behind it. */
export interface PlaceTail {
  head: string;
  city: string | null;
  state: string | null;
  postcode: string | null;
}

interface StateTail {
  head: string;
  code: string;
}

/**
 * The state at the end of a text. `Ct` is also a court and Washington a city, so a state is only taken behind a comma,
 * before a postcode, or as a code in capitals where not all is in capitals.
 */
function splitState(text: string, isBeforePostcode: boolean): StateTail | null {
  const behindComma = /^(.*\S)\s*,\s*([\p{L}. ]+)$/u.exec(text);
  const marked = stateCode(behindComma?.[2] ?? '');
  if (behindComma !== null && marked !== null) return { head: behindComma[1] ?? '', code: marked };
  const lastWord = /^(.*\S)[\s,]+(\p{L}{2}|\p{L}\.\p{L}\.|\p{L}{4,}\.?)$/u.exec(text);
  const printed = lastWord?.[2] ?? '';
  const code = stateCode(printed);
  if (lastWord === null || code === null) return null;
  const isCode = printed.length === 2 && printed === printed.toUpperCase() && text !== text.toUpperCase();
  return isBeforePostcode || (isCode && !CODES_IN_STREETS.has(code)) ? { head: lastWord[1] ?? '', code } : null;
}

function withoutComma(text: string): string {
  return text.replace(/[\s,]+$/, '');
}

function splitCity(street: string, isBeforeState: boolean): { head: string; city: string | null } {
  const marked = /^(.*\S)(?:\s*,\s*|\s{2,})([\p{L}.'/ -]{3,40})$/u.exec(street);
  if (
    marked?.[1] !== undefined &&
    marked[2] !== undefined &&
    !UNIT_WORDS.test(marked[2]) &&
    (isBeforeState || /\d/.test(marked[1]))
  ) {
    return { head: marked[1], city: marked[2] };
  }
  const unmarked = isBeforeState ? STREET_THEN_CITY.exec(street) : null;
  if (unmarked?.[1] === undefined || unmarked[2] === undefined || UNIT_WORDS.test(unmarked[2]))
    return { head: street, city: null };
  return { head: unmarked[1], city: unmarked[2] };
}

/** Takes `, Austin, TX 78748` off the end of a street line. */
export function splitStreetTail(text: string): PlaceTail {
  const { head, state, postcode } = splitRegion(text);
  const { head: street, city } = splitCity(head, state !== null);
  return { head: street, city, state, postcode };
}

/** Takes `, TX 78748` off the end of a city. */
export function splitRegion(text: string): PlaceTail {
  const found = POSTCODE_TAIL.exec(text);
  const beforePostcode = found === null ? text : withoutComma(text.slice(0, found.index));
  const state = splitState(beforePostcode, found !== null);
  // Five digits behind a bare street could be anything; behind a comma they are a postcode.
  if (state === null && found !== null && !found[0].includes(','))
    return { head: text, city: null, state: null, postcode: null };
  return {
    head: state === null ? beforePostcode : withoutComma(state.head),
    city: null,
    state: state?.code ?? null,
    postcode: found?.[1] ?? null,
  };
}

/** Drops a city printed again behind the street, `1420 Harbor View Blvd Miami` where the city is known to be Miami. */
export function withoutCity(address: string, city: string | null): string {
  const cut = address.length - (city?.length ?? 0);
  if (city === null || cut <= 0 || address.slice(cut).toLowerCase() !== city.toLowerCase()) return address;
  const head = address.slice(0, cut);
  // `12 Tampa` is a street called like the city.
  return /[,\s]$/.test(head) && /\d.*\p{L}/u.test(head) ? withoutComma(head) : address;
}

/** Splits `Krackpots, 12 Main St` into name and address; a name that is an address alone is no name. */
export function splitName(name: string): { name: string | null; address: string | null } {
  if (ADDRESS_ONLY.test(name)) return { name: null, address: name };
  const inside = MARKED_ADDRESS.exec(name) ?? BARE_ADDRESS.exec(name);
  if (inside?.[1] === undefined || inside[2] === undefined) return { name, address: null };
  const unclosed = name.includes('(') ? inside[2].replace(/\)\s*$/, '') : inside[2];
  return { name: cleanText(inside[1]), address: cleanText(unclosed) };
}
