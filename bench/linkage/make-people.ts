import { Random } from '../../samples/random.ts';
import type { MadeRow, MadeSet } from './made-set.ts';
import { byFrequency, slip, slips } from './slips.ts';
import { CITIES, GIVEN_NAMES, STREET_NAMES, STREET_TYPES, SURNAMES } from './word-stock.ts';

const STATES = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act', 'nt'];
/** Columns: given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id. */
const AT = {
  given: 0,
  surname: 1,
  number: 2,
  street: 3,
  house: 4,
  suburb: 5,
  postcode: 6,
  state: 7,
  born: 8,
  id: 9,
} as const;

export interface PeopleOptions {
  /** Share of people with duplicates, and how many at most. */
  duplicatedPart?: number;
  mostDuplicates?: number;
  /** Changes to a duplicate: at most so many fields, so many slips in a field. */
  mostFields?: number;
  mostSlips?: number;
}

/**
 * People with typing errors, as FEBRL's generator makes them: slips of fingers, eye and ear, words split and joined, fields
 * swapped, lost or replaced by others. Families share a surname and an address; dates and identifiers err too.
 */
export function makePeople(seed: number, rowCount: number, options: PeopleOptions = {}): MadeSet {
  const { duplicatedPart = 0.4, mostDuplicates = 4, mostFields = 3, mostSlips = 2 } = options;
  const random = new Random(seed);
  const suburbs = manySuburbs(random);
  const rows: MadeRow[] = [];
  let before: string[] | null = null;
  for (let thing = 0; rows.length < rowCount; thing++) {
    const cells = newPerson(random, suburbs);
    if (before !== null && random.chance(0.08)) {
      for (const place of [AT.surname, AT.number, AT.street, AT.house, AT.suburb, AT.postcode, AT.state]) {
        cells[place] = before[place]!;
      }
    }
    before = cells;
    rows.push({ thing, cells });
    if (!random.chance(duplicatedPart)) continue;
    const duplicates = Math.min(mostDuplicates, 1 + Math.floor(-Math.log(1 - random.next()) * 0.8));
    for (let made = 0; made < duplicates && rows.length < rowCount; made++) {
      rows.push({ thing, cells: spoilt(cells, mostFields, mostSlips, random) });
    }
  }
  const columns = ['given_name', 'surname', 'street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state'];
  const all = [...columns, 'date_of_birth', 'soc_sec_id'];
  return { columns: all, by: all, files: [random.shuffled(rows)], acrossOnly: false };
}

function manySuburbs(random: Random): { name: string; postcode: string; state: string }[] {
  const names = [
    ...CITIES,
    ...STREET_NAMES.flatMap((name) => [`${name} hills`, `${name}town`, `port ${name}`, `${name} vale`]),
  ];
  return names.map((name) => ({
    name,
    postcode: String(random.int(2_000, 7_999)),
    state: byFrequency(STATES, random),
  }));
}

function newPerson(random: Random, suburbs: readonly { name: string; postcode: string; state: string }[]): string[] {
  const suburb = byFrequency(suburbs, random);
  const street = `${byFrequency(STREET_NAMES, random)} ${random.pick(STREET_TYPES)[0]}`;
  const born = `19${random.int(10, 99)}${two(random.int(1, 12))}${two(random.int(1, 28))}`;
  const cells = [
    byFrequency(GIVEN_NAMES, random),
    byFrequency(SURNAMES, random),
    String(Math.ceil(random.next() ** 2 * 300)),
    random.chance(0.3) ? `${random.pick(GIVEN_NAMES)} ${street}` : street,
    random.chance(0.4)
      ? `${random.pick(STREET_NAMES)} ${random.pick(['village', 'park', 'lodge', 'farm', 'gardens'])}`
      : '',
    suburb.name,
    suburb.postcode,
    suburb.state,
    born,
    String(random.int(1_000_000, 9_999_999)),
  ];
  for (const [place, share] of [
    [AT.given, 0.03],
    [AT.number, 0.04],
    [AT.street, 0.02],
    [AT.born, 0.02],
  ] as const) {
    if (random.chance(share)) cells[place] = '';
  }
  return cells;
}

const two = (number: number): string => String(number).padStart(2, '0');

function spoilt(cells: readonly string[], mostFields: number, mostSlips: number, random: Random): string[] {
  const result = [...cells];
  const fields = random.int(1, mostFields);
  for (let done = 0; done < fields; done++) {
    const kind = random.next();
    if (kind < 0.06) [result[AT.given], result[AT.surname]] = [result[AT.surname]!, result[AT.given]!];
    else if (kind < 0.1) [result[AT.street], result[AT.house]] = [result[AT.house]!, result[AT.street]!];
    else {
      const place = random.int(0, cells.length - 1);
      const cell = result[place]!;
      if (kind < 0.2) result[place] = '';
      else if (kind < 0.25 && place === AT.given) result[place] = byFrequency(GIVEN_NAMES, random);
      else if (kind < 0.25 && place === AT.surname) result[place] = byFrequency(SURNAMES, random);
      else if (kind < 0.33) result[place] = cell.includes(' ') ? cell.replace(' ', '') : split(cell, random);
      else if (place === AT.state) result[place] = random.pick(STATES);
      else result[place] = random.chance(0.5) ? slip(cell, random) : slips(cell, random.int(1, mostSlips), random);
    }
  }
  return result;
}

function split(text: string, random: Random): string {
  if (text.length < 4) return slip(text, random);
  const at = random.int(2, text.length - 2);
  return `${text.slice(0, at)} ${text.slice(at)}`;
}
