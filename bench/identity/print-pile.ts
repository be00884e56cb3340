import { type ShowReading, type Weekday } from '../../src/contract/show.ts';
import { readingOf } from '../../src/merger/readings.fixture.ts';
import type { Observation } from '../../src/contract/analysis.ts';
import { Random } from '../../samples/random.ts';
import { makeTowns, type TruePlace, type TrueShow, type TrueTown } from './make-town.ts';
import { SUBURB_FORMS } from './town-words.ts';

/** A pile of readings, and what each is of. */
export interface MadePile {
  observations: Observation<ShowReading>[];
  /** By observation: numbers in the town. */
  placeOf: number[];
  showOf: number[];
  town: TrueTown;
}

/** Each reading carries its number under this key of its fields, so that it is found again in the evidence of a show. */
export const MARK = 'mark.';

/**
 * Prints a pile of images of some towns' shows, each show on one to five of them, with the errors of eyes, printers and people.
 * A poster of a place shows all its nights; most images show one.
 */
export function makePile(seed: number, placeCount = 40): MadePile {
  const random = new Random(seed);
  const town = makeTowns(random, placeCount);
  const observations: Observation<ShowReading>[] = [];
  const placeOf: number[] = [];
  const showOf: number[] = [];
  let image = 0;
  const put = (shows: readonly number[], isDouble = false): void => {
    image += 1;
    const first = town.shows[shows[0] ?? 0];
    if (first === undefined) return;
    const printed = printPlace(town.places[first.place]!, random);
    for (const [index, number] of shows.entries()) {
      const show = town.shows[number]!;
      const reading = printShow(printed, show, random, { isPoster: shows.length > 1, isDouble });
      reading.fields[`${MARK}${observations.length}`] = { text: 'mark', box: null };
      observations.push({ imageId: `img_${String(image).padStart(4, '0')}`, image: `${image}.png`, index, reading });
      placeOf.push(show.place);
      showOf.push(number);
    }
  };
  for (const place of town.places.keys()) {
    const own = [...town.shows.keys()].filter((show) => town.shows[show]!.place === place);
    const isDouble = own.some((a) => own.some((b) => a < b && sharesDay(town.shows[a]!, town.shows[b]!)));
    if (own.length > 1 && (isDouble || random.chance(0.5))) put(own, isDouble);
    // Of an early and a late show of one night, an image of one alone could be taken for a change of the other.
    if (isDouble) put(own, true);
    else for (const show of own) for (let copy = random.int(1, 4); copy > 0; copy--) put([show]);
  }
  return { observations, placeOf, showOf, town };
}

function sharesDay(a: TrueShow, b: TrueShow): boolean {
  return a.days.some((day) => b.days.includes(day));
}

interface PrintedPlace {
  venue: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  postcode: string | null;
  phone: string | null;
  website: string | null;
}

function printPlace(place: TruePlace, random: Random): PrintedPlace {
  const address = printAddress(place, random);
  let venue: string | null = printName(place, random);
  const isAddressKnown = random.chance(0.7);
  const isInName = isAddressKnown && random.chance(0.06);
  if (isInName) venue = `${venue}${random.pick([', ', ' @ ', ' - '])}${address}`;
  // Where no name is printed, the whole address is.
  if (isAddressKnown && !isInName && random.chance(0.02)) venue = null;
  const isCityKnown = venue === null || random.chance(place.isBranch && !isAddressKnown ? 0.97 : 0.75);
  const phone = random.chance(0.35)
    ? printPhone(place.agency !== null && random.chance(0.6) ? place.agency.phone : place.phone, random)
    : null;
  const website = random.chance(0.2)
    ? place.agency !== null && random.chance(0.5)
      ? place.agency.site
      : place.site
    : null;
  return {
    venue,
    address: isAddressKnown && !isInName ? address : null,
    city: isCityKnown ? printCity(place, isAddressKnown, random) : null,
    state: isCityKnown && random.chance(0.6) ? place.town.state : null,
    postcode: isAddressKnown && random.chance(0.25) ? misreadDigit(place.postcode, 0.03, random) : null,
    phone,
    website: website === null ? null : random.pick([website, `www.${website}`, `https://${website}/`]),
  };
}

function printName({ name, kind, city }: TruePlace, random: Random): string {
  let text = kind === '' || random.chance(0.25) ? name : `${name} ${kind}`;
  if (random.chance(0.15)) text = text.startsWith('The ') ? text.slice(4) : `The ${text}`;
  if (random.chance(0.3)) text = text.replace('&', random.pick(['and', '+', "'n'"]));
  if (random.chance(0.3)) text = text.replace(/['’]/g, random.pick(['', '’']));
  if (random.chance(0.05)) text = `${text} ${city}`;
  if (random.chance(0.06)) text = splitOrJoined(text, random);
  if (random.chance(0.12)) text = misread(text, random);
  if (random.chance(0.04)) text = misread(text, random);
  if (random.chance(0.3)) text = text.toUpperCase();
  return text;
}

/** `Krack Pots`, `BlueMoose`. */
function splitOrJoined(text: string, random: Random): string {
  const [first = '', second = '', ...rest] = text.split(' ');
  if (second !== '' && second !== '&' && random.chance(0.5) && first !== 'The')
    return [first + second.toLowerCase(), ...rest].join(' ');
  if (first.length < 7) return text;
  const at = random.int(3, first.length - 3);
  return [`${first.slice(0, at)} ${first.slice(at)}`, second, ...rest].filter(Boolean).join(' ');
}

const LOOK_ALIKE: readonly (readonly [string, string])[] = [
  ['l', 'I'],
  ['I', 'l'],
  ['o', '0'],
  ['O', '0'],
  ['rn', 'm'],
  ['m', 'rn'],
  ['e', 'c'],
  ['ll', 'u'],
  ['w', 'v'],
  ['g', 'q'],
  ['h', 'b'],
  ['a', 'o'],
  ['t', 'l'],
  ['B', '8'],
  ['S', '5'],
];

/** One slip of the eye or of the hand. */
function misread(text: string, random: Random): string {
  const pairs = LOOK_ALIKE.filter(([from]) => text.includes(from));
  if (pairs.length > 0 && random.chance(0.6)) {
    const [from, to] = random.pick(pairs);
    return text.replace(from, to);
  }
  const at = random.int(1, Math.max(1, text.length - 2));
  const kind = random.int(0, 2);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 1) return text.slice(0, at) + (text[at] ?? '') + text.slice(at);
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}

function misreadDigit(text: string, probability: number, random: Random): string {
  if (!random.chance(probability)) return text;
  const at = random.pick([...text].flatMap((letter, place) => (/\d/.test(letter) ? [place] : [])));
  return text.slice(0, at) + String((Number(text[at]) + random.int(1, 9)) % 10) + text.slice(at + 1);
}

function printAddress({ number, street, direction, unit }: TruePlace, random: Random): string {
  const [name, long, short] = street;
  let shown = name;
  if (random.chance(0.3))
    shown = shown
      .replace('County', random.pick(['Country', 'Co.']))
      .replace('Highway', 'Hwy')
      .replace('Saint', 'St.');
  if (shown === '5th' && random.chance(0.3)) shown = 'Fifth';
  if (random.chance(0.05)) shown = misread(shown, random);
  const type = random.chance(0.06)
    ? ''
    : random.chance(0.5)
      ? long
      : `${short}${random.chance(0.4) && short !== '' ? '.' : ''}`;
  const towards = random.chance(0.25)
    ? ''
    : random.chance(0.3) && direction !== ''
      ? { N: 'North', S: 'South', E: 'East', W: 'West' }[direction]
      : direction;
  const house = random.chance(0.04) ? '' : misreadDigit(String(number), 0.02, random);
  const line = [house, towards, shown, type].filter((part) => part !== '' && part !== undefined).join(' ');
  return unit !== null && random.chance(0.6) ? `${line}${random.pick([', ', ' '])}${unit}` : line;
}

/** A suburb's place is printed under the town's name where its street is: without one nobody could tell it from a branch in town. */
function printCity({ city, town }: TruePlace, isAddressKnown: boolean, random: Random): string {
  let shown = city;
  if (city !== town.city && isAddressKnown && random.chance(0.02)) shown = town.city;
  else if (random.chance(0.3))
    shown = SUBURB_FORMS[city] ?? (city === town.city && town.forms.length > 0 ? random.pick(town.forms) : city);
  if (shown.length > 4 && random.chance(0.03)) shown = misread(shown, random);
  if (random.chance(0.1)) shown = `${shown}, ${town.state}`;
  return random.chance(0.2) ? shown.toUpperCase() : shown;
}

function printPhone(phone: string, random: Random): string {
  const digits = misreadDigit(phone.replace(/\D/g, ''), 0.03, random);
  const [area, middle, end] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  if (random.chance(0.06)) return `${middle}-${end}`;
  return random.pick([
    `(${area}) ${middle}-${end}`,
    `${area}.${middle}.${end}`,
    `${area}-${middle}-${end}`,
    `1-${area}-${middle}-${end}`,
  ]);
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function printShow(
  place: PrintedPlace,
  show: TrueShow,
  random: Random,
  { isPoster, isDouble }: { isPoster: boolean; isDouble: boolean },
): ShowReading {
  const days: Weekday[] =
    !isPoster && show.days.length > 1 && random.chance(0.25) ? [random.pick(show.days)] : show.days;
  const [day] = days;
  // A changed time, or one that was misread: on another image it is a conflict, not another show.
  const shift = random.chance(isPoster ? 0.02 : 0.06) ? random.pick([-180, -60, -30, 30, 60, 180]) : 0;
  const start = show.startMinutes + shift;
  // What has two shows on one night prints their times.
  const isTimeKnown = isDouble || random.chance(0.92);
  const isHostKnown = random.chance(0.6);
  const rrule =
    show.weeks.length > 0 && day !== undefined
      ? `FREQ=MONTHLY;BYDAY=${show.weeks.map((week) => `${week}${day}`).join(',')}`
      : undefined;
  let host = isHostKnown ? show.host : null;
  if (host !== null && random.chance(0.25)) host = host.replace(/^(?:KJ|DJ) /, '');
  if (host !== null && random.chance(0.06)) host = misread(host, random);
  const { postcode, phone, website, ...rest } = place;
  return readingOf({
    ...rest,
    ...(postcode === null ? {} : { postcode }),
    ...(phone === null ? {} : { phone }),
    ...(website === null ? {} : { website }),
    days,
    ...(rrule === undefined ? {} : { rrule }),
    start: isTimeKnown ? clock(start) : null,
    end: isTimeKnown && random.chance(0.7) ? clock(start + show.lengthMinutes) : null,
    host,
    company: random.chance(0.3) ? show.company : null,
    confidence: Math.round(random.between(0.6, 1) * 100) / 100,
  });
}
