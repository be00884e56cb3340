import { REGION_SOURCE, regionCode } from './regions.ts';
import { hasPlaceWord, venueScore } from './venue-score.ts';

/** A part of a text, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** An address or a part of one (`33701`; `Petersburg, FL 33701`) found in a text. */
export interface AddressFound extends Span {
  street: Span | null;
  city: Span | null;
  state: (Span & { code: string }) | null;
  postcode: Span | null;
}

/** Words that end the name of a street, as a regular expression source. */
export const STREET_SUFFIX =
  'Street|St|Avenue|Ave|Av|Boulevard|Blvd|Bvd|Road|Rd|Drive|Dr|Lane|Ln|Way|Court|Ct|Circle|Cir|Place|Pl|PI|Parkway|Pkwy|Pky|Highway|Hwy|Trail|Trl|Terrace|Ter|Plaza|Plz|Square|Sq|Loop|Pike|Turnpike|Tpke|Alley|Aly|Row|Walk|Crossing|Xing|Causeway|Cswy|Expressway|Expy|Freeway|Fwy|Broadway|Bypass|Commons|Cove|Cv|Path|Pt|Point|Run|Esplanade|Wharf|Pier|Park|Mall|Center|Ctr|Extension|Ext|Heights|Hts|Ridge|Bend|Crescent|Cres|Route|Rte|Bayou|Embankment|Promenade|Quay|Gate|Grove|Landing|Dock|Strip';
const DIRECTION =
  '(?:North|South|East|West|Northeast|Northwest|Southeast|Southwest|N\\.?E|N\\.?W|S\\.?E|S\\.?W|N|S|E|W)\\b\\.?';
const HOUSE =
  '(?<![\\d$#:/.-])(?:(?<=^\\s*)\\d{1,2}\\s(?=\\d{3}\\s+[A-Z]))?\\d{1,6}(?:-\\d{1,4})?(?:\\s?1\\/2)?[A-Za-z]?(?!\\s+\\d+\\s+[A-Z])';
const UNIT =
  '(?:\\s*[,-]?\\s*(?:(?:Suite|Ste|Unit|Apt|Bldg|Building|Floor|Fl(?=\\.? ?\\d)|Rm|Room|Space|Bay|Lot|Level)\\b\\.?\\s*#?\\s?[\\w-]{1,5}\\b(?:\\s\\d{1,4}\\b(?!\\s*[ap]m))?|#\\s?[\\w-]{1,5}\\b|\\d(?:st|nd|rd|th)\\s+(?:Floor|Fl)\\b))';
const WORD = "[A-Za-z0-9][\\w.'&-]*";
const HIGHWAY =
  '(?:(?:Old|Business)\\s+)?(?:U\\.?S\\.?(?:\\s+(?:Hwy|Highway|Route|Rte))?|Hwy|Highway|State\\s+(?:Road|Route|Rd|Rte|Hwy|Highway)|S\\.?R\\.?|F\\.?M\\.?|R\\.?M\\.?|R\\.?R\\.?|C\\.?R\\.?|County\\s+(?:Road|Rd|Route|Rte|Hwy|Highway)|Country\\s+Road|Ranch\\s+(?:Road|Rd)|Farm\\s+(?:to\\s+Market\\s+)?(?:Road|Rd)|Farm\\s+to\\s+Market|Interstate|I|Route|Rte|Rt|Ruta|Highway\\s+[A-Z]+)\\.?[\\s-]*(?:[A-Z]\\s)?\\d{1,4}[A-Z]?';

const STREETS = [
  new RegExp(`${HOUSE}\\s+(?:${DIRECTION}\\s+)?${HIGHWAY}\\b(?:\\s+${DIRECTION}(?![\\w']))?${UNIT}*`, 'i'),
  new RegExp(
    `${HOUSE}\\s+(?:${DIRECTION}\\s*)?(?:${WORD}\\s+){0,4}?(?:${WORD}\\s*?)??(?<![A-Za-z]')\\b(?:${STREET_SUFFIX})\\b\\.?(?:\\s+(?:${STREET_SUFFIX})\\b\\.?)?(?:\\s+${DIRECTION}(?![\\w']))?${UNIT}*`,
    'i',
  ),
  new RegExp(
    `${HOUSE}\\s+(?:${DIRECTION}\\s+)?(?:Avenue|Ave|Broadway|Bowery|Calle|Avenida|Via|Camino|Paseo|Rue|El\\s+Camino\\s+Real)\\b\\.?(?:\\s+[A-Z][\\w']*){0,3}${UNIT}*`,
  ),
];
/** Without a suffix (`3003 S Lamar`): only where a city and a state follow, or a direction stands before the name. */
const STREET_WITHOUT_SUFFIX = new RegExp(
  `${HOUSE}\\s+(?:${DIRECTION}\\s+)?(?:[A-Z][\\w.']*\\s+){0,3}[A-Z0-9][\\w.']*(?:\\s+${DIRECTION}(?![\\w']))?${UNIT}*(?=\\s*,)`,
);
const STREET_WITH_DIRECTION = new RegExp(`${HOUSE}\\s+${DIRECTION}\\s+[A-Z0-9][\\w']+(?:\\s+[A-Z][\\w']+)?${UNIT}*$`);
/** A full stop belongs to a city's name in `St. Petersburg` only; elsewhere a sentence ends there. */
const CITY_WORD = "(?:(?:St|Ste|Ft|Mt|Pt)\\.|[A-Z](?:[A-Za-z'’-]|\\.(?=[A-Z]))*)";
const CITY = `${CITY_WORD}(?:\\s+(?:${CITY_WORD}|of|the|del?|la|las|los|by|on)){0,3}`;
const POSTCODE = '(?:\\d{5}(?:-\\d{4})?|[A-Z]\\d[A-Z]\\s?\\d[A-Z]\\d)(?![\\d-])';
const CITY_STATE = new RegExp(
  `(${CITY})\\s*[,.]?\\s*(?:,\\s*|\\s+|(?<=\\.))(${REGION_SOURCE})\\b\\.?(?:\\s*,?\\s*(${POSTCODE}))?`,
);
const CITY_STATE_WITH_SIGN = new RegExp(
  `(${CITY})\\s*,\\s*(${REGION_SOURCE})(?![A-Za-z])\\.?(?:\\s*,?\\s*(${POSTCODE}))?`,
);
const STATE_POSTCODE = new RegExp(`^\\s*,?\\s*(${REGION_SOURCE})\\.?\\s*,?\\s*(${POSTCODE})`);

/** Finds the first address in a text, whole or in part. Prices, times, phones and `VFW Post 4321` are no houses. */
export function findAddress(printed: string): AddressFound | null {
  const text = repairRegion(printed);
  const street = findStreet(text);
  if (street !== null) return withTail(text, street);
  const place = findCityState(text, 0);
  if (place !== null) return place;
  const region = STATE_POSTCODE.exec(text);
  if (region !== null) return statePostcode(region);
  const lone = /^\s*(\d{5}(?:-\d{4})?)\s*$/.exec(text);
  if (lone === null) return null;
  const start = text.indexOf(lone[1] ?? '');
  const span = { start, end: start + (lone[1] ?? '').length };
  return { ...span, street: null, city: null, state: null, postcode: span };
}

/** Recognition takes `O` for `0` and `I` for `l`: `0K 74012`, `Ml 49417`. The length stays. */
function repairRegion(text: string): string {
  return text
    .replace(/\b0(?=[HKR]\b)/g, 'O')
    .replace(/\b([MHW])l(?=\s+\d{5}\b)/g, '$1I')
    .replace(/\bl(?=[ALDN]\s+\d{5}\b)/g, 'I')
    .replace(/\b([FA])[1I](?=\s+\d{5}\b)/g, '$1L');
}

function findStreet(text: string): Span | null {
  for (const pattern of STREETS) {
    const found = pattern.exec(text);
    if (found !== null && isStreet(text, found)) return trimmed(text, found.index, found.index + found[0].length);
  }
  const bare = STREET_WITHOUT_SUFFIX.exec(text);
  if (bare !== null && isStreet(text, bare)) {
    const end = bare.index + bare[0].length;
    if (findCityState(text, end) !== null) return trimmed(text, bare.index, end);
  }
  const directed = STREET_WITH_DIRECTION.exec(text);
  if (directed !== null && isStreet(text, directed))
    return trimmed(text, directed.index, directed.index + directed[0].length);
  return null;
}

function isStreet(text: string, found: RegExpExecArray): boolean {
  const before = text.slice(0, found.index);
  if (/(?:post|lodge|#|no\.?|route|hwy|us|chapter|aerie|\$)\s*$/i.test(before)) return false;
  if (
    /^\d+(?:-\d+)?\s*(?:am|pm|a|p|st|nd|rd|th)\b/i.test(found[0]) &&
    !/^\d+\s*(?:st|nd|rd|th)\s+(?:st|ave|street)/i.test(found[0])
  )
    return false;
  return !/^\d+\s+(?:to|til|till|until|and|&|or|nights?|days?|years?|for|off|minutes?|min|singers?|songs?|per|way\b|members?|people|stars?|comments?|shares?)\b/i.test(
    found[0],
  );
}

function withTail(text: string, street: Span): AddressFound {
  const found: AddressFound = { ...street, street, city: null, state: null, postcode: null };
  const rest = text.slice(street.end);
  const tail = /^\s*(?:[,·|•-]\s*|\.\s+|\s+in\s+|(?=\s*[A-Z]))/.exec(rest);
  if (tail === null || rest.trim() === '') return found;
  const from = street.end + tail[0].length;
  const place = findCityState(text, from);
  if (place !== null && place.start - from <= 2) return { ...place, street, start: street.start };
  const region = STATE_POSTCODE.exec(text.slice(from));
  if (region !== null) return { ...shift(statePostcode(region), from), street, start: street.start };
  const zip = /^\s*(\d{5}(?:-\d{4})?)(?!\d)/.exec(text.slice(from));
  if (zip !== null)
    return {
      ...found,
      postcode: { start: from + zip[0].length - (zip[1]?.length ?? 0), end: from + zip[0].length },
      end: from + zip[0].length,
    };
  if (rest.trimStart().startsWith(',')) return withLoneCity(text, found, from);
  // Without a comma only what reads like a name and ends the text: `Cedar Creek Rd. Broken Arrow`.
  return venueScore(text.slice(from)) >= 0.5 && !hasPlaceWord(text.slice(from))
    ? withLoneCity(text, found, from)
    : found;
}

/** `588 W Maple Ave, Clearwater`: what follows the comma is the city if it is a name to the end of the piece. */
function withLoneCity(text: string, found: AddressFound, from: number): AddressFound {
  const city = new RegExp(
    `^(${CITY})(?:\\s*,?\\s*(?:[A-Z0-9]{1,3}\\s+)?(${POSTCODE})|(?=\\s*(?:,?\\s*$|,\\s*[A-Z0-9]{1,2}\\s*$|,\\s*(?:@\\s*|from\\s+)?\\d{1,2}(?::\\d{2})?\\s*(?:[ap]\\.?m?\\b|[AP]\\.?M\\b|-|to\\b|til)|[·•|();!]|\\.(?:\\s|$)|\\s-\\s|\\s+[a-z]{2})))`,
  ).exec(text.slice(from));
  const name = city?.[1];
  if (
    city === null ||
    name === undefined ||
    name.length > 30 ||
    /\b(?:karaoke|night|every|with|hosted|dj|kj|downtown|uptown|midtown|upstairs|downstairs)\b/i.test(name)
  )
    return found;
  const end = from + city[0].trimEnd().length;
  const state = /^(.+)\s([A-Z]{2})$/.exec(name);
  const code = state === null ? null : regionCode(state[2] ?? '');
  if (state !== null && code !== null && city[2] === undefined) {
    const cityEnd = from + (state[1] ?? '').length;
    return {
      ...found,
      city: { start: from, end: cityEnd },
      state: { start: cityEnd + 1, end: from + name.length, code },
      end,
    };
  }
  const postcode = city[2] === undefined ? null : { start: end - city[2].length, end };
  return { ...found, city: { start: from, end: from + name.length }, postcode, end };
}

function findCityState(text: string, from: number): AddressFound | null {
  const part = text.slice(from);
  const found = CITY_STATE_WITH_SIGN.exec(part) ?? CITY_STATE.exec(part);
  if (found === null) return null;
  const [all, city = '', region = '', zip] = found;
  const isName = region.length > 2;
  // `Golden Lobster Lounge, Wyoming` is a bar in the town of that name.
  if (isName && zip === undefined && (hasPlaceWord(city) || /['’]s$/.test(city))) return null;
  const sure =
    zip !== undefined ||
    /[,.]\s*$/.test(part.slice(found.index + city.length, part.indexOf(region, found.index + city.length)));
  const code = regionCode(region);
  if (
    code === null ||
    (!sure &&
      (isName ||
        region !== region.toUpperCase() ||
        ['IN', 'OR', 'ME', 'OK', 'HI', 'LA', 'PA', 'MS', 'MA', 'AL', 'CO', 'DE', 'ON', 'ID'].includes(code)))
  )
    return null;
  const start = from + found.index;
  const regionStart = text.indexOf(region, start + city.length);
  const end = start + all.trimEnd().length;
  return {
    start,
    end,
    street: null,
    city: trimmed(text, start, start + city.length),
    state: { start: regionStart, end: regionStart + region.length, code },
    postcode: zip === undefined ? null : { start: end - zip.length, end },
  };
}

function statePostcode(found: RegExpExecArray): AddressFound {
  const [all, region = '', zip = ''] = found;
  const start = found.index + all.indexOf(region);
  const end = found.index + all.length;
  const state = { start, end: start + region.length, code: regionCode(region) ?? region.toUpperCase() };
  return { start, end, street: null, city: null, state, postcode: { start: end - zip.length, end } };
}

function shift(found: AddressFound, by: number): AddressFound {
  const move = <S extends Span>(span: S): S => ({ ...span, start: span.start + by, end: span.end + by });
  const { city, state, postcode } = found;
  return {
    ...move(found),
    street: null,
    city: city === null ? null : move(city),
    state: state === null ? null : move(state),
    postcode: postcode === null ? null : move(postcode),
  };
}

function trimmed(text: string, start: number, end: number): Span {
  const part = text.slice(start, end);
  return { start: start + part.length - part.trimStart().length, end: start + part.replace(/[\s,]+$/, '').length };
}
