import { Random } from '../../samples/random.ts';
import type { ImageShow } from '../../samples/truth.ts';
import { WEEKDAYS } from '../../src/contract/show.ts';

/** A show as a vision model answers it, with the paths of the fields that it got wrong. */
export interface ErringShow {
  answer: Record<string, unknown>;
  wrong: Set<string>;
}

/** How often a field goes wrong, 0..1; models that are asked for print make about this many errors, mostly fewer. */
const ERROR_RATE = 0.08;

/**
 * Answers like a vision model that reads an image well, but not without errors: numbers and names nobody printed, a wrong
 * digit, a neighbouring day or hour, the host of another show, a city that fits the area. What it says of its own
 * confidence is only a little lower where it errs.
 *
 * @param shows what the image really says
 */
export function erringAnswers(shows: readonly ImageShow[], seed: number): ErringShow[] {
  const random = new Random(seed);
  return shows.map((show) => new ErringAnswer(show, shows, random).made());
}

class ErringAnswer {
  readonly #show: ImageShow;
  readonly #all: readonly ImageShow[];
  readonly #random: Random;
  readonly #wrong = new Set<string>();

  constructor(show: ImageShow, all: readonly ImageShow[], random: Random) {
    this.#show = show;
    this.#all = all;
    this.#random = random;
  }

  made(): ErringShow {
    const { venue, host, schedule } = this.#show;
    const answer = {
      venueName: this.#maybe('venue.name', venue.name, (name) => this.#anotherName(name)),
      venueAddress: this.#maybe('venue.address', venue.address, (address) => this.#wrongAddress(address)),
      venueCity: this.#maybe('venue.city', venue.city, () => this.#random.pick(CITIES)),
      venueState: venue.state,
      venuePostcode: this.#maybe('venue.postcode', venue.postcode, (code) => this.#wrongDigit(code)),
      venuePhone: this.#maybe('venue.phone', venue.phone, (phone) => this.#wrongPhone(phone)),
      ...this.#host(host),
      days: this.#days(schedule.days),
      startTime: this.#maybe('schedule.startTime', schedule.startTime, (time) => this.#shifted(time)),
      endTime: this.#maybe('schedule.endTime', schedule.endTime, (time) => this.#shifted(time)),
      cancelled: this.#show.status === 'cancelled',
    };
    const doubt = this.#wrong.size === 0 ? 0 : this.#random.between(0, 0.25);
    const confidence = Math.round((this.#random.between(0.85, 0.99) - doubt) * 100) / 100;
    return { answer: { ...answer, confidence }, wrong: this.#wrong };
  }

  /** A printed value is misread; one that is not printed is now and then made up. */
  #maybe(field: string, printed: string | null, misread: (printed: string | null) => string | null): string | null {
    if (!this.#random.chance(printed === null ? ERROR_RATE / 2 : ERROR_RATE)) return printed;
    const value = misread(printed);
    if (value === printed) return printed;
    if (value !== null) this.#wrong.add(field);
    return value;
  }

  #host({ name, company }: ImageShow['host']): { hostName: string | null; hostCompany: string | null } {
    const hostName = this.#maybe('host.name', name, () => this.#anotherHost());
    return { hostName, hostCompany: company };
  }

  /** Swapped with another show of the image, or nobody's. */
  #anotherHost(): string {
    const others = this.#all.flatMap(({ host }) =>
      host.name === null || host.name === this.#show.host.name ? [] : [host.name],
    );
    return others.length > 0 && this.#random.chance(0.7) ? this.#random.pick(others) : this.#random.pick(HOSTS);
  }

  #days(days: ImageShow['schedule']['days']): string[] {
    if (!this.#random.chance(ERROR_RATE)) return days;
    this.#wrong.add('schedule.days');
    const first = WEEKDAYS.indexOf(days[0] ?? 'MO');
    const other = WEEKDAYS[(first + this.#random.pick([1, 6])) % 7] ?? 'TU';
    return days.includes(other) ? days.filter((day) => day !== other) : [other, ...days.slice(1)];
  }

  #anotherName(name: string | null): string {
    const others = this.#all.flatMap(({ venue }) => (venue.name === null || venue.name === name ? [] : [venue.name]));
    if (others.length > 0 && this.#random.chance(0.4)) return this.#random.pick(others);
    return name === null || this.#random.chance(0.4) ? this.#random.pick(VENUES) : `${name.split(' ')[0]} Lounge`;
  }

  #wrongAddress(address: string | null): string {
    return address === null ? '120 Main St' : this.#wrongDigit(address);
  }

  #wrongPhone(phone: string | null): string {
    return phone === null ? `(555) 01${this.#random.pick(['2', '4', '7'])}-0199` : this.#wrongDigit(phone);
  }

  #wrongDigit(text: string | null): string {
    const places = [...(text ?? '')].flatMap((letter, at) => (/\d/.test(letter) ? [at] : []));
    if (text === null || places.length === 0) return '49417';
    const at = this.#random.pick(places);
    return text.slice(0, at) + String((Number(text[at]) + this.#random.pick([1, 3, 7])) % 10) + text.slice(at + 1);
  }

  #shifted(time: string | null): string {
    const hour = time === null ? 22 : Number(time.slice(0, 2)) + this.#random.pick([1, 23, 2]);
    return `${String(hour % 24).padStart(2, '0')}:${time?.slice(3) ?? '00'}`;
  }
}

const CITIES = ['Springfield', 'Tampa', 'Franklin', 'Georgetown'];
const HOSTS = ['DJ Mike', 'KJ Sarah', 'Rick Thompson', 'DJ Phoenix'];
const VENUES = ['The Blue Note', 'Main Street Tavern', "O'Malley's", 'Club 21'];
