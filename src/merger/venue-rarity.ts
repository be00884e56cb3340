import { compareAddresses } from './address-form.ts';
import { backgroundShare } from './common-words.ts';
import { compareNames, editDistance, joinedCore } from './name-form.ts';
import type { NameRelation } from './name-form.ts';
import type { VenueForm } from './venue-form.ts';

/** So many names does the background count for, against the names of the pile. */
const BACKGROUND_NAMES = 200;
const BACKGROUND_CITIES = 12;
/** Beyond it, more in common says no more: one word of five letters is not a fingerprint. Bits. */
const MOST_NAME_BITS = 13;
/** That a name is made of these words and no others. Bits. */
const WHOLE_NAME_BITS = 1.5;
/** Forms of one name, or at one door, that are compared to find out whether it is shared; more would tell no more. */
const MOST_COMPARED = 24;
/** Toll-free: an office's, not a bar's. */
const TOLL_FREE = /^8(?:00|33|44|55|66|77|88)/;

/** What the pile tells of one statement of a venue. */
export interface FormRarity {
  /** Forms with one number have one name in one city; -1 outside of a pile. */
  nameId: number;
  /** How surprising it is that another place has the same name, bits. */
  nameBits: number;
  /** Whether the pile itself shows that its name is of several places, in its city or at all, and its door of several houses. */
  isChain: boolean;
  isChainInCity: boolean;
  isSharedDoor: boolean;
}

/** How rare the values of some readings are: what a pile says itself, with a background for what it is too small to say. */
export interface VenueRarity {
  /** How many places there may be: distinct names. */
  placeCount: number;
  ofForm: (form: VenueForm) => FormRarity;
  /** As `compareNames`; null where one has no name. */
  nameRelation: (a: VenueForm, b: VenueForm) => NameRelation | null;
  /** Of the statements that name a city, those that name this one, 0 to 1. */
  cityShare: (city: string) => number;
  /** Whether both cities are printed for one place of that name (a suburb and its town). */
  areCitiesOfOne: (a: VenueForm, b: VenueForm) => boolean;
  /** Whether several houses are known by it. */
  isSharedPhone: (phone: string) => boolean;
  isSharedSite: (site: string) => boolean;
}

const NO_PLACE: ReadonlySet<string> = new Set();

/** The words that name a place, without those of its city. */
function ownWords({ name, cityWords }: VenueForm): readonly string[] {
  const own = name?.core.filter((word) => !cityWords.includes(word)) ?? [];
  return own.length > 0 ? own : (name?.core ?? []);
}

export function doorKey({ address }: VenueForm): string | null {
  return address === null || address.number === null ? null : `${address.number} ${address.street}`;
}

function groupBy(forms: readonly VenueForm[], keyOf: (form: VenueForm) => string | null): Map<string, VenueForm[]> {
  const groups = new Map<string, VenueForm[]>();
  for (const form of forms) {
    const key = keyOf(form);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [form]);
    else if (group.length < MOST_COMPARED) group.push(form);
  }
  return groups;
}

/** Keys under which the pile has two that cannot be one. */
function keysOfSeveral(
  forms: readonly VenueForm[],
  keyOf: (form: VenueForm) => string | null,
  areTwo: (a: VenueForm, b: VenueForm) => boolean,
): Set<string> {
  const several = new Set<string>();
  for (const [key, group] of groupBy(forms, keyOf)) {
    if (group.some((a, place) => group.slice(place + 1).some((b) => areTwo(a, b)))) several.add(key);
  }
  return several;
}

function haveTwoNames(a: VenueForm, b: VenueForm): boolean {
  if (a.name === null || b.name === null) return false;
  return compareNames(a.name, b.name, new Set([...a.cityWords, ...b.cityWords])) === 'different';
}

/** Number and street are each a slip apart at most. */
export function isGarbled({ address: a }: VenueForm, { address: b }: VenueForm): boolean {
  if (a === null || b === null || a.number === null || b.number === null || /\d/.test(a.street + b.street))
    return false;
  return editDistance(a.number, b.number, 1) <= 1 && editDistance(a.street, b.street, 1) <= 1;
}

function areTwoBranches(a: VenueForm, b: VenueForm): boolean {
  if (a.name === null || b.name === null || compareNames(a.name, b.name, NO_PLACE) !== 'exact') return false;
  // One phone behind two doors is a house number misread more often than two branches.
  if (a.phone !== null && a.phone === b.phone) return false;
  const addresses = a.address === null || b.address === null ? null : compareAddresses(a.address, b.address);
  if (addresses === 'same' || addresses === 'near' || isGarbled(a, b)) return false;
  if (addresses === 'different') return true;
  return (
    a.cities.length > 0 &&
    b.cities.length > 0 &&
    !a.cities.some((city) => b.cities.some((other) => isOneCity(city, other)))
  );
}

/** `si` for `staten island`: the first letters of its words. */
export function areInitials(short: string, long: string): boolean {
  if (short.length < 2 || short.length > 4 || short.includes(' ')) return false;
  const initials = long
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
  return initials === short;
}

/** Whether two forms of {@link VenueForm.cities} are of one city, misprints aside. */
export function isOneCity(a: string, b: string): boolean {
  return a === b || areInitials(a, b) || areInitials(b, a) || `${a} city` === b || `${b} city` === a;
}

export function areInTwoCities(a: VenueForm, b: VenueForm): boolean {
  if (a.cities.length === 0 || b.cities.length === 0) return false;
  return !a.cities.some((city) => b.cities.some((other) => isOneCity(city, other)));
}

function aliasKeys(a: VenueForm, b: VenueForm): string[] {
  const cities = [a, b].map(({ cities: own }) => own.join('/')).sort();
  return [a, b].map((form) => `${placeName(form)}|${cities.join('|')}`);
}

const PLACE_NAMES = new WeakMap<VenueForm, string>();

/** What names the place, without its city. Remembered: it is asked for each pair. */
function placeName(form: VenueForm): string {
  let name = PLACE_NAMES.get(form);
  if (name === undefined) {
    name = joinedCore(ownWords(form));
    PLACE_NAMES.set(form, name);
  }
  return name;
}

/** One name behind one door under two cities: both are names of where it is. */
function haveCitiesOfOne(a: VenueForm, b: VenueForm): boolean {
  if (!areInTwoCities(a, b) || a.name === null || b.name === null) return false;
  const relation = compareNames(a.name, b.name, new Set([...a.cityWords, ...b.cityWords]));
  if (relation !== 'exact' && relation !== 'close') return false;
  const differ = (one: string | null, other: string | null): boolean => one !== null && other !== null && one !== other;
  return !differ(a.state, b.state) && !differ(a.postcode, b.postcode);
}

/** Counts what the given statements have in common. The order of `forms` does not matter up to {@link MOST_COMPARED} of a kind. */
export function venueRarity(forms: readonly VenueForm[]): VenueRarity {
  const names = new Map<string, readonly string[]>();
  for (const form of forms) if (form.name !== null) names.set(joinedCore(ownWords(form)), ownWords(form));
  const namesByWord = new Map<string, number>();
  for (const words of names.values())
    for (const word of new Set(words)) namesByWord.set(word, (namesByWord.get(word) ?? 0) + 1);
  const cities = new Map<string, number>();
  let withCity = 0;
  for (const form of forms) {
    if (form.cities.length > 0) withCity++;
    for (const city of form.cities) cities.set(city, (cities.get(city) ?? 0) + 1);
  }
  const wordBits = (word: string): number => {
    const others = Math.max(0, (namesByWord.get(word) ?? 0) - 1);
    return -Math.log2((others + BACKGROUND_NAMES * backgroundShare(word)) / (names.size + BACKGROUND_NAMES));
  };
  const aliases = new Set<string>();
  for (const group of groupBy(forms, doorKey).values())
    for (const [place, a] of group.entries())
      for (const b of group.slice(place + 1))
        if (haveCitiesOfOne(a, b)) for (const key of aliasKeys(a, b)) aliases.add(key);
  const areCitiesOfOne = (a: VenueForm, b: VenueForm): boolean =>
    aliases.size > 0 && aliasKeys(a, b).some((key) => aliases.has(key));
  const nameKey = (form: VenueForm): string | null => (form.name === null ? null : placeName(form));
  const nameInCity = (form: VenueForm): string | null =>
    form.name === null || form.cities.length === 0 ? null : `${placeName(form)}|${form.cities.join('/')}`;
  const areTwo = (a: VenueForm, b: VenueForm): boolean => areTwoBranches(a, b) && !areCitiesOfOne(a, b);
  const chains = keysOfSeveral(forms, nameKey, areTwo);
  const cityChains = keysOfSeveral(forms, nameInCity, areTwo);
  const doors = keysOfSeveral(forms, doorKey, haveTwoNames);
  const phones = keysOfSeveral(forms, ({ phone }) => phone, haveTwoNames);
  const sites = keysOfSeveral(forms, ({ site }) => site, haveTwoNames);
  const nameBits = (core: readonly string[]): number =>
    Math.min(
      MOST_NAME_BITS,
      core.reduce((sum, word) => sum + wordBits(word), WHOLE_NAME_BITS),
    );
  const known = new WeakMap<VenueForm, FormRarity>();
  const ids = new Map<string, number>();
  const ofForm = (form: VenueForm): FormRarity => {
    let its = known.get(form);
    if (its === undefined) {
      const text = `${form.name?.words.join(' ')}|${form.cityWords.join(' ')}`;
      // Of no pile there are any forms at all, which are not to be remembered for good.
      const id = ids.get(text) ?? ids.size;
      if (forms.length > 0) ids.set(text, id);
      its = {
        nameId: forms.length > 0 ? id : -1,
        nameBits: nameBits(form.name?.core ?? []),
        isChain: chains.has(nameKey(form) ?? ''),
        isChainInCity: cityChains.has(nameInCity(form) ?? ''),
        isSharedDoor: doors.has(doorKey(form) ?? ''),
      };
      known.set(form, its);
    }
    return its;
  };
  return {
    placeCount: names.size,
    ofForm,
    nameRelation: rememberedRelation(ofForm),
    cityShare: (city) => ((cities.get(city) ?? 0) + 1) / (withCity + BACKGROUND_CITIES),
    areCitiesOfOne,
    isSharedPhone: (phone) => TOLL_FREE.test(phone) || phones.has(phone),
    isSharedSite: (site) => sites.has(site),
  };
}

/** A pile prints the same names again and again: each two are compared once. */
function rememberedRelation(ofForm: (form: VenueForm) => FormRarity): VenueRarity['nameRelation'] {
  const known = new Map<number, NameRelation>();
  return (a, b) => {
    if (a.name === null || b.name === null) return null;
    const [one, other] = [ofForm(a).nameId, ofForm(b).nameId];
    const place = one * 2 ** 24 + other;
    const before = one < 0 ? undefined : known.get(place);
    if (before !== undefined) return before;
    const relation = compareNames(a.name, b.name, new Set([...a.cityWords, ...b.cityWords]));
    if (one >= 0) known.set(place, relation);
    return relation;
  };
}
