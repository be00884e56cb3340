import { regionCode } from './regions.ts';
import { regionOfMexico, ZONES_ABROAD, ZONES_OF_CODES, type Region } from './zone-table.ts';

/** Where a venue is, as far as it is known. */
export interface ZonePlace {
  city: string | null;
  /** Code or name of the state or province. */
  state: string | null;
  country: string | null;
}

type Country = 'US' | 'CA' | 'MX' | 'GB' | 'IE' | 'AU' | 'NZ';

const COUNTRIES: Readonly<Record<string, Country>> = {
  us: 'US', usa: 'US', 'united states': 'US', 'united states of america': 'US', eeuu: 'US', 'estados unidos': 'US',
  ca: 'CA', canada: 'CA', mx: 'MX', mex: 'MX', mexico: 'MX',
  gb: 'GB', uk: 'GB', 'united kingdom': 'GB', 'great britain': 'GB', england: 'GB', scotland: 'GB', wales: 'GB',
  'northern ireland': 'GB', ie: 'IE', ireland: 'IE', au: 'AU', australia: 'AU', nz: 'NZ', 'new zealand': 'NZ',
}; // prettier-ignore

/**
 * The time zone of a place, from a table of this project: of the United States, Canada, Mexico, Australia by state, in
 * those that have two zones by town (an unknown town there is taken to be where most people of the state live), and of
 * the United Kingdom, Ireland and New Zealand as a whole.
 *
 * @returns IANA name; null where the place says too little, since a wrong zone is worse than none
 */
export function zoneOfPlace({ city, state, country }: ZonePlace): string | null {
  const region = regionOf(state, country);
  if (region === null) return null;
  const town = city === null ? '' : townForm(city);
  return region.towns.find(([, towns]) => towns.has(town))?.[0] ?? region.zone;
}

function regionOf(state: string | null, country: string | null): Region | null {
  const land = country === null ? null : (COUNTRIES[plainName(country)] ?? 'other');
  const name = state === null ? '' : plainName(state);
  switch (land) {
    case 'other':
      return null;
    case 'US':
    case 'CA':
      return codedRegion(state, land);
    case 'MX':
      return regionOfMexico(name, true);
    case 'AU':
      return ZONES_ABROAD.get(`AU ${name}`) ?? null;
    case 'GB':
    case 'IE':
    case 'NZ':
      return ZONES_ABROAD.get(land) ?? null;
    case null:
      return codedRegion(state, null) ?? regionOfMexico(name, false) ?? abroad(name);
  }
}

function codedRegion(state: string | null, land: 'US' | 'CA' | null): Region | null {
  if (state === null) return null;
  const code = regionCode(state) ?? plainName(state).toUpperCase();
  const region = ZONES_OF_CODES.get(code);
  return region === undefined || (land !== null && region.country !== land) ? null : region;
}

/** Without a country only what is no code or name of elsewhere: `NSW`, `England`. */
function abroad(name: string): Region | null {
  const land = COUNTRIES[name];
  if (land === 'GB' || land === 'IE' || land === 'NZ') return name.length > 2 ? (ZONES_ABROAD.get(land) ?? null) : null;
  return name.length > 2 ? (ZONES_ABROAD.get(`AU ${name}`) ?? null) : null;
}

/** Lower case without accents and full stops. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A town as the table writes it: `Ft. Walton Beach` and `Fort Walton Beach` are one, `Coeur d’Alene` is `coeur dalene`. */
function townForm(city: string): string {
  return plainName(city)
    .replace(/['’]/g, '')
    .replace(/-/g, ' ')
    .replace(/^ft /, 'fort ')
    .replace(/^saint /, 'st ')
    .replace(/^mt /, 'mount ');
}
