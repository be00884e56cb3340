/** Two-letter codes of the states and provinces that print as such, by name. */
const NAMES: Record<string, string> = {
  alabama: 'AL', alaska: 'AK', arizona: 'AZ', arkansas: 'AR', california: 'CA', colorado: 'CO', connecticut: 'CT',
  delaware: 'DE', florida: 'FL', georgia: 'GA', hawaii: 'HI', idaho: 'ID', illinois: 'IL', indiana: 'IN', iowa: 'IA',
  kansas: 'KS', kentucky: 'KY', louisiana: 'LA', maine: 'ME', maryland: 'MD', massachusetts: 'MA', michigan: 'MI',
  minnesota: 'MN', mississippi: 'MS', missouri: 'MO', montana: 'MT', nebraska: 'NE', nevada: 'NV', 'new hampshire': 'NH',
  'new jersey': 'NJ', 'new mexico': 'NM', 'new york': 'NY', 'north carolina': 'NC', 'north dakota': 'ND', ohio: 'OH',
  oklahoma: 'OK', oregon: 'OR', pennsylvania: 'PA', 'rhode island': 'RI', 'south carolina': 'SC', 'south dakota': 'SD',
  tennessee: 'TN', texas: 'TX', utah: 'UT', vermont: 'VT', virginia: 'VA', washington: 'WA', 'west virginia': 'WV',
  wisconsin: 'WI', wyoming: 'WY', 'puerto rico': 'PR',
  ontario: 'ON', quebec: 'QC', 'british columbia': 'BC', alberta: 'AB', manitoba: 'MB', saskatchewan: 'SK',
  'nova scotia': 'NS', 'new brunswick': 'NB', newfoundland: 'NL', 'prince edward island': 'PE',
}; // prettier-ignore

/** Codes of the United States, the District of Columbia and Canada. */
export const REGION_CODES: ReadonlySet<string> = new Set([...Object.values(NAMES), 'DC']);
const CANADA = new Set(['ON', 'QC', 'BC', 'AB', 'MB', 'SK', 'NS', 'NB', 'NL', 'PE']);

/** A regular expression source for a region, as code or as name; codes in capitals or like `Fl`. */
export const REGION_SOURCE = `(?:${[...REGION_CODES].map((code) => `${code.charAt(0)}[${code.charAt(1)}${code.charAt(1).toLowerCase()}]`).join('|')}|${Object.keys(
  NAMES,
)
  .map((name) =>
    name.replace(/(^| )([a-z])/g, (_, space: string, first: string) => `${space}[${first}${first.toUpperCase()}]`),
  )
  .join('|')}|D\\.C\\.)`;

/** The two-letter code of a printed region; null where there is none (`Florida`, `Fla.`, `fl` → `FL`). */
export function regionCode(printed: string): string | null {
  const word = printed.trim().replace(/\./g, '').toLowerCase();
  const named = NAMES[word] ?? (word === 'fla' ? 'FL' : word === 'calif' ? 'CA' : word === 'tex' ? 'TX' : null);
  if (named !== null) return named;
  const code = word.toUpperCase();
  return REGION_CODES.has(code) ? code : null;
}

/** The name of a region by its code, small (`FL` → `florida`); null where there is none. */
export function regionName(code: string): string | null {
  return Object.entries(NAMES).find(([, known]) => known === code.toUpperCase())?.[0] ?? null;
}

/** `US` or `CA` of a region code. */
export function countryOfRegion(code: string): 'US' | 'CA' {
  return CANADA.has(code) ? 'CA' : 'US';
}
