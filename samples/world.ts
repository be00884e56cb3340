import { WEEKDAYS } from '../src/contract/show.ts';
import type { ShowStatus, Weekday } from '../src/contract/show.ts';
import { METROS, ODD_STREETS, STREETS, UNITS } from './gazetteer.ts';
import type { Metro } from './gazetteer.ts';
import * as names from './names.ts';
import type { Random } from './random.ts';

export interface Place {
  name: string;
  number: string;
  /** Without its kind: `Harbor View`. */
  street: string;
  /** `Boulevard`, `Blvd`; both empty for a highway. */
  streetKind: readonly [full: string, short: string];
  unit: string | null;
  town: string;
  state: string;
  postcode: string;
  phone: string;
}

export interface Presenter {
  name: string | null;
  company: string | null;
}

export interface PlannedShow {
  id: string;
  place: Place;
  presenter: Presenter | null;
  days: Weekday[];
  /** Weeks of the month (1..4, -1 is the last); null for every week. */
  weeks: readonly number[] | null;
  startTime: string;
  /** `HH:MM`, `close`, or null where no image says an end. */
  endTime: string | null;
  status: ShowStatus;
}

export interface Region {
  metro: Metro;
  shows: PlannedShow[];
}

const STARTS = ['20:00', '21:00', '21:00', '21:30', '20:30', '19:00', '19:30', '22:00', '21:00', '18:00'] as const;

/** Makes up regions of venues and their weekly shows. No two venues of a world share a name. */
export class World {
  readonly regions: Region[] = [];
  readonly #random: Random;
  readonly #names: string[];
  readonly #hosts: string[];
  #showCount = 0;

  constructor(random: Random, regionCount: number) {
    this.#random = random;
    this.#names = inventNames(random);
    this.#hosts = random.shuffled(names.HOST_NAMES);
    const metros = random.shuffled(METROS);
    for (let index = 0; index < regionCount; index++) {
      const metro = metros[index % metros.length];
      if (metro) this.regions.push(this.#region(metro, index));
    }
  }

  /** A fifth of a region's venues has three nights; one presenter works five; two venues share an address. */
  #region(metro: Metro, index: number): Region {
    const random = this.#random;
    const places = Array.from({ length: 9 }, () => this.#place(metro));
    const [first, second, third] = places;
    if (first && second && third && index % 3 === 0) Object.assign(second, addressOf(first));
    const busy = this.#presenter();
    const busyDays = random.shuffled(WEEKDAYS);
    const shows: PlannedShow[] = [];
    for (const [position, place] of places.entries()) {
      const day = busyDays[position % busyDays.length] ?? 'FR';
      if (position === 0) shows.push(...this.#threeNights(place));
      else if (position <= 5) shows.push(this.#show(place, [day], busy, 'scheduled'));
      else shows.push(this.#anyShow(place));
    }
    const last = places[8];
    if (last) {
      const free = WEEKDAYS.filter((day) => !shows.some((show) => show.place === last && show.days.includes(day)));
      if (free.length > 0 && index % 2 === 0)
        shows.push(this.#show(last, [random.pick(free)], this.#presenter(), 'cancelled'));
    }
    return { metro, shows };
  }

  #threeNights(place: Place): PlannedShow[] {
    const days = this.#random.shuffled(WEEKDAYS).slice(0, 3);
    return days.map((day) => this.#show(place, [day], this.#presenter(), 'scheduled'));
  }

  #anyShow(place: Place): PlannedShow {
    const random = this.#random;
    const presenter = random.chance(0.8) ? this.#presenter() : null;
    const kind = random.int(0, 9);
    if (kind <= 3) return this.#show(place, [random.pick(WEEKDAYS)], presenter, 'scheduled');
    if (kind <= 5) return this.#show(place, pairOfDays(random), presenter, 'scheduled');
    if (kind <= 7) return this.#show(place, runOfDays(random), presenter, 'scheduled');
    if (kind === 8) return this.#show(place, [...WEEKDAYS], presenter, 'scheduled');
    const show = this.#show(place, [random.pick(WEEKDAYS)], presenter, 'scheduled');
    return { ...show, weeks: random.pick([[1], [2], [1, 3], [2, 4], [-1], [1, 3]]) };
  }

  #show(place: Place, days: Weekday[], presenter: Presenter | null, status: ShowStatus): PlannedShow {
    const random = this.#random;
    const sunday = days.length === 1 && days[0] === 'SU';
    const startTime = sunday && random.chance(0.4) ? random.pick(['16:00', '17:00', '15:00']) : random.pick(STARTS);
    this.#showCount++;
    return {
      id: `show-${String(this.#showCount).padStart(3, '0')}`,
      place,
      presenter,
      days: WEEKDAYS.filter((day) => days.includes(day)),
      weeks: null,
      startTime,
      endTime: pickEnd(random, startTime),
      status,
    };
  }

  #presenter(): Presenter {
    const random = this.#random;
    const name = this.#hosts.pop() ?? random.pick(names.HOST_NAMES);
    const company = random.chance(0.3) ? random.pick(names.HOST_FIRMS) : null;
    return { name: company && random.chance(0.3) ? null : name, company };
  }

  #place(metro: Metro): Place {
    const random = this.#random;
    const [town, postcode] = random.pick(metro.towns);
    const odd = random.chance(0.08);
    const [street, full, short] = random.pick(STREETS);
    return {
      name: this.#names.pop() ?? `Tavern ${random.int(100, 999)}`,
      number: String(
        random.pick([random.int(2, 99), random.int(100, 999), random.int(1000, 9999), random.int(10000, 14999)]),
      ),
      street: odd ? random.pick(ODD_STREETS) : street,
      streetKind: odd ? ['', ''] : [full, short],
      unit: random.chance(0.12) ? random.pick(UNITS) : null,
      town,
      state: metro.state,
      postcode,
      phone: `${metro.areaCode}-555-01${String(random.int(0, 99)).padStart(2, '0')}`,
    };
  }
}

function addressOf(place: Place): Partial<Place> {
  const { number, street, streetKind, town, state, postcode } = place;
  place.unit = null;
  return { number, street, streetKind, unit: null, town, state, postcode };
}

/** Names as a deck: hard ones often near the top, and no adjective-noun pair or owner twice. */
function inventNames(random: Random): string[] {
  const plain: string[] = [];
  const owners = random.shuffled(names.VENUE_OWNERS);
  for (const owner of owners) plain.push(random.chance(0.5) ? `${owner} ${random.pick(names.VENUE_KINDS)}` : owner);
  for (let round = 0; round < 8; round++) {
    const seconds = random.shuffled(names.VENUE_SECOND);
    for (const [index, first] of random.shuffled(names.VENUE_FIRST).entries()) {
      const core = `${first} ${seconds[index] ?? 'Star'}`;
      const kind = random.chance(0.6) ? ` ${random.pick(names.VENUE_KINDS)}` : '';
      const name = `${random.chance(0.6) ? 'The ' : ''}${core}${kind}`;
      if (!plain.some((other) => other.includes(core))) plain.push(name);
    }
  }
  const hard = random.shuffled(names.HARD_VENUES);
  const deck: string[] = [];
  for (const name of plain) {
    deck.push(name);
    const next = deck.length % 4 === 3 ? hard.pop() : undefined;
    if (next) deck.push(next);
  }
  return deck.reverse();
}

function pairOfDays(random: Random): Weekday[] {
  const pairs: Weekday[][] = [
    ['TU', 'TH'],
    ['MO', 'WE'],
    ['FR', 'SA'],
    ['WE', 'FR'],
    ['TH', 'SU'],
    ['WE', 'SA'],
  ];
  return random.pick(pairs);
}

function runOfDays(random: Random): Weekday[] {
  const length = random.int(3, 4);
  const start = random.int(0, WEEKDAYS.length - length);
  return WEEKDAYS.slice(start, start + length);
}

/** Three to five hours later, `close`, or not known. Nothing ends after 02:30. */
function pickEnd(random: Random, startTime: string): string | null {
  if (random.chance(0.14)) return 'close';
  if (random.chance(0.1)) return null;
  const [hours = 0, minutes = 0] = startTime.split(':').map(Number);
  const latest = 26.5 - hours - minutes / 60;
  const length = Math.min(random.pick([3, 4, 4, 4, 5]), latest);
  const total = Math.round((hours + minutes / 60 + length) * 60);
  return `${String(Math.floor(total / 60) % 24).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
