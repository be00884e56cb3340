import { DECOYS, OPENERS } from './chatter.ts';
import type { Listing } from './listing.ts';
import type { Random } from './random.ts';

/** Days inside a sentence: "every Thurs", not "Every Thurs". */
export function midSentence(days: string): string {
  return days.replace(/^(Every|Nightly|First|Second|Third|Fourth|Last)\b/, (word) => word.toLowerCase());
}

/** The address as two lines: street, then town with state and postcode. */
export function brokenAddress(listing: Listing): string {
  const { address, city } = listing.fact.venue;
  return address && city ? (listing.address ?? '').replace(`${address}, `, `${address}\n`) : (listing.address ?? '');
}

/** One or two pieces of small print. */
export function smallPrint(random: Random, count: number): string[] {
  return random.shuffled(DECOYS).slice(0, count);
}

/** `the host line` to stand alone: with a capital, without an odd "w/". */
export function hostLine(listing: Listing): string | null {
  const { host } = listing;
  return host && /^(with|by|hosted)\b/.test(host) ? host.slice(0, 1).toUpperCase() + host.slice(1) : host;
}

const IN_TOWN = (listing: Listing): string => {
  if (!listing.address) return '';
  const { address } = listing.fact.venue;
  return address ? `, ${listing.address}` : ` in ${listing.address}`;
};

/** A listing as a person posts it in a group, some as lines, some as a sentence. */
export function postText(random: Random, listing: Listing): string {
  if (listing.cancelled) return cancelledPost(random, listing);
  const templates = [linesPost, prosePost, prosePost, plainLinesPost, shoutPost];
  return random.pick(templates)(random, listing);
}

function cancelledPost(random: Random, listing: Listing): string {
  const { venue, days, time } = listing;
  const when = `${midSentence(days).replace(/^every /, '')} karaoke`;
  return random.pick([
    `CANCELLED - ${when} at ${venue} (${time}) is off this week, private party. Sorry y’all!`,
    `Heads up singers, ${when} at ${venue}${IN_TOWN(listing)} has been CANCELED this week. Same time (${time}) next week.`,
    `:fire: NO KARAOKE this week at ${venue}! The ${when} (${time}) is cancelled until further notice.`,
  ]);
}

function linesPost(random: Random, listing: Listing): string {
  const { venue, address, days, time, phone } = listing;
  const lines = [
    `:mic: ${random.pick(OPENERS)}`,
    `${days.toUpperCase()} KARAOKE`,
    random.pick([`:beer: ${venue}`, `@ ${venue}`, venue]),
    address && `:pin: ${random.chance(0.3) ? brokenAddress(listing) : address}`,
    random.pick([`:clock: ${time}`, time]),
    hostLine(listing),
    phone && `Call ${phone}`,
    smallPrint(random, random.int(1, 2)).join(' · '),
  ];
  return lines.filter(Boolean).join('\n');
}

function plainLinesPost(random: Random, listing: Listing): string {
  const lines = [
    `Karaoke at ${listing.venue}${random.pick(['', '!', ' :note:'])}`,
    `${listing.days} ${listing.time}`,
    listing.address,
    hostLine(listing),
    random.chance(0.6) ? `${smallPrint(random, 1).join('')}.` : null,
  ];
  return lines.filter(Boolean).join('\n');
}

function prosePost(random: Random, listing: Listing): string {
  const { venue, days, time } = listing;
  const place = `${venue}${IN_TOWN(listing)}`;
  const host = listing.host ? ` ${hostLine(listing) ?? ''}.` : '';
  const print = smallPrint(random, random.int(1, 2)).join(', ');
  return random.pick([
    `${random.pick(OPENERS)} Karaoke ${midSentence(days)} ${time} at ${place}.${host} ${print}. :mic:`,
    `${venue} has karaoke ${midSentence(days)}, ${time}!${host}${listing.address ? ` We are at ${listing.address}.` : ''} ${print} :beer:`,
    `Come sing with us ${midSentence(days)} ${time} at ${place}! :note:${host} ${print}. Karaoke all night long.`,
  ]);
}

function shoutPost(random: Random, listing: Listing): string {
  const { venue, address, days, time } = listing;
  const lines = [
    `KARAOKE!! ${days.toUpperCase()}!! ${time.toUpperCase()}`,
    `${venue.toUpperCase()}${address ? ` - ${address}` : ''}`,
    hostLine(listing)?.toUpperCase(),
    smallPrint(random, 2).join(' :party: '),
  ];
  return lines.filter(Boolean).join('\n');
}
