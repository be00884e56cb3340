import type { ImageShow } from './truth.ts';
import type { Random } from './random.ts';
import { dayPhrase, hostPhrase, phonePhrase, ruleOf, streetPhrase, timePhrase, venuePhrase } from './wording.ts';
import type { PlannedShow } from './world.ts';

/** A show as one image will print it: the pieces to draw, and what they say. A layout draws every piece that is not null. */
export interface Listing {
  show: PlannedShow;
  venue: string;
  /** Street, and town, state, postcode as far as the image gives them. */
  address: string | null;
  phone: string | null;
  days: string;
  time: string;
  host: string | null;
  cancelled: boolean;
  fact: ImageShow;
}

export type AddressForm = 'full' | 'noPostcode' | 'streetTown' | 'street' | 'town' | 'none';

export interface ListingOptions {
  /** Any of these; a list to draw one from. */
  address?: readonly AddressForm[];
  /** Whether the layout prints the host; by chance where missing. */
  host?: boolean;
  phone?: boolean;
  /** Only forms that a page made by software prints. */
  formal?: boolean;
}

const COMMON_ADDRESSES: readonly AddressForm[] = ['full', 'full', 'noPostcode', 'streetTown', 'street', 'town', 'none'];

/** Words a show for one image, anew for each image, and notes what the words say. */
export function wordListing(random: Random, show: PlannedShow, options: ListingOptions = {}): Listing {
  const { place } = show;
  const form = random.pick(options.address ?? COMMON_ADDRESSES);
  const street = form === 'none' || form === 'town' ? null : streetPhrase(random, place);
  const town = form === 'none' || form === 'street' ? null : place.town;
  const state = form === 'full' || form === 'noPostcode' ? place.state : null;
  const postcode = form === 'full' ? place.postcode : null;
  const host = (options.host ?? random.chance(0.85)) ? hostPhrase(random, show) : null;
  const time = timePhrase(random, show, options.formal);
  const venue = venuePhrase(random, place.name);
  const phone = (options.phone ?? false) ? phonePhrase(random, place.phone) : null;
  const region = [state, postcode].filter(Boolean).join(' ');
  return {
    show,
    venue,
    address: [street, town, region].filter(Boolean).join(', ') || null,
    phone,
    days: dayPhrase(random, show),
    time: time.text,
    host: host?.text ?? null,
    cancelled: show.status === 'cancelled',
    fact: {
      show: show.id,
      status: show.status,
      venue: { name: venue, address: street, city: town, state, postcode, phone: phone ? place.phone : null },
      host: { name: host?.name ?? null, company: host?.company ?? null },
      schedule: {
        days: show.days,
        startTime: show.startTime,
        endTime: time.endTime,
        rrule: ruleOf(show.days, show.weeks),
      },
    },
  };
}

/** The same listing on a page whose heading names the town and state for all of its rows. */
export function underHeading(listing: Listing, town: string, state: string): Listing {
  const venue = { ...listing.fact.venue, city: town, state };
  return { ...listing, fact: { ...listing.fact, venue } };
}

/** What of a listing stands in `printed`: templates leave pieces out, and the truth must hold only what can be read. */
export function printedFact(listing: Listing, printed: string): ImageShow {
  const { fact } = listing;
  const plain = (text: string): string => text.toLowerCase().replace(/[\s,]+/g, ' ');
  const says = (piece: string | null): boolean => piece !== null && plain(printed).includes(plain(piece));
  const { venue, host } = fact;
  const hasAddress = says(listing.address);
  return {
    ...fact,
    venue: {
      ...venue,
      name: says(listing.venue) ? venue.name : null,
      address: hasAddress ? venue.address : null,
      city: hasAddress ? venue.city : null,
      state: hasAddress ? venue.state : null,
      postcode: hasAddress ? venue.postcode : null,
      phone: says(listing.phone) ? venue.phone : null,
    },
    host: says(listing.host) ? host : { name: null, company: null },
  };
}
